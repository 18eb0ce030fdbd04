"""The first page, the demonstration's door, the language, and who runs this server."""

from datetime import timedelta
from ipaddress import ip_address
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

import entregent
from entregent.common import clock
from entregent.communities import queries as communities
from entregent.exchange import demonstration
from entregent.meetups import gatherings
from entregent.meetups import queries as meetups
from entregent.meetups.shown import Gathering
from entregent.people import actions as people
from entregent.people import queries as who
from entregent.web import arrival, evening_card, promises
from entregent.web.communities import evening_line
from entregent.web.methods import require_post, require_safe, signed_in
from entregent.web.middleware import LANGUAGE, Request

#: For how long after an evening one is asked whom one met there.
AFTERWARDS = timedelta(days=3)
#: As whom a click signs in is taken at its word by the only backend there is.
BACKEND = settings.AUTHENTICATION_BACKENDS[0]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What Entregent is, for a visitor; the next evening, for whoever is signed in."""
    if request.user.is_authenticated:
        return redirect("tonight")
    return render(request, "home.html", {"demo_people": demo_people() if _demonstrates(request) else []})


def demo_people() -> list[dict[str, Any]]:
    """Those through whose eyes the demonstration can be seen; nobody before it is open."""
    roles = [(role, who.person_with(handle=role.handle)) for role in demonstration.roles()]
    return [
        {"uid": who.uid_of(person=person), "name": role.name, "fact": role.headline, "hint": ""}
        for role, person in roles
        if person is not None
    ]


@require_safe
@signed_in
def tonight(request: Request) -> HttpResponse:
    """Ce soir: the next evening, whom to meet there, whom one knows, who organises."""
    if unsettled := arrival.unsettled(request.viewer):
        return redirect("join", unsettled)
    coming = gatherings.agenda(request.viewer)
    drawn = {
        "meetup": None,
        "may_open": bool(communities.mine(request.viewer)),
        "later": [evening_line(one) for one in coming[1:]],
        "after": gatherings.lately(request.viewer, clock.now() - AFTERWARDS),
        **promises.due(request.viewer),
    }
    return render(request, "tonight.html", {**drawn, **(_next(request, coming[0]) if coming else {})})


def _next(request: Request, one: Gathering) -> dict[str, Any]:
    evening = meetups.evening(request.viewer, one.code)
    return {**evening_card.card(request.viewer, evening), **evening_card.company(request.viewer, evening)}


@require_post
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Go in as one of the people of the demonstration, from this very machine."""
    if not _demonstrates(request):
        raise Http404
    uid = request.POST.get("person", "")
    role = next((role for role in demo_people() if str(role["uid"]) == uid), None)
    if role is None:
        raise Http404
    account = who.account_of(person=who.person_known_as(uid=UUID(uid)))
    login(request, get_user_model().objects.get(pk=str(account)), backend=BACKEND)
    return redirect("home")


@require_post
def set_language(request: Request) -> HttpResponse:
    """Speak another language on this browser, and in the mails of whoever is signed in."""
    language, back = request.POST.get("language", ""), request.POST.get("next", "")
    if language in dict(settings.LANGUAGES):
        request.session[LANGUAGE] = language
        if request.viewer.person is not None:
            people.speak(person=request.viewer.person, language=language)
    return HttpResponseRedirect(back if url_has_allowed_host_and_scheme(back, None) else reverse("home"))


@require_safe
def server(request: HttpRequest) -> HttpResponse:
    """Who runs this server, and what they could read."""
    return render(request, "server.html", {"version": entregent.__version__, "source_url": settings.SOURCE_URL})


def _demonstrates(request: HttpRequest) -> bool:
    """Whether one click may sign in: a demonstration, reached from the machine that it runs on, not through a proxy."""
    return settings.DEMONSTRATION and ip_address(request.META.get("REMOTE_ADDR", "0.0.0.0")).is_loopback  # noqa: S104
