"""Pages of those who organise an evening: calling it off."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entregent.common import errors
from entregent.meetups import actions
from entregent.meetups.checks import FAREWELL
from entregent.web import evening_card, repairs
from entregent.web.evenings import organised
from entregent.web.methods import require_form, signed_in
from entregent.web.middleware import Request


class CancelForm(forms.Form):
    """What those who were coming are told."""

    words = forms.CharField(
        label=gettext_lazy("A word to those who were coming"),
        max_length=FAREWELL,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It goes with the mail, and stays on the evening’s page."),
    )

    def refuse(self, error: errors.Invalid) -> None:
        """Say what the action could not take, at its field."""
        repairs.tell(self, error, {"farewell": "words"})


@require_form
@signed_in
def evening_cancel(request: Request, code: str) -> HttpResponse:
    """Call an evening off, with a word to those who were coming."""
    one, form = organised(request, code), CancelForm(request.POST or None)
    if request.method == "GET" and one.state in {"cancelled", "past"}:
        return redirect("evening", code)
    if request.method == "POST" and form.is_valid() and _cancelled(request, code, form):
        messages.success(request, _("The evening is called off. Those who were coming will be told."))
        return redirect("evening", code)
    said: dict[str, Any] = {**evening_card.shown(one), "form": form}
    return render(request, "evening_cancel.html", said, status=repairs.status(form))


def _cancelled(request: Request, code: str, form: CancelForm) -> bool:
    try:
        actions.cancel(request.viewer, code=code, farewell=form.cleaned_data["words"])
    except errors.Invalid as error:
        form.refuse(error)
        return False
    return True
