"""A community's past evenings from files: compared with what is here, then written in one transaction.

People are known by the key of their file alone, belong to nobody's account until claimed, and everything is open to
the community and not discreet. What was erased here does not come back by importing it again.
"""

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Manager
from django.utils.text import slugify
from django.utils.translation import gettext as _

from entregent.common import clock, errors
from entregent.communities.models import Community
from entregent.exchange import arrivals, plans
from entregent.exchange.models import Origin
from entregent.exchange.origins import EVENT, GROUP, MEMBER, community_called
from entregent.exchange.records import History
from entregent.meetups.models import Meetup, Rsvp, Series
from entregent.people.models import Person
from entregent.ties import due as ties


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of each."""

    series: int = 0
    people: int = 0
    evenings: int = 0
    answers: int = 0

    @property
    def all(self) -> int:
        """How many in all."""
        return self.series + self.people + self.evenings + self.answers


@dataclass(frozen=True, slots=True)
class Comparison:
    """How much a history says, how much of that is new here, and how much stays away because it was erased."""

    said: Counts
    new: Counts
    erased: Counts


@dataclass(frozen=True, slots=True)
class _Held:
    """What is here of one kind, by the keys of the files, and which keys were here and were erased."""

    rows: dict[str, int]
    erased: frozenset[str]

    def absent(self, wanted: Iterable[str]) -> list[str]:
        return [key for key in wanted if key not in self.rows and key not in self.erased]

    def lost(self, wanted: Iterable[str]) -> int:
        return sum(key in self.erased for key in wanted)


@dataclass(frozen=True, slots=True)
class _Here:
    """What a community has of earlier imports, answers as pairs of an evening and a person."""

    community: Community | None
    series: _Held
    people: _Held
    evenings: _Held
    answers: frozenset[tuple[int, int]]


def known_events(community: str) -> frozenset[str]:
    """The keys of the events that earlier imports brought to the community of this name."""
    found = community_called(community)
    return frozenset(Origin.objects.filter(community=found, kind=EVENT).values_list("key", flat=True))


def compare(history: History, *, community: str) -> Comparison:
    """What bringing in a history would change in the community of this name. Nothing is written."""
    return _difference(history, _here(community))[0]


def bring_in(history: History, *, community: str, zone: str, tell: Callable[[int, int], None]) -> Comparison:
    """Write what is new of a history; `tell` is told how many rows of how many were written.

    The community is founded where there is none of this name, in the time zone `zone`. Doing it twice changes nothing.
    """
    with clock.at(clock.now()):
        comparison = _bring_in(history, community, zone, tell)
    if comparison.new != Counts():
        plans.look_again()
        ties.rebuild(clock.now())
    return comparison


@transaction.atomic
def _bring_in(history: History, community: str, zone: str, tell: Callable[[int, int], None]) -> Comparison:
    here = _here(community)
    comparison, new = _difference(history, here)
    found = here.community or _found(community, zone)
    if comparison.new != Counts():
        keys = arrivals.Keys(here.series.rows, here.people.rows, here.evenings.rows)
        arrivals.write(arrivals.Desk(found, history, keys, zone, _counted(comparison.new.all, tell)), new)
    return comparison


def _counted(of: int, tell: Callable[[int, int], None]) -> arrivals.Advance:
    done = 0

    def advance(written: int) -> None:
        nonlocal done
        done += written
        tell(done, of)

    return advance


def _found(name: str, zone: str) -> Community:
    slug = slugify(name)[:50]
    if not slug or len(name) > 80:
        raise errors.Invalid("community", _("A community needs a name of 80 characters at most."))
    return Community.objects.create(name=name, slug=slug, zone=zone)


def _here(name: str) -> _Here:
    community = community_called(name)
    pairs = Rsvp.ledger.filter(meetup__community=community).values_list("meetup", "owner") if community else ()
    return _Here(
        community=community,
        series=_held(community, GROUP, Series.objects),
        people=_held(community, MEMBER, Person.objects),
        evenings=_held(community, EVENT, Meetup.ledger),
        answers=frozenset(pairs),
    )


def _held(community: Community | None, kind: str, table: Manager[Any]) -> _Held:
    origins = Origin.objects.filter(community=community, kind=kind)
    rows = dict(table.filter(uid__in=origins.values("about")).values_list("uid", "pk"))
    held = {key: rows.get(about) for key, about in origins.values_list("key", "about")}
    return _Held(
        rows={key: row for key, row in held.items() if row is not None},
        erased=frozenset(key for key, row in held.items() if row is None),
    )


def _difference(history: History, here: _Here) -> tuple[Comparison, arrivals.New]:
    members = _members(history)
    events = _events(history, here)
    answers = [pair for pair in history.answers if _may_come(pair, events, here)]
    new = arrivals.New(
        groups=here.series.absent(history.groups),
        members=here.people.absent(members),
        events=here.evenings.absent(events),
        answers=_one_each((pair for pair in answers if _row(pair, here) not in here.answers), here),
    )
    said = Counts(len(history.groups), len(members), len(history.events), len(history.answers))
    written = Counts(len(new.groups), len(new.members), len(new.events), len(new.answers))
    erased = Counts(
        here.series.lost(history.groups),
        here.people.lost(members),
        len(history.events) - len(events),
        len(history.answers) - len(answers),
    )
    return Comparison(said=said, new=written, erased=erased), new


def _members(history: History) -> dict[str, None]:
    """Everybody of whom the files speak: those with a row, those who organise, those who answered."""
    organisers = dict.fromkeys(group.organiser for group in history.groups.values())
    members = dict.fromkeys(history.members)
    return members | organisers | dict.fromkeys(member for _event, member in history.answers)


def _events(history: History, here: _Here) -> dict[str, None]:
    """The events that may be here: neither they nor who organises them were erased."""
    away = here.people.erased
    return {
        key: None
        for key, event in history.events.items()
        if key not in here.evenings.erased and history.groups[event.group].organiser not in away
    }


def _may_come(pair: tuple[str, str], events: Container[str], here: _Here) -> bool:
    """Whether an answer may be here: neither the evening nor the person was erased."""
    event, member = pair
    return (event in events or event in here.evenings.rows) and member not in here.people.erased


def _one_each(answers: Iterable[tuple[str, str]], here: _Here) -> list[tuple[str, str]]:
    """One answer of each person to an evening: somebody who claimed two of the files' members is one person."""
    people = here.people.rows
    return list({(event, people.get(member, member)): (event, member) for event, member in answers}.values())


def _row(pair: tuple[str, str], here: _Here) -> tuple[int | None, int | None]:
    return here.evenings.rows.get(pair[0]), here.people.rows.get(pair[1])
