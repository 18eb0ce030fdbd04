"""Reads about ties: how strong the viewer's own are, ways to somebody, whom to meet.

An answer is drawn from the shared graph of base facts, as far as it is open to the viewer and kept fresh by the tables,
and from the viewer's own record: whom they met, where they work, who is in their book, to whom they kept their word.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import numpy as np
from django.conf import settings
from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _

from entregent.circles.fixed import EVERYONE
from entregent.circles.models import Member, Within
from entregent.common import clock, errors
from entregent.discretion import queries as discretion
from entregent.discretion.guard import Facts
from entregent.discretion.viewer import Viewer
from entregent.encounters import followups
from entregent.encounters.models import Contact, Encounter
from entregent.market.models import Position
from entregent.meetups.models import Meetup, Presence, Rsvp
from entregent.needs import queries as needs
from entregent.people import queries as people_known
from entregent.profiles import queries as profiles
from entregent.profiles.models import Name
from entregent.profiles.queries import Card
from entregent.search import queries as search
from entregent.search.stems import query
from entregent.statements.prepared import prepared
from entregent.ties import declassified, evidence, sight, store, strength
from entregent.ties.graph import Floats, Nodes
from entregent.ties.models import Stored, Willing
from entregent.ties.sight import Own, Sight, Standing
from entregent.ties.store import Shared

#: Of how many people the ties are read again, at most, before the whole graph is.
MANY = 1000

#: How much it counts, at most, that somebody's words answer what the viewer looks for.
ANSWERS = 0.6


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody is named: `kind` is met, said, promised, kept, does or knows; `on` is its day, where it has one."""

    kind: str
    text: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """A way from the viewer to somebody: cards from one end to the other, and the product of its ties' strengths."""

    people: tuple[Card, ...]
    strength: float


@dataclass(frozen=True, slots=True)
class Asked:
    """Whether the viewer lets others ask through them, and to whom they say so: `audience` is a circle's key."""

    uid: UUID
    yes: bool
    audience: int | None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody whom the viewer might meet, why, and the strongest way through one person between, if there is any."""

    card: Card
    score: float
    reasons: tuple[Reason, ...]
    ways: tuple[Way, ...] = ()


def let_ask(viewer: Viewer) -> Asked | None:
    """Whether the viewer lets others ask through them; None before they said."""
    rows = Willing.objects.visible_to(viewer).filter(owner=viewer.me).values_list("uid", "yes", "audience")
    return next((Asked(*row) for row in rows), None)


def own(viewer: Viewer) -> Own:
    """The viewer's own ties, for those who ask several things at one instant."""
    if viewer.person is None:
        return Own(np.empty(0, dtype=np.int64), np.empty(0))
    return _own(viewer, clock.now())


def strengths(viewer: Viewer, people: Collection[int]) -> dict[int, float]:
    """How strong the viewer's own tie to each of `people` is, above 0 and below 1; nobody else is in the answer."""
    return own(viewer).strengths(people)


def ways(viewer: Viewer, *, to: int, limit: int = 3, longest: int = 4) -> list[Way]:
    """The strongest ways of at most `longest` ties to a person, strongest first.

    Raises `NotFound` where the viewer may not see that person's name, or blocks them.
    """
    found = ways_to(viewer, [to], limit=limit, longest=longest)
    if to not in found:
        raise errors.NotFound
    return found[to]


def ways_to(
    viewer: Viewer, people: Collection[int], *, limit: int = 1, longest: int = 4, held: Own | None = None
) -> dict[int, list[Way]]:
    """`ways` to each of `people` whose name the viewer may see; nobody else, nor whom they block, is in the answer.

    `held` are the viewer's own ties as `own` read them at this instant.
    """
    if viewer.person is None:
        return {person: [] for person in profiles.cards(viewer, people)}
    seen = _sight(viewer, people, held)
    found = {to: seen.ways(to, longest=longest, count=limit) for to in people if seen.shows(to)}
    cards = _cards(viewer, [way for ways in found.values() for way in ways])
    return {to: _told(ways, cards) for to, ways in found.items()}


