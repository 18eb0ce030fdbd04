"""By which methods an address is asked, and for which of them one has to be signed in."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.http import HttpResponse
from django.urls import Resolver404, resolve
from django.views.decorators import http

from entregent.common import errors

View = TypeVar("View", bound=Callable[..., HttpResponse])


def takes(*methods: str) -> Callable[[View], View]:
    """Answer these methods, and no other."""

    def taking(view: View) -> View:
        taken = http.require_http_methods(methods)(view)
        taken.methods = methods  # type: ignore[attr-defined]
        return taken

    return taking


#: A page; what a button does; a page with a form that it takes itself.
require_safe, require_post, require_form = takes("GET", "HEAD"), takes("POST"), takes("GET", "HEAD", "POST")


def signed_in(view: View) -> View:
    """Answer those who are signed in; for others raise `NotSignedIn`."""

    @wraps(view)
    def asked(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            raise errors.NotSignedIn
        return view(request, *args, **kwargs)

    return cast(View, asked)


def readable(path: str) -> bool:
    """Whether a path of this site leads to a page."""
    try:
        view = resolve(path).func
    except Resolver404:
        return False
    return "GET" in getattr(view, "methods", ("GET",))
