"""How often an evening recurs, in words: "Le dernier jeudi du mois"."""

from django.utils.translation import gettext_lazy as _

from entregent.meetups import recurrence
from entregent.meetups.shown import Recurring
from entregent.web import dates, labels

#: By rule, and in a month by rank.
RHYTHMS = {
    recurrence.WEEK: _("Every %(weekday)s"),
    recurrence.FORTNIGHT: _("Every second %(weekday)s"),
    recurrence.LAST: _("The last %(weekday)s of the month"),
}
RANKS = (
    _("The first %(weekday)s of the month"),
    _("The second %(weekday)s of the month"),
    _("The third %(weekday)s of the month"),
    _("The fourth %(weekday)s of the month"),
)


def rhythm(recurs: Recurring | None) -> str:
    """How often a series takes place; empty where there is none."""
    if recurs is None:
        return ""
    words = RHYTHMS.get(recurs.every) or RANKS[recurrence.rank(recurs.slot_on) - 1]
    return str(words) % {"weekday": dates.written(recurs.slot_on, "EEEE", labels.language())}
