"""Two phones and one square: a card that is shown, and what somebody does who opens it, with an account or without."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from entregent.cards import actions, queries
from entregent.common import errors
from entregent.web import evening_card, once, reaching, repairs, sentences, vcf
from entregent.web.cards_forms import ExchangeForm, LeaveForm
from entregent.web.evenings import absolute
from entregent.web.methods import require_post, require_safe, signed_in
from entregent.web.middleware import Request


@require_post
@signed_in
def card_show(request: Request, uid: UUID) -> HttpResponse:
    """Show a card of one's own, at an evening or anywhere."""
    return redirect("card_shown", actions.show(request.viewer, card=uid, meetup=request.POST.get("evening", "")))


@require_safe
def card_shown(request: Request, key: str) -> HttpResponse:
    """What the square opens; for whoever shows it, the square itself. Reading it changes nothing."""
    shown = queries.shown(request.viewer, key)
    if shown.mine:
        address = absolute("card_shown", key)
        got = queries.handed(request.viewer, shown.uid)
        said = {"shown": shown, "key": key, "address": address, "got": got}
        full = sum(one.waits for one in got) >= queries.ROOM
        return render(request, "card_showing.html", {**said, "full": full})
    return _page(request, key, shown)


@require_safe
def card_file(request: Request, key: str) -> HttpResponse:
    """The same for the contacts of a telephone."""
    face = queries.shown(request.viewer, key).face
    answer = HttpResponse(vcf.card(face), content_type="text/vcard; charset=utf-8")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(face.name, safe='')}.vcf"
    return answer


@require_post
@signed_in
def card_show_on(request: Request, key: str) -> HttpResponse:
    """Show it for longer."""
    actions.show_on(request.viewer, secret=key)
    return redirect("card_shown", key)


@require_post
@signed_in
def card_hide(request: Request, key: str) -> HttpResponse:
    """Show it no longer."""
    actions.hide(request.viewer, secret=key)
    messages.success(request, _("The square leads nowhere any more."))
    return redirect("me_cards")


@require_post
@signed_in
def card_exchange(request: Request, key: str) -> HttpResponse:
    """Give a card of one's own for it: both are in each other's notebook, and among each other's crossed cards."""
    shown = queries.shown(request.viewer, key)
    form = ExchangeForm(request.POST, cards=queries.mine(request.viewer))
    if not form.is_valid():
        return _page(request, key, shown, exchange=form)
    contact = actions.exchange(request.viewer, secret=key, card=UUID(form.cleaned_data["card"]))
    said = _("Your cards are crossed: each of you has the other’s.")
    messages.success(request, said, extra_tags=_withdrawing(request, shown))
    return redirect("contact", contact)


def _withdrawing(request: Request, shown: queries.Shown) -> str:
    """Where one's own card is withdrawn again: a gift stays one."""
    last = queries.crossed_with(request.viewer, shown.owner)
    return reverse("crossing_withdraw", args=[last]) if last else ""


@require_post
@signed_in
def card_take(request: Request, key: str) -> HttpResponse:
    """Take it and give none: nobody is told."""
    contact = actions.take(request.viewer, secret=key)
    messages.success(request, _("The card is in your notebook."))
    return redirect("contact", contact)


@require_post
def card_leave(request: Request, key: str) -> HttpResponse:
    """Leave a first name and a way to be reached, without an account; nothing else is kept of whoever does."""
    shown, form = queries.shown(request.viewer, key), LeaveForm(request.POST)

    def keep() -> None:
        said = form.cleaned_data
        way = {reaching.kind(said["way"]): said["way"]}
        try:
            actions.leave(request.viewer, secret=key, name=said["name"], once=once.uid(request), **way)
        except errors.Invalid as error:
            raise errors.Invalid("name" if error.field == "name" else "way", error.message) from None

    kept = not shown.mine and repairs.kept(form, keep)
    return _page(request, key, shown, form=form, left=kept)


def _page(request: Request, key: str, shown: queries.Shown, **forms: Any) -> HttpResponse:
    """The card, with the forms as they were sent: `form` (LeaveForm), `exchange`; `left`: something was."""
    form, exchange, left = forms.get("form") or LeaveForm(), forms.get("exchange"), forms.get("left", False)
    said: dict[str, Any] = {
        "shown": shown,
        "key": key,
        "first_name": sentences.first_name(shown.face.name),
        "ways": [{"kind": kind, "value": way, "href": reaching.href(kind, way)} for kind, way in shown.face.channels],
        "form": form,
        "left": left,
        **_own(request, shown, exchange),
    }
    wrong = not left and (form.errors or (exchange and exchange.errors))
    return render(request, "card_shown.html", said, status=422 if wrong else 200)


def _own(request: Request, shown: queries.Shown, exchange: ExchangeForm | None) -> dict[str, Any]:
    """What somebody with an account may give for it, and whether they have it already."""
    if not evening_card.member(request.viewer):
        return {}
    cards, got = queries.mine(request.viewer), queries.handed(request.viewer, shown.uid)
    return {"member": True, "exchange": exchange or ExchangeForm(cards=cards), "cards": cards, "got": got}
