"""Who can help with a need in plain words: people whom the viewer met or can reach, why, and the ways to them.

Nothing is kept of a question, and nobody learns that they were an answer.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from entregent.common import clock
from entregent.discretion.viewer import Viewer
from entregent.encounters import places
from entregent.encounters import queries as encounters
from entregent.encounters.queries import Entry, Met
from entregent.meetups.models import Presence, Rsvp
from entregent.people import queries as people_known
from entregent.profiles import queries as profiles
from entregent.profiles.queries import Card
from entregent.search import queries as search
from entregent.search import ranking, stems
from entregent.ties import queries as ties
from entregent.ties import strength
from entregent.ties.queries import Reason, Way

#: How many evenings are opened for each set of words that they answer: the latest, and the latest where the viewer was.
#: An evening says little about who was there, and an older one says less.
EVENINGS = 12
#: How many answers get ways: the first of those whom the viewer does not know.
REACHED = 5
#: How many notes, and how many lines about what somebody does, are quoted as reasons.
QUOTED = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """Somebody who may help. `kind` is `person` (a member; `id` is theirs) or `contact` (of the viewer's own book).

    Reasons say where and when they met, what was said, what they do, who is between. `contact` is the viewer's entry
    about them, `person` the key of a member who shows their name, `does` what they do in one line.
    """

    kind: str
    id: UUID
    name: str
    score: float
    reasons: tuple[Reason, ...]
    ways: tuple[Way, ...]
    contact: UUID | None
    person: int | None
    does: str


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A line, and the member or the contact of whom it speaks to the viewer."""

    line: search.Hit
    person: int | None
    contact: UUID | None = None


@dataclass(frozen=True, slots=True)
class _Face:
    """Somebody as the viewer knows them: a member who shows their name, an entry of the viewer's book, or both.

    `uid` is the public id of the one or of the other, `tie` how strong the viewer's own tie to them is.
    """

    uid: UUID
    name: str
    card: Card | None
    entry: Entry | None
    tie: float


@dataclass(frozen=True, slots=True)
class _Evening:
    """An evening where both the viewer and somebody were."""

    title: str
    on: date


def ask(viewer: Viewer, text: str, *, limit: int = 10) -> list[Answer]:
    """The people who answer a need best, at most `limit`; nobody where no line that the viewer may see answers it."""
    mine = _attended(viewer)
    spoken = _spoken(viewer, stems.query(text), mine)
    faces = _faces(viewer, spoken)
    found = _ranked(viewer, spoken, faces)[:limit]
    known = {face.uid: face for face in faces.values()}
    best = [(known[each.about], each.score, _lines(spoken, faces, each)) for each in found]
    strangers = [face.card.person for face, *_ in best if face.card and not face.entry]
    shared = _shared(viewer, strangers, mine)
    reached = _reached(viewer, [face for face, *_ in best])
    return [_answer(*each, shared=shared, reached=reached) for each in best]


def _spoken(viewer: Viewer, terms: Sequence[stems.Term], mine: Collection[UUID]) -> list[_Spoken]:
    """What answers the question, of whom it speaks: never of the viewer."""
    hits = search.lines(viewer, terms)
    evenings = [hit for hit in hits if hit.kind == "evening"]
    spoken = [_Spoken(hit, hit.subject, hit.contact) for hit in hits if hit.subject or hit.contact]
    spoken += _there(viewer, _telling(evenings, mine))
    return [each for each in spoken if each.person is None or each.person != viewer.person]


def _telling(evenings: Iterable[search.Hit], mine: Collection[UUID]) -> dict[UUID, search.Hit]:
    """Of the evenings that answer, those to open."""
    told: dict[tuple[frozenset[str], bool], list[search.Hit]] = {}
    for hit in sorted(evenings, key=_latest, reverse=True):
        for where in {False, hit.about in mine}:
            told.setdefault((frozenset(hit.grades), where), []).append(hit)
    return {hit.about: hit for hits in told.values() for hit in hits[:EVENINGS]}


def _latest(hit: search.Hit) -> tuple[date, int]:
    return hit.on or date.min, hit.about.int


def _there(viewer: Viewer, evenings: Mapping[UUID, search.Hit]) -> list[_Spoken]:
    """Who was, or comes, to evenings: for each person and set of words, the latest."""
    kept: dict[tuple[int, frozenset[str]], search.Hit] = {}
    for rows in _came(viewer) if evenings else ():
        for person, meetup in rows.filter(meetup__uid__in=evenings).values_list("owner", "meetup__uid"):
            hit = evenings[meetup]
            key = person, frozenset(hit.grades)
            kept[key] = max(kept.get(key, hit), hit, key=_latest)
    return [_Spoken(hit, person) for (person, _words), hit in kept.items()]


def _came(viewer: Viewer) -> tuple["QuerySet[Any]", "QuerySet[Any]"]:
    """Answers and presences, of which the viewer may know, at evenings of which the viewer may know."""
    answers = Rsvp.objects.visible_to(viewer, "meetup").filter(answer=Rsvp.Answer.GOING, meetup__cancelled_at=None)
    return answers, Presence.objects.visible_to(viewer, "meetup")


def _attended(viewer: Viewer) -> frozenset[UUID]:
    """The evenings of the viewer's own."""
    if viewer.person is None:
        return frozenset()
    rows = (rows.filter(owner=viewer.person).values_list("meetup__uid", flat=True) for rows in _came(viewer))
    return frozenset(uid for uids in rows for uid in uids)


Who = tuple[int | None, UUID | None]


def _faces(viewer: Viewer, spoken: list[_Spoken]) -> dict[Who, _Face]:
    """Whom the lines speak of. Who does not show the viewer their name is somebody of the viewer's book, or nobody."""
    cards = profiles.cards(viewer, {each.person for each in spoken if each.person})
    entries = encounters.entries(viewer, people=cards, contacts={each.contact for each in spoken if each.contact})
    by_contact = {entry.uid: entry for entry in entries}
    by_person = {entry.person: entry for entry in entries}
    tied = ties.strengths(viewer, cards)
    faces: dict[Who, _Face] = {}
    for person, contact in {(each.person, each.contact) for each in spoken}:
        if person in cards:
            card = cards[person]
            faces[person, contact] = _Face(card.uid, card.name, card, by_person.get(person), tied.get(person, 0.0))
        elif contact in by_contact:
            entry = by_contact[contact]
            faces[person, contact] = _Face(entry.uid, entry.name, None, entry, _kept(entry))
    return faces


def _kept(entry: Entry) -> float:
    """How strong the viewer's tie is to somebody of whom only their own book tells."""
    met = [strength.Evidence(strength.Kind.CONTACT, entry.last.on)] if entry.last else []
    return strength.strength(strength.load(met, _today()))


def _today() -> date:
    return clock.now().date()


def _ranked(viewer: Viewer, spoken: list[_Spoken], faces: Mapping[Who, _Face]) -> tuple[ranking.Found, ...]:
    hits = [
        ranking.Hit(face.uid, line.about, search.RANKED_AS[line.kind], line.grades, line.length, line.on)
        for line, face in ((each.line, faces.get((each.person, each.contact))) for each in spoken)
        if face is not None
    ]
    me = people_known.uid_of(person=viewer.person) if viewer.person else None
    return ranking.rank(hits, viewer=me, today=_today(), ties={face.uid: face.tie for face in faces.values()})


def _lines(spoken: list[_Spoken], faces: Mapping[Who, _Face], found: ranking.Found) -> list[search.Hit]:
    """What answers about somebody: the lines that their score comes from, then the others, the latest first."""
    first = [hit.line for hit in found.lines]
    own = [each.line for each in spoken if (face := faces.get((each.person, each.contact))) and face.uid == found.about]
    own.sort(key=_latest, reverse=True)
    return sorted(own, key=lambda line: first.index(line.about) if line.about in first else len(first))


def _shared(viewer: Viewer, people: Collection[int], mine: Collection[UUID]) -> dict[int, _Evening]:
    """The last evening that each of `people` and the viewer were at."""
    last: dict[int, _Evening] = {}
    for rows in _came(viewer) if people and mine else ():
        there = rows.filter(owner__in=people, meetup__uid__in=mine, meetup__starts_at__lte=clock.now())
        for person, title, at, zone in there.values_list("owner", "meetup__title", "meetup__starts_at", "meetup__zone"):
            evening = _Evening(title, at.astimezone(ZoneInfo(zone)).date())
            last[person] = max(last.get(person, evening), evening, key=lambda each: (each.on, each.title))
    return last


def _reached(viewer: Viewer, best: Iterable[_Face]) -> dict[int, tuple[Way, ...]]:
    """The ways to the first of those whom the viewer neither noted nor is tied to."""
    far = [face.card.person for face in best if face.card and not face.entry and not face.tie]
    return {person: tuple(ties.ways(viewer, to=person, limit=1)) for person in far[:REACHED] if viewer.person}


def _answer(
    face: _Face,
    score: float,
    lines: Sequence[search.Hit],
    *,
    shared: Mapping[int, _Evening],
    reached: Mapping[int, tuple[Way, ...]],
) -> Answer:
    card, entry = face.card, face.entry
    person = card.person if card else None
    ways = reached.get(person, ()) if person else ()
    together = shared.get(person) if person else None
    return Answer(
        kind="person" if card else "contact",
        id=face.uid,
        name=face.name,
        score=round(score, 6),
        reasons=(*_met(entry, together, lines), *_said(lines), *_does(card, lines), *_knows(ways)),
        ways=ways,
        contact=entry.uid if entry else None,
        person=person,
        does=(card.headline if card else "") or (entry.does if entry else ""),
    )


def _met(entry: Entry | None, together: _Evening | None, lines: Iterable[search.Hit]) -> Iterator[Reason]:
    """Where and when the viewer met somebody of their book, or was with somebody else at an evening."""
    if entry is not None:
        told = {line.about for line in lines}
        met = next((met for met in entry.met if met.uid in told), entry.last)
        yield Reason("met", _where(met), met.on) if met else Reason("met", _("In your notebook"))
    elif together is not None:
        yield Reason("met", _("You too were %(there)s") % {"there": _at(together.title)}, together.on)


def _where(met: Met) -> str:
    where = ", ".join(filter(None, (capfirst(_at(met.title)) if met.title else "", met.place)))
    if not met.through:
        return where or _("In your notebook")
    return _("%(where)s, through %(name)s") % {"where": where or _("In your notebook"), "name": met.through}


def _at(title: str) -> str:
    return places.at(title, (get_language() or "en")[:2])


def _said(lines: Iterable[search.Hit]) -> list[Reason]:
    """The viewer's own words, as they are."""
    return [Reason("said", line.text, line.on) for line in lines if line.kind == "note"][:QUOTED]


def _does(card: Card | None, lines: Sequence[search.Hit]) -> list[Reason]:
    """What somebody does, looks for and offers, in their words; an evening that they were or are to be at."""
    told = [Reason("does", line.text, line.on) for line in lines if search.RANKED_AS[line.kind] in _OWN_WORDS]
    told += [Reason("does", _attendance(line), line.on) for line in lines if line.kind == "evening"][:1]
    headline = card.headline if card else ""
    if headline and headline not in {reason.text for reason in told}:
        told = [*told[:QUOTED], Reason("does", headline)]
    return told[: QUOTED + 1]


_OWN_WORDS = {ranking.Kind.DOES, ranking.Kind.OFFER, ranking.Kind.NEED}


def _attendance(line: search.Hit) -> str:
    there = {"there": _at(line.text.partition("\n")[0])}
    ahead = line.on is not None and line.on >= _today()
    return _("Will be %(there)s") % there if ahead else _("Was %(there)s") % there


def _knows(ways: Sequence[Way]) -> Iterator[Reason]:
    """Who is between."""
    for way in ways[:1]:
        if len(way.people) > 2:
            yield Reason("knows", _("Through %(name)s") % {"name": way.people[1].name})
