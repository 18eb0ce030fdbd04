"""Reads about ties: how strong the viewer's own are, ways to somebody, whom to meet.

An answer is drawn from the shared graph of base facts, as far as it is open to a circle of the viewer's and kept
fresh by the tables, and from the viewer's own record: whom they met, where they work, who is in their book.
"""

import contextlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
from django.conf import settings
from django.db.models import Max, Q
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from entregent.common import chance, clock, errors
from entregent.discretion import queries as discretion
from entregent.discretion.guard import Facts
from entregent.discretion.viewer import Viewer
from entregent.encounters.models import Contact, Encounter
from entregent.market.models import Position
from entregent.meetups import queries as meetups
from entregent.meetups.models import Meetup, Presence, Rsvp
from entregent.needs import queries as needs
from entregent.people import queries as people_known
from entregent.profiles import queries as profiles
from entregent.profiles.queries import Card
from entregent.search import queries as search
from entregent.search.stems import query
from entregent.ties import declassified, graph, store, strength
from entregent.ties import ways as through
from entregent.ties.declassified import Pairs
from entregent.ties.graph import Ints, Nodes, Seen, Ties
from entregent.ties.models import Stored, Willing
from entregent.ties.store import Shared

#: A transaction that wrote before the graph was read may have ended after: what it wrote is read again.
OVERLAP = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody is named: `kind` is met, said, does or knows; `on` is its day, where it has one."""

    kind: str
    text: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """A way from the viewer to somebody: cards from one end to the other, and the product of its ties' strengths."""

    people: tuple[Card, ...]
    strength: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody whom the viewer might meet, and why."""

    card: Card
    score: float
    reasons: tuple[Reason, ...]
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class _Sight:
    """The graph as one viewer sees it at an instant, and who its nodes are."""

    seen: Seen
    people: Nodes
    marks: NDArray[np.uint64]
    salt: np.uint64
    own: dict[int, float]

    def node(self, person: int) -> int:
        return int(np.flatnonzero(self.people == person)[0])

    def order(self, nodes: Nodes) -> NDArray[np.uint64]:
        """Equals in an order that is this viewer's alone: an odd factor keeps distinct numbers distinct."""
        return self.marks[nodes] * self.salt


def let_ask(viewer: Viewer) -> bool | None:
    """Whether the viewer lets others ask through them; None before they said."""
    said: bool | None = Willing.objects.visible_to(viewer).filter(owner=viewer.me).values_list("yes", flat=True).first()
    return said


def strengths(viewer: Viewer, people: Collection[int]) -> dict[int, float]:
    """How strong the viewer's own tie to each of `people` is, above 0 and below 1; nobody else is in the answer."""
    if viewer.person is None:
        return {}
    loads = _own(viewer, clock.now().date())
    return {person: strength.strength(loads[person]) for person in people if person in loads}


def ways(viewer: Viewer, *, to: int, limit: int = 3, longest: int = 4) -> list[Way]:
    """The strongest ways of at most `longest` ties to a person, strongest first.

    Raises `NotFound` where the viewer may not see that person's name.
    """
    if to not in profiles.cards(viewer, [to]):
        raise errors.NotFound
    if viewer.person is None or to == viewer.person:
        return []
    sight = _sight(viewer, [to])
    found = through.strongest(sight.seen, sight.node(to), longest=longest, count=limit, order=sight.order)
    return _ways(viewer, [([int(p) for p in sight.people[list(way.nodes)]], way.strength) for way in found])


def _ways(viewer: Viewer, found: Iterable[tuple[list[int], float]]) -> list[Way]:
    found = list(found)
    cards = profiles.cards(viewer, {person for way, _strength in found for person in way})
    me = cards.get(viewer.me) or Card(viewer.me, people_known.uid_of(person=viewer.me), "", "")
    cards[viewer.me] = me
    return [
        Way(tuple(cards[person] for person in way), _rounded(worth))
        for way, worth in found
        if all(person in cards for person in way)
    ]


def suggest(viewer: Viewer, *, meetup: str | None = None, limit: int = 3) -> list[Suggestion]:
    """Whom the viewer might meet, best first: at an evening among those who show that they come, else anywhere.

    People in reach through somebody, people whose words answer what the viewer looks for; nobody they met already.
    """
    if viewer.person is None:
        return []
    coming = None if meetup is None else set(meetups.coming(viewer, meetup))
    sight, answers = _sight(viewer, coming or ()), _answers(viewer)
    reach = through.second_degree(sight.seen, order=sight.order)
    reached = dict(zip(sight.people[reach.nodes].tolist(), reach.scores.tolist(), strict=True))
    between = dict(zip(sight.people[reach.nodes].tolist(), sight.people[reach.connectors].tolist(), strict=True))
    known = sight.own.keys() | {viewer.person}
    candidates = (coming if coming is not None else reached.keys() | answers.keys()) - known
    scores = {person: _together(reached.get(person, 0.0), answers.get(person)) for person in candidates}
    cards = profiles.cards(viewer, _foremost(scores, 8 * limit))
    salt = people_known.uid_of(person=viewer.me)
    best = sorted(cards.values(), key=lambda card: (-scores[card.person], chance.digest(salt, card.uid)))[:limit]
    connectors = profiles.cards(viewer, {between[card.person] for card in best if card.person in between})
    return [
        _suggestion(card, scores[card.person], answers, connectors.get(between.get(card.person, -1))) for card in best
    ]


