"""Needs and offers: one's own, each said, changed, ended and said again on a page; and those of others."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from entregent.common import clock, days, errors
from entregent.discretion import queries as discretion
from entregent.needs import actions
from entregent.needs import queries as said_needs
from entregent.profiles import queries as profiles
from entregent.profiles.queries import Card
from entregent.search.stems import fold
from entregent.web import labels, once, published, repairs
from entregent.web.me_own import Own
from entregent.web.methods import require_form, require_post, require_safe, signed_in
from entregent.web.middleware import Request
from entregent.web.needs_forms import KINDS, ChoiceForm, NeedForm

#: How many needs and offers of others a page lists.
LINES = 40
#: How much longer one lasts that is said again.
LONGER = timedelta(days=90)

Heard = tuple[Card, said_needs.Said]


@require_safe
@signed_in
def needs(request: Request) -> HttpResponse:
    """What others look for and offer, as far as the viewer may see, by kind and place."""
    viewer = request.viewer
    heard, blocked = said_needs.heard(viewer), set(discretion.blocked(viewer))
    cards = profiles.cards(viewer, [one.person for one in heard])
    told = [(cards[one.person], one.said) for one in heard if one.person in cards and one.person not in blocked]
    form = ChoiceForm(request.GET, places=_places(told))
    chosen = form.said
    page = Paginator([one for one in told if _is_chosen(one[1], chosen)], LINES).get_page(request.GET.get("page"))
    said = {
        "form": form,
        "chosen": bool(chosen),
        "told": bool(told),
        "lines": [_line(*one) for one in page],
        "next_page": f"?{urlencode({**chosen, 'page': page.next_page_number()})}" if page.has_next() else "",
    }
    return render(request, "needs.html", said)


@require_form
@signed_in
def me_need(request: Request) -> HttpResponse:
    """Say a need or an offer."""
    own = Own(request.viewer)
    form = own.need_form(request.POST or None)

    def keep() -> None:
        actions.state(request.viewer, **_said(own, form), once=once.uid(request))

    return _kept(request, form, keep)


@require_form
@signed_in
def need_edit(request: Request, uid: UUID) -> HttpResponse:
    """Say a need or an offer otherwise, or to others."""
    own = Own(request.viewer)
    held = _held(own, uid)
    form = own.need_form(request.POST or None, held=held)

    def keep() -> None:
        actions.edit(request.viewer, need=uid, **_said(own, form, held))

    return _kept(request, form, keep, need={"uid": uid, "until": held.until, "over": _is_over(held)})


@require_post
@signed_in
def need_close(request: Request, uid: UUID) -> HttpResponse:
    """End a need or an offer: found, or no longer there."""
    actions.close(request.viewer, need=uid)
    messages.success(request, _("It has ended: nobody else sees it any more."))
    return redirect("need_edit", uid)


@require_post
@signed_in
def need_renew(request: Request, uid: UUID) -> HttpResponse:
    """Let a need or an offer last three months from today."""
    actions.renew(request.viewer, need=uid, until=_end_of(days.today(settings.HOME_ZONE) + LONGER))
    messages.success(request, _("It holds for three months more."))
    return redirect("need_edit", uid)


@require_post
@signed_in
def need_withdraw(request: Request, uid: UUID) -> HttpResponse:
    """Take back a need or an offer."""
    actions.withdraw(request.viewer, need=uid)
    messages.success(request, _("It is taken back."))
    return redirect("me")


def _kept(request: Request, form: NeedForm, keep: Callable[[], None], **said: Any) -> HttpResponse:
    """Keep what a form says, then show one's own page; or show the form, with what is to be repaired."""
    if repairs.kept(form, transaction.atomic(keep)):
        messages.success(request, _("It is saved."))
        return redirect("me")
    return render(request, "need_form.html", {"form": form, **said}, status=repairs.status(form))


def _held(own: Own, uid: UUID) -> said_needs.Own:
    held = next((one for one in own.stated if one.said.uid == uid), None)
    if held is None:
        raise errors.NotFound
    return held


def _said(own: Own, form: NeedForm, held: said_needs.Own | None = None) -> dict[str, Any]:
    """What a form says, as the actions take it."""
    said = form.cleaned_data
    return {
        "text": said["text"],
        "kind": said["kind"],
        "place": said["place"],
        "offered": bool(said["offered"]),
        "audience": own.audience_of_need(said, held),
        "discreet": said["discreet"],
        "until": _until(said["until"], held),
    }


def _until(day: date | None, held: said_needs.Own | None) -> datetime | None:
    """When it ends that is to last until a day. What has ended stays so, where its day is let alone."""
    if held and held.until and _is_over(held) and day == days.of(held.until, settings.HOME_ZONE):
        return held.until
    return _end_of(day) if day else None


def _is_over(held: said_needs.Own) -> bool:
    return held.until is not None and held.until <= clock.now()


def _end_of(day: date) -> datetime:
    """The end of a day where this server is at home."""
    return datetime.combine(day, time.max, ZoneInfo(settings.HOME_ZONE))


def _places(told: Iterable[Heard]) -> list[tuple[str, str]]:
    """The towns that are named, each once as it was last written, by name."""
    written = {fold(said.place): said.place for _card, said in reversed(list(told)) if said.place}
    return sorted(written.items())


def _is_chosen(said: said_needs.Said, chosen: dict[str, str]) -> bool:
    told = {"offered": "yes" if said.offered else "no", "kind": said.kind, "place": fold(said.place)}
    return all(told[name] == value for name, value in chosen.items())


def _line(card: Card, said: said_needs.Said) -> dict[str, Any]:
    kind = "" if said.kind == "other" else str(dict(KINDS)[said.kind])
    return {
        "person": card.uid,
        "name": card.name,
        "text": said.text,
        "offered": said.offered,
        "about": labels.beside(kind, said.place),
        "on": published.said_on(said),
    }
