"""Portraits: one's own, shown to whom one wants; and those of others, for whoever may see them."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entregent.common.pictures import ACCEPT, LARGEST
from entregent.people import queries as people
from entregent.profiles import actions, queries
from entregent.web import audiences, repairs
from entregent.web.me_forms import DISCREET, AudienceForm
from entregent.web.me_own import Own
from entregent.web.methods import require_form, require_post, require_safe, signed_in
from entregent.web.middleware import Request


class PortraitForm(AudienceForm):
    """A file that holds a picture, and who may see it."""

    picture = forms.FileField(
        label=gettext_lazy("A photograph"),
        required=False,
        help_text=gettext_lazy("The middle of it is kept, as a small square, without the place and the date it holds."),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )
    discreet = forms.BooleanField(**DISCREET)
    field_order = ("picture", "audience", "discreet")


@require_safe
@signed_in
def person_portrait(request: Request, uid: UUID) -> HttpResponse:
    """The picture of somebody whose name the viewer sees. The policy is asked each time, and no browser keeps it."""
    card = queries.person(request.viewer, uid)
    return HttpResponse(queries.portrait(request.viewer, card.person), content_type="image/jpeg")


@require_form
@signed_in
def me_portrait(request: Request) -> HttpResponse:
    """Show a picture of oneself, or the one that stands to others."""
    own = Own(request.viewer)
    form = _form(own, request)
    # The picture is drawn before the action begins its transaction: nobody waits for that.
    if repairs.kept(form, lambda: _keep(own, form.cleaned_data)):
        messages.success(request, _("It is saved."))
        return redirect("me")
    said = {"form": form, "portrait": people.uid_of(person=own.viewer.me) if own.portrait else None}
    return render(request, "me_portrait.html", said, status=repairs.status(form))


@require_post
@signed_in
def me_portrait_withdraw(request: Request) -> HttpResponse:
    """Take one's picture back."""
    actions.take_portrait_back(request.viewer)
    messages.success(request, _("It is taken back."))
    return redirect("me")


def _form(own: Own, request: Request) -> PortraitForm:
    told: dict[str, Any] = {"audience": audiences.usual(own.communities)}
    if own.portrait:
        audience = own.answer(own.portrait.audience)
        told = {"audience": audience, "discreet": own.portrait.discreet}
    return PortraitForm(request.POST or None, request.FILES or None, audiences=own.offered, initial=told)


def _keep(own: Own, said: dict[str, Any]) -> None:
    file = said["picture"]
    picture = file.read(LARGEST + 1) if file else None
    terms = {"audience": own.audience(said["audience"]), "discreet": said["discreet"]}
    actions.portray(own.viewer, picture=picture, **terms)
