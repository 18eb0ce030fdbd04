"""On what terms an answer or a presence is stated: who may see it, and whether colleagues may; as last chosen."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from entregent.circles import actions as circles
from entregent.common import errors
from entregent.communities import actions as communities
from entregent.discretion import actions as discretion
from entregent.discretion import queries as places
from entregent.discretion.viewer import Viewer
from entregent.market import actions as market
from entregent.market import queries as work
from entregent.meetups import queries, seats, standings
from entregent.meetups.models import Habit, Meetup, Presence, Rsvp

NOT_GOING = Rsvp.Answer.NOT_GOING
#: Who an answer can be shown to.
AUDIENCES = {"going", "community", "organisers", "me"}


def of_community(actor: Viewer, meetup: Meetup) -> int:
    """The key of the circle of an answer that is for the community.

    Of those in which the evening stands, it is the one in which the actor is: one's own, of which it is told. Whoever
    is in several of them answers to all their own communities, whoever is in none to the evening's first.
    """
    stands = standings.communities(actor, meetup)
    mine = {one.uid for one in stands}.intersection(places.places_of_kind(actor, "members"))
    if len(mine) > 1:
        return communities.around(actor)
    return circles.circle(kind="members", about=next(iter(mine), stands[0].uid))


def of_answer(actor: Viewer, meetup: Meetup, audience: str | None, discreet: bool | None) -> dict[str, Any]:
    """The fields of an answer that the actor gives now. Raises `Invalid`."""
    row = Rsvp.objects.visible_to(actor).filter(meetup=meetup, owner=actor.me).first()
    if row is not None and row.name:
        return discretion.stated(audience=seats.circle(meetup, "organisers"), discreet=False)
    if row is not None and row.answer != NOT_GOING and audience is None and discreet is None:
        return discretion.stated(audience=row.audience_id, discreet=row.discreet)
    known = queries.terms(actor, meetup.code)
    audience = audience or known.audience
    if audience not in AUDIENCES:
        raise errors.Invalid("audience", _("Choose who can see your answer."))
    _remember(actor.me, audience, discreet)
    if audience == "me":
        return discretion.stated(audience=None, discreet=False)
    decided = _decided(discreet, known.discreet)
    circle = of_community(actor, meetup) if audience == "community" else seats.circle(meetup, audience)
    return market.stated(actor, audience=circle, discreet=decided)


def of_presence(actor: Viewer, meetup: Meetup, seen: bool, discreet: bool | None) -> dict[str, Any]:
    """The fields of a presence of the actor, seen by those present or by nobody. Raises `Invalid`."""
    row = Presence.objects.visible_to(actor).filter(meetup=meetup, owner=actor.me).first()
    before = row is not None and row.discreet
    if not seen:
        return discretion.stated(audience=None, discreet=before if discreet is None else discreet)
    if row is not None and row.name:
        return discretion.stated(audience=seats.circle(meetup, "attended"), discreet=False)
    known = queries.terms(actor, meetup.code)
    if discreet is not None:
        _remember(actor.me, known.audience, discreet)
    decided = _decided(discreet, before or known.discreet)
    return market.stated(actor, audience=seats.circle(meetup, "attended"), discreet=decided)


def adopted(person: Viewer) -> dict[str, Any]:
    """What changes of answers and presences given with a first name, once they are this person's, in full name.

    They are as discreet as the person's own last were; nobody sees them where that was never asked, or cannot be.
    """
    discreet = queries.usual(person).discreet
    if discreet is None or (discreet and not work.may_be_discreet(person)):
        return {"audience": None}
    return {"discreet": discreet}


def _decided(discreet: bool | None, known: bool | None) -> bool:
    decided = known if discreet is None else discreet
    if decided is None:
        raise errors.Invalid("discreet", _("May your colleagues see it? The choice is yours, once."))
    return decided


def _remember(person: int, audience: str, discreet: bool | None) -> None:
    said = {"audience": audience} if discreet is None else {"audience": audience, "discreet": discreet}
    Habit.objects.update_or_create(person_id=person, defaults=said)
