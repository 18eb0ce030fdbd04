"""Who can help with a need in plain words: people whom the viewer met or can reach, why, and the ways to them.

Nothing is kept of a question, and nobody learns that they were an answer.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from entregent.common import clock, days
from entregent.discretion.viewer import Viewer
from entregent.encounters import followups
from entregent.encounters import queries as encounters
from entregent.encounters.followups import Kept
from entregent.encounters.queries import Entry
from entregent.market import queries as market
from entregent.meetups import gatherings
from entregent.meetups import queries as meetups
from entregent.people import queries as people_known
from entregent.profiles.queries import Card
from entregent.recall import mentions, reasons
from entregent.search import lexicon, ranking, stems
from entregent.search import places as towns
from entregent.search import queries as search
from entregent.ties import queries as ties
from entregent.ties import strength
from entregent.ties.queries import Reason, Way
from entregent.ties.sight import Own

#: How well somebody answers at least, beside who answers best: below it, who said one small word of many.
LEAST = 0.2
#: How many answers get ways: the first of those whom the viewer does not know.
REACHED = 5


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


#: A member and a contact, by key and public id, of whom a line speaks.
Who = tuple[int | None, UUID | None]


def ask(viewer: Viewer, text: str, *, limit: int = 10) -> list[Answer]:
    """The people who answer a need best, at most `limit`; nobody where no line that the viewer may see answers it."""
    where = towns.stored(settings.PLACES)
    mine = mentions.attended(viewer)
    terms = stems.query(where.spelled(text), lexicon.stored(settings.LEXICON), where.near)
    spoken, cards = mentions.shown(viewer, terms, mine)
    mended = stems.mended(terms, (each.line.grades for each in spoken))
    if mended != terms:
        terms = mended
        spoken, cards = mentions.shown(viewer, terms, mine)
    if not spoken:
        return []
    own, kept = ties.own(viewer), followups.kept(viewer)
    faces = _faces(viewer, spoken, cards, own=own, kept=kept)
    found = _strong(_ranked(viewer, spoken, faces))[:limit]
    best = _noted(viewer, found, faces)
    strangers = [face.card.person for face in best if face.card and not face.entry and face.tie]
    shared = _shared(viewer, strangers, mine)
    reached, told = _reached(viewer, best, own), _told(spoken, faces)
    answers = [
        _answer(face, each.score, _lines(told[face.uid], each), terms, shared=shared, reached=reached, kept=_last(kept))
        for face, each in zip(best, found, strict=True)
    ]
    return [each for each in answers if each.reasons or _named(told[each.id])]


def met(viewer: Viewer, people: Collection[int]) -> dict[int, list[Reason]]:
    """Where and when the viewer met those of `people` whom they noted, or was at an evening with them.

    To those of their book also when they last kept their word.
    """
    noted = {entry.person: entry for entry in encounters.entries(viewer, people=people)}
    shared = _shared(viewer, [person for person in people if person not in noted], mentions.attended(viewer))
    last, entries = _last(followups.kept(viewer)), {person: noted.get(person) for person in people}
    met = {person: list(reasons.met(entry, shared.get(person), ())) for person, entry in entries.items()}
    return {person: [*why, *reasons.kept(entries[person], last)] for person, why in met.items() if why}


def between(viewer: Viewer, one: int, other: int) -> list[Reason]:
    """What ties two others, as far as the viewer may know: the last evening together, where both worked."""
    evenings = {each.meetup: each.came for each in meetups.there(viewer, people=[one])}
    found = []
    for evening in _shared(viewer, [other], evenings).values():
        words = _("Both were %(there)s") if evening.came else _("Both had said yes %(there)s")
        found.append(Reason("met", words % {"there": reasons.place(evening.title, evening.came)}, evening.on))
    houses = {held.slug: held.organisation for held in market.positions(viewer, one)}
    shared = dict.fromkeys(held.slug for held in market.positions(viewer, other) if held.slug in houses)
    return found + [Reason("tie", _("Both worked at %(name)s") % {"name": houses[slug]}) for slug in shared]


def _faces(
    viewer: Viewer, spoken: list[mentions.Mention], cards: Mapping[int, Card], *, own: Own, kept: Iterable[Kept]
) -> dict[Who, reasons.Face]:
    """Whom the lines speak of. Who does not show the viewer their name is somebody of the viewer's book, or nobody."""
    said_of = {(each.person, each.contact) for each in spoken}
    apart = {contact for person, contact in said_of if contact and person not in cards}
    entries = {entry.uid: entry for entry in encounters.entries(viewer, contacts=apart)}
    tied = own.strengths(cards)
    faces: dict[Who, reasons.Face] = {}
    for person, contact in said_of:
        card = cards.get(person or 0)
        if card is not None:
            faces[person, contact] = reasons.Face(card.uid, card.name, card, None, tied.get(card.person, 0.0))
        elif contact in entries:
            entry = entries[contact]
            faces[person, contact] = reasons.Face(entry.uid, entry.name, None, entry, _tie(entry, kept))
    return faces


def _strong(ranked: Sequence[ranking.Found]) -> list[ranking.Found]:
    """Those who answer well enough, beside who answers best."""
    return [each for each in ranked if each.score >= LEAST * ranked[0].score]


