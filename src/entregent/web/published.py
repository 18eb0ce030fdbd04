"""What somebody publishes to the viewer, as pages say it: where they work, what they look for and offer."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from entregent.discretion.viewer import Viewer
from entregent.market import queries as market
from entregent.meetups.queries import Gathering
from entregent.needs import queries as needs
from entregent.web import dates, labels


@dataclass(frozen=True, slots=True)
class Fact:
    """Something somebody says of themselves, and since when, where that has a day."""

    text: str
    on: date | None


def facts(viewer: Viewer, person: int) -> list[Fact]:
    """Where somebody works and worked, the present first, then what they look for and offer, the last said first."""
    held = [Fact(f"{_position(one)}{_span(one)}", None) for one in market.positions(viewer, person)]
    return held + [Fact(said(one), said_on(one)) for one in needs.of(viewer, person)]


def dated(viewer: Viewer, person: int) -> list[tuple[date, str]]:
    """The same by the day on which each began or was said; what has no day is left out."""
    held = [(one.starts_on, _position(one)) for one in market.positions(viewer, person)]
    told = [(said_on(one), said(one)) for one in needs.of(viewer, person)]
    return [(on, text) for on, text in [*held, *told] if on is not None]


def said(need: needs.Said) -> str:
    """What somebody looks for or offers, and where."""
    return ", ".join(filter(None, (need.text, need.place)))


def said_on(need: needs.Said) -> date:
    """The day on which somebody said what they look for, where this server is at home."""
    return need.said_at.astimezone(ZoneInfo(settings.HOME_ZONE)).date()


def day(evening: Gathering) -> date:
    """The day of an evening, in its own zone."""
    return evening.starts_at.astimezone(ZoneInfo(evening.zone)).date()


def _position(held: market.Held) -> str:
    return ", ".join(filter(None, (held.title, held.organisation)))


def _span(held: market.Held) -> str:
    start, end = (dates.month(on, labels.language()) if on else "" for on in (held.starts_on, held.ends_on))
    if start and end:
        return f" ({start} – {end})"
    if end:
        return " (" + _("until %(month)s") % {"month": end} + ")"
    return " (" + _("since %(month)s") % {"month": start} + ")" if start else ""
