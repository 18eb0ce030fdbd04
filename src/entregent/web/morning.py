"""Le lendemain: whom one met at an evening, with three blanks each: what was said, what one promised, what next."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entregent.common import clock, errors
from entregent.discretion.viewer import Viewer
from entregent.encounters import actions, followups, promises
from entregent.encounters.queries import Entry
from entregent.meetups import queries
from entregent.meetups.shown import Evening
from entregent.web import evening_card, once, repairs, room
from entregent.web.methods import require_form, signed_in
from entregent.web.middleware import Request
from entregent.web.promises import DayForm

#: How many of those whom one did not note are proposed.
CROSSED = 12
#: What the three blanks hold: the first is a line, the others are promises.
LINE, PROMISED = "said", ("promised", "next")


class MorningForm(DayForm):
    """What was said with somebody, what was promised, what comes next: any of the three is enough."""

    said = forms.CharField(
        label=gettext_lazy("What was said"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "moi"}),
    )
    promised = forms.CharField(
        label=gettext_lazy("What I promised"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"class": "moi", "autocomplete": "off"}),
    )
    next = forms.CharField(
        label=gettext_lazy("What comes next"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"class": "moi", "autocomplete": "off"}),
    )
    field_order = (LINE, *PROMISED, "when", "due_on")

    def clean(self) -> dict[str, Any] | None:
        """At least one of the three."""
        said = super().clean() or {}
        if not any((said.get(name) or "").strip() for name in (LINE, *PROMISED)) and not self.errors:
            self.add_error(LINE, _("A few words in one of the three, or skip this person."))
        return said


@require_form
@signed_in
def room_morning(request: Request, code: str) -> HttpResponse:
    """The people one met at an evening, for whoever was there or noted somebody; and those one did not note."""
    evening = queries.evening(request.viewer, code)
    met = followups.met_at(request.viewer, evening)
    if not _concerned(request.viewer, evening, met):
        return redirect("evening", code)
    form, sent = None, request.POST.get("contact")
    if request.method == "POST":
        one = next((one for one in met if str(one.uid) == sent), None)
        if one is None:
            raise errors.NotFound
        form = MorningForm(request.POST, auto_id=f"c-{one.uid}-%s")
        if repairs.kept(form, lambda: _keep(request, one, code, form)):
            return redirect(_next(met, one, code))
    said = {**evening_card.shown(evening), "met": _lines(request.viewer, evening, met, form)}
    crossed = [line for line in room.shown(request, evening) if not line["noted"]]
    said |= {"crossed": sorted(crossed, key=lambda line: line["name"].casefold())[:CROSSED]}
    return render(request, "room_morning.html", said, status=repairs.status(form) if form else 200)


def _concerned(viewer: Viewer, evening: Evening, met: list[Entry]) -> bool:
    there = queries.my_presence(viewer, evening.code) is not None
    return clock.now() >= evening.starts_at and (there or bool(met))


@transaction.atomic
def _keep(request: Request, one: Entry, code: str, form: MorningForm) -> None:
    """Write what one said of somebody, all of it or nothing; one tap takes it back where it was one thing."""
    said, undo = form.cleaned_data, []
    if said[LINE].strip():
        told = {"text": said[LINE], "meetup": code, "once": once.uid(request, LINE)}
        note = actions.add_note(request.viewer, contact=one.uid, **told)
        undo.append(reverse("note_drop", args=[note]))
    for name in PROMISED:
        if said[name].strip():
            told = {"text": said[name], "due_on": form.day, "once": once.uid(request, name)}
            undo.append(reverse("promise_drop", args=[promises.promise(request.viewer, contact=one.uid, **told)]))
    words = _("It is on the page of %(name)s.") % {"name": one.name}
    messages.success(request, words, extra_tags=undo[0] if len(undo) == 1 else "")


def _next(met: list[Entry], one: Entry, code: str) -> str:
    """Where one goes on: at the next person."""
    after = [other.uid for other in met][met.index(one) + 1 :]
    return reverse("room_morning", args=[code]) + (f"#c-{after[0]}" if after else "")


def _lines(viewer: Viewer, evening: Evening, met: list[Entry], form: MorningForm | None) -> list[dict[str, Any]]:
    """Each with what is known so far and the blanks: those of whom nothing was said of that evening are unfolded."""
    sent, written = form.data.get("contact") if form else None, followups.written_at(viewer, evening)
    promised: dict[Any, list[followups.Promise]] = {}
    for promise in followups.open_ones(viewer):
        promised.setdefault(promise.contact, []).append(promise)
    lines = [{"one": one, "promises": promised.get(one.uid, [])} for one in met]
    for one, line in zip(met, lines, strict=True):
        blank = form if form and str(one.uid) == sent else MorningForm(auto_id=f"c-{one.uid}-%s")
        unfolded = bool(blank.errors) or not (one.uid in written or line["promises"])
        line |= {"form": blank, "unfolded": unfolded}
    return lines