def _named(told: Iterable[mentions.Mention]) -> bool:
    """Whether the question calls somebody by their name: then it is reason enough."""
    return any(search.RANKED_AS[each.line.kind] is ranking.Kind.NAME for each in told)


def _noted(viewer: Viewer, found: Iterable[ranking.Found], faces: Mapping[Who, reasons.Face]) -> list[reasons.Face]:
    """The faces of those who were found, with what the viewer's book holds about the members among them."""
    known = {face.uid: face for face in faces.values()}
    best = [known[each.about] for each in found]
    entries = encounters.entries(viewer, people=[face.card.person for face in best if face.card])
    noted = {entry.person: entry for entry in entries}
    return [replace(face, entry=noted.get(face.card.person)) if face.card else face for face in best]


def _tie(entry: Entry, kept: Iterable[Kept]) -> float:
    """How strong the viewer's tie is to somebody of whom only their own book tells."""
    told = [strength.Evidence(strength.Kind.CONTACT, entry.last.on)] if entry.last else []
    told += [strength.Evidence(strength.Kind.FOLLOWED_UP, one.on) for one in kept if one.contact == entry.uid]
    return strength.strength(strength.load(told, days.today(settings.HOME_ZONE)))


def _last(kept: Iterable[Kept]) -> dict[UUID, date]:
    """When the viewer last kept their word to each contact."""
    return {one.contact: one.on for one in kept}


def _ranked(
    viewer: Viewer, spoken: list[mentions.Mention], faces: Mapping[Who, reasons.Face]
) -> tuple[ranking.Found, ...]:
    hits = [
        line.said_of(face.uid)
        for line, face in ((each.line, faces.get((each.person, each.contact))) for each in spoken)
        if face is not None
    ]
    me = people_known.uid_of(person=viewer.person) if viewer.person else None
    return ranking.rank(
        hits, viewer=me, today=days.today(settings.HOME_ZONE), ties={face.uid: face.tie for face in faces.values()}
    )


def _told(spoken: Iterable[mentions.Mention], faces: Mapping[Who, reasons.Face]) -> dict[UUID, list[mentions.Mention]]:
    """What answers about each face."""
    told: dict[UUID, list[mentions.Mention]] = {}
    for each in spoken:
        face = faces.get((each.person, each.contact))
        if face is not None:
            told.setdefault(face.uid, []).append(each)
    return told


def _lines(told: Iterable[mentions.Mention], found: ranking.Found) -> list[mentions.Mention]:
    """What answers about somebody: the lines that their score comes from, then the others, the latest first."""
    first = {hit.line: place for place, hit in enumerate(found.lines)}
    latest = sorted(told, key=lambda each: each.latest, reverse=True)
    return sorted(latest, key=lambda each: first.get(each.line.about, len(first)))


def _holds(told: Iterable[mentions.Mention], terms: Sequence[stems.Term]) -> bool:
    """Whether somebody answers a question by what they say, and neither the viewer's book nor an evening for them."""
    own = reasons.OWN_WORDS
    theirs = [each.line for each in told if each.line.kind == "name" or search.RANKED_AS[each.line.kind] in own]
    return ranking.holds([line.grades for line in theirs], words=len(terms))


def _shared(viewer: Viewer, people: Collection[int], mine: Mapping[UUID, bool]) -> dict[int, reasons.Evening]:
    """The last evening, of those in `mine`, that each of `people` were at; one may have been hidden a moment ago."""
    held = meetups.there(viewer, people=people, evenings=mine) if people and mine else []
    told = gatherings.gatherings(viewer, {each.meetup for each in held}) if held else {}
    last: dict[int, reasons.Evening] = {}
    for each in held:
        one = told.get(each.meetup)
        if one is not None and one.starts_at <= clock.now():
            on = one.starts_at.astimezone(ZoneInfo(one.zone)).date()
            evening = reasons.Evening(on, one.title, each.came and mine[each.meetup])
            last[each.person] = max(last.get(each.person, evening), evening, key=astuple)
    return last


def _reached(viewer: Viewer, best: Iterable[reasons.Face], own: Own) -> dict[int, list[Way]]:
    """The way to each of the first of those whom the viewer neither noted nor is tied to."""
    far = [face.card.person for face in best if face.card and not face.entry and not face.tie]
    return ties.ways_to(viewer, far[:REACHED], held=own) if far and viewer.person else {}


def _answer(
    face: reasons.Face,
    score: float,
    lines: Sequence[mentions.Mention],
    terms: Sequence[stems.Term],
    *,
    shared: Mapping[int, reasons.Evening],
    reached: Mapping[int, list[Way]],
    kept: Mapping[UUID, date],
) -> Answer:
    card, entry = face.card, face.entry
    person = card.person if card else None
    ways = tuple(reached.get(person, ())) if person else ()
    together, quoted = shared.get(person) if person else None, reasons.quoted(lines, terms)
    return Answer(
        kind="person" if card else "contact",
        id=face.uid,
        name=face.name,
        score=round(score, 6),
        reasons=(
            *reasons.met(entry, together, lines),
            *reasons.kept(entry, kept),
            *reasons.said(lines),
            *reasons.does(face, together, quoted),
            *reasons.knows(ways),
        ),
        ways=ways,
        contact=entry.uid if entry else None,
        person=person,
        does=(card.headline if card else "") or (entry.does if entry else ""),
        solid=_holds(lines, terms),
    )
