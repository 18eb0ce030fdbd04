"""Evenings for the calendar of a telephone: one, those of a community, and one's own behind a secret address."""

from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from entregent.common import chance, clock, errors
from entregent.communities import queries as communities
from entregent.discretion.viewer import Viewer
from entregent.encounters import followups
from entregent.meetups import feeds, gatherings, queries
from entregent.meetups.shown import Gathering, Planned
from entregent.people import queries as people
from entregent.web import ics
from entregent.web.evenings import absolute
from entregent.web.ics_entry import Entry, Recurs, Task
from entregent.web.methods import require_form, require_post, require_safe, signed_in
from entregent.web.middleware import Request


class CalendarForm(forms.Form):
    """What of one's evenings a calendar reads."""

    busy = forms.BooleanField(
        label=gettext_lazy("What I keep from others, too, as “busy”"),
        help_text=gettext_lazy("Without it, whoever looks over your shoulder sees nothing of those evenings."),
        required=False,
    )
    promises = forms.BooleanField(
        label=gettext_lazy("What I promised people, on its day"),
        help_text=gettext_lazy("With their names, as you noted them: tick it where nobody else reads your calendar."),
        required=False,
    )


@require_safe
def evening_calendar(request: Request, code: str) -> HttpResponse:
    """One evening, for anybody whom its link lets in."""
    one = gatherings.gathering(request.viewer, code)
    return _file(one.title, [entry(one)])


@require_safe
def community_calendar(request: Request, slug: str) -> HttpResponse:
    """The evenings of a community that the viewer may see: for a calendar that reads it, those open to everyone."""
    page = communities.community(request.viewer, slug)
    return _file(page.name, [_of_series(one) for one in gatherings.published(request.viewer, community=slug)])


@require_safe
def feed(request: Request, key: str) -> HttpResponse:
    """The evenings of whoever gave their calendar this secret address, in their language, whoever reads it."""
    found = queries.reader(secret=key)
    if found is None:
        raise errors.NotFound
    viewer = Viewer(person=found.person)
    with override(people.language_of(person=found.person)):
        own = [_own(one) for one in gatherings.planned(viewer) if found.busy or not one.hidden]
        return _file("Entregent", own, _tasks(viewer) if found.promises else [])


@require_form
@signed_in
def me_calendar(request: Request) -> HttpResponse:
    """Let a calendar read one's evenings: the address is shown once, when it is drawn."""
    form, address = CalendarForm(request.POST if request.method == "POST" else None), ""
    if form.is_valid():
        address = absolute("feed", feeds.open_feed(request.viewer, **form.cleaned_data))
    subscription = queries.subscription(request.viewer)
    said = {"address": address, "webcal": _subscribing(address), "subscription": subscription}
    return render(request, "me_calendar.html", {**said, "form": form})


@require_post
@signed_in
def me_calendar_close(request: Request) -> HttpResponse:
    """Let no calendar read them any more."""
    feeds.close_feed(request.viewer)
    messages.success(request, _("No calendar reads your evenings any more."), extra_tags=reverse("me_calendar"))
    return redirect("me_calendar")


def _of_series(one: Gathering) -> Entry:
    """An evening that a calendar tells with the others of its series, where it has one."""
    if one.recurs is None:
        return entry(one)
    dates = absolute("evening_dates", one.code)
    return replace(entry(one), recurs=Recurs(one.recurs.series, one.recurs.every, one.recurs.slot_on, dates))


def entry(one: Gathering, *, sure: bool = True) -> Entry:
    """An evening as a calendar shows it."""
    return Entry(
        uid=one.uid,
        title=one.title,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        zone=one.zone,
        where=", ".join(filter(None, (one.place, one.address, one.town))),
        address=absolute("evening", one.code),
        cancelled=one.cancelled,
        sure=sure,
        revision=_sequence(one.revised_at),
        revised_at=one.revised_at,
    )


def _sequence(revised_at: datetime) -> int:
    """A number that grows with each change, as calendars want it, and says no more than when the last one was.

    A count would tell whoever sees an evening since it was opened how often it was changed before.
    """
    return int(revised_at.timestamp()) // 60


def _own(one: Planned) -> Entry:
    drawn = entry(one.evening, sure=one.sure)
    if not one.hidden:
        return drawn
    # A calendar is read over one's shoulder: what is kept from others is time that is not free, and nothing more.
    # By its own id, or by when and how often it was changed, it could be found among the evenings that are open.
    uid = UUID(chance.digest(settings.SECRET_KEY, "busy", drawn.uid)[:32])
    today = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    return replace(drawn, uid=uid, title=_("Busy"), where="", address="", revision=0, revised_at=today)


def _tasks(viewer: Viewer) -> list[Task]:
    """What the viewer promised by a day; whoever it is for is called as in the viewer's own notebook."""
    return [
        Task(one.uid, f"{one.name} · {one.text}", one.due_on, absolute("contact_promises"), one.changed_at)
        for one in followups.open_ones(viewer)
        if one.due_on is not None
    ]


def _file(name: str, entries: list[Entry], tasks: list[Task] | None = None) -> HttpResponse:
    host = urlsplit(settings.BASE_URL).hostname or ""
    return HttpResponse(ics.calendar(name, host, entries, tasks or ()), content_type="text/calendar; charset=utf-8")


def _subscribing(address: str) -> str:
    """The same address as telephones open it in their calendar."""
    return address.replace("https://", "webcal://", 1).replace("http://", "webcal://", 1)
