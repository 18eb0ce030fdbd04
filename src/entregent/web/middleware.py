"""What every page goes through: the language, the viewer, headers against caches, and what actions refuse."""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.defaults import page_not_found

from entregent.common import errors
from entregent.discretion.viewer import Viewer
from entregent.people import queries as people
from entregent.web import methods, pending

Handler = Callable[[HttpRequest], HttpResponse]


class Request(HttpRequest):
    """A request as views take it: `viewer` is for whom it is answered."""

    viewer: Viewer


#: Where a session keeps the secret of a person without account, and the language somebody chose.
KEY = "key"
LANGUAGE = "language"


def language(handler: Handler) -> Handler:
    """Speak the language that was chosen on this browser, else the one it asks for, else French."""

    def middleware(request: HttpRequest) -> HttpResponse:
        chosen = request.session.get(LANGUAGE) or translation.get_language_from_request(request)
        with translation.override(chosen):
            request.LANGUAGE_CODE = chosen
            response = handler(request)
        response.headers.setdefault("Content-Language", chosen)
        return response

    return middleware


def viewer(handler: Handler) -> Handler:
    """Put on the request for whom it is answered: `request.viewer`."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.viewer = _viewer(request)  # type: ignore[attr-defined]
        return handler(request)

    return middleware


def _viewer(request: HttpRequest) -> Viewer:
    pending.forget_stale(request)
    if request.user.is_authenticated:
        return Viewer(person=people.person_of(account=request.user.pk))
    secret = request.session.get(KEY)
    return Viewer(person=people.holder_of(secret=secret)) if secret else Viewer()


def discreet(handler: Handler) -> Handler:
    """Keep what was rendered for one viewer out of every cache."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = handler(request)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return middleware


def refusals(handler: Handler) -> Handler:
    """Turn what an action or a query raises into the one answer there is for it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = handler(request)
        return _no_such_method(request, response) if response.status_code == 405 else response

    middleware.process_exception = _answer  # type: ignore[attr-defined]
    return middleware


def _no_such_method(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The same refusal, with a sentence."""
    response.content = render(request, "405.html").content
    return response


def _answer(request: HttpRequest, error: Exception) -> HttpResponse | None:
    match error:
        case errors.NotFound():
            return page_not_found(request, error)
        case errors.NotSignedIn():
            return _sign_in_first(request)
        case errors.Refused() | errors.Invalid():
            return render(request, "refused.html", {"message": error.message}, status=409)
    return None


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    """To sign in, and then to the page: the one that was asked for, or from which something was sent in vain."""
    wanted = request.get_full_path()
    if request.method not in {"GET", "HEAD"}:
        wanted = _came_from(request)
        messages.error(request, _("Nothing was changed: you are not signed in. Sign in, then say it again."))
    return redirect(f"{reverse('sign_in')}?{urlencode({'next': wanted}, safe='/')}")


def _came_from(request: HttpRequest) -> str:
    """The page of this site on which a form was sent; the first one where that is not known."""
    address = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(address, {request.get_host()}):
        return reverse("home")
    page = urlsplit(address)
    return urlunsplit(("", "", page.path, page.query, "")) if methods.readable(page.path) else reverse("home")
