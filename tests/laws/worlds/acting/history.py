"""Histories: what a handful of people do over some months, up to the evening on which the law is asked.

They come in, join, say who they are and where they work, and then do what `writing` proposes. Whoever matters to the
hider, who has something to hide from most, has a role.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from entregent.common import chance
from tests.laws.worlds.acting import (
    writing,
    writing_cards,
    writing_door,
    writing_evenings,
    writing_kept,
    writing_pictures,
    writing_promises,
    writing_series,
    writing_sharing,
    writing_words,
)
from tests.laws.worlds.acting.acts import OPERATOR, PASSER, Act, Audience
from tests.laws.worlds.acting.pen import CALLED, DOMAINS, END, FIRMS, PROPOSALS, Pen, Stuck
from tests.laws.worlds.knowing.oracle import Oracle

BEGIN = END - timedelta(days=140)
#: Who has which role, where somebody has it. The hider has none: from them nothing of theirs is hidden.
HANDLES = {
    "steward": "alice",
    "colleague": "carla",
    "manager": "denis",
    "contact": "emma",
    "contact of a contact": "farid",
    "competitor": "gilles",
    "member": "hina",
    "stranger": "ines",
}
HIDER, GUEST = "bob", "zoe"
#: All roles; whoever asks without an account has two of them.
ROLES = ("anonymous", "guest", *HANDLES)
#: Importing them puts their proposals among the proposals.
WRITTEN = (
    *(writing, writing_evenings, writing_series, writing_sharing, writing_door, writing_pictures),
    *(writing_kept, writing_promises, writing_words, writing_cards),
)


@dataclass(frozen=True, slots=True)
class History:
    """What people did, in the order of time, the last act at most at `END`. `roles` says whose handle each role is."""

    seed: int
    acts: tuple[Act, ...]
    roles: Mapping[str, str]


@dataclass
class Writer:
    """Writes act after act, each tried on the oracle first: most that come to nothing are left out."""

    pen: Pen
    oracle: Oracle
    people: dict[str, str]
    acts: list[Act] = field(default_factory=list)
    slots: list[tuple[datetime, str]] = field(default_factory=list)

    def do(self, word: str, who: str, said: Mapping[str, Any], kept: float = 0.0) -> bool:
        """Whether an act was done. One that was not stays in the history now and then."""
        act = Act(f"{len(self.acts)}-{word}", self.pen.at, who, word, MappingProxyType(dict(said)))
        done = self.oracle.do(act) == "done"
        if done or self.pen.chance(kept):
            self.acts.append(act)
            self.pen.at += timedelta(minutes=self.pen.draw.randint(1, 30), seconds=self.pen.draw.randint(0, 59))
        return done


def history(seed: int) -> History:
    """The history of a seed: the same one each time."""
    with chance.seeded(("history", seed)) as draw:
        oracle = Oracle()
        people = _people(draw)
        writer = Writer(Pen(draw, oracle.world, BEGIN), oracle, people)
        _settle(writer)
        _live(writer)
        _hold_out(writer)
        acts = tuple(writer.acts)
    return History(seed, acts, MappingProxyType(_roles(writer)))


def _people(draw: Any) -> dict[str, str]:
    """The role of each handle: two to eight people, mostly many."""
    number = draw.choice([2, 3, 4, 5, 5, 6, 6, 7, 7, 8, 8, 8, 8, 8, 8])
    roles = draw.sample(list(HANDLES), number - 1)
    return {HIDER: "", **{HANDLES[role]: role for role in roles}}


def _roles(writer: Writer) -> dict[str, str]:
    people = writer.oracle.world.people
    founders = [act.who for act in writer.acts if act.do == "found"]
    roles = {role: handle for handle, role in writer.people.items() if role}
    if founders and founders[0] != HIDER:
        roles.setdefault("steward", founders[0])
    guests = {"guest": GUEST} if GUEST in people else {}
    here = {role: handle for role, handle in roles.items() if handle in people}
    return {"anonymous": "", **here, **guests}


def _settle(writer: Writer) -> None:
    """Who comes in, the communities, what people are called and where they work."""
    draw = writer.pen.draw
    for handle in writer.people:
        writer.do("enter", handle, _address(writer, handle))
    homes = _communities(writer)
    for handle, role in writer.people.items():
        if role != "stranger":
            _joins(writer, handle, homes[: 2 if draw.random() < 0.2 else 1])
    for handle, role in writer.people.items():
        for word, said in _introductions(writer, handle, role):
            writer.do(word, handle, said)
    for handle, role in writer.people.items():
        MEETING.get(role, _nothing)(writer, handle)
    if writer.pen.chance(0.8):
        _cross(writer, *_two(writer))
    _watch(writer)
    _gather(writer, homes[0])
    _expect(writer, homes[0])
    _accuse(writer, homes[0])


def _address(writer: Writer, handle: str) -> dict[str, Any]:
    domain = {"carla": DOMAINS[1], "denis": DOMAINS[0]}.get(handle, "")
    said = {"language": writer.pen.pick(["fr", "fr", "en"])}
    return {**said, "domain": domain} if domain and writer.pen.chance(0.4) else said


def _communities(writer: Writer) -> list[str]:
    """One or two, the first by the steward; perhaps another of a founder, where their evenings may stand, too."""
    pen, joining = writer.pen, [who for who, role in writer.people.items() if role != "stranger"]
    founders = ["alice"] if "alice" in joining else [joining[-1]]
    founders += [pen.pick(joining)] if pen.chance(0.95) else []
    founders += [pen.pick(founders)] if pen.chance(0.65) else []
    for number, founder in enumerate(founders):
        entry = pen.pick(["open", "link", "approved"] if number == 0 else ["approved", "approved", "approved", "open"])
        writer.do("found", founder, {"name": pen.word(5).title(), "entry": entry})
    return list(writer.oracle.world.communities)


def _joins(writer: Writer, handle: str, homes: list[str]) -> None:
    for home in homes:
        if handle not in writer.oracle.world.communities[home].members:
            writer.do("join", handle, {"community": home, "name": handle.title()})
            _approved(writer)


def _approved(writer: Writer) -> None:
    for asking in list(writer.oracle.world.of("request").values()):
        community = writer.oracle.world.communities[asking.said["community"]]
        steward = next(who for who, role in community.members.items() if role == "steward")
        writer.do("approve", steward, {"request": asking.key})


def _introductions(writer: Writer, handle: str, role: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """What somebody is called, and where they work."""
    pen = writer.pen
    homes = [one.key for one in writer.oracle.world.communities.values() if handle in one.members]
    audience = Audience("members", of=homes[0]) if homes else Audience("everyone")
    audience = Audience("everyone") if pen.chance(0.25) else Audience("around") if pen.chance(0.15) else audience
    if pen.chance(0.93):
        yield "call_me", {"text": pen.word(3).title(), "audience": audience}
    firm = {"": 0, "manager": 0, "colleague": pen.pick([0, 1]), "competitor": 2, "contact": 3}.get(role)
    if firm is not None:
        since = {"starts_on": (BEGIN - timedelta(days=pen.draw.randint(100, 2000))).date()}
        said = {"organisation": FIRMS[firm], "title": pen.word(3), **since}
        shown = {"audience": pen.pick([Audience(), audience, audience])}
        yield "state_position", {**said, **shown, "discreet": shown["audience"].kind == "members" and pen.chance(0.3)}
    elif pen.chance(0.7):
        yield "say_situation", {"answer": pen.pick(["own", "looking", "student", "retired"])}
    if homes and pen.chance(0.6):
        yield "let_ask", {"yes": True, "audience": Audience("members", of=homes[0])}


def _meets(writer: Writer, handle: str) -> None:
    """Each in the other's book; perhaps by their cards."""
    for who, person in ((handle, HIDER), (HIDER, handle)):
        said = {"person": person, "text": writer.pen.text(), "on": writer.pen.day(50, 0)}
        writer.do("note_somebody", who, said)
    if writer.pen.chance(0.6):
        _cross(writer, *writer.pen.draw.sample([HIDER, handle], 2))


