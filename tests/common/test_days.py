"""A day begins at midnight where somebody is, and not where the clock is."""

from datetime import UTC, date, datetime

from entregent.common import clock, days


def test_a_day_begins_at_midnight_in_its_own_zone():
    late = datetime(2026, 11, 22, 20, 30, tzinfo=UTC)
    with clock.at(late):
        assert days.today("Indian/Reunion") == days.of(late, "Indian/Reunion") == date(2026, 11, 23)
        assert days.today("America/Chicago") == date(2026, 11, 22)
    assert days.of(datetime(2026, 11, 22, 19, 59, tzinfo=UTC), "Indian/Reunion") == date(2026, 11, 22)
