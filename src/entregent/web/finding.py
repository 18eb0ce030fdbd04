"""Evenings to be found: to come, or a month of them, of a community, near a town; only what the viewer may see."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from entregent.common import days, wording
from entregent.communities import queries as communities
from entregent.meetups import gatherings
from entregent.meetups.shown import Gathering
from entregent.search import places
from entregent.web import dates, labels
from entregent.web.communities import evening_line
from entregent.web.methods import require_safe, signed_in
from entregent.web.middleware import Request

#: The longest place that is asked for, in characters; the years that are looked at.
LONGEST, YEARS = 80, range(2000, 2100)
#: A Monday, by which weekdays are named.
MONDAY = date(2024, 1, 1)


@require_safe
@signed_in
def evening_find(request: Request) -> HttpResponse:
    """The evenings to come as a list, or those of a month as a calendar; all, or of a community, or near a town."""
    asked = {name: wording.line(request.GET.get(name, ""))[:LONGEST] for name in ("near", "community", "month")}
    month, towns = _month(asked["month"]), gatherings.towns(request.viewer)
    near = places.stored(settings.PLACES).answering(asked["near"], towns) if asked["near"] else None
    first, before = _around(month) if _typed(asked["month"]) else (None, None)
    found = gatherings.found(request.viewer, community=asked["community"], towns=near, first=first, before=before)
    return render(request, "evening_find.html", _said(request, asked, found, towns))


def _said(request: Request, asked: dict[str, str], found: Sequence[Gathering], towns: Sequence[str]) -> dict[str, Any]:
    mine = communities.mine(request.viewer)
    this, by_month = _month(asked["month"]), _typed(asked["month"]) is not None
    return {
        "asked": asked,
        "narrowed": bool(asked["near"] or asked["community"]),
        "towns": towns,
        "communities": [{"slug": one.slug, "name": one.name} for one in mine],
        "may_open": mine[0].slug if mine else "",
        "rows": [] if by_month else [evening_line(one) for one in found],
        "month": _calendar(this, found) if by_month else None,
        "list_page": _address(asked, None),
        "month_page": _address(asked, this),
        "previous_page": _address(asked, this - timedelta(days=1)),
        "next_page": _address(asked, _after(this)),
    }


def _calendar(month: date, found: Sequence[Gathering]) -> dict[str, Any]:
    """A month, day by day: what begins on each, where it takes place. `offset` is the column of the first."""
    held: dict[date, list[Any]] = {}
    for one in found:
        held.setdefault(days.of(one.starts_at, one.zone), []).append(evening_line(one))
    every = [month + timedelta(days=number) for number in range(monthrange(month.year, month.month)[1])]
    return {
        "called": dates.written(month, "LLLL y", labels.language()),
        "before": month - timedelta(days=1),
        "after": _after(month),
        "offset": month.weekday() + 1,
        "weekdays": [dates.written(MONDAY + timedelta(days=n), "ccc", labels.language()) for n in range(7)],
        "days": [{"on": day, "rows": held.get(day, [])} for day in every],
        "any": any(day in held for day in every),
        "today": days.today(settings.HOME_ZONE),
    }


def _typed(words: str) -> date | None:
    """The first day of a month as an address has it: 2026-11."""
    year, _, number = words.partition("-")
    if not (words.isascii() and year.isdigit() and number.isdigit() and len(words) == len("2026-11")):
        return None
    return date(int(year), int(number), 1) if int(year) in YEARS and 1 <= int(number) <= 12 else None


def _month(words: str) -> date:
    """The month that is asked for, else the present one."""
    return _typed(words) or days.today(settings.HOME_ZONE).replace(day=1)


def _after(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def _around(month: date) -> tuple[datetime, datetime]:
    """From when to when something can begin on a day of a month, in whatever zone."""
    return _midnight(month - timedelta(days=1)), _midnight(_after(month) + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(settings.HOME_ZONE))


def _address(asked: dict[str, str], month: date | None) -> str:
    kept = {name: asked[name] for name in ("near", "community") if asked[name]}
    kept |= {"month": f"{month:%Y-%m}"} if month else {}
    return f"{reverse('evening_find')}?{urlencode(kept)}" if kept else reverse("evening_find")
