"""Writes of needs that are kept: kept, ended, said to hold for longer, and who was told to their owner."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import F, TextField, Value
from django.db.models.functions import Concat, Replace, Trim
from django.utils.translation import gettext_lazy as _

from entregent.common import clock, days, errors, ids, wording
from entregent.discretion.viewer import Viewer
from entregent.market import actions as market
from entregent.people import actions as people
from entregent.people import queries as who
from entregent.recall import kept
from entregent.recall.models import Kept
from entregent.recall.queries import Answer
from entregent.search.stems import fold

#: Longest need, in characters; how many somebody keeps at most; for how long one holds.
TEXT, MOST, LASTS = 500, 10, timedelta(days=90)


def keep(actor: Viewer, *, text: str) -> UUID:
    """Keep a need of the actor's: its public id. Whoever answers it now is no news later.

    It is asked before the transaction in which it is kept: nobody's writing waits for that. One that is kept already
    holds anew. Raises `Invalid` without words and for one too many, `Refused` for one about a job from an account whose
    mailbox an employer can open.
    """
    said = wording.lines(text)[:TEXT]
    if not said:
        raise errors.Invalid("text", _("Say it in a few words."))
    market.stated(actor, audience=None, discreet=kept.about_a_job(text=said))
    return _keep(actor, said, _known(kept.answers(actor, said)))


@transaction.atomic
def _keep(actor: Viewer, said: str, known: Collection[UUID]) -> UUID:
    people.wait_turn(person=actor.me)
    standing = list(Kept.ledger.filter(owner=actor.me, ended_at=None))
    same = next((held for held in standing if fold(held.text) == fold(said)), None)
    if same is None and len(standing) >= MOST:
        raise errors.Invalid("text", _("You watch for ten needs already: end one of them first."))
    held = same or Kept(owner_id=actor.me, text=said, asked_on=days.today(settings.HOME_ZONE))
    held.until = _end()
    _note(held, known, looked=True)
    held.save()
    return held.uid


@transaction.atomic
def end(actor: Viewer, *, need: UUID) -> None:
    """Keep a need of the actor's no longer. `resume` takes it back until `due.forget` has passed. Raises `NotFound`."""
    held = _own(actor, need)
    held.ended_at = clock.now()
    held.save(update_fields=["ended_at", "changed_at"])


@transaction.atomic
def resume(actor: Viewer, *, need: UUID) -> None:
    """Take back that a need was ended. Raises `NotFound` where it is gone, `Invalid` where there is no room."""
    people.wait_turn(person=actor.me)
    # Locked: time does not take it away in between.
    held: Kept | None = Kept.ledger.select_for_update().filter(owner=actor.me, uid=need).first()
    if held is None:
        raise errors.NotFound
    if held.ended_at and Kept.ledger.filter(owner=actor.me, ended_at=None).count() >= MOST:
        raise errors.Invalid("need", _("You watch for ten needs already: end one of them first."))
    held.ended_at = None
    held.save(update_fields=["ended_at", "changed_at"])


@transaction.atomic
def renew(actor: Viewer, *, need: UUID) -> None:
    """Let a need of the actor's hold for three months from today. Raises `NotFound`."""
    held = _own(actor, need)
    held.until = _end()
    held.save(update_fields=["until", "changed_at"])


@transaction.atomic
def look(actor: Viewer, *, need: UUID, answers: Collection[Answer]) -> None:
    """Note that the actor saw who answers a need of theirs. Raises `NotFound`."""
    held = _own(actor, need)
    _note(held, _known(answers), looked=True)
    held.save(update_fields=["told", "looked", "changed_at"])


@transaction.atomic
def tell(actor: Viewer, *, told: Mapping[UUID, Collection[UUID]]) -> None:
    """Note whom the actor was told of by a mail, by public id, for each need of theirs that is still kept."""
    for held in Kept.ledger.select_for_update().filter(owner=actor.me, uid__in=told):
        _note(held, told[held.uid], looked=False)
        held.save(update_fields=["told", "changed_at"])


@transaction.atomic
def erase(person: int) -> None:
    """Forget what a person keeps; no need of anybody else's remembers that they answered it."""
    Kept.ledger.filter(owner=person).delete()
    gone = (who.uid_of(person=person) or ids.NO_UID).hex
    # One statement, by the database: how many watch for somebody is told to nobody, whoever leaves or has them leave.
    left = {field: _without(field, gone) for field in ("told", "looked")}
    Kept.ledger.filter(told__contains=gone).update(**left, changed_at=F("changed_at"))


def _known(found: Iterable[Answer]) -> set[UUID]:
    """Whom somebody knows to answer who is shown these answers: the first ones, and whoever would be news."""
    listed = list(found)
    return {each.id for each in listed[: kept.SHOWN]} | {each.id for each in listed if each.solid}


def _own(actor: Viewer, need: UUID) -> Kept:
    held: Kept | None = Kept.ledger.select_for_update().filter(owner=actor.me, uid=need, ended_at=None).first()
    if held is None:
        raise errors.NotFound
    return held


def _note(held: Kept, people: Collection[UUID], *, looked: bool) -> None:
    """Who counts as told; in an order that says nothing of when."""
    ids = {one.hex for one in people}
    held.told = " ".join(sorted(ids | set(held.told.split())))
    if looked:
        held.looked = " ".join(sorted(ids | set(held.looked.split())))


def _without(field: str, gone: str) -> Trim:
    """A list of public ids with a blank between two, without one of them."""
    blank, one = (Value(said, output_field=TextField()) for said in (" ", f" {gone} "))
    return Trim(Replace(Concat(blank, F(field), blank), one, blank))


def _end() -> datetime:
    """The end of the last day on which a need holds that is kept today, where this server is at home."""
    return datetime.combine(days.today(settings.HOME_ZONE) + LASTS, time.max, ZoneInfo(settings.HOME_ZONE))