def suggest(viewer: Viewer, *, among: Collection[int] | None = None, limit: int = 3) -> list[Suggestion]:
    """Whom the viewer might meet, best first: of `among` (keys, as those who show that they come), else of everybody.

    People in reach through somebody, people whose words answer what the viewer looks for; nobody they met already,
    nobody whom they block.
    """
    if viewer.person is None:
        return []
    answers = _answers(viewer)
    seen = _sight(viewer, [*answers, *(among or ())])
    scores = _scores(seen, answers)
    candidates = seen.strangers(among) & ((scores > 0) | (among is not None))
    best = seen.foremost(candidates, scores, limit)
    found = {person: seen.ways(person, longest=2, count=1) for person in best}
    cards = _cards(viewer, [*(way for ways in found.values() for way in ways), (best, 0.0)])
    kept = {one.person: one.on for one in followups.kept(viewer) if one.person}
    told = zip(best, scores[seen.people.nodes(best)].tolist(), strict=True)
    shown = ((cards[one], score) for one, score in told if one in cards)
    return [
        _suggestion(card, score, answers.get(card.person), _told(found[card.person], cards), kept=kept)
        for card, score in shown
    ]


Found = Sequence[tuple[list[int], float]]
Answer = tuple[float, Reason]


def _cards(viewer: Viewer, found: Found) -> dict[int, Card]:
    """The cards of everybody on these ways; the viewer has one even before they have a name."""
    cards = profiles.cards(viewer, {viewer.me, *(person for way, _strength in found for person in way)})
    if viewer.me not in cards:
        cards[viewer.me] = Card(viewer.me, people_known.uid_of(person=viewer.me), "", "")
    return cards


def _told(found: Found, cards: dict[int, Card]) -> list[Way]:
    """The ways between people who still show their names: one may have hidden theirs a moment ago."""
    shown = ((way, worth) for way, worth in found if cards.keys() >= {*way})
    return [Way(tuple(cards[person] for person in way), _rounded(worth)) for way, worth in shown]


def _rounded(number: float) -> float:
    """To six digits: what is told of a number that fades over years."""
    return float(f"{number:.6g}")


def _scores(seen: Sight, answers: dict[int, Answer]) -> Floats:
    """For every node, one score of two chances that do not know each other: somebody between, their own words."""
    failing = 1 - seen.reach()
    failing[seen.people.nodes(answers)] *= [1 - share for share, _reason in answers.values()]
    return sight.coarse(1 - failing)


def _suggestion(
    card: Card, score: float, answer: Answer | None, found: list[Way], *, kept: Mapping[int, date]
) -> Suggestion:
    reasons = [answer[1]] if answer else []
    for between in (way.people[1] for way in found):
        reasons.append(Reason("knows", _("%(name)s knows them") % {"name": between.name}))
        if between.person in kept:
            words = _("You kept your word to %(name)s") % {"name": between.name}
            reasons.append(Reason("kept", words, kept[between.person]))
    if not reasons and card.headline:
        reasons.append(Reason("does", card.headline))
    return Suggestion(card, _rounded(score), tuple(reasons), tuple(found))


def _answers(viewer: Viewer) -> dict[int, Answer]:
    """Whose words answer a need or an offer of the viewer's: how well, and the words."""
    found: dict[int, tuple[float, date, int, Reason]] = {}
    for need in needs.mine(viewer):
        terms = query(need.said.text)
        kinds = ("need",) if need.said.offered else ("headline", "position", "need", "offer")
        for hit in search.lines(viewer, terms, kinds=kinds):
            if hit.subject in {None, viewer.person}:
                continue
            share = ANSWERS * sum(hit.grades.values()) / len(terms)
            said = (share, hit.on or date.min, hit.about.int, Reason("does", hit.text, hit.on))
            found[hit.subject] = max(found.get(hit.subject, said), said, key=lambda one: one[:3])
    return {person: (share, reason) for person, (share, _on, _about, reason) in found.items()}


