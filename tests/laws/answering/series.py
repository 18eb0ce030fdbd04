"""The rules of a series, as `reference` says those of one evening: what a change to it reaches, and what its end does.

The evenings are in the order in which the series has them. The source is ADR 22.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from tests.laws.answering.reference import THERE, Evening, Refused, day


def change(evenings: Sequence[Evening], scope: str, new: Mapping[str, Any], now: datetime) -> None:
    """Change the first of these evenings: that `one` alone, or the `following` ones too, or those `everywhere`.

    Whichever follow, are to come and said the same so far take on what is new; `everywhere`, those that did not, too.
    Each stays on its day, and keeps the hours within which one answers. All of it can be said, or nothing is.
    """
    first, *rest = evenings
    changes = [(first, new)]
    if scope != "one":
        new = {name: value for name, value in new.items() if value != getattr(first, name)}
        if day(new.get("starts", first.starts)) != day(first.starts):
            raise Refused
        coming = [one for one in rest if not one.cancelled and now < one.starts]
        changes = [(first, new), *((one, _alike(first, one, new, scope == "everywhere")) for one in coming)]
    for one, said in changes:
        one.check(said, now)
    for one, said in changes:
        one.change(said, now)


def end(evenings: Sequence[Evening], now: datetime) -> None:
    """Call off those that are to come; what goes on goes on."""
    for one in evenings:
        if now < one.starts:
            one.cancel(now)


def _alike(first: Evening, other: Evening, new: Mapping[str, Any], everywhere: bool) -> dict[str, Any]:
    same = [name for name in ("seats", "brings") if everywhere or getattr(other, name) == getattr(first, name)]
    said = {name: new[name] for name in same if name in new}
    if "starts" in new and (everywhere or _hours(first.starts, first.ends, other.slot) == (other.starts, other.ends)):
        said["starts"], said["ends"] = _hours(new["starts"], new["ends"], day(other.starts))
    return said


def _hours(starts: datetime, ends: datetime, on: date) -> tuple[datetime, datetime]:
    """The same hours on another day."""
    began = datetime.combine(on, starts.astimezone(THERE).time(), THERE)
    return began, began + (ends - starts)
