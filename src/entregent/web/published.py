"""What somebody publishes to the viewer, as pages say it: where they work, what they say, look for and offer."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from entregent.common import days
from entregent.discretion.viewer import Viewer
from entregent.market import queries as market
from entregent.meetups.shown import Gathering
from entregent.needs import queries as needs
from entregent.profiles import queries as profiles
from entregent.web import dates, labels, words


@dataclass(frozen=True, slots=True)
class Fact:
    """Something somebody says of themselves, and since when, where that has a day."""

    text: str
    on: date | None


def groups(viewer: Viewer, person: int) -> list[dict[str, Any]]:
    """What somebody says of themselves by what it is about, each a title and `facts`, a `text`, `several` or `links`.

    Where they work comes first, the present before the past; what they look for and offer comes last. What is empty is
    not there.
    """
    spoken = {one.kind: one for one in profiles.words(viewer, person)}
    needed = needs.of(viewer, person)
    held = [Fact(f"{_position(one)}{_span(one)}", None) for one in market.positions(viewer, person)]
    said_of = {kind: words.shown(kind, one.lines) for kind, one in spoken.items()}
    said_of["seeks"] = {**said_of.get("seeks", {}), "facts": _told(needed, offered=False)}
    found = [{"title": pgettext("a person", "Where they work"), "facts": held}]
    found += [{"title": asked.theirs, **said_of[kind]} for kind, asked in words.KINDS.items() if kind in said_of]
    found += [{"title": _("What they offer"), "facts": _told(needed, offered=True)}]
    return [one for one in found if any(one.get(name) for name in ("facts", "text", "several", "links"))]


def _told(needed: list[needs.Said], *, offered: bool) -> list[Fact]:
    return [Fact(said(one), said_on(one)) for one in needed if one.offered == offered]


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
    return days.of(need.said_at, settings.HOME_ZONE)


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
