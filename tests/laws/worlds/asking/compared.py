"""What came back of both worlds, compared: status, headers, bytes, statements, mails."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from difflib import unified_diff
from typing import TYPE_CHECKING, NamedTuple

from tests.laws.worlds.acting.acts import Act
from tests.laws.worlds.asking.browser import Answer
from tests.laws.worlds.asking.crawl import Answers, Visit, crawl, told
from tests.laws.worlds.asking.plan import WHOLE, Asked, Budget, Known, planned
from tests.laws.worlds.playing import shown as shown_facts
from tests.laws.worlds.playing.played import Played

if TYPE_CHECKING:
    from tests.laws.worlds.acting.pairs import Pair


class Block(NamedTuple):
    """Within what worlds are asked, and for which addresses, commands and letters: all where there are none."""

    opened: Callable[[], AbstractContextManager[object]] = nullcontext
    rows: frozenset[str] = frozenset()


#: How many lines of a difference are shown.
SHOWN = 8


class Token(NamedTuple):
    """Something drawn at random by libraries that know no seed, and why it tells nobody anything.

    `where` is how that begins which it stands in, empty for everything.
    """

    pattern: re.Pattern[bytes]
    instead: bytes
    why: str
    where: str


def _token(pattern: str, instead: str, why: str, where: str = "") -> Token:
    return Token(re.compile(pattern.encode()), instead.encode(), why, where)


#: The closed list of what is made equal before worlds are compared.
TOKENS = (
    _token(r'name="csrfmiddlewaretoken" value="\w{64}"', "csrf", "a mask drawn for each form"),
    _token(r"csrftoken=\w+; expires=[^;]+", "csrf", "drawn when somebody signs in, with the day on which it ends"),
    _token(r"sessionid=\w+; expires=[^;]+", "session", "drawn when somebody signs in, with the day on which it ends"),
    _token(r"(?m)^Expires: .*$", "Expires", "the moment of the answer, by the clock of a library"),
    _token(r"'nonce-[^']+'", "nonce", "drawn for each page"),
    _token(r"Message-ID: <[0-9a-f-]{36}@", "letter", "drawn for each letter"),
    _token(r"/r/[0-9a-f]{18,32}/", "/r/secret/", "drawn for each link that is handed out"),
    _token(r'"key": "[0-9a-f]{64}"', "ticket", "the hash of a ticket under a salt that is drawn for each list"),
    _token(r"\b\d{8}\b(?=\s)", "code", "drawn for each mail that asks for a code", "mail to"),
    _token(r"(?m)^\d+[.,]\d ms$", "time", "how long a command took, on the error stream"),
)


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that V could tell the two worlds by."""

    pair: "Pair"
    row: str
    what: str
    lines: tuple[str, ...]

    @property
    def broke(self) -> bool:
        """Whether it is only that something could not be answered at all."""
        return self.what.endswith(" broke")

    def __str__(self) -> str:
        """All that it takes to look for the reason."""
        hidden = [f"  {_named(act)}" for act in _unlike(self.pair)]
        head = f"{self.row}: {self.what}\n  as {self.pair.role} ({self.pair.viewer or 'nobody'}) at {self.pair.at}"
        how = f"  seed {self.pair.seed}, {self.pair.how}, hidden {', '.join(sorted(self.pair.hidden))}"
        return "\n".join([head, how, *hidden, *(f"    {line}" for line in self.lines)])


@dataclass(slots=True)
class Count:
    """What was asked so far: by row and role, and how many statements it took."""

    asked: Counter[tuple[str, str]] = field(default_factory=Counter)
    statements: int = 0


def differences(
    world: Played, pair: "Pair", count: Count, *, blocks: Sequence[Block] = (Block(),), budget: Budget = WHOLE
) -> list[list[Difference]]:
    """How the two worlds of a pair differ for its viewer, and each from the record, within each of `blocks`.

    A block lasts while a world is asked, not while it is played: for what concerns playing, enter it around all this,
    with a world of its own.
    """
    order = _learned(world, pair)
    also = frozenset[str]().union(*(block.rows for block in blocks))
    plan = planned(pair, Known(world.every_thing, world.everybody), count.asked, replace(budget, also=also))
    plans = [[asked for asked in plan if not block.rows or asked.row.url in block.rows] for block in blocks]
    seen: Validators = {}
    found = {which: _answers(world, pair, plans, blocks, (acts, seen)) for which, acts in order}
    count.statements += sum(answer.statements for answers in found["one"][0].answers for answer in answers)
    return [list(_compared(pair, *each)) for each in zip(plans, found["one"], found["other"], strict=True)]