def _two(writer: Writer) -> list[str]:
    """Two who meet; mostly one of them has not said where they work: what crossed cards open is for them, too."""
    pen, answered = writer.pen, writer.oracle.world.of("situation")
    quiet = [who for who in sorted(writer.people) if who not in answered]
    one = pen.pick(quiet if quiet and pen.chance(0.8) else sorted(writer.people))
    return list(pen.draw.sample([one, pen.pick([who for who in sorted(writer.people) if who != one])], 2))


def _cross(writer: Writer, shows: str, gives: str) -> None:
    """Two phones; perhaps one of the two says something to crossed cards, or withdraws theirs."""
    pen, held = writer.pen, {}
    for who in (shows, gives):
        said = {"title": "Zoreil", "name": pen.word(3).title(), "does": "", "value": f"{pen.word()}@example.net"}
        writer.do("keep_card", who, said)
        held[who] = writer.acts[-1].key
    writer.do("show_card", shows, {"card": held[shows], "evening": "", "person": pen.pick([gives, ""])})
    shown = writer.acts[-1]
    pen.at = shown.at + timedelta(minutes=1)
    if not shown.said["person"]:
        left = {"showing": shown.key, "name": pen.word(2).title(), "value": f"{pen.word()}@example.net"}
        writer.do("leave_card", PASSER, left)
        pen.at = shown.at + timedelta(minutes=3)
    writer.do("exchange_cards", gives, {"showing": shown.key, "card": held[gives]})
    if pen.chance(0.8):
        told = {"text": pen.text(), "audience": Audience("crossed"), "discreet": pen.chance(0.7)}
        writer.do("say_headline", pen.pick([shows, gives]), told)
    if pen.chance(0.3):
        writer.do("withdraw_card", shows, {"person": gives})


