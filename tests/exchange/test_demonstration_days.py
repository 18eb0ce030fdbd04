"""The demonstration opens on any day: what has a date keeps it, what has none is that day's."""

from datetime import date

from entregent.exchange import demonstration
from entregent.meetups.models import Meetup


def test_another_day_shifts_what_has_no_date_of_its_own(db: None):
    assert demonstration.open_on(date(2031, 5, 1)) is True
    days = dict(Meetup.ledger.values_list("title", "starts_at__date"))
    assert (days["Apéro Web 12"], days["Apéro Web 47"]) == (date(2010, 1, 28), date(2031, 5, 5))
