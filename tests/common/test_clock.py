"""One clock, which tests, imports and the demonstration can stop."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from entregent.common import clock

THEN = datetime(2010, 1, 28, 18, 30, tzinfo=UTC)


def test_the_clock_goes_on_and_tells_the_time_in_utc():
    first = clock.now()
    assert first.tzinfo is UTC
    assert timedelta(0) <= clock.now() - first < timedelta(minutes=1)


def test_a_stopped_clock_stands_still_and_goes_on_afterwards():
    with clock.at(THEN):
        assert clock.now() == clock.now() == THEN
    assert clock.now() > THEN + timedelta(days=5000)


def test_a_clock_stopped_within_another_gives_way_to_it_again():
    with clock.at(THEN):
        with clock.at(THEN + timedelta(hours=1)):
            assert clock.now() == THEN + timedelta(hours=1)
        assert clock.now() == THEN


def test_a_clock_stopped_by_the_time_of_an_island_tells_the_time_in_utc():
    with clock.at(datetime(2010, 1, 28, 22, 30, tzinfo=ZoneInfo("Indian/Reunion"))):
        assert (clock.now(), clock.now().tzinfo) == (THEN, UTC)


def test_the_clock_goes_on_when_the_block_fails():
    with pytest.raises(KeyError), clock.at(THEN):
        raise KeyError
    assert clock.now() > THEN + timedelta(days=5000)


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="aware"), clock.at(datetime(2010, 1, 28)):  # noqa: DTZ001 it is the point
        pass


def test_a_clock_stopped_here_goes_on_in_another_thread():
    with clock.at(THEN), ThreadPoolExecutor(1) as elsewhere:
        assert elsewhere.submit(clock.now).result() > THEN + timedelta(days=5000)


def test_what_stands_for_the_present_is_given_back_as_it_is():
    place = object()
    with clock.unknown(place):
        assert clock.now() is place
    assert clock.now() > THEN
