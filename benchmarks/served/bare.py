"""A program: one page of Django with nothing on it, no session, no database, on the port that it is given."""

import sys

import waitress
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

#: As `entregent serve` has them.
LOOPBACK, THREADS = "127.0.0.1", 8


def page(_request: HttpRequest) -> HttpResponse:
    """A few words."""
    return HttpResponse("<!doctype html><title>Bare</title><p>Nothing.")


urlpatterns = [path("", page)]

if __name__ == "__main__":
    settings.configure(ROOT_URLCONF="benchmarks.served.bare", ALLOWED_HOSTS=["*"])
    waitress.serve(get_wsgi_application(), host=LOOPBACK, port=int(sys.argv[1]), threads=THREADS)
