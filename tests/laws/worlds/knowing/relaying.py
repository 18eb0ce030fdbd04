"""What words leave behind: one that was written, the gift that time makes of it, an answer with which cards cross."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from tests.laws.worlds.acting.acts import Act
from tests.laws.worlds.knowing.carding import cross
from tests.laws.worlds.knowing.saying import named, own, put
from tests.laws.worlds.knowing.standing import Fact, Invalid, NotFound, Refused, Sight, World

#: How long a first word waits, how many one writes in a day, and how many may wait for an answer.
PATIENCE = timedelta(minutes=1)
DAY, DAILY = timedelta(days=1), 5
MONTH, OUTSTANDING = timedelta(days=30), 20


def write_word(world: World, act: Act) -> None:
    """To somebody whose name one sees; the limits count what one wrote, whoever it was for."""
    person = act.said["person"]
    called = named(Sight(world, act.who), person).said["text"]
    mine = world.of("name").get(act.who)
    if person == act.who or (act.who, person) in world.blocks or mine is None or mine.audience is None:
        raise Refused
    first = [one for one in world.of("written").values() if one.owner == act.who and not one.said["answers"]]
    waiting = [one for one in first if not one.said["answered"]]
    if any(one.said["person"] == person for one in waiting):
        raise Refused
    if len(_since(world, first, DAY)) >= DAILY or len(_since(world, waiting, MONTH)) >= OUTSTANDING:
        raise Refused
    if not act.said["text"]:
        raise Invalid
    _write(world, act, person, called)


def take_back_word(world: World, act: Act) -> None:
    """Until it has gone."""
    held = own(world, act, "written")
    if held.said["gone"] or held.said["answers"]:
        raise Refused
    del world.of("written")[held.key]


def answer_word(world: World, act: Act) -> None:
    """Once; the card that came along opens. Whom one sees and blocks is not answered."""
    held = _given(world, act)
    if held.said["answers"] or held.said["answered"]:
        raise Refused
    if not (act.said["text"] or act.said["value"]):
        raise Invalid
    person = held.said["person"]
    if (act.who, person) in world.blocks and _name(world, person, act.who):
        raise Refused
    _write(world, act, person, held.said["name"], answers=held.key)
    held.said |= {"answered": True, "left": False}


def let_word_be(world: World, act: Act) -> None:
    """Laid aside; nobody is told."""
    _given(world, act).said["left"] = True


def take_words(world: World, act: Act) -> None:
    """Whether first words of others come."""
    world.of("closed").pop(act.who, None)
    if not act.said["yes"]:
        world.of("closed")[act.who] = Fact("closed", act.who, act.who, None)


def relay(world: World) -> None:
    """Time has passed: words go, to somebody or to nobody."""
    for word in list(_ready(world)):
        word.said["gone"] = True
        name = _signed(world, word)
        crosses = _crosses(world, word)
        if crosses:
            cross(world, word.owner, word.said["person"], word.said["name"], f"{word.key}/theirs")
        if name:
            _give(world, word, name)
        if name and crosses:
            cross(world, word.said["person"], word.owner, name, f"{word.key}/mine")


def due_to(world: World, viewer: str) -> Iterator[tuple[Any, ...]]:
    """What somebody is to be given as soon as the worker comes by: it is theirs from now on."""
    for word in _ready(world):
        name = _signed(world, word) if word.said["person"] == viewer else ""
        if name:
            yield word.key, name, word.said["text"], word.said["answers"]


def closed_card(fact: Fact) -> set[str]:
    """Of a gift, the card as long as it is closed."""
    is_closed = fact.kind == "given" and not (fact.said["answers"] or fact.said["answered"])
    return {"card"} if is_closed else set()


def _write(world: World, act: Act, person: str, called: str, answers: str = "") -> None:
    said = {"person": person, "name": called, "text": act.said["text"], "card": act.said["value"], "at": act.at}
    said |= {"answers": answers, "gone": False, "answered": False}
    put(world, act, Fact("written", act.key, act.who, None, said=said), act.key)


def _give(world: World, word: Fact, name: str) -> None:
    kept = {field: word.said[field] for field in ("text", "card", "answers")}
    said = {**kept, "person": word.owner, "name": name, "at": world.now, "answered": False, "left": False}
    world.of("given")[word.key] = Fact("given", word.key, word.said["person"], None, said=said)
    if word.said["answers"]:
        world.of("written")[word.said["answers"]].said["answered"] = True


def _crosses(world: World, word: Fact) -> bool:
    """Whether it answers a word, and a card went along with each."""
    held = world.of("given").get(word.said["answers"])
    return held is not None and bool(held.said["card"] and word.said["card"])


def _ready(world: World) -> Iterator[Fact]:
    """The words that have waited, the oldest first."""
    waiting = [one for one in world.of("written").values() if not one.said["gone"]]
    for word in sorted(waiting, key=lambda one: one.said["at"]):
        if word.said["answers"] or word.said["at"] <= world.now - PATIENCE:
            yield word


def _signed(world: World, word: Fact) -> str:
    """The name under which a word is given; empty where nobody is to receive it."""
    receiver, writer = word.said["person"], word.owner
    held = world.people.get(receiver)
    if held is None or not held.account or not {(receiver, writer), (writer, receiver)}.isdisjoint(world.blocks):
        return ""
    shown = _name(world, writer, receiver)
    if word.said["answers"]:
        return shown or str(world.of("written")[word.said["answers"]].said["name"])
    return "" if receiver in world.of("closed") else shown


def _name(world: World, person: str, viewer: str) -> str:
    """What somebody is called, where a viewer sees it."""
    try:
        return str(named(Sight(world, viewer), person).said["text"])
    except NotFound:
        return ""


def _given(world: World, act: Act) -> Fact:
    held = world.of("given").get(act.said["word"])
    if held is None or held.owner != act.who:
        raise NotFound
    return held


def _since(world: World, words: list[Fact], span: timedelta) -> list[Fact]:
    return [one for one in words if one.said["at"] > world.now - span]


WORDS: Mapping[str, Any] = {
    word.__name__: word for word in (write_word, take_back_word, answer_word, let_word_be, take_words)
}