def _sight(viewer: Viewer, people: Iterable[int], own: Own | None = None) -> Sight:
    """What the viewer may use of the shared graph, with `people` among the nodes."""
    now = clock.now()
    own, standing, (shared, changed) = own or _own(viewer, now), _standing(viewer), _shared(now)
    held = np.unique(np.concatenate((own.people, np.array([viewer.me, *people], dtype=np.int64))))
    touched = np.union1d(np.array([*changed, viewer.me], dtype=np.int64), shared.people.strangers(held))
    fresh = declassified.pairs(now, changed)
    everybody = shared.people.revised(touched, declassified.people(touched.tolist()))
    replaced = np.array([*changed, viewer.me], dtype=np.int64)
    known = sight.showing(everybody, standing)[everybody.nodes(held)] | np.isin(held, standing.blocked)
    # The viewer's own ties are made of all that they may see, and of their book: those of the graph are left out.
    apart = fresh.where((fresh.a != viewer.me) & (fresh.b != viewer.me))
    return sight.sight(
        store.revised(shared, everybody, replaced, apart),
        standing,
        own,
        named=_named(viewer, held[~known]),
        aging=strength.aging(declassified.reference(now), declassified.day(now)),
    )


def _shared(now: datetime) -> tuple[Shared, set[int]]:
    """The stored graph and whose ties changed since; a new one where there is none, or where too much changed."""
    usable = (store.usable(settings.GRAPH_ROOT, row, now, settings.HOME_ZONE) for row in _stored())
    stored = next(usable, None)
    if stored is not None:
        changed = declassified.changed_since(stored.built_at, now)
        if len(changed) <= MANY:
            return stored, changed
    return declassified.build(now), set()


@prepared
def _stored() -> "QuerySet[Any, Any]":
    return Stored.objects.order_by("-pk").values_list("folder", "built_at")[:1]


def _standing(viewer: Viewer) -> Standing:
    """The viewer's circles, as numbers to filter a graph by: a test proves that the policy says the same."""
    circles = np.array([(EVERYONE,), *_circles(viewer)], dtype=np.int64)[:, 0]
    blocks = (np.array(people, dtype=np.int64) for people in (discretion.blockers(viewer), discretion.blocked(viewer)))
    return Standing(viewer.me, circles, *blocks)


@prepared
def _circles(viewer: Viewer) -> "QuerySet[Any, Any]":
    mine = Member.objects.filter(Q(until=None) | Q(until__gt=clock.now()), person=viewer.me).values_list("circle")
    return mine.union(Within.objects.filter(inner__in=mine).values_list("outer"))


def _named(viewer: Viewer, people: Nodes) -> Nodes:
    """Those of `people` whose name the viewer may see though it is no base fact. Nobody's is asked for as well."""
    return evidence.table(_names(viewer, people.tolist()), 1)[:, 0]


@prepared
def _names(viewer: Viewer, people: Collection[int]) -> "QuerySet[Any, Any]":
    return Name.objects.visible_to(viewer).filter(owner__in=people).values_list("owner")


def _own(viewer: Viewer, now: datetime) -> Own:
    """What the viewer's own record weighs today, by person: evenings, work together, their book, promises kept."""
    today = declassified.day(now)
    found = (_evenings(viewer, now), _work(viewer, today), _book(viewer, today), _followed_up(viewer, today))
    people, loads = (np.concatenate(parts) for parts in zip(*found, strict=True))
    known, places = np.unique(people, return_inverse=True)
    sums = np.bincount(places, evidence.stepped(loads), minlength=len(known))
    return Own(known[known != viewer.me], sums[known != viewer.me])


