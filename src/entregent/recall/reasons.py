"""Why somebody is an answer, in words, from what a query read: where one met, what they do, who is between."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from entregent.common import days
from entregent.encounters import places
from entregent.encounters.queries import Entry, Met
from entregent.profiles.queries import Card
from entregent.recall.mentions import Mention
from entregent.search import queries as search
from entregent.search import quoting, ranking, stems
from entregent.ties.queries import Reason, Way

#: How many notes and promises, and how many lines about what somebody does, are quoted as reasons.
QUOTED = 2
#: What the viewer wrote of somebody, by the kind of the line, and the kind of reason that it is.
WRITTEN = {"note": "said", "promise": "promised"}
#: What somebody says of themselves.
OWN_WORDS = {ranking.Kind.DOES, ranking.Kind.OFFER, ranking.Kind.NEED}


@dataclass(frozen=True, slots=True)
class Face:
    """Somebody as the viewer knows them: a member who shows their name, an entry of the viewer's book, or both.

    `uid` is the public id of the one or of the other, `tie` how strong the viewer's own tie to them is.
    """

    uid: UUID
    name: str
    card: Card | None
    entry: Entry | None
    tie: float


@dataclass(frozen=True, slots=True)
class Evening:
    """An evening where two people were, or where one of them only said that they would be; the last is the greatest."""

    on: date
    title: str
    came: bool


def met(entry: Entry | None, together: Evening | None, lines: Iterable[Mention]) -> Iterator[Reason]:
    """Where and when the viewer met somebody of their book, or was with somebody else at an evening."""
    if entry is not None:
        told = {each.line.about for each in lines}
        met = next((met for met in entry.met if met.uid in told), entry.last)
        yield Reason("met", _where(met), met.on) if met else Reason("met", _("In your notebook"))
    elif together is not None:
        words = _("You too were %(there)s") if together.came else _("You too had said yes %(there)s")
        yield Reason("met", words % {"there": place(together.title, together.came)}, together.on)


def _where(met: Met) -> str:
    where = places.told(met.title, met.place, _language()) or _("In your notebook")
    return _("%(where)s, through %(name)s") % {"where": where, "name": met.through} if met.through else where


def said(lines: Iterable[Mention]) -> list[Reason]:
    """The viewer's own words, as they are: what they noted, what they promised."""
    return [written(each.line) for each in lines if each.line.kind in WRITTEN][:QUOTED]


def written(line: search.Hit) -> Reason:
    """A note or a promise of the viewer's."""
    return Reason(WRITTEN[line.kind], line.text, line.on)


def kept(entry: Entry | None, last: Mapping[UUID, date]) -> Iterator[Reason]:
    """That the viewer did what they had promised somebody of their book, and on which day they last did."""
    if entry is not None and entry.uid in last:
        yield Reason("kept", _("You kept your word"), last[entry.uid])


def quoted(lines: Sequence[Mention], terms: Sequence[stems.Term]) -> list[Mention]:
    """The same lines; of what somebody says of themselves at length, what answers."""
    return [
        replace(each, line=replace(each.line, text=quoting.quoted(each.line.text, terms)))
        if search.RANKED_AS[each.line.kind] in OWN_WORDS
        else each
        for each in lines
    ]


def does(face: Face, together: Evening | None, lines: Sequence[Mention]) -> list[Reason]:
    """What somebody does, looks for and offers, in their words; an evening that they were or are to be at."""
    own = [each.line for each in lines if search.RANKED_AS[each.line.kind] in OWN_WORDS]
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


def _attendance(spoken: Mention) -> Reason:
    line = spoken.line
    ahead = line.on is not None and line.on >= days.today(settings.HOME_ZONE)
    words = _("Was %(there)s") if spoken.came else _("Says yes %(there)s") if ahead else _("Had said yes %(there)s")
    return Reason("does", words % {"there": place(_title(line), spoken.came)}, line.on)


def _title(line: search.Hit) -> str:
    """The title of an evening: the first line of its words."""
    return line.text.partition("\n")[0]


def knows(ways: Sequence[Way]) -> Iterator[Reason]:
    """Who is between."""
    for way in ways[:1]:
        if len(way.people) > 2:
            yield Reason("knows", _("Through %(name)s") % {"name": way.people[1].name})


def place(title: str, came: bool) -> str:
    """At an evening, or to it for whoever only said that they would come, as a sentence goes on."""
    return places.at(title, _language()) if came else places.to(title, _language())


def _language() -> str:
    return (get_language() or "en")[:2]
