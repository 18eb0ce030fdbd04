"""Reporting somebody or an evening to those who look after a community; what they make of it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entregent.common import errors
from entregent.communities import actions, queries
from entregent.communities.queries import Reported
from entregent.discretion.viewer import Viewer
from entregent.meetups import actions as meetups
from entregent.meetups import departures, gatherings
from entregent.meetups import queries as evenings
from entregent.profiles import actions as profiles
from entregent.profiles import queries as cards
from entregent.web import repairs
from entregent.web.methods import require_form, require_post, signed_in
from entregent.web.middleware import Request

#: What whoever reports is told, whoever looks after the community: which of them hear it is nothing to read from it.
PASSED_ON = gettext_lazy(
    "It is passed on to those who look after this community, other than whoever it concerns; where there is nobody "
    "else, to those who run this server."
)


class ReportForm(forms.Form):
    """What happened, and to which of the reporter's `communities` (slug and name) it is told, if there are several."""

    words = forms.CharField(
        label=gettext_lazy("What happened"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": gettext_lazy("Say what happened, in a few words.")},
    )
    community = forms.ChoiceField(
        label=gettext_lazy("Who is to hear it"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one.")},
    )

    def __init__(self, *args: Any, communities: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["community"].choices = list(communities)  # type: ignore[attr-defined]
        if len(communities) < 2:
            del self.fields["community"]


@require_form
@signed_in
def person_report(request: Request, uid: UUID) -> HttpResponse:
    """Report somebody."""
    viewer, card = request.viewer, cards.person(request.viewer, uid)
    mine = [(page.slug, page.name) for page in queries.mine(viewer)]
    if card.person == viewer.person or not mine:
        raise errors.NotFound
    before = _before(viewer, uid)
    said = {"words": before.words, "community": before.slug} if before else {}
    form = ReportForm(request.POST or None, communities=mine, initial=said)
    if form.is_valid():
        try:
            profiles.report(viewer, person=uid, **{"community": mine[0][0], **form.cleaned_data})
        except errors.Invalid as error:
            repairs.tell(form, error)
        else:
            return _told(request, "person", uid)
    return _page(request, form, {"name": card.name, "address": reverse("person", args=[uid]), "before": before})


@require_form
@signed_in
def evening_report(request: Request, code: str) -> HttpResponse:
    """Report an evening."""
    viewer, one = request.viewer, evenings.evening(request.viewer, code)
    if one.organises:
        raise errors.NotFound
    before = _before(viewer, one.uid)
    stands = [(one.community, one.community_name), *one.also]
    said = {"words": before.words, "community": before.slug} if before else {}
    form = ReportForm(request.POST or None, communities=stands, initial=said)
    if form.is_valid():
        try:
            meetups.report(viewer, code=code, **form.cleaned_data)
        except errors.Invalid as error:
            repairs.tell(form, error)
        else:
            return _told(request, "evening", one.code)
    address = reverse("evening", args=[one.code])
    return _page(request, form, {"name": one.title, "address": address, "before": before, "evening": True})


def _before(viewer: Viewer, about: UUID) -> Reported | None:
    return next((said for said in queries.reported(viewer) if said.about == about), None)


def _told(request: Request, page: str, about: object) -> HttpResponse:
    messages.success(request, str(PASSED_ON))
    return redirect(page, about)


def _page(request: Request, form: Form, about: dict[str, Any]) -> HttpResponse:
    said = {"form": form, "passed_on": PASSED_ON, **about}
    return render(request, "report.html", said, status=repairs.status(form))


@require_post
@signed_in
def report_withdraw(request: Request, uid: UUID) -> HttpResponse:
    """Take one's own report back."""
    actions.withdraw_report(request.viewer, report=uid)
    messages.success(request, _("It is taken back."))
    return redirect("me_blocks")


@require_post
@signed_in
def report_see_to(request: Request, uid: UUID) -> HttpResponse:
    """Take a report off the table. For the stewards who hear it."""
    slug = actions.see_to(request.viewer, report=uid)
    messages.success(request, _("It is seen to."), extra_tags=reverse("report_reopen", args=[uid]))
    return redirect("community", slug)


@require_post
@signed_in
def report_remove(request: Request, uid: UUID) -> HttpResponse:
    """Take whom it names out of the community. For the stewards who hear it."""
    slug = departures.remove_named(request.viewer, report=uid)
    messages.success(request, _("This person is no longer in the community."))
    return redirect("community", slug)


@require_post
@signed_in
def report_reopen(request: Request, uid: UUID) -> HttpResponse:
    """Put it back."""
    return redirect("community", actions.reopen(request.viewer, report=uid))


def heard(viewer: Viewer, slug: str) -> list[dict[str, Any]]:
    """What a steward of a community hears, with a name where they may see it."""
    said = queries.reports(viewer, slug)
    known = cards.cards(viewer, {key for one in said for key in (one.named, one.by)}) if said else {}
    held = gatherings.gatherings(viewer, {one.about for one in said if one.kind == "evening"})
    return [
        {
            "uid": one.uid,
            "person": known.get(one.named),
            "evening": held.get(one.about),
            "of_evening": one.kind == "evening",
            "by": known.get(one.by),
            "words": one.words,
            "on": one.said_at,
        }
        for one in said
    ]
