"""Who can help with a need in plain words: people whom the viewer met or can reach, why, and the ways to them.

Nothing is kept of a question, and nobody learns that they were an answer.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from entregent.common import clock, days
from entregent.discretion import queries as discretion
from entregent.discretion.viewer import Viewer
from entregent.encounters import places
from entregent.encounters import queries as encounters
from entregent.encounters.queries import Entry, Met
from entregent.market import queries as market
from entregent.meetups import gatherings
from entregent.meetups import queries as meetups
from entregent.people import queries as people_known
from entregent.profiles import queries as profiles
from entregent.profiles.queries import Card
from entregent.search import lexicon, quoting, ranking, stems
from entregent.search import places as towns
from entregent.search import queries as search
from entregent.ties import queries as ties
from entregent.ties import strength
from entregent.ties.queries import Reason, Way
from entregent.ties.sight import Own

#: How many evenings are opened, the latest, and as many where the viewer was; each set of words that evenings answer
#: has the same share of them. An evening says little about who was there, and an older one says less.
EVENINGS = 20
#: How well somebody answers at least, beside who answers best: below it, who said one small word of many.
LEAST = 0.2
#: How many answers get ways: the first of those whom the viewer does not know.
REACHED = 5
#: How many notes, and how many lines about what somebody does, are quoted as reasons.
QUOTED = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """Somebody who may help. `kind` is `person` (a member; `id` is theirs) or `contact` (of the viewer's own book).

    Reasons say where and when they met, what was said, what they do, who is between. `contact` is the viewer's entry
    about them, `person` the key of a member who shows their name, `does` what they do; `solid`: they say so themselves.
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
    solid: bool = False


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A line, and the member or the contact of whom it speaks to the viewer.

    The line of an evening speaks of whoever `came`, or only said that they would.
    """

    line: search.Hit
    person: int | None
    contact: UUID | None = None
    came: bool = True


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
    """An evening where two people were, or where one of them only said that they would be; the last is the greatest."""

    on: date
    title: str
    came: bool


def ask(viewer: Viewer, text: str, *, limit: int = 10) -> list[Answer]:
    """The people who answer a need best, at most `limit`; nobody where no line that the viewer may see answers it."""
    where = towns.stored(settings.PLACES)
    mine, terms = _attended(viewer), stems.query(where.spelled(text), lexicon.stored(settings.LEXICON), where.near)
    spoken, cards = _shown(viewer, terms, mine)
    mended = stems.mended(terms, (each.line.grades for each in spoken))
    if mended != terms:
        terms = mended
        spoken, cards = _shown(viewer, terms, mine)
    if not spoken:
        return []
    own = ties.own(viewer)
    faces = _faces(viewer, spoken, cards, own)
    found = _strong(_ranked(viewer, spoken, faces))[:limit]
    best = _noted(viewer, found, faces)
    strangers = [face.card.person for face in best if face.card and not face.entry and face.tie]
    shared = _shared(viewer, strangers, mine)
    reached, told = _reached(viewer, best, own), _told(spoken, faces)
    answers = [
        _answer(face, each.score, _lines(told[face.uid], each), terms, shared=shared, reached=reached)
        for face, each in zip(best, found, strict=True)
    ]
    return [each for each in answers if each.reasons or _named(told[each.id])]


def met(viewer: Viewer, people: Collection[int]) -> dict[int, Reason]:
    """Where and when the viewer met those of `people` whom they noted, or was at an evening with them."""
    noted = {entry.person: entry for entry in encounters.entries(viewer, people=people)}
    shared = _shared(viewer, [person for person in people if person not in noted], _attended(viewer))
    return {person: reason for person in people for reason in _met(noted.get(person), shared.get(person), ())}


def between(viewer: Viewer, one: int, other: int) -> list[Reason]:
    """What ties two others, as far as the viewer may know: the last evening together, where both worked."""
    evenings = {each.meetup: each.came for each in meetups.there(viewer, people=[one])}
    reasons = []
    for evening in _shared(viewer, [other], evenings).values():
        words = _("Both were %(there)s") if evening.came else _("Both had said yes %(there)s")
        reasons.append(Reason("met", words % {"there": _place(evening.title, evening.came)}, evening.on))
    houses = {held.slug: held.organisation for held in market.positions(viewer, one)}
    shared = dict.fromkeys(held.slug for held in market.positions(viewer, other) if held.slug in houses)
    return reasons + [Reason("tie", _("Both worked at %(name)s") % {"name": houses[slug]}) for slug in shared]


def _shown(
    viewer: Viewer, terms: Sequence[stems.Term], mine: Collection[UUID]
) -> tuple[list[_Spoken], Mapping[int, Card]]:
    """What answers the question about somebody who shows the viewer their name or is in their book; their cards.

    What is said of anybody else is as if nobody had said it: it makes no word right either.
    """
    spoken = _spoken(viewer, terms, mine)
    cards = profiles.cards(viewer, {each.person for each in spoken if each.person})
    return [each for each in spoken if each.contact or each.person in cards], cards


def _spoken(viewer: Viewer, terms: Sequence[stems.Term], mine: Collection[UUID]) -> list[_Spoken]:
    """What answers the question, of whom it speaks: never of the viewer, nor of whom they block.

    A question about a job is not for those before whom the viewer's shield stands, nor for those of the viewer's book
    who work there: it would be told to a boss.
    """
    hits = search.lines(viewer, terms)
    evenings = [hit for hit in hits if hit.kind == "evening"]
    spoken = [_Spoken(hit, hit.subject, hit.contact) for hit in hits if hit.subject or hit.contact]
    spoken += _there(viewer, _telling(evenings, mine))
    left_out: set[int | None] = {viewer.person, *discretion.blocked(viewer)}
    kept_off: Mapping[UUID, int | None] = {}
    if viewer.person and stems.about_a_job(terms):
        kept_off = encounters.working_at(viewer, market.shielded_names(viewer))
        left_out |= {*market.before_shield(viewer), *kept_off.values()}
    return [
        each for each in spoken if each.contact not in kept_off and (each.person is None or each.person not in left_out)
    ]


def _telling(evenings: Iterable[search.Hit], mine: Collection[UUID]) -> dict[UUID, search.Hit]:
    """Of the evenings that answer, those to open."""
    told: dict[tuple[frozenset[str], bool], list[search.Hit]] = {}
    for hit in sorted(evenings, key=_latest, reverse=True):
        for where in {False, hit.about in mine}:
            told.setdefault((frozenset(hit.grades), where), []).append(hit)
    share = max(1, EVENINGS // len({words for words, _where in told} or {None}))
    return {hit.about: hit for hits in told.values() for hit in hits[:share]}


def _latest(hit: search.Hit) -> tuple[date, int]:
    return hit.on or date.min, hit.about.int


def _there(viewer: Viewer, evenings: Mapping[UUID, search.Hit]) -> list[_Spoken]:
    """Who was, or comes, to evenings: for each person and set of words, the latest."""
    kept: dict[tuple[int, frozenset[str]], _Spoken] = {}
    for each in meetups.there(viewer, evenings=evenings) if evenings else ():
        hit = evenings[each.meetup]
        spoken, key = _Spoken(hit, each.person, came=each.came), (each.person, frozenset(hit.grades))
        kept[key] = max(kept.get(key, spoken), spoken, key=lambda one: _latest(one.line))
    return list(kept.values())


def _attended(viewer: Viewer) -> dict[UUID, bool]:
    """The evenings of the viewer's own, and whether they came."""
    mine = meetups.there(viewer, people=[viewer.person]) if viewer.person else ()
    return {each.meetup: each.came for each in mine}


Who = tuple[int | None, UUID | None]


def _faces(viewer: Viewer, spoken: list[_Spoken], cards: Mapping[int, Card], own: Own) -> dict[Who, _Face]:
    """Whom the lines speak of. Who does not show the viewer their name is somebody of the viewer's book, or nobody."""
    said_of = {(each.person, each.contact) for each in spoken}
    apart = {contact for person, contact in said_of if contact and person not in cards}
    entries = {entry.uid: entry for entry in encounters.entries(viewer, contacts=apart)}
    tied = own.strengths(cards)
    faces: dict[Who, _Face] = {}
    for person, contact in said_of:
        card = cards.get(person or 0)
        if card is not None:
            faces[person, contact] = _Face(card.uid, card.name, card, None, tied.get(card.person, 0.0))
        elif contact in entries:
            entry = entries[contact]
            faces[person, contact] = _Face(entry.uid, entry.name, None, entry, _kept(entry))
    return faces


def _strong(ranked: Sequence[ranking.Found]) -> list[ranking.Found]:
    """Those who answer well enough, beside who answers best."""
    return [each for each in ranked if each.score >= LEAST * ranked[0].score]


def _named(told: Iterable[_Spoken]) -> bool:
    """Whether the question calls somebody by their name: then it is reason enough."""
    return any(search.RANKED_AS[each.line.kind] is ranking.Kind.NAME for each in told)


def _noted(viewer: Viewer, found: Iterable[ranking.Found], faces: Mapping[Who, _Face]) -> list[_Face]:
    """The faces of those who were found, with what the viewer's book holds about the members among them."""
    known = {face.uid: face for face in faces.values()}
    best = [known[each.about] for each in found]
    entries = encounters.entries(viewer, people=[face.card.person for face in best if face.card])
    noted = {entry.person: entry for entry in entries}
    return [replace(face, entry=noted.get(face.card.person)) if face.card else face for face in best]


def _kept(entry: Entry) -> float:
    """How strong the viewer's tie is to somebody of whom only their own book tells."""
    met = [strength.Evidence(strength.Kind.CONTACT, entry.last.on)] if entry.last else []
    return strength.strength(strength.load(met, days.today(settings.HOME_ZONE)))


def _ranked(viewer: Viewer, spoken: list[_Spoken], faces: Mapping[Who, _Face]) -> tuple[ranking.Found, ...]:
    hits = [
        line.said_of(face.uid)
        for line, face in ((each.line, faces.get((each.person, each.contact))) for each in spoken)
        if face is not None
    ]
    me = people_known.uid_of(person=viewer.person) if viewer.person else None
    return ranking.rank(
        hits, viewer=me, today=days.today(settings.HOME_ZONE), ties={face.uid: face.tie for face in faces.values()}
    )


def _told(spoken: Iterable[_Spoken], faces: Mapping[Who, _Face]) -> dict[UUID, list[_Spoken]]:
    """What answers about each face."""
    told: dict[UUID, list[_Spoken]] = {}
    for each in spoken:
        face = faces.get((each.person, each.contact))
        if face is not None:
            told.setdefault(face.uid, []).append(each)
    return told


def _lines(told: Iterable[_Spoken], found: ranking.Found) -> list[_Spoken]:
    """What answers about somebody: the lines that their score comes from, then the others, the latest first."""
    first = {hit.line: place for place, hit in enumerate(found.lines)}
    latest = sorted(told, key=lambda each: _latest(each.line), reverse=True)
    return sorted(latest, key=lambda each: first.get(each.line.about, len(first)))


def _quoted(lines: Sequence[_Spoken], terms: Sequence[stems.Term]) -> list[_Spoken]:
    """The same lines; of what somebody says of themselves at length, what answers."""
    return [
        replace(each, line=replace(each.line, text=quoting.quoted(each.line.text, terms)))
        if search.RANKED_AS[each.line.kind] in _OWN_WORDS
        else each
        for each in lines
    ]


def _holds(told: Iterable[_Spoken], terms: Sequence[stems.Term]) -> bool:
    """Whether somebody answers a question by what they say, and neither the viewer's book nor an evening for them."""
    theirs = [each.line for each in told if each.line.kind == "name" or search.RANKED_AS[each.line.kind] in _OWN_WORDS]
    return ranking.holds([line.grades for line in theirs], words=len(terms))


def _shared(viewer: Viewer, people: Collection[int], mine: Mapping[UUID, bool]) -> dict[int, _Evening]:
    """The last evening, of those in `mine`, that each of `people` were at."""
    held = meetups.there(viewer, people=people, evenings=mine) if people and mine else []
    told = gatherings.gatherings(viewer, {each.meetup for each in held}) if held else {}
    last: dict[int, _Evening] = {}
    for each in held:
        one = told[each.meetup]
        if one.starts_at <= clock.now():
            on = one.starts_at.astimezone(ZoneInfo(one.zone)).date()
            evening = _Evening(on, one.title, each.came and mine[each.meetup])
            last[each.person] = max(last.get(each.person, evening), evening, key=astuple)
    return last


def _reached(viewer: Viewer, best: Iterable[_Face], own: Own) -> dict[int, list[Way]]:
    """The way to each of the first of those whom the viewer neither noted nor is tied to."""
    far = [face.card.person for face in best if face.card and not face.entry and not face.tie]
    return ties.ways_to(viewer, far[:REACHED], held=own) if far and viewer.person else {}


def _answer(
    face: _Face,
    score: float,
    lines: Sequence[_Spoken],
    terms: Sequence[stems.Term],
    *,
    shared: Mapping[int, _Evening],
    reached: Mapping[int, list[Way]],
) -> Answer:
    card, entry = face.card, face.entry
    person = card.person if card else None
    ways = tuple(reached.get(person, ())) if person else ()
    together, quoted = shared.get(person) if person else None, _quoted(lines, terms)
    return Answer(
        kind="person" if card else "contact",
        id=face.uid,
        name=face.name,
        score=round(score, 6),
        reasons=(*_met(entry, together, lines), *_said(lines), *_does(face, together, quoted), *_knows(ways)),
        ways=ways,
        contact=entry.uid if entry else None,
        person=person,
        does=(card.headline if card else "") or (entry.does if entry else ""),
        solid=_holds(lines, terms),
    )


def _met(entry: Entry | None, together: _Evening | None, lines: Iterable[_Spoken]) -> Iterator[Reason]:
    """Where and when the viewer met somebody of their book, or was with somebody else at an evening."""
    if entry is not None:
        told = {each.line.about for each in lines}
        met = next((met for met in entry.met if met.uid in told), entry.last)
        yield Reason("met", _where(met), met.on) if met else Reason("met", _("In your notebook"))
    elif together is not None:
        words = _("You too were %(there)s") if together.came else _("You too had said yes %(there)s")
        yield Reason("met", words % {"there": _place(together.title, together.came)}, together.on)


def _where(met: Met) -> str:
    where = places.told(met.title, met.place, _language()) or _("In your notebook")
    return _("%(where)s, through %(name)s") % {"where": where, "name": met.through} if met.through else where


def _place(title: str, came: bool) -> str:
    return places.at(title, _language()) if came else places.to(title, _language())


def _language() -> str:
    return (get_language() or "en")[:2]


def _said(lines: Iterable[_Spoken]) -> list[Reason]:
    """The viewer's own words, as they are."""
    return [Reason("said", each.line.text, each.line.on) for each in lines if each.line.kind == "note"][:QUOTED]


def _does(face: _Face, together: _Evening | None, lines: Sequence[_Spoken]) -> list[Reason]:
    """What somebody does, looks for and offers, in their words; an evening that they were or are to be at."""
    own = [each.line for each in lines if search.RANKED_AS[each.line.kind] in _OWN_WORDS]
    told = [Reason("does", line.text, line.on) for line in own]
    known = {(met.title, met.on) for met in face.entry.met} if face.entry else set()
    known |= {(together.title, together.on)} if together else set()
    evenings = [
        each for each in lines if each.line.kind == "evening" and (_title(each.line), each.line.on) not in known
    ]
    told += [_attendance(each) for each in evenings[:1]]
    headline = face.card.headline if face.card else ""
    if headline and headline not in {reason.text for reason in told}:
        told = [*told[:QUOTED], Reason("does", headline)]
    return told[: QUOTED + 1]


def _title(line: search.Hit) -> str:
    """The title of an evening: the first line of its words."""
    return line.text.partition("\n")[0]


_OWN_WORDS = {ranking.Kind.DOES, ranking.Kind.OFFER, ranking.Kind.NEED}


def _attendance(spoken: _Spoken) -> Reason:
    line = spoken.line
    ahead = line.on is not None and line.on >= days.today(settings.HOME_ZONE)
    words = _("Was %(there)s") if spoken.came else _("Says yes %(there)s") if ahead else _("Had said yes %(there)s")
    return Reason("does", words % {"there": _place(_title(line), spoken.came)}, line.on)


def _knows(ways: Sequence[Way]) -> Iterator[Reason]:
    """Who is between."""
    for way in ways[:1]:
        if len(way.people) > 2:
            yield Reason("knows", _("Through %(name)s") % {"name": way.people[1].name})
