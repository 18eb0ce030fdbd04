"""Figures over units, each with the interval in which it would lie on other units of the same kind. Pure."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

#: How often the units are drawn again, and which part of the means lies below the interval and above it, in percent.
RESAMPLES, BELOW, ABOVE = 1000, 2.5, 97.5

Units = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean over units, or the ratio of two, and its interval."""

    value: float
    low: float
    high: float


def mean(units: Units) -> Figure:
    """The mean of `units`, one number each.

    >>> mean(np.array([1.0, 1.0]))
    Figure(value=1.0, low=1.0, high=1.0)
    """
    return Figure(float(units.mean()), *_interval(_means(units)))


def ratio(ours: Units, theirs: Units) -> Figure | None:
    """How many times `theirs` our mean is, both drawn again in pairs; None where theirs is 0.

    >>> ratio(np.array([1.0, 0.5]), np.array([0.5, 0.25]))
    Figure(value=2.0, low=2.0, high=2.0)
    """
    if not theirs.any():
        return None
    with np.errstate(divide="ignore", invalid="ignore"):
        drawn = _means(ours) / _means(theirs)
    return Figure(float(ours.mean() / theirs.mean()), *_interval(np.nan_to_num(drawn, nan=0.0, posinf=np.inf)))


def _means(units: Units) -> Units:
    return np.array([units[row].mean() for row in _drawn(len(units))])


@lru_cache(maxsize=1)
def _drawn(count: int) -> NDArray[np.int64]:
    return np.random.default_rng(0).integers(0, count, (RESAMPLES, count))


def _interval(means: Units) -> tuple[float, float]:
    low, high = np.percentile(means, [BELOW, ABOVE])
    return float(low), float(high)