def _sisters(writer: Writer, _handle: str) -> None:
    """The firms of the colleague and of the hider stand together, as one of them says, and perhaps for all."""
    if writer.pen.chance(0.6):
        said = {"one": FIRMS[0], "other": FIRMS[1]}
        writer.do("tie_firms", HIDER, said)
        stewards = [who for one in writer.oracle.world.communities.values() for who in one.members]
        writer.do("confirm_tie", stewards[0], said) if writer.pen.chance(0.5) else None


def _evening(writer: Writer, handle: str) -> None:
    """They organise an evening, or several that recur, to which some come."""
    word = writer.pen.pick(["announce", "announce", "announce_series"])
    for _ in range(3):
        try:
            _who, said = PROPOSALS[word](Pen(writer.pen.draw, writer.oracle.world, writer.pen.at, (handle,)))
        except Stuck:
            continue
        if writer.do(word, handle, said):
            writer.slots += _doors(writer, said)
            return


def _watch(writer: Writer) -> None:
    """Some keep a need, in a word that somebody may say later."""
    for handle in writer.people:
        if writer.pen.chance(0.35):
            writer.do("keep_need", handle, {"text": writer.pen.word()})


def _gather(writer: Writer, home: str) -> None:
    """The first evening of a community: most say openly that they come, and know each other once it is over."""
    pen, members = writer.pen, writer.oracle.world.communities[home].members
    starts_at = pen.at + timedelta(days=pen.draw.randint(20, 60))
    host, evening = _announced(writer, home, starts_at, capacity=None, shows_band=True)
    if not evening:
        return
    coming = [who for who in members if pen.chance(0.7)]
    for who in coming:
        shown = {"audience": pen.pick(["community", "community", "going"]), "discreet": pen.chance(0.3)}
        writer.do("answer", who, {"evening": evening, **shown})
    _slip_in(writer, evening, coming, [who for who in members if who not in {host, *coming}])
    _share(writer, evening, host, [who for who in members if who != host])


def _expect(writer: Writer, home: str) -> None:
    """An evening that is to come at the end, for which some have a seat and others wait, openly or not."""
    pen, members = writer.pen, list(writer.oracle.world.communities[home].members)
    if len(members) < 3 or not pen.chance(0.6):
        return
    starts_at = END + timedelta(days=pen.draw.randint(1, 20), hours=pen.draw.randint(0, 5))
    few = {"capacity": pen.pick([1, 2, 3]), "shows_band": pen.chance(0.5)}
    _host, evening = _announced(writer, home, starts_at, **few)
    for who in pen.draw.sample(members, pen.draw.randint(2, len(members))) if evening else ():
        shown = {"audience": pen.pick(["community", "going", "me"]), "discreet": pen.chance(0.4)}
        writer.do("answer", who, {"evening": evening, **shown})


