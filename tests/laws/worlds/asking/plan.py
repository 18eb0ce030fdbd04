"""What is asked of both worlds of a pair, settled before the first is asked.

Every row about something that the hidden acts touch, whatever lists anything, and some of the rest by turns.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse

from entregent.common import chance
from tests.laws.worlds.acting.acts import KINDS, Act
from tests.laws.worlds.asking.browser import Step
from tests.laws.worlds.asking.rows import NAMES, NOBODY, Hand, Row
from tests.laws.worlds.asking.rows_beside import ROWS
from tests.laws.worlds.playing.things import ANYBODY, Thing

if TYPE_CHECKING:
    from tests.laws.worlds.acting.pairs import Pair


@dataclass(frozen=True, slots=True)
class Budget:
    """How much a pair is asked: rows about what is touched (all where None), of pages for further things, of the rest.

    Where all are asked, those that say so are asked about each of what is touched. Rarer rows come first. Whatever
    lists anything is asked besides, and so are the addresses of `also`.
    """

    touching: int | None
    further: int
    rest: int
    also: frozenset[str] = frozenset()


#: For the law's own run, and for its share in each run of the tests.
WHOLE, SHARE = Budget(None, 4, 5), Budget(14, 0, 4)
Chosen = tuple[Row, tuple[Thing, ...]]
LANGUAGES = ("fr", "en")
#: Whose addresses are known to whoever made them, and to whom these show them.
SENT = ("showing", "recalled")
#: The fields of an act whose words are looked for, and the shortest word that is.
SPOKEN, SHORTEST = ("text", "title", "name", "place", "does", "organisation", "through"), 4


def impossible(row: Row, role: str) -> bool:
    """Whether a role can never ask a row."""
    return (row.kind, role) in IMPOSSIBLE or (row.name, role) in IMPOSSIBLE


@dataclass(frozen=True, slots=True)
class Asked:
    """A row, filled: what a browser sends, or what is typed after a command. `key` seeds what is drawn meanwhile."""

    row: Row
    things: tuple[Thing, ...]
    steps: tuple[Step, ...]
    words: tuple[str, ...]
    language: str
    key: str


@dataclass(frozen=True, slots=True)
class Known:
    """All things and people of both worlds, by act and by handle."""

    things: Mapping[str, Thing]
    people: Mapping[str, Thing]

    def held(self, viewer: str) -> dict[str, list[Thing]]:
        """By kind; of secret links, a viewer's own alone: whoever has one may use it.

        A `visitor` is what somebody without account answered, whose link others have not.
        """
        held: dict[str, list[Thing]] = {"person": list(self.people.values())}
        for _, thing in sorted(self.things.items()):
            held.setdefault(thing.kind, []).append(thing)
        mine = self.people.get(viewer, NOBODY).secret
        for kind in ("feed", "help"):
            held[kind] = [thing for thing in held.get(kind, ()) if thing.owner == viewer]
        for kind in SENT:
            held[kind] = [thing for thing in held.get(kind, ()) if _has(viewer, thing)]
        links = held.get("secret", [])
        held["visitor"] = [replace(thing, kind="visitor", secret="") for thing in links if thing.uid is not None]
        held["secret"] = [thing for thing in links if thing.secret == mine]
        return held

    def touched(self, pair: "Pair") -> dict[str, list[Thing]]:
        """What the hidden acts touch, by kind, each once: what the viewer's own book holds of it comes first."""
        found: dict[str, dict[Thing, None]] = {}
        for kind, key in (*_entries(pair), *sorted(pair.touched)):
            thing = self.people.get(key) if kind == "person" else self.things.get(key)
            if thing is not None and kind not in {"secret", "feed", "help"} and _has(pair.viewer, thing):
                found.setdefault(thing.kind, {})[thing] = None
        return {kind: list(things) for kind, things in found.items()}


def _has(viewer: str, thing: Thing) -> bool:
    """Whether somebody has the address of what is shown by one: who shows it, and whoever it is shown to."""
    return thing.kind not in SENT or viewer == thing.owner or thing.shown in {viewer, ANYBODY}


#: Rows that show nothing but the mail which left: asked where what one was sent is compared as well.
SENDING = {"tick", "duty meetups.refresh_bands"}
#: Who can never ask a row, by its kind or its name, and why.
IMPOSSIBLE = {
    ("command", "anonymous"): "a command reads as somebody whom the operator names",
    ("command", "guest"): "a command reads as somebody with an account",
    ("letter", "anonymous"): "a letter goes to somebody",
    ("tick", "anonymous"): "the worker writes to somebody",
    ("duty meetups.refresh_bands", "anonymous"): "it changes no page for whoever knew the band before",
}