def _evenings(viewer: Viewer, now: datetime) -> tuple[Nodes, Floats]:
    held, today = _attended(viewer, now), declassified.day(now)
    weights = {key: (declassified.weight(*size), (today - declassified.day(at)).days) for key, at, *size in held}
    loads = {key: weight * strength.fading(days) for key, (weight, days) in weights.items() if weight}
    beside = evidence.table(_beside(viewer, loads) if loads else (), 2)
    return beside[:, 1], np.array([loads[meetup] for meetup in beside[:, 0].tolist()], dtype=np.float64)


@prepared
def _attended(viewer: Viewer, now: datetime) -> "QuerySet[Any, Any]":
    going, there = (kind.filter(owner=viewer.me).values("meetup") for kind in _came(viewer))
    held = Meetup.objects.visible_to(viewer).filter(pk__in=going.union(there), cancelled_at=None, ends_at__lte=now)
    return held.values_list("pk", "starts_at", "band", "shows_band")


@prepared
def _beside(viewer: Viewer, evenings: Collection[int]) -> "QuerySet[Any, Any]":
    going, there = (kind.filter(meetup__in=evenings, name="").values_list("meetup", "owner") for kind in _came(viewer))
    return going.union(there)


def _came(viewer: Viewer) -> tuple[Facts, Facts]:
    going = Rsvp.objects.visible_to(viewer).filter(answer=Rsvp.Answer.GOING)
    return going, Presence.objects.visible_to(viewer)


def _work(viewer: Viewer, today: date) -> tuple[Nodes, Floats]:
    rows = _colleagues(viewer)
    firms, people = evidence.table((row[:2] for row in rows), 2).T
    i, j = evidence.beside(firms, np.flatnonzero(people == viewer.me))
    spans = evidence.spans(row[2:] for row in rows)
    on = evidence.overlapped_on(spans[i], spans[j], today)
    weights = np.full(len(on), strength.WEIGHTS[strength.Kind.WORKED]) * (on > 0)
    return people[j], strength.loads(weights, today.toordinal() - on.astype(np.float64))


@prepared
def _colleagues(viewer: Viewer) -> "QuerySet[Any, Any]":
    held = Position.objects.visible_to(viewer).filter(client=False)
    beside = held.filter(organisation__in=held.filter(owner=viewer.me).values("organisation")).order_by("organisation")
    return beside.values_list("organisation", "owner", "starts_on", "ends_on")


def _book(viewer: Viewer, today: date) -> tuple[Nodes, Floats]:
    people, met = dict[int, int](_noted(viewer)), dict[int, date](_met(viewer))
    loads = [_kept(min(met[contact], today), today) if contact in met else 0.0 for contact in people]
    return np.array([*people.values()], dtype=np.int64), np.array(loads, dtype=np.float64)


@prepared
def _noted(viewer: Viewer) -> "QuerySet[Any, Any]":
    rows = Contact.objects.visible_to(viewer).filter(person__isnull=False, forgotten_at=None)
    return rows.values_list("pk", "person")


@prepared
def _met(viewer: Viewer) -> "QuerySet[Any, Any]":
    rows: QuerySet[Any, Any] = Encounter.objects.visible_to(viewer).values_list("contact").annotate(last=Max("on"))
    return rows.order_by()


def _followed_up(viewer: Viewer, today: date) -> tuple[Nodes, Floats]:
    held = [(one.person, one.on) for one in followups.kept(viewer) if one.person is not None]
    pieces = [strength.Evidence(strength.Kind.FOLLOWED_UP, on) for _person, on in held]
    loads = [strength.load([piece], today) for piece in pieces]
    people = [person for person, _on in held]
    return np.array(people, dtype=np.int64), np.array(loads, dtype=np.float64)


def _kept(met_on: date, today: date) -> float:
    return strength.load([strength.Evidence(strength.Kind.CONTACT, met_on)], today)
