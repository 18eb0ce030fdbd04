"""The look in templates: icons, squares to scan, audiences, the navigation, dates as people write them."""

from datetime import date, datetime, tzinfo
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import segno
from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from entregent.common import clock
from entregent.web import dates, labels, names

register = template.Library()

ICONS = Path(__file__).parent.parent / "static" / "entregent" / "icons.svg"
SVG = "{http://www.w3.org/2000/svg}"
INK = "#13242e"
#: A meetup that starts from this hour on is "tonight" rather than "today".
EVENING = 17


@cache
def _icons() -> dict[str, str]:
    symbols = ET.parse(ICONS).iter(f"{SVG}symbol")  # noqa: S314  our own file
    return {symbol.attrib["id"]: "".join(_drawn(shape) for shape in symbol) for symbol in symbols}


def _drawn(shape: ET.Element) -> str:
    attributes = " ".join(f'{name}="{value}"' for name, value in shape.attrib.items())
    return f"<{shape.tag.removeprefix(SVG)} {attributes}/>"


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """An icon, silent for screen readers: words stand beside it. `extra` adds a class."""
    body = mark_safe(_icons()[name])  # noqa: S308  our own file
    classes = f"i {extra}".strip()
    return format_html('<svg class="{}" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', classes, body)


@register.simple_tag
def qr(address: str, label: str, border: int = 2) -> SafeString:
    """A square to scan for an address; `label` is read instead of it; `border` is the quiet zone in modules."""
    square = segno.make(address, error="m", micro=False)
    drawing = square.svg_inline(border=border, dark=INK, omitsize=True, svgclass=None, lineclass=None)
    return format_html('<span class="qr" role="img" aria-label="{}">{}</span>', label, mark_safe(drawing))  # noqa: S308


@register.inclusion_tag("includes/audience.html")
def audience(seen_by: labels.Audience, lead: str = "") -> dict[str, Any]:
    """Who sees something: an icon and the exact words, after `lead` where a sentence needs one."""
    words = seen_by.words
    within = words if seen_by.kind == "chosen" or not lead else words[:1].lower() + words[1:]
    return {"audience": seen_by, "lead": lead, "words": within}


#: The sections of the navigation: address, words, icon, and the first words of the addresses that belong to it.
SECTIONS = (
    (
        "tonight",
        _("Tonight"),
        "lamp",
        ("evening", "here", "room", "poster", "ticket", "door", "community", "join", "entry"),
    ),
    ("book", _("Notebook"), "notebook", ("contact", "person", "ways", "write", "word", "words")),
    ("need", _("I need"), "search", ("needs", "kept", "sector")),
    ("me", _("Me"), "user-round", ("server", "card")),
)


@register.inclusion_tag("includes/nav.html", takes_context=True)
def nav(context: dict[str, Any]) -> dict[str, Any]:
    """The navigation of somebody who is signed in; the present section is marked."""
    match = getattr(context.get("request"), "resolver_match", None)
    here = ((match.url_name if match else None) or "").partition("_")[0]
    return {
        "sections": [
            {"address": address, "words": words, "icon": icon_name, "current": here in {address, *pages}}
            for address, words, icon_name, pages in SECTIONS
        ]
    }


#: The icon of each kind of reason.
REASONS = {
    "met": "door-open",
    "said": "lock",
    "does": "briefcase",
    "knows": "handshake",
    "tie": "users",
    "published": "megaphone",
    "promised": "bell",
    "kept": "check",
    "comes": "door-open",
}


@register.filter
def reason_icon(kind: str) -> str:
    """The icon for a kind of reason."""
    return REASONS[kind]


register.filter("initials", names.initials)
register.filter("count", labels.count)
register.filter("listing", labels.listing)


@register.filter
def band(low: int) -> str:
    """The band of those who come, given its lower end: "between 20 and 29 people"."""
    if low < 10:
        return gettext("Fewer than 10 people")
    return gettext("Between %(low)s and %(high)s people") % {"low": low, "high": low + 9}


def _zone(name: str) -> tzinfo:
    return ZoneInfo(name or settings.HOME_ZONE)


def _day(value: date, zone: str = "") -> date:
    return value.astimezone(_zone(zone)).date() if isinstance(value, datetime) else value


def _today(zone: str = "") -> date:
    return clock.now().astimezone(_zone(zone)).date()


@register.filter
def evening(at: datetime, zone: str) -> str:
    """A moment in its own zone: "jeudi 26 novembre, 18 h 30"."""
    return f"{day(at, zone)}, {hour(at, zone)}"


@register.filter
def day(value: date, zone: str = "") -> str:
    """A day with its name: "jeudi 26 novembre"; a moment is a day in `zone`, at home where none is given."""
    return dates.day(_day(value, zone), labels.language(), _today(zone))


@register.filter
def short(value: date, zone: str = "") -> str:
    """A day in a few letters: "12 sept.", "28 janv. 2010"."""
    return dates.short(_day(value, zone), labels.language(), _today(zone))


@register.filter
def day_and_month(value: date, zone: str = "") -> str:
    """A day without its year, for a margin that has the year below: "28 janv."."""
    return dates.written(_day(value, zone), "d MMM", labels.language())


@register.filter
def long_day(value: date, zone: str = "") -> str:
    """A day of the past, in full and with its year: "28 janvier 2010"."""
    return dates.written(_day(value, zone), "d MMMM y", labels.language())


@register.filter
def month(value: date, zone: str = "") -> str:
    """A month and its year: "mars 2025"."""
    return dates.month(_day(value, zone), labels.language())


@register.filter
def hour(at: datetime, zone: str = "") -> str:
    """The hour of a moment: "18 h 30", "6:30 pm"."""
    return dates.hour(at.astimezone(_zone(zone)), labels.language())


AHEAD = {
    "day": ngettext_lazy("in a day", "in %(n)s days", "count"),
    "week": ngettext_lazy("in a week", "in %(n)s weeks", "count"),
    "month": ngettext_lazy("in a month", "in %(n)s months", "count"),
    "year": ngettext_lazy("in a year", "in %(n)s years", "count"),
}
AGO = {
    "day": ngettext_lazy("a day ago", "%(n)s days ago", "count"),
    "week": ngettext_lazy("a week ago", "%(n)s weeks ago", "count"),
    "month": ngettext_lazy("a month ago", "%(n)s months ago", "count"),
    "year": ngettext_lazy("a year ago", "%(n)s years ago", "count"),
}


@register.filter
def when(value: date, zone: str = "") -> str:
    """How far a day is from today, in words: "ce soir", "demain", "dans quatre jours", "il y a deux ans"."""
    on, today = _day(value, zone), _today(zone)
    near = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}.get((on - today).days)
    if on == today and isinstance(value, datetime) and value.astimezone(_zone(zone)).hour >= EVENING:
        near = _("tonight")
    if near is not None:
        return str(near)
    number, unit = dates.apart(*sorted((on, today)))
    words = AHEAD if on > today else AGO
    return str(words[unit] % {"count": number, "n": labels.count(number)})
