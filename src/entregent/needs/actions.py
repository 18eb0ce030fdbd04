"""Writes about needs and offers."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from entregent.common import clock, days, errors, ids, wording
from entregent.discretion import actions as discretion
from entregent.discretion.viewer import Viewer
from entregent.market import actions as market
from entregent.needs.models import Kind, Need
from entregent.people import actions as people
from entregent.search import actions as search

#: Years that an end may lie in: a moment of the last one there is has no name further west.
YEARS = range(1900, 2101)
#: How many needs and offers of one person hold at a time: pages of others read them all.
MOST = 30


@transaction.atomic
def state(
    actor: Viewer,
    *,
    text: str,
    kind: str = Kind.OTHER,
    offered: bool = False,
    place: str = "",
    audience: int | None = None,
    discreet: bool = False,
    until: datetime | None = None,
    once: UUID | None = None,
) -> UUID:
    """The id of a new need, or offer. A job search is discreet, always, and goes to people named or crossed.

    `once` is the id that a door gives it, the same however often a form is sent.

    Raises `Invalid` without words, for a kind that is none, for an end in no year of ours, and for a job search to an
    open circle; `Refused` where enough of them hold.
    """
    people.wait_turn(person=actor.me)
    if once is not None and Need.ledger.filter(owner=actor.me, uid=once).exists():
        return once
    _check(text, kind, until)
    _keep_few(actor, until)
    terms = _terms(actor, searches=kind == Kind.JOB and not offered, audience=audience, discreet=discreet)
    need = Need.ledger.create(
        uid=once or ids.new(),
        owner_id=actor.me,
        said_at=clock.now(),
        **_words(text, kind, place, offered=offered),
        **terms,
        until=until,
    )
    _write(need)
    return need.uid


@transaction.atomic
def edit(
    actor: Viewer,
    *,
    need: UUID,
    text: str,
    kind: str = Kind.OTHER,
    offered: bool = False,
    place: str = "",
    audience: int | None = None,
    discreet: bool = False,
    until: datetime | None = None,
) -> None:
    """Say a need or an offer of the actor's otherwise, or to others. What `state` would not take is not taken here.

    It keeps its id, and its day; it is said today where it is opened to others: an earlier day would tell them that
    it was kept from them until now. Whom it named and names no longer is forgotten. Raises `NotFound`, `Invalid`;
    `Refused` for one that had ended, where enough of them hold.
    """
    held = _own(actor, need)
    before = held.audience_id
    _check(text, kind, until)
    _keep_few(actor, until, held)
    terms = _terms(actor, searches=kind == Kind.JOB and not offered, audience=audience, discreet=discreet)
    opened = _is_opened(held, **terms)
    said = _words(text, kind, place, offered=offered)
    _keep(held, **said, **terms, until=until, **({"said_at": clock.now()} if opened else {}))
    discretion.forget_named(actor, circle=before)


@transaction.atomic
def renew(actor: Viewer, *, need: UUID, until: datetime | None) -> None:
    """Let a need or an offer of the actor's last until another end, or until it is taken back.

    One that had ended is said today. Raises `NotFound`, `Invalid`; `Refused` as `edit` does.
    """
    held = _own(actor, need)
    _check(held.text, held.kind, until)
    _keep_few(actor, until, held)
    said = {"said_at": clock.now()} if _is_over(held.until) else {}
    _keep(held, until=until, changed_at=clock.now(), **said)


@transaction.atomic
def close(actor: Viewer, *, need: UUID) -> None:
    """End a need or an offer of the actor's now: found, or no longer there. Raises `NotFound`."""
    held = _own(actor, need)
    if not _is_over(held.until):
        _keep(held, until=clock.now(), changed_at=clock.now())


@transaction.atomic
def withdraw(actor: Viewer, *, need: UUID) -> None:
    """Take back a need or an offer of the actor's, and forget whom it named. Raises `NotFound`."""
    held = _own(actor, need)
    held.delete()
    search.drop(about=need)
    discretion.forget_named(actor, circle=held.audience_id)


@transaction.atomic
def erase(person: int) -> None:
    """Forget what a person looked for and offered."""
    Need.ledger.filter(owner=person).delete()


def _terms(actor: Viewer, *, searches: bool, audience: int | None, discreet: bool) -> dict[str, Any]:
    """Who may see it: where somebody `searches` for a job, people named or crossed, and discreetly."""
    if searches:
        return market.searching(actor, audience=audience)
    return market.stated(actor, audience=audience, discreet=discreet)


def _words(text: str, kind: str, place: str, *, offered: bool) -> dict[str, Any]:
    said = {"text": wording.lines(text)[:500], "place": wording.line(place)[:80]}
    return {**said, "kind": kind, "offered": offered}


def _own(actor: Viewer, need: UUID) -> Need:
    people.wait_turn(person=actor.me)
    held: Need | None = Need.ledger.filter(owner=actor.me, uid=need).first()
    if held is None:
        raise errors.NotFound
    return held


def _is_over(until: datetime | None) -> bool:
    return until is not None and until <= clock.now()


def _keep_few(actor: Viewer, until: datetime | None, held: Need | None = None) -> None:
    """Let no more than `MOST` hold: one that is to last `until` is one more, unless it is `held` and does already."""
    if _is_over(until) or (held is not None and not _is_over(held.until)):
        return
    if Need.ledger.filter(Q(until=None) | Q(until__gt=clock.now()), owner=actor.me).count() >= MOST:
        raise errors.Refused(_("That is enough needs and offers: end one of them first."))


def _is_opened(held: Need, *, audience_id: int | None, discreet: bool, **_when: Any) -> bool:
    """Whether somebody may see it on these terms who may not now."""
    others = audience_id is not None and audience_id != held.audience_id
    return others or (held.discreet and not discreet) or _is_over(held.until)


def _keep(held: Need, **said: Any) -> None:
    for field, value in said.items():
        setattr(held, field, value)
    held.save(update_fields=list(said))
    _write(held)


def _write(need: Need) -> None:
    """The line by which it is found; its place is one of its words."""
    words = ", ".join(filter(None, (need.text, need.place)))
    kind = "offer" if need.offered else "need"
    search.write(fact=need, kind=kind, text=words, subject=need.owner_id, on=days.of(need.said_at, settings.HOME_ZONE))


def _check(text: str, kind: str, until: datetime | None) -> None:
    if not wording.lines(text):
        raise errors.Invalid("text", _("Say it in a few words."))
    if kind not in Kind.values:
        raise errors.Invalid("kind", _("Choose what it is."))
    if until is not None and until.year not in YEARS:
        raise errors.Invalid("until", _("Check the year."))
