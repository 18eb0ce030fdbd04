"""What evidence weighs, how it fades, and that the forms for one and for many agree."""

import math
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entregent.ties import strength
from entregent.ties.strength import Evidence, Kind

TODAY = date(2026, 11, 22)
DAYS = st.integers(min_value=0, max_value=36_500)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@st.composite
def shared_evidence(draw: st.DrawFn) -> Evidence:
    kind = draw(st.sampled_from(sorted(strength.SHARED)))
    band = draw(st.sampled_from([0, 10, 20, 30, 40, 250, None])) if kind is Kind.EVENING else None
    return Evidence(kind, ago(draw(DAYS)), band)


def test_no_evidence_is_no_tie():
    assert strength.strength(strength.load([], TODAY)) == 0.0


@pytest.mark.parametrize(
    ("piece", "expected"),
    [
        (Evidence(Kind.EVENING, TODAY, 0), 0.259182),
        (Evidence(Kind.EVENING, TODAY, 10), 0.164730),
        (Evidence(Kind.EVENING, TODAY, 20), 0.095163),
        (Evidence(Kind.EVENING, TODAY, 30), 0.067606),
        (Evidence(Kind.EVENING, TODAY, 40), 0.0),
        (Evidence(Kind.EVENING, TODAY, None), 0.067606),
        (Evidence(Kind.CARD, TODAY), 0.503415),
        (Evidence(Kind.CARD, ago(1461)), 0.160543),
        (Evidence(Kind.WORKED, TODAY), 0.698806),
        (Evidence(Kind.INTRODUCED, TODAY), 0.503415),
        (Evidence(Kind.FOLLOWED_UP, TODAY), 0.393469),
        (Evidence(Kind.CONTACT, TODAY), 0.259182),
    ],
)
def test_one_piece_makes_a_tie_of_a_known_strength(piece: Evidence, expected: float):
    assert strength.strength(strength.load([piece], TODAY)) == pytest.approx(expected, abs=5e-7)


def test_the_constants_for_evenings_follow_from_the_written_reason():
    met = {0: min(1, 8 / (5 - 1)), 10: 8 / (14.5 - 1), 20: 8 / (24.5 - 1), 30: 8 / (34.5 - 1)}
    assert {band: round(0.30 * share, 2) for band, share in met.items()} == dict(strength.EVENING_WEIGHTS)


@pytest.mark.parametrize("size", [-10, 1, 17, 39])
def test_an_exact_size_is_refused(size: int):
    with pytest.raises(ValueError, match=f"^{size} is not the lower end of a band$"):
        strength.evening_weight(size)


def test_what_is_dated_later_weighs_nothing():
    later = Evidence(Kind.CARD, TODAY + timedelta(days=1))
    assert (strength.load([later], TODAY), strength.load([later], later.on)) == (0.0, 0.7)


def test_every_kind_has_a_half_life_and_a_weight():
    assert set(strength.HALF_LIVES) == set(Kind) == {*strength.WEIGHTS, Kind.EVENING}


@pytest.mark.parametrize("kind", sorted(Kind))
def test_a_piece_weighs_half_after_its_half_life(kind: Kind):
    fresh, half_life = Evidence(kind, TODAY, 0 if kind is Kind.EVENING else None), strength.HALF_LIVES[kind]
    assert strength.weight(fresh) * strength.fading(half_life, half_life) == strength.weight(fresh) / 2


@given(evidence=st.lists(shared_evidence(), max_size=8), days=DAYS)
def test_a_stored_load_of_shared_evidence_ages_exactly(evidence: list[Evidence], days: int):
    on = TODAY + timedelta(days=days)
    aged = strength.load(evidence, TODAY) * strength.aging(TODAY, on)
    assert aged == pytest.approx(strength.load(evidence, on), rel=1e-12, abs=0)


@given(evidence=st.lists(shared_evidence(), min_size=1, max_size=8))
def test_every_piece_adds_and_the_order_does_not_matter(evidence: list[Evidence]):
    whole = strength.load(evidence, TODAY)
    assert strength.load(reversed(evidence), TODAY) == whole
    assert strength.load(evidence[1:], TODAY) <= whole


@given(first=st.floats(0, 20), second=st.floats(0, 20))
def test_two_loads_together_are_the_chance_that_either_works(first: float, second: float):
    either = 1 - (1 - strength.strength(first)) * (1 - strength.strength(second))
    assert strength.strength(first + second) == pytest.approx(either, abs=1e-15)


@given(st.floats(min_value=0))
def test_a_strength_stays_below_one(load: float):
    assert 0.0 <= strength.strength(load) < 1.0


@given(st.lists(shared_evidence(), max_size=8))
def test_the_form_for_many_pieces_agrees_with_the_form_for_one(evidence: list[Evidence]):
    weights = np.array([strength.weight(piece) for piece in evidence])
    ages = np.array([float((TODAY - piece.on).days) for piece in evidence])
    assert math.fsum(strength.loads(weights, ages)) == pytest.approx(strength.load(evidence, TODAY), rel=1e-14, abs=0)


@given(st.lists(st.floats(min_value=0), max_size=8))
def test_the_form_for_many_strengths_agrees_with_the_form_for_one(loads: list[float]):
    expected = [strength.strength(load) for load in loads]
    assert strength.strengths(np.array(loads)).tolist() == pytest.approx(expected, rel=1e-14, abs=0)
