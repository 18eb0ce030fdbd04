"""Evenings that recur, on pages: the rhythm in words, the dates to come, one or all that follow changed, the end."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from entregent.common import errors
from entregent.discretion.viewer import Viewer
from entregent.meetups import actions, gatherings, queries, sharing
from entregent.meetups.shown import Evening
from entregent.web import evening_card, several
from entregent.web.communities import evening_line
from entregent.web.methods import require_post, require_safe, signed_in
from entregent.web.middleware import Request
from entregent.web.rhythms import rhythm
from entregent.web.series_forms import ChangeForm

#: How many further dates the page of an evening shows.
SHOWN = 3


@require_safe
def evening_dates(request: Request, code: str) -> HttpResponse:
    """The dates to come of the series of an evening, as far as the viewer sees them."""
    one = _recurring(request, code)
    said = {
        "rhythm": rhythm(one.recurs),
        "dates": [evening_line(date) for date in gatherings.dates(request.viewer, code)],
    }
    return render(request, "evening_dates.html", {**evening_card.shown(one), **said, "organises": one.organises})


@require_post
@signed_in
def series_end(request: Request, code: str) -> HttpResponse:
    """Call off all evenings to come of a series."""
    _recurring(request, code)
    actions.end_series(request.viewer, code=code)
    messages.success(request, _("The series is over. Those who were coming will be told."))
    return redirect("evening_dates", code)


def _recurring(request: Request, code: str) -> Evening:
    """An evening of a series; where there is no series, these pages are not there."""
    one = queries.evening(request.viewer, code)
    if one.recurs is None:
        raise errors.NotFound
    return one


def beside(viewer: Viewer, one: Evening) -> dict[str, Any]:
    """The context of `includes/next_dates.html`: nothing for an evening that stands alone."""
    if one.recurs is None:
        return {}
    others = [date for date in gatherings.dates(viewer, one.code) if date.code != one.code and not date.cancelled]
    return {"rhythm": rhythm(one.recurs), "next_dates": [evening_line(date) for date in others[:SHOWN]]}


def change_form(viewer: Viewer, data: Any, one: Evening) -> ChangeForm:
    """The form that changes an evening: it asks about those that follow where there are some."""
    follows = one.recurs is not None and any(
        date.recurs is not None and date.recurs.slot_on > one.recurs.slot_on and not date.cancelled
        for date in gatherings.dates(viewer, one.code)
    )
    places = several.offered(viewer, one.community, one)
    return ChangeForm(data, zone=one.zone, evening=one, follows=follows, places=places)


@transaction.atomic
def change(viewer: Viewer, code: str, form: ChangeForm) -> None:
    """Keep what the form says, of one evening or of those that follow, too. Raises `Invalid`."""
    also = form.cleaned_data.get("also")
    if form.cleaned_data.get("scope") == "following":
        everywhere = form.cleaned_data["everywhere"]
        actions.edit_following(viewer, code=code, everywhere=everywhere, **form.said())
        if also is not None:
            sharing.stand_in_following(viewer, code=code, also=also, everywhere=everywhere)
        return
    actions.edit(viewer, code=code, **form.said())
    if also is not None:
        sharing.stand_in(viewer, code=code, also=also)