def _rounded(number: float) -> float:
    """To six digits: what is told of a number that fades over years."""
    return float(f"{number:.6g}")


def _foremost(scores: dict[int, float], count: int) -> list[int]:
    """The people with the best scores, all of those that tie for the last place included."""
    ranked = sorted(scores.values(), reverse=True)[:count]
    return [person for person, score in scores.items() if ranked and score >= ranked[-1]]


def _together(reach: float, answer: tuple[float, Reason] | None) -> float:
    """One score of two chances that do not know each other."""
    return _rounded(1 - (1 - reach) * (1 - (answer[0] if answer else 0.0)))


def _suggestion(
    card: Card, score: float, answers: dict[int, tuple[float, Reason]], connector: Card | None
) -> Suggestion:
    reasons = [answers[card.person][1]] if card.person in answers else []
    if connector is not None:
        reasons.append(Reason("knows", _("%(name)s knows them") % {"name": connector.name}))
    if not reasons and card.headline:
        reasons.append(Reason("does", card.headline))
    return Suggestion(card, score, tuple(reasons))


#: How much it counts, at most, that somebody's words answer what the viewer looks for.
ANSWERS = 0.6


def _answers(viewer: Viewer) -> dict[int, tuple[float, Reason]]:
    """Whose words answer a need of the viewer's: how well, and the words."""
    found: dict[int, tuple[float, Reason]] = {}
    for need in needs.mine(viewer):
        terms = query(need.said.text)
        for hit in search.lines(viewer, terms, kinds=("headline", "position", "need", "offer")):
            share = sum(hit.grades.values()) / len(terms)
            if hit.subject not in (None, viewer.person) and share * ANSWERS > found.get(hit.subject, (0.0,))[0]:
                found[hit.subject] = (share * ANSWERS, Reason("does", hit.text, hit.on))
    return found


def _sight(viewer: Viewer, people: Collection[int]) -> _Sight:
    """What the viewer may use of the shared graph, with `people` among the nodes and open."""
    now = clock.now()
    shared, own, blockers = _shared(now), _own(viewer, now.date()), discretion.blockers(viewer)
    apart = declassified.organised_by(blockers)
    changed = declassified.changed_since(shared.built_at - OVERLAP, now) | declassified.there_at(apart)
    everybody = _everybody(shared, changed, {*own, *people, viewer.me})
    fresh = declassified.pairs(now.date(), changed - {viewer.me}, apart_from=apart) if changed else declassified.NONE
    allowed = _allowed(viewer, shared.graph.audiences, everybody.names, fresh.circles)
    ends = np.fromiter(own, dtype=np.int64, count=len(own))
    seen = graph.seen(
        _revised(shared, everybody, fresh, changed=[*changed, viewer.me], me=viewer.me),
        int(everybody.nodes([viewer.me])[0]),
        audiences=allowed,
        hidden=_hidden(viewer, everybody, allowed=allowed, held={*own, *people}),
        own=Ties(everybody.nodes(ends), np.fromiter(own.values(), dtype=np.float64, count=len(own))),
        aging=strength.aging(declassified.REFERENCE, now.date()),
    )
    salt = np.uint64(int(chance.digest(people_known.uid_of(person=viewer.me))[:16], 16) | 1)
    return _Sight(seen, everybody.people, everybody.marks, salt, own)


def _shared(now: datetime) -> Shared:
    """The stored graph; built on the spot where there is none, or none of this year."""
    row = Stored.objects.order_by("-built_at", "-pk").values_list("folder", "built_at").first()
    if row is not None and row[1].year == now.year:
        with contextlib.suppress(FileNotFoundError, ValueError):
            return store.load(settings.GRAPH_ROOT, *row)
    return declassified.build(now)