def _learned(world: Played, pair: "Pair") -> list[tuple[str, list[Act]]]:
    """Both histories, that which is on stage first, once the world has seen all that either of them makes.

    Whichever does all that the other one does comes first: then there is nothing left to learn from that.
    """
    both = [(which, _until(pair, acts)) for which, acts in (("other", pair.other), ("one", pair.one))]
    for first, second in (both, both[::-1]):
        if world.knows(second[1], after=first[1]):
            break
    else:
        world.become(first[1])
        first, second = second, first
    world.become(first[1])
    return [first, second]


def _until(pair: "Pair", acts: Sequence[Act]) -> list[Act]:
    return [act for act in acts if act.at <= pair.at]


Validators = dict[str, dict[str, dict[str, str]]]


@dataclass(frozen=True, slots=True)
class Found:
    """What a world answered, and which kinds of fact are seen that the record does not give, or the reverse."""

    answers: list[Answers]
    misseen: list[str]


def _answers(
    world: Played,
    pair: "Pair",
    plans: Sequence[Sequence[Asked]],
    blocks: Sequence[Block],
    which: tuple[Sequence[Act], Validators],
) -> list[Found]:
    acts, seen = which
    world.become(_until(pair, acts))
    told_before, given = _told(world, pair), shown_facts.given(world, pair.viewer, pair.at)
    found = []
    for number, (block, plan) in enumerate(zip(blocks, plans, strict=True)):
        visit = Visit(world, pair.viewer, pair.at, pair.always, seen.setdefault(str(number), {}))
        with block.opened():
            answers = [*crawl(visit, plan), told_before]
            found.append(Found(answers, shown_facts.misseen(world, pair.viewer, pair.at, given)))
    return found


def _told(world: Played, pair: "Pair") -> Answers:
    """What V was sent so far, with the times, where V's records were equal all along."""
    if not pair.always or not pair.viewer:
        return ()
    address = Visit(world, pair.viewer, pair.at, mails=True).address
    return tuple(told(sent) for sent in world.sent if sent.to == address)


def _compared(pair: "Pair", plan: Sequence[Asked], one: Found, other: Found) -> Iterator[Difference]:
    misseen = [
        f"{kind} in the {side} world" for side, found in (("one", one), ("other", other)) for kind in found.misseen
    ]
    if misseen:
        yield Difference(pair, "the record", "who sees what", tuple(misseen))
    for asked, mine, theirs in zip([*plan, None], one.answers, other.answers, strict=True):
        row = asked.row.name if asked else "what was sent"
        yield from (Difference(pair, row, f"{each.what} broke", (each.fault,)) for each in mine if each.fault)
        kept = slice(0, len(asked.row.first) + 1) if asked and asked.row.opens else slice(None)
        yield from _unequal(pair, row, mine[kept], theirs[kept])
        if asked is None or not asked.row.uncounted:
            yield from _recounted(pair, row, mine[kept], theirs[kept])


def _unequal(pair: "Pair", row: str, mine: Answers, theirs: Answers) -> Iterator[Difference]:
    if len(mine) != len(theirs):
        yield Difference(
            pair, row, f"{len(mine)} answers, {len(theirs)}", tuple(each.what for each in (*mine, *theirs))
        )
    for a, b in zip(mine, theirs, strict=False):
        before, after = shown(a), shown(b)
        if before != after:
            lines = unified_diff(before.splitlines(), after.splitlines(), "one", "other", n=0, lineterm="")
            yield Difference(pair, row, a.what, tuple(line[:300] for line in [*lines][2 : SHOWN + 2]))
            return


def _recounted(pair: "Pair", row: str, mine: Answers, theirs: Answers) -> Iterator[Difference]:
    """The first answer that took another number of statements."""
    counts = ((a.what, a.statements, b.statements) for a, b in zip(mine, theirs, strict=False))
    unlike = [(what, f"{one} statements, {other}") for what, one, other in counts if one != other]
    yield from (Difference(pair, row, what, (counted,)) for what, counted in unlike[:1])


def shown(answer: Answer) -> str:
    """An answer as text, with the tokens made equal."""
    head = "\n".join(f"{name}: {value}" for name, value in answer.headers)
    text = f"{answer.status}\n{head}\n\n".encode() + answer.body
    for token in (token for token in TOKENS if answer.what.startswith(token.where)):
        text = token.pattern.sub(token.instead, text)
    return text.decode(errors="backslashreplace")


def _unlike(pair: "Pair") -> list[tuple[str, Act]]:
    one = [("- ", act) for act in pair.one if act not in pair.other]
    return one + [("+ ", act) for act in pair.other if act not in pair.one]


def _named(sided: tuple[str, Act]) -> str:
    side, act = sided
    said = ", ".join(f"{name}={value!r}" for name, value in act.said.items())
    return f"{side}{act.at:%d %b %H:%M} {act.who} {act.do}({said}) [{act.key}]"[:280]
