"""What one says of oneself beside name and headline, each kind on a page of its own; and how pages show it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entregent.profiles import actions
from entregent.profiles.words import SEVERAL, host
from entregent.web import audiences, repairs
from entregent.web.me_forms import DISCREET, AudienceForm
from entregent.web.me_own import Own
from entregent.web.methods import require_form, signed_in
from entregent.web.middleware import Request


@dataclass(frozen=True, slots=True)
class Asked:
    """How words of a kind are asked for: what they are to their owner, a hint, what they are to others, in a list."""

    mine: Any
    hint: Any
    theirs: Any
    listed: Any


KINDS: Mapping[str, Asked] = {
    "does": Asked(
        gettext_lazy("What I do"),
        gettext_lazy("A few lines: what you make, for whom, with whom."),
        gettext_lazy("What they do"),
        gettext_lazy("what you do, in more words"),
    ),
    "seeks": Asked(
        gettext_lazy("What I look for"),
        gettext_lazy("Projects, people, subjects. What is wanted by a day is a need: say it there."),
        gettext_lazy("What they look for"),
        gettext_lazy("what you look for"),
    ),
    "skills": Asked(
        gettext_lazy("What I can do"),
        gettext_lazy("Twenty at most, one on each line."),
        gettext_lazy("What they can do"),
        gettext_lazy("what you can do"),
    ),
    "languages": Asked(
        gettext_lazy("Languages I speak"),
        gettext_lazy("One on each line."),
        gettext_lazy("Languages they speak"),
        gettext_lazy("the languages that you speak"),
    ),
    "manner": Asked(
        gettext_lazy("How I work"),
        gettext_lazy("Alone or in a team, there or from afar, which days."),
        gettext_lazy("How they work"),
        gettext_lazy("how you work"),
    ),
    "trust": Asked(
        gettext_lazy("What I want to be trusted with"),
        gettext_lazy("What people may bring to you without asking whether they may."),
        gettext_lazy("What to trust them with"),
        gettext_lazy("what people may trust you with"),
    ),
    "links": Asked(
        gettext_lazy("My links"),
        gettext_lazy("Addresses of pages, one on each line. They are shown by their site."),
        gettext_lazy("Links"),
        gettext_lazy("your links"),
    ),
}


class SaidForm(AudienceForm):
    """Words of one kind, and who may see them."""

    text = forms.CharField(max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 5}))
    discreet = forms.BooleanField(**DISCREET)
    field_order = ("text", "audience", "discreet")

    def __init__(self, *args: Any, asked: Asked, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label, self.fields["text"].help_text = asked.mine, asked.hint


@require_form
@signed_in
def me_said(request: Request, kind: str) -> HttpResponse:
    """Say words of a kind, and to whom; or, saying nothing, take them back."""
    own = Own(request.viewer)
    form = _form(own, kind, request.POST or None)
    if repairs.kept(form, transaction.atomic(lambda: _keep(own, kind, form.cleaned_data))):
        messages.success(request, _("It is saved."))
        return redirect("me")
    said = {"form": form, "asked": KINDS[kind], "said": kind in own.said, "job": kind == "seeks"}
    return render(request, "me_said.html", said, status=repairs.status(form))


def _form(own: Own, kind: str, data: Any) -> SaidForm:
    said = own.said.get(kind)
    told: dict[str, Any] = {"audience": audiences.usual(own.communities)}
    if said:
        audience = own.answer(said.audience)
        told = {"text": said.text, "audience": audience, "discreet": said.discreet}
    return SaidForm(data, asked=KINDS[kind], audiences=own.offered, initial=told)


def _keep(own: Own, kind: str, said: dict[str, Any]) -> None:
    terms = {"audience": own.audience(said["audience"]), "discreet": said["discreet"]}
    actions.say(own.viewer, kind=kind, text=said["text"], **terms)


def shown(kind: str, lines: tuple[str, ...]) -> dict[str, Any]:
    """Words of a kind as pages show them: a text, a list, or links, each with the host that it leads to."""
    if kind == "links":
        return {"links": [{"address": line, "host": host(line)} for line in lines]}
    return {"several": lines} if kind in SEVERAL else {"text": lines[0]}