def _announced(writer: Writer, home: str, starts_at: datetime, **said: Any) -> tuple[str, str]:
    """Who announces an evening of three hours, mostly whoever looks after the community: empty where they cannot."""
    pen, members = writer.pen, writer.oracle.world.communities[home].members
    steward = next(who for who, role in members.items() if role == "steward")
    host = steward if pen.chance(0.6) else pen.pick(list(members))
    told = {"title": pen.text().title(), "place": pen.word(3).title(), "starts_at": starts_at, **said}
    told |= {"ends_at": starts_at + timedelta(hours=3), "audience": "community"}
    if not writer.do("announce", host, {"community": home, **told}):
        return host, ""
    writer.slots += _doors(writer, told)
    return host, writer.acts[-1].key


def _share(writer: Writer, evening: str, host: str, members: Sequence[str]) -> None:
    """Somebody helps, and it stands in other communities of the host's as well, which they may not know of."""
    pen, places = writer.pen, writer.oracle.world.communities.values()
    if members and pen.chance(0.5) and writer.do("ask_for_help", host, {"evening": evening}):
        writer.do("co_organise", pen.pick(members), {"evening": evening})
    own = writer.oracle.world.of("evening")[evening].said["community"]
    for place in [one.key for one in places if host in one.members and one.key != own]:
        if pen.chance(0.6):
            writer.do("stand_in", host, {"evening": evening, "community": place, "keeps": True})


def _slip_in(writer: Writer, evening: str, coming: Sequence[str], others: Sequence[str]) -> None:
    """One of `others` comes among those who know each other, and says so to them discreetly.

    Whoever has not said where they work is so hidden from all; others keep one of those who come out by name.
    """
    pen, answered = writer.pen, writer.oracle.world.of("situation")
    silent = [who for who in others if who not in answered]
    if len(coming) < 2 or not others or not pen.chance(0.6):
        return
    who = pen.pick(silent or others)
    if not silent:
        writer.do("shield_person", who, {"person": pen.pick(coming)})
    writer.do("answer", who, {"evening": evening, "audience": pen.pick(["community", "going"]), "discreet": True})


def _accuse(writer: Writer, home: str) -> None:
    """Somebody keeps a steward off, by their shield or by a block, and is reported to them by somebody else."""
    pen, roles = writer.pen, writer.oracle.world.communities[home].members
    stewards = [who for who, role in roles.items() if role == "steward"]
    others = [who for who, role in roles.items() if role != "steward"]
    if pen.chance(0.5) and len(others) > 1:
        named, by = pen.draw.sample(others, 2)
        writer.do(pen.pick(["shield_person", "block"]), named, {"person": pen.pick(stewards)})
        writer.do("report", by, {"person": named, "community": home, "text": pen.text()})


def _nothing(_writer: Writer, _handle: str) -> None:
    """Whoever has nothing to do with the hider."""


MEETING: Mapping[str, Callable[[Writer, str], None]] = {
    "contact": _meets,
    "colleague": _sisters,
    "competitor": _evening,
    "contact of a contact": _evening,
}


#: What is done at the door of an evening.
DOOR = ("arrive", "arrive", "arrive_as_guest", "let_in", "let_in", "let_walk_in", "keep_list")


def _doors(writer: Writer, said: Mapping[str, Any]) -> list[tuple[datetime, str]]:
    """Moments at which people arrive, pictures are shown, and somebody does not want to be on them; and afterwards.

    Some say days later that they were there, where they are asked.
    """
    draw = writer.pen.draw
    hours = [said["starts_at"] + timedelta(minutes=draw.randint(-100, 200)) for _ in range(draw.randint(2, 4))]
    arriving = [(at, draw.choice(DOOR)) for at in hours]
    shown = [(said["starts_at"] + timedelta(minutes=minutes), "add_picture") for minutes in (20, 24, 29)]
    down = [(max(hours) + timedelta(minutes=9), "take_picture_down")] if draw.random() < 0.7 else []
    asked = said["ends_at"] + timedelta(days=draw.randint(1, 9))
    confirmed = [(asked + timedelta(hours=hours), "confirm") for hours in (1, 2)]
    return [*arriving, *shown, *down, *([(asked, "ask_who_was_there"), *confirmed] if draw.random() < 0.6 else [])]