def _everybody(shared: Shared, changed: Collection[int], others: Collection[int]) -> Shared:
    """`shared` with the present names of people who changed, and with people who are no nodes of it yet."""
    touched = np.array(sorted({*changed, *others}), dtype=np.int64)
    new = touched[~np.isin(touched, shared.people)]
    named, drawn = declassified.named([*changed, *new.tolist()]), declassified.marks(new.tolist())
    people = np.concatenate((shared.people, new))
    names = np.concatenate((shared.names, np.zeros(len(new), dtype=np.int64)))
    marks = np.concatenate((shared.marks, np.array([drawn.get(p, 0) for p in new.tolist()], dtype=np.uint64)))
    everybody = Shared(shared.graph, people, names, marks, shared.built_at)
    renamed = np.array([*changed, *new.tolist()], dtype=np.int64)
    names[everybody.nodes(renamed)] = [named.get(person, 0) for person in renamed.tolist()]
    return everybody


def _revised(shared: Shared, everybody: Shared, fresh: Pairs, *, changed: list[int], me: int) -> graph.Graph:
    """The shared ties with those of people who changed read again, and without the viewer's, which are their own."""
    others = (fresh.a != me) & (fresh.b != me)
    return graph.revised(
        shared.graph,
        everybody.nodes(changed),
        everybody.nodes(fresh.a[others]),
        everybody.nodes(fresh.b[others]),
        loads=fresh.loads[others],
        audience=fresh.circles[others],
    )


def _allowed(viewer: Viewer, *labels: Ints) -> Nodes:
    """Those of the circles to which something is open in which the viewer stands."""
    circles = np.unique(np.concatenate(labels)).tolist()
    return np.array(sorted(discretion.among(viewer, circles)), dtype=np.int64)


def _hidden(viewer: Viewer, everybody: Shared, *, allowed: Nodes, held: Collection[int]) -> Nodes:
    """Nodes whose name the viewer may not see: the graph says it, and the policy itself for those `held` at hand."""
    hidden = ~np.isin(everybody.names, allowed) | np.isin(everybody.people, discretion.blockers(viewer))
    asked = everybody.people[hidden & np.isin(everybody.people, list(held))].tolist()
    hidden[everybody.nodes(list(profiles.cards(viewer, asked)))] = False
    return np.flatnonzero(hidden)


def _own(viewer: Viewer, today: date) -> dict[int, float]:
    """What the viewer's own record weighs today, by person: evenings together, work together, their book."""
    loads: dict[int, float] = {}
    for person, load in (*_evenings(viewer, today), *_work(viewer, today), *_book(viewer, today)):
        loads[person] = loads.get(person, 0.0) + load
    loads.pop(viewer.me, None)
    return loads


def _evenings(viewer: Viewer, today: date) -> Iterable[tuple[int, float]]:
    held = Meetup.objects.visible_to(viewer).filter(cancelled_at=None, starts_at__date__lte=today)
    held = held.filter(Q(band__lt=declassified.TOO_LARGE) | Q(shows_band=False))
    mine = [kind.filter(owner=viewer.me).values("meetup") for kind in _came(viewer)]
    rows = held.filter(Q(pk__in=mine[0]) | Q(pk__in=mine[1])).values_list("pk", "band", "shows_band", "starts_at")
    loads = {
        key: strength.evening_weight(band if shown else None) * strength.fading((today - at.date()).days)
        for key, band, shown, at in rows
    }
    there = {row for kind in _came(viewer) for row in kind.filter(meetup__in=loads).values_list("meetup", "owner")}
    return sorted((person, loads[meetup]) for meetup, person in there)


def _came(viewer: Viewer) -> tuple[Facts, Facts]:
    going = Rsvp.objects.visible_to(viewer).filter(answer=Rsvp.Answer.GOING)
    return going, Presence.objects.visible_to(viewer)


def _work(viewer: Viewer, today: date) -> Iterable[tuple[int, float]]:
    rows = Position.objects.visible_to(viewer).filter(client=False)
    mine = list(rows.filter(owner=viewer.me).values_list("organisation", "starts_on", "ends_on"))
    beside = rows.filter(organisation__in=[row[0] for row in mine]).exclude(owner=viewer.me)
    others = list(beside.values_list("organisation", "owner", "starts_on", "ends_on"))
    for organisation, *held in mine:
        for there, person, *span in others:
            on = declassified.overlapped_on(held, span, today) if there == organisation else None
            if on is not None:
                yield person, strength.load([strength.Evidence(strength.Kind.WORKED, on)], today)


def _book(viewer: Viewer, today: date) -> Iterable[tuple[int, float]]:
    members = Contact.objects.visible_to(viewer).filter(person__isnull=False)
    people = dict(members.order_by("pk").values_list("pk", "person"))
    met = Encounter.objects.visible_to(viewer).filter(contact__in=people).order_by("contact")
    for contact, on in met.values_list("contact").annotate(last=Max("on")):
        yield people[contact], strength.load([strength.Evidence(strength.Kind.CONTACT, min(on, today))], today)
