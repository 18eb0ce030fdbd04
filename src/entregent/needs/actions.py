"""Writes about needs and offers."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from entregent.circles.models import Circle
from entregent.common import clock, errors, ids, wording
from entregent.discretion.viewer import Viewer
from entregent.market import actions as market
from entregent.needs.models import Kind, Need
from entregent.people import actions as people
from entregent.search import actions as search

#: The circles that a job search may go to: people named, or cards crossed.
NARROW = ("chosen", "connections")
#: Years that an end may lie in: a moment of the last one there is has no name further west.
YEARS = range(1900, 2101)


@transaction.atomic
def state(
    actor: Viewer,
    *,
    text: str,
    kind: str = Kind.OTHER,
    offered: bool = False,
    audience: int | None = None,
    discreet: bool = False,
    until: datetime | None = None,
    once: UUID | None = None,
) -> UUID:
    """The id of a new need, or offer. A job search is discreet, always, and goes to people named or crossed.

    `once` is the id that a door gives it, the same however often a form is sent.

    Raises `Invalid` without words, for a kind that is none, for an end in no year of ours, and for a job search to an
    open circle.
    """
    if once is not None and _stated(actor, once):
        return once
    searches = kind == Kind.JOB and not offered
    _check(text, kind, until)
    if searches:
        _check_narrow(audience)
    need = Need.ledger.create(
        uid=once or ids.new(),
        owner_id=actor.me,
        kind=kind,
        offered=offered,
        text=wording.lines(text)[:500],
        until=until,
        said_at=clock.now(),
        **market.stated(actor, audience=audience, discreet=discreet or searches),
    )
    line = "offer" if offered else "need"
    search.write(fact=need, kind=line, text=need.text, subject=actor.me, on=need.said_at.date())
    return need.uid


@transaction.atomic
def withdraw(actor: Viewer, *, need: UUID) -> None:
    """Take back a need or an offer of the actor's. Raises `NotFound`."""
    if not Need.ledger.filter(owner=actor.me, uid=need).delete()[0]:
        raise errors.NotFound
    search.drop(about=need)


@transaction.atomic
def erase(person: int) -> None:
    """Forget what a person looked for and offered."""
    Need.ledger.filter(owner=person).delete()


def _stated(actor: Viewer, once: UUID) -> bool:
    people.wait_turn(person=actor.me)
    return Need.ledger.filter(owner=actor.me, uid=once).exists()


def _check(text: str, kind: str, until: datetime | None) -> None:
    if not wording.lines(text):
        raise errors.Invalid("text", _("Say it in a few words."))
    if kind not in Kind.values:
        raise errors.Invalid("kind", _("Choose what it is."))
    if until is not None and until.year not in YEARS:
        raise errors.Invalid("until", _("Check the year."))


def _check_narrow(audience: int | None) -> None:
    if audience is not None and not Circle.objects.filter(pk=audience, kind__in=NARROW).exists():
        raise errors.Invalid("audience", _("A job search goes to people you name, or whose cards you crossed."))