def _live(writer: Writer) -> None:
    """The months that follow, moment by moment."""
    pen = writer.pen
    if pen.chance(0.3):
        writer.do("know_domain", OPERATOR, {"organisation": FIRMS[0], "domain": DOMAINS[0]})
    if pen.chance(0.95):
        writer.do("import_evening", *PROPOSALS["import_evening"](pen))
    if pen.chance(0.25):
        _recognise(writer)
    left = (END - pen.at).total_seconds()
    moments = [pen.at + timedelta(seconds=left * pen.draw.random() ** 0.8) for _ in range(pen.draw.randint(14, 20))]
    writer.slots += [(at, "") for at in moments]
    writer.slots += [(pen.at + timedelta(seconds=left * pen.draw.random()), "tick") for _ in range(3)]
    words = list(PROPOSALS)
    weights = [writing.WEIGHTS.get(word, 2) for word in words]
    while writer.slots:
        writer.slots.sort()
        at, word = writer.slots.pop(0)
        if at >= END - timedelta(hours=1) and word == "":
            at = END - timedelta(minutes=pen.draw.randint(31, 59))
        pen.at = max(at, pen.at)
        if pen.at < END - timedelta(minutes=30):
            _one(writer, [word] * 3 if word else pen.draw.choices(words, weights, k=12))


def _recognise(writer: Writer) -> None:
    """Somebody blocks, shields or reports one who came in by the file, and who turns out to be a member."""
    pen, world = writer.pen, writer.oracle.world
    for person, home in [
        (one.handle, world.communities[one.came_with]) for one in world.people.values() if one.came_with
    ]:
        here = [who for who in home.members if world.people[who].account]
        if len(here) < 3:
            return
        claimant, other = pen.draw.sample(here, 2)
        who = claimant if pen.chance(0.15) else other
        for word in pen.draw.sample(["block", "shield_person", "report"], 2):
            told = {"community": home.key, "text": pen.text()} if word == "report" else {}
            writer.do(word, who, {"person": person, **told})
        if writer.do("claim", claimant, {"person": person}):
            steward = pen.pick([one for one in here if one != claimant and home.members[one] == "steward"] or [who])
            accepted = writer.do("accept_claim", steward, {"claim": writer.acts[-1].key})
            writer.slots += [(writer.pen.at + timedelta(minutes=2), "tick")] if accepted else []
        return


def _one(writer: Writer, words: list[str]) -> None:
    for word in words:
        try:
            who, said = PROPOSALS[word](writer.pen)
        except Stuck:
            continue
        if word == "erase" and (who in _staying(writer) or not writer.pen.chance(0.5)):
            continue
        if writer.do(CALLED.get(word, word), who, said, kept=0.04):
            writer.slots += _doors(writer, said) if word in {"announce", "announce_series"} else []
            if word == "show_card":
                _meanwhile(writer)
            # Once the worker came by, a word is a gift, and may be answered; and somebody imported is who claimed them.
            awaited = word == "accept_claim" or (word in {"write_word", "answer_word"} and writer.pen.chance(0.6))
            writer.slots += [(writer.pen.at + timedelta(minutes=2), "tick")] if awaited else []
            # Whoever was let in by mistake is taken back soon.
            mistaken = word == "let_in" and writer.pen.chance(0.6)
            writer.slots += [(writer.pen.at + timedelta(minutes=9), "let_out")] if mistaken else []
            return


def _meanwhile(writer: Writer) -> None:
    """While a card is shown, somebody exchanges theirs, takes it, or leaves an address."""
    writer.pen.at = writer.acts[-1].at + timedelta(minutes=writer.pen.draw.randint(1, 4))
    word = writer.pen.pick(["exchange_cards", "exchange_cards", "take_card", "leave_card", "hide_showing"])
    writer.slots += [(writer.pen.at, word)]
    writer.slots += [(writer.pen.at + timedelta(minutes=40), "tick")] if writer.pen.chance(0.6) else []


def _hold_out(writer: Writer) -> None:
    """Cards that are shown at the end."""
    for minutes in (7, 4):
        writer.pen.at = END - timedelta(minutes=minutes)
        try:
            who, said = PROPOSALS["show_card"](writer.pen)
        except Stuck:
            return
        writer.do("show_card", who, said)


def _staying(writer: Writer) -> set[str]:
    """Nobody leaves a history of two; whoever watches in most histories stays in most."""
    watching = {handle for handle in writer.people if writer.pen.chance(0.5)}
    return set(writer.people) if len(writer.people) < 4 else watching
