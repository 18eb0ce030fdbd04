"""Pages of those who organise an evening: organising it together, freeing seats, calling it off."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from entregent.common import errors
from entregent.communities import queries as communities
from entregent.meetups import actions, hosts, queries, releases, sharing
from entregent.meetups.checks import FAREWELL
from entregent.meetups.shown import Visitor
from entregent.web import choosing, evening_card, repairs, several
from entregent.web.evenings import organised
from entregent.web.methods import require_form, require_post, signed_in
from entregent.web.middleware import Request


class CancelForm(forms.Form):
    """What those who were coming are told."""

    words = forms.CharField(
        label=gettext_lazy("A word to those who were coming"),
        max_length=FAREWELL,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It goes with the e-mail, and stays on the evening’s page."),
    )

    def refuse(self, error: errors.Invalid) -> None:
        """Say what the action could not take, at its field."""
        repairs.tell(self, error, {"farewell": "words"})


@require_form
@signed_in
def evening_cancel(request: Request, code: str) -> HttpResponse:
    """Call an evening off, with a word to those who were coming."""
    one, form = organised(request, code), CancelForm(request.POST if request.method == "POST" else None)
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


@require_form
@signed_in
def evening_release(request: Request, code: str) -> HttpResponse:
    """Free the seats of people who answered an evening without an account: of those who are ticked, or found."""
    one = organised(request, code)
    choice, posted = _visitors(request, code), request.method == "POST"
    chosen = [UUID(value) for value in choice.chosen()] if posted else []
    # Whoever came is told for a while only (D5): nothing is read here of an evening that is over, or was called off.
    if not chosen and one.state in {"cancelled", "past"}:
        return redirect("evening_share", code)
    if chosen:
        releases.release(request.viewer, code=code, answers=chosen)
        messages.success(request, _("It is done. Whoever left an address gets an e-mail."))
        return redirect("evening_release" if len(choice.rows) > choosing.SHOWN else "evening_share", code)
    said: dict[str, Any] = {**evening_card.shown(one), "choice": choice.context(), "refused": posted}
    return render(request, "evening_release.html", said, status=422 if posted else 200)


def _visitors(request: Request, code: str) -> choosing.Choice:
    rows = [_row(visitor) for visitor in queries.visitors(request.viewer, code)]
    return choosing.Choice(rows, request.POST if request.method == "POST" else request.GET, {})


def _row(visitor: Visitor) -> choosing.Row:
    note = "" if visitor.comes else _("waits")
    return choosing.Row(str(visitor.uid), visitor.name, _brought(visitor.guests), note=note)


def _brought(guests: int) -> str:
    words = ngettext("with one person", "with %(people)s people", guests)
    return words % {"people": guests} if guests else ""


@require_form
@signed_in
def evening_help(request: Request, code: str, together: str) -> HttpResponse:
    """Organise an evening with those who sent the link."""
    one = queries.asking_for_help(request.viewer, code, together)
    if request.method == "POST":
        hosts.co_organise(request.viewer, code=code, together=together)
        messages.success(request, _("You organise this evening, too."))
    if request.method == "POST" or one.organises:
        return redirect("evening_share", code)
    card = {**evening_card.shown(one), "hosts": evening_card.hosts(request.viewer, one)}
    belongs = communities.community(request.viewer, one.community).belongs or bool(several.mine(request.viewer, one))
    return render(request, "evening_help.html", {**card, "belongs": belongs})


@require_post
@signed_in
def evening_help_link(request: Request, code: str) -> HttpResponse:
    """Draw the link by which others come to organise an evening; "a new one" alone makes an earlier one void."""
    hosts.ask_for_help(request.viewer, code=code, anew="anew" in request.POST)
    return redirect("evening_share", code)


@require_post
@signed_in
def evening_help_close(request: Request, code: str) -> HttpResponse:
    """Have that link lead nowhere."""
    hosts.ask_no_help(request.viewer, code=code)
    messages.success(request, _("The link leads nowhere any more."))
    return redirect("evening_share", code)


@require_post
@signed_in
def evening_stand_down(request: Request, code: str) -> HttpResponse:
    """Organise an evening no longer."""
    hosts.stand_down(request.viewer, code=code)
    messages.success(request, _("You no longer organise this evening."))
    return redirect("evening", code)


@require_post
@signed_in
def evening_take_off(request: Request, code: str, slug: str) -> HttpResponse:
    """Have an evening stand no longer in a community that one looks after."""
    sharing.take_off(request.viewer, code=code, community=slug)
    messages.success(request, _("It is no longer announced here."))
    return redirect("community", slug)


@require_post
@signed_in
def evening_thank(request: Request, code: str, uid: UUID) -> HttpResponse:
    """Have somebody who came to help organise no longer, of those whom the page names: `meetups` knows no names."""
    named = evening_card.helpers(request.viewer, queries.evening(request.viewer, code))
    if uid not in {one["uid"] for one in named}:
        raise errors.NotFound
    hosts.thank(request.viewer, code=code, organising_uid=uid)
    messages.success(request, _("They no longer organise this evening, and the link leads nowhere any more."))
    return redirect("evening_share", code)


@require_post
@signed_in
def evening_alone(request: Request, code: str) -> HttpResponse:
    """Have nobody else organise an evening, seen or not."""
    hosts.organise_alone(request.viewer, code=code)
    messages.success(request, _("Nobody organises this evening but you, and the link leads nowhere any more."))
    return redirect("evening_share", code)