def planned(pair: "Pair", known: Known, asked: Counter[tuple[str, str]], budget: Budget = WHOLE) -> list[Asked]:
    """Everything to ask for a pair; `asked` counts what the role was asked before, and is added to."""
    held, touched = known.held(pair.viewer), known.touched(pair)
    told = pair.always and pair.viewer
    rows = [row for row in ROWS if not impossible(row, _as_known(pair, known))]
    rows = [row for row in rows if told or row.name not in SENDING]
    with chance.seeded(f"{pair.seed} {pair.role} {pair.at} {sorted(pair.touched)}") as draw:

        def rarely(found: Chosen) -> tuple[int, float]:
            return asked[found[0].name, pair.role], draw.random()

        about = [_shuffled(row, touched, held, draw) for row in rows]
        rest = [(row, tuple(_any(slot, held, draw) for slot in row.about)) for row in rows]
        further = [one for found in about for one in found[1:] if one[0].kind == "page"]
        chosen: list[Chosen] = [(row, ()) for row in rows if row.lists]
        chosen += sorted((found[0] for found in about if found), key=rarely)[: budget.touching]
        chosen += sorted(further, key=rarely)[: budget.further]
        chosen += [one for found in about for one in found[1:] if one[0].each and budget.touching is None]
        done = {row.name for row, _ in chosen}
        chosen += [one for one in rest if one[0].url in budget.also and one[0].name not in done]
        done = {row.name for row, _ in chosen}
        chosen += sorted((one for one in rest if one[0].name not in done), key=rarely)[: budget.rest]
        handles = {thing: handle for handle, thing in known.people.items()}
        hand = Hand(pair.at, _words(pair), _emails(pair), (), held, handles, draw)
        plan = [_asked(row, things, hand, number) for number, (row, things) in enumerate(chosen)]
    asked.update((one.row.name, pair.role) for one in plan)
    return plan


def _as_known(pair: "Pair", known: Known) -> str:
    """The role, or that of whoever acts by a secret link alone."""
    return "guest" if known.people.get(pair.viewer, NOBODY).secret else pair.role


def _shuffled(row: Row, touched: Mapping[str, list[Thing]], held: Mapping[str, list[Thing]], draw: Any) -> list[Chosen]:
    """A row about each of what is touched that its address can hold: of contacts the first, else in any order."""
    found = [(row, things) for things in _touching(row, touched, held, draw)]
    if row.about != ("contact",):
        draw.shuffle(found)
    return found


def _touching(
    row: Row, touched: Mapping[str, list[Thing]], held: Mapping[str, list[Thing]], draw: Any
) -> Iterator[tuple[Thing, ...]]:
    if not row.about or row.method == "HEAD" or row.kind == "conditional":
        return
    slots = [touched.get(NAMES[slot][0], []) for slot in row.about]
    if any(slots):
        yield from product(*(slot or [_any(name, held, draw)] for slot, name in zip(slots, row.about, strict=True)))


def _any(slot: str, held: Mapping[str, Sequence[Thing]], draw: Any) -> Thing:
    thing: Thing = draw.choice([*held.get(NAMES[slot][0], ()), NOBODY])
    return thing


def _asked(row: Row, things: tuple[Thing, ...], hand: Hand, number: int) -> Asked:
    hand = replace(hand, things=things)
    language = hand.draw.choice(LANGUAGES)
    address = [_address(row, slot, thing, hand) for slot, thing in zip(row.about, things, strict=True)]
    steps, typed = _steps(row, address, hand), _typed(row, address, hand)
    return Asked(row, things, steps, typed, language, f"{row.name} {number}")


def _address(row: Row, slot: str, thing: Thing, hand: Hand) -> str:
    """A thing as an address holds it; people go by their handle on the command line."""
    by_handle = row.kind == "command" and thing in hand.handles
    return hand.handles[thing] if by_handle else str(getattr(thing, NAMES[slot][1]))


def _steps(row: Row, address: list[str], hand: Hand) -> tuple[Step, ...]:
    if row.kind == "path":
        return (Step(row.method, row.url, headers=row.headers, enforced=row.enforced),)
    if row.kind not in {"page", "form", "conditional"}:
        return ()
    before = tuple(Step("POST", reverse(url), fill(hand)) for url, fill in row.first)
    query = urlencode(row.query(hand))
    path = reverse(row.url, args=address) + (f"?{query}" if query else "")
    return (*before, Step(row.method, path, row.fill(hand)))


def _typed(row: Row, address: list[str], hand: Hand) -> tuple[str, ...]:
    if row.kind != "command":
        return ()
    return (*row.url.split(), *address, *map(str, row.query(hand).values()))


def _entries(pair: "Pair") -> Iterator[tuple[str, str]]:
    """What the viewer's book holds of people whom the hidden acts touch."""
    for act in pair.one:
        about = ("person", str(act.said.get("person")))
        if act.who == pair.viewer and KINDS[act.do].makes == "contact" and about in pair.touched:
            yield "contact", act.key


def _hidden(pair: "Pair") -> list[Act]:
    return [act for act in (*pair.one, *pair.other) if (act in pair.one) != (act in pair.other)]


def _words(pair: "Pair") -> tuple[str, ...]:
    said = " ".join(str(act.said.get(field, "")) for act in _hidden(pair) for field in SPOKEN)
    return tuple(dict.fromkeys(word for word in re.findall(r"\w+", said) if len(word) >= SHORTEST))


def _emails(pair: "Pair") -> tuple[str, ...]:
    acts = [act for act in (*pair.one, *pair.other) if act.do in {"enter", "give_address"}]
    whose = [(str(act.said.get("person", act.who)), act.said.get("domain") or "example.net") for act in acts]
    touched = {key for kind, key in pair.touched if kind == "person"}
    mails = {f"{who}@{domain}" for who, domain in whose if who in touched}
    given = {str(act.said["mail_to"]) for act in _hidden(pair) if act.said.get("mail_to")}
    return tuple(sorted(mails | given))
