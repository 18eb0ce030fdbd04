"""What happens once somebody has proven an address: they are that person, and what they began as a guest is theirs."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from entregent.circles.fixed import EVERYONE
from entregent.common import errors
from entregent.communities import actions as communities
from entregent.communities import queries as community
from entregent.discretion.viewer import Viewer
from entregent.exchange import actions as exchange
from entregent.market import actions as market
from entregent.market import queries as work
from entregent.meetups import queries as meetups
from entregent.people import actions as people
from entregent.people import queries as who
from entregent.profiles import actions as profiles
from entregent.profiles import queries as cards
from entregent.web import pending
from entregent.web.middleware import KEY, LANGUAGE, Request
from entregent.web.pending import BECOMING, JOINING


def guest_name(secret: str) -> str:
    """The first name that the holder of a secret link gave; empty where it opens nothing."""
    guest = who.holder_of(secret=secret) if secret else None
    return meetups.first_name(Viewer(person=guest)) if guest is not None else ""


def begun_by(begun: Mapping[str, Any]) -> str:
    """What whoever began something calls themselves; empty where nothing was begun, or nobody is known by it."""
    return str(begun.get(JOINING, {}).get("name", "")) or guest_name(begun.get(BECOMING, ""))


def arrive(request: HttpRequest, *, account: UUID, email: str) -> None:
    """Bring in whoever proved the address of an account, with what was begun for that address."""
    begun = pending.begun(request, email=email)
    pending.forget(request)
    secret = begun.get(BECOMING, "")
    guest = who.holder_of(secret=secret)
    person = people.person_of(account=account) if guest is None else _become(request, secret, guest, account)
    actor = Viewer(person=person)
    exchange.take_imported(actor)
    market.recognise(actor)
    _speak(request, person)
    if JOINING in begun:
        _join(request, actor, begun[JOINING])


def _become(request: HttpRequest, secret: str, guest: int, account: UUID) -> int:
    if request.session.get(KEY) == secret:
        del request.session[KEY]
    return exchange.take_account(Viewer(person=guest), account=account)


def _speak(request: HttpRequest, person: int) -> None:
    """Keep the language that was chosen on this browser; else speak the one that the person keeps."""
    if LANGUAGE in request.session:
        people.speak(person=person, language=request.session[LANGUAGE])
    else:
        request.session[LANGUAGE] = who.language_of(person=person)


def answered(request: Request, page: community.Page) -> set[str]:
    """The fields of joining a community that need no answer from this viewer."""
    without = set() if page.entry == "approved" and not page.belongs else {"words"}
    if not request.user.is_authenticated:
        return without
    name = cards.me(request.viewer).name
    named = {"name"} if name is not None and name.audience in _reaching(request.viewer, page) else set()
    works = {"where", "organisation", "title"} if work.situation(request.viewer) else set()
    return {"email"} | without | named | works


def known_name(request: Request) -> str:
    """What the viewer is called so far."""
    name = cards.me(request.viewer).name if request.user.is_authenticated else None
    return name.text if name else ""


def unsettled(viewer: Viewer) -> str | None:
    """The slug of a community that the viewer has come into without a name, or without saying where they work."""
    if cards.me(viewer).name is not None and work.situation(viewer):
        return None
    return next((page.slug for page in community.mine(viewer)), None)


@transaction.atomic
def enter(request: HttpRequest, actor: Viewer, said: Mapping[str, str]) -> None:
    """Come into a community with what was said in joining: all of it, or nothing. Raises `Refused`, `Invalid`."""
    if said["where"] == "organisation":
        market.state_position(actor, organisation=said["organisation"], title=said["title"], audience=None)
    elif said["where"]:
        market.say_situation(actor, answer=said["where"])
    known = cards.me(actor).name
    name = said["name"] or (known.text if known else "")
    outcome = communities.join(actor, slug=said["slug"], invite=said["invite"], name=name, words=said["words"])
    if outcome == "asked":
        messages.success(request, _("Your request is with the stewards. You come in when one of them says yes."))
    elif said["name"]:
        profiles.call_me(actor, text=said["name"], audience=_mine(actor))


def _reaching(viewer: Viewer, page: community.Page) -> set[int | None]:
    """The audiences by which a name is known in a community."""
    return {EVERYONE, page.members_circle, community.around(viewer)} - {None}


def _mine(actor: Viewer) -> int:
    """Everybody in the actor's community, or in any of them where there are several."""
    first, *others = community.mine(actor)
    return communities.around(actor) if others else first.members_circle


def _join(request: HttpRequest, actor: Viewer, said: Mapping[str, str]) -> None:
    try:
        enter(request, actor, said)
    except errors.DomainError as error:
        messages.error(request, str(error.message))
