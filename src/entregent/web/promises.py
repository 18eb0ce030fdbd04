"""What one promised people, or means to do next: listed, done, put off, struck out; for its owner alone."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entregent.common import days
from entregent.discretion.viewer import Viewer
from entregent.encounters import followups, promises, soon
from entregent.web.methods import readable, require_post, require_safe, signed_in
from entregent.web.middleware import Request

#: By when one does what one promised; none is a day that is not said.
WHEN = (
    ("tomorrow", gettext_lazy("tomorrow")),
    ("week", gettext_lazy("a week from now")),
    ("fortnight", gettext_lazy("two weeks from now")),
    ("month_end", gettext_lazy("at the end of the month")),
    ("month", gettext_lazy("a month from now")),
    ("", gettext_lazy("some day")),
)
#: How many of what is due a page of something else shows.
FEW = 3


class DayForm(forms.Form):
    """By when: as people say it, or on a day."""

    when = forms.ChoiceField(label=gettext_lazy("By when"), choices=WHEN, initial="week", required=False)
    due_on = forms.DateField(
        label=gettext_lazy("Or on the day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("A day, as in 2026-11-26.")},
    )

    @property
    def day(self) -> Any:
        """The day that was said, None for some day."""
        said = self.cleaned_data
        return said["due_on"] or soon.day(said["when"], days.today(settings.HOME_ZONE))


class PromiseForm(DayForm):
    """Something that one promised somebody."""

    text = forms.CharField(
        label=gettext_lazy("What I promised, what comes next"),
        max_length=200,
        widget=forms.TextInput(attrs={"class": "moi", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("What it is, in one line, please.")},
    )
    field_order = ("text", "when", "due_on")


@require_safe
@signed_in
def contact_promises(request: Request) -> HttpResponse:
    """Everything that one promised and has not done yet: what is due, then by the day."""
    today = days.today(settings.HOME_ZONE)
    found = followups.open_ones(request.viewer)
    now = [one for one in found if one.due_on and one.due_on <= today]
    return render(request, "promises.html", {"due": now, "later": found[len(now) :]})


def due(viewer: Viewer) -> dict[str, Any]:
    """What is due, as a page of something else shows it: the first few, and how many there are besides."""
    found = followups.due(viewer, days.today(settings.HOME_ZONE))
    return {"due": found[:FEW], "more_due": len(found[FEW:])}


@require_post
@signed_in
def promise_done(request: Request, uid: UUID) -> HttpResponse:
    """It is done."""
    contact = promises.keep_promise(request.viewer, promise=uid)
    messages.success(request, _("Well done."), extra_tags=reverse("promise_resume", args=[uid]))
    return _back(request, contact)


@require_post
@signed_in
def promise_later(request: Request, uid: UUID) -> HttpResponse:
    """Not today: in a week, or on the day that was said."""
    form = DayForm(request.POST)
    day = form.day if form.is_valid() and ("when" in request.POST or form.cleaned_data["due_on"]) else _in_a_week()
    contact = promises.put_off_promise(request.viewer, promise=uid, due_on=day)
    messages.success(request, _("It is put off."))
    return _back(request, contact)


@require_post
@signed_in
def promise_drop(request: Request, uid: UUID) -> HttpResponse:
    """Strike it out."""
    contact = promises.drop_promise(request.viewer, promise=uid)
    messages.success(request, _("The line is struck out."), extra_tags=reverse("promise_resume", args=[uid]))
    return _back(request, contact)


@require_post
@signed_in
def promise_resume(request: Request, uid: UUID) -> HttpResponse:
    """It was not done, or not to be struck out, after all."""
    return redirect("contact", promises.resume_promise(request.viewer, promise=uid))


def _in_a_week() -> Any:
    return soon.day("week", days.today(settings.HOME_ZONE))


def _back(request: Request, contact: UUID) -> HttpResponse:
    """The page where the button stood, else the one of the contact."""
    back = request.POST.get("next", "")
    known = url_has_allowed_host_and_scheme(back, None) and readable(back)
    return redirect(back if known else reverse("contact", args=[contact]))
