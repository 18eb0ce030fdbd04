"""Computes again whatever is kept besides the facts, and says where it differs from them, with its remedy."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain

from entregent.exchange import circles, copies
from entregent.exchange.faults import Fault, Tell

__all__ = ["Report", "Tell", "examine", "repair"]

#: Every check: what it yields are the faults that it finds, and it tells how much it has gone through.
CHECKS: tuple[Callable[[Tell], Iterator[Fault]], ...] = (
    circles.faults,
    circles.nested,
    circles.declared,
    circles.loose,
    circles.unused,
    copies.lines,
    copies.seats,
    copies.references,
)


@dataclass(frozen=True, slots=True)
class Report:
    """What was found, in words, and what of it is still so."""

    found: list[str]
    left: list[str]


def examine(tell: Tell) -> Report:
    """Look everywhere, change nothing; `tell` is told how many things of how many were looked at."""
    found = [fault.words for fault in _faults(tell)]
    return Report(found=found, left=found)


def repair(tell: Tell) -> Report:
    """Look everywhere, and mend what can be mended without asking the person whose fact it is."""
    faults = list(_faults(tell))
    for fault in faults:
        if fault.mend is not None:
            fault.mend()
    return Report(found=[fault.words for fault in faults], left=[fault.words for fault in faults if fault.mend is None])


def _faults(tell: Tell) -> Iterator[Fault]:
    return chain.from_iterable(check(tell) for check in CHECKS)
