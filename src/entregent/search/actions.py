"""Writes of searchable lines. A part calls these in the transaction that writes or drops the fact itself."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from uuid import UUID

from django.db import transaction
from django.db.models import BigIntegerField, Case, F, Value, When

from entregent.common import clock, ids
from entregent.discretion.models import Fact
from entregent.search.models import Line
from entregent.search.stems import stems

#: How much of a fact's text a line keeps to be quoted as a reason, in characters.
QUOTED = 1000


@dataclass(frozen=True, slots=True)
class Words:
    """What a fact says: `subject` is whom it helps to find, `contact` the owner's own contact it is about."""

    fact: Fact
    kind: str
    text: str
    on: date | None = None
    subject: int | None = None
    contact: UUID | None = None


@transaction.atomic
def write(
    *, fact: Fact, kind: str, text: str, on: date | None = None, subject: int | None = None, contact: UUID | None = None
) -> None:
    """Make the line of a fact say what the fact says now, to whom the fact says it."""
    line = _line(Words(fact, kind, text, on, subject, contact))
    Line.ledger.filter(about=fact.uid).delete()
    line.save(force_insert=True)


@transaction.atomic
def write_many(*, facts: Iterable[Words], batch: int = 2000) -> None:
    """Write the lines of facts that have none yet."""
    Line.ledger.bulk_create(map(_line, facts), batch_size=batch)


@transaction.atomic
def rewrite_many(*, facts: Collection[Words], batch: int = 500) -> None:
    """Make the lines of facts say what these say now, whether or not they had some."""
    waiting = iter(facts)
    while some := list(islice(waiting, batch)):
        Line.ledger.filter(about__in=[words.fact.uid for words in some]).delete()
        write_many(facts=some)


@transaction.atomic
def hand_over(*, owners: Mapping[UUID, int]) -> None:
    """Have the lines of facts be those of whoever has the facts now: one statement, also for none."""
    cases = [When(about=about, then=Value(owner)) for about, owner in owners.items()]
    owner = Case(*cases, default=F("owner"), output_field=BigIntegerField())
    Line.ledger.filter(about__in={ids.NO_UID, *owners}).update(owner=owner)


@transaction.atomic
def drop_many(*, abouts: Collection[UUID], batch: int = 500) -> None:
    """Forget the lines of facts that are gone."""
    waiting = iter(abouts)
    while some := list(islice(waiting, batch)):
        Line.ledger.filter(about__in=some).delete()


@transaction.atomic
def drop(*, about: UUID) -> None:
    """Forget the line of a fact that is gone."""
    Line.ledger.filter(about=about).delete()


@transaction.atomic
def erase(person: int) -> None:
    """Forget every line that a person wrote; lines of others no longer lead to them."""
    Line.ledger.filter(owner=person).delete()
    Line.ledger.filter(subject=person).update(subject=None, changed_at=clock.now())


def _line(words: Words) -> Line:
    fact = words.fact
    return Line(
        owner_id=fact.owner_id,
        audience_id=fact.audience_id,
        discreet=fact.discreet,
        until=fact.until,
        kind=words.kind,
        about=fact.uid,
        subject_id=words.subject,
        contact=words.contact,
        text=words.text[:QUOTED],
        stems=stems(words.text),
        on=words.on,
    )
