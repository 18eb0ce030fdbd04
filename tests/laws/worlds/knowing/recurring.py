"""What acts about series leave behind: evenings that recur, those that follow changed, all of them called off."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from tests.laws.worlds.acting.acts import Act, evenings_of
from tests.laws.worlds.knowing import coming
from tests.laws.worlds.knowing.standing import Fact, NotFound, World

#: How many days later the next one is, where that is always the same.
STEPS = {"week": 7, "fortnight": 14}


def announce_series(world: World, act: Act) -> None:
    """As many evenings, each announced as one that stands alone is."""
    first, length = act.said["starts_at"], act.said["ends_at"] - act.said["starts_at"]
    days = falls_on(act.said["every"], coming.local(first), act.said["times"])
    for key, day in zip(evenings_of(act), days, strict=True):
        start = first + (day - coming.local(first))
        said = {**act.said, "starts_at": start, "ends_at": start + length}
        coming.announce(world, replace(act, key=key, said=MappingProxyType(said)))
        world.of("evening")[key].said["series"] = (act.key, act.said["every"], day)


def falls_on(every: str, first: date, times: int) -> list[date]:
    """The days of a series."""
    if every in STEPS:
        return [first + timedelta(days=STEPS[every] * number) for number in range(times)]
    place = -1 if every == "last" else (first.day - 1) // 7
    return [_weekdays(first, number)[place] for number in range(times)]


def _weekdays(first: date, later: int) -> list[date]:
    """The days of a later month that are the same day of the week."""
    year, month = divmod(first.year * 12 + first.month - 1 + later, 12)
    days = (date(year, month + 1, 1) + timedelta(days=number) for number in range(31))
    return [day for day in days if day.month == month + 1 and day.weekday() == first.weekday()]


def edit_following(world: World, act: Act) -> None:
    """What is said anew is said of those to come as well that said the same so far, or of all of them."""
    evening = coming.organised(world, act)
    new = {name: value for name, value in coming.told(act).items() if value != coming.says(evening, name)}
    changes = [(evening, new)]
    for other in _to_come(world, act.who, evening, following=True):
        same = [name for name in new if coming.says(other, name) == coming.says(evening, name)]
        changes.append((other, {name: new[name] for name in (new if act.said.get("everywhere") else same)}))
    for other, taken in changes:
        coming.check(world, other, taken)
    for other, taken in changes:
        coming.change(world, act, other, taken)


def end_series(world: World, act: Act) -> None:
    """All to come are called off."""
    evening = coming.organised(world, act)
    if "series" not in evening.said:
        raise NotFound
    for other in _to_come(world, act.who, evening):
        coming.call_off(act, other)


def _to_come(world: World, who: str, evening: Fact, *, following: bool = False) -> Iterator[Fact]:
    """Those of a series that have not begun, are not called off and that somebody organises."""
    key, _every, day = evening.said.get("series", ("", "", None))
    for other in list(world.of("evening").values()):
        said = other.said
        if said.get("series", ("",))[0] != key or not key or (following and not said["series"][2] > day):
            continue
        if coming.organises(world, other, who) and said["starts_at"] > world.now and not said["cancelled"]:
            yield other


WORDS: Mapping[str, Any] = {word.__name__: word for word in (announce_series, edit_following, end_series)}
