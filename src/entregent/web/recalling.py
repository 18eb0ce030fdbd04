"""Who was at a past evening: the link of those who organised it, by which people say so themselves."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from entregent.meetups import presences, queries
from entregent.web import evening_card, repairs, room
from entregent.web.methods import require_form, require_post, signed_in
from entregent.web.middleware import Request


class RecalledForm(room.HereForm):
    """The same question, of those who were there; whoever is asked has an account."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, named=True)
        self.fields["seen"].error_messages["required"] = _("One tap: may those who were there see you?")


@require_form
@signed_in
def evening_recalled(request: Request, code: str, recalled: str) -> HttpResponse:
    """Say that one was there, by the link; reading it changes nothing. Whoever said so is led to the room."""
    one = queries.recalling(request.viewer, code, recalled)
    if request.method != "POST" and queries.my_presence(request.viewer, one.code):
        return redirect("room", one.code)
    form = RecalledForm(request.POST if request.method == "POST" else None)
    if repairs.kept(form, lambda: _confirm(request, code, recalled, form.cleaned_data["seen"])):
        return redirect("room", one.code)
    said = {**evening_card.shown(one), **room.colleagues(request, one), "form": form}
    return render(request, "evening_recalled.html", said, status=repairs.status(form))


def _confirm(request: Request, code: str, recalled: str, choice: str) -> None:
    seen, discreet = room.SEEN[choice]
    presences.confirm(request.viewer, code=code, recalled=recalled, seen=seen, discreet=discreet)


@require_post
@signed_in
def evening_recall_link(request: Request, code: str) -> HttpResponse:
    """Draw the link by which people say that they were there; "a new one" alone makes an earlier one void."""
    presences.ask_who_was_there(request.viewer, code=code, anew="anew" in request.POST)
    return _back(code)


@require_post
@signed_in
def evening_recall_close(request: Request, code: str) -> HttpResponse:
    """Have that link lead nowhere."""
    presences.ask_no_more(request.viewer, code=code)
    messages.success(request, _("The link leads nowhere any more."))
    return _back(code)


def _back(code: str) -> HttpResponse:
    """Where the link stands on the page of the list, below all who are on it."""
    return redirect(f"{reverse('evening_list', args=[code])}#j-y-etais")
