"""Moi: what one says of oneself, where one works, from whom one is kept, who may ask, the account."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from entregent.common import days, errors
from entregent.exchange import actions as exchange
from entregent.market import actions as market
from entregent.profiles import actions as profiles
from entregent.profiles.words import lines
from entregent.ties import actions as ties
from entregent.web import accounts, repairs
from entregent.web.me_forms import EraseForm
from entregent.web.me_own import Own
from entregent.web.methods import require_post, require_safe, signed_in
from entregent.web.middleware import Request
from entregent.web.words import KINDS, Asked, shown


@require_safe
@signed_in
def me(request: Request) -> HttpResponse:
    """Everything of one's own, on one page."""
    return _page(request, Own(request.viewer))


@require_post
@signed_in
def me_words(request: Request) -> HttpResponse:
    """Keep the name and the headline."""
    own = Own(request.viewer)

    def keep(said: dict[str, Any]) -> None:
        audience = own.audience(said["audience"])
        profiles.call_me(request.viewer, text=said["name"], audience=audience)
        profiles.say_headline(request.viewer, text=said["headline"], audience=audience)

    return _kept(request, own, "form", own.words_form(request.POST), keep=keep)


@require_post
@signed_in
def me_work(request: Request) -> HttpResponse:
    """Keep another place of work, or another answer."""
    own = Own(request.viewer)

    def keep(said: dict[str, Any]) -> None:
        if said["where"] != "organisation":
            market.say_situation(request.viewer, answer=said["where"])
            return
        market.state_position(
            request.viewer,
            organisation=said["organisation"],
            title=said["title"],
            starts_on=said["since"],
            audience=own.audience(said["audience"]),
            discreet=said["discreet"],
            client=said["client"],
        )

    return _kept(request, own, "work_form", own.work_form(request.POST), keep=keep)


@require_post
@signed_in
def me_work_end(request: Request, uid: UUID) -> HttpResponse:
    """Leave a place of work, as of today."""
    market.end_position(request.viewer, position=uid, ends_on=days.today(settings.HOME_ZONE))
    ended = _("It has ended. For ninety days, what others keep from that organisation is kept from you.")
    messages.success(request, ended)
    return redirect("me")


@require_post
@signed_in
def me_work_show(request: Request, uid: UUID) -> HttpResponse:
    """Choose who sees a place of work."""
    own = Own(request.viewer)
    held = next((held for held in own.positions if held.held.uid == uid), None)
    if held is None:
        raise errors.NotFound
    form = own.show_form(held, request.POST)
    if not form.is_valid():
        raise errors.Invalid("audience", _("Say who may see it."))
    said = form.cleaned_data
    audience = own.audience(said["audience"])
    market.show_position(request.viewer, position=uid, audience=audience, discreet=said["discreet"])
    messages.success(request, _("It is saved."))
    return redirect("me")


@require_post
@signed_in
def me_work_withdraw(request: Request, uid: UUID) -> HttpResponse:
    """Take back a place of work that was said by mistake."""
    market.withdraw_position(request.viewer, position=uid)
    messages.success(request, _("It is taken back."))
    return redirect("me")


@require_post
@signed_in
def me_shield(request: Request) -> HttpResponse:
    """Keep the shield as it was ticked."""
    own = Own(request.viewer)

    def keep(said: dict[str, Any]) -> None:
        before, names = {kept.slug for kept in own.kept}, dict(own.organisations)
        for slug in before - set(said["organisations"]):
            market.unshield(request.viewer, organisation=slug)
        for slug in set(said["organisations"]) - before:
            market.shield(request.viewer, organisation=names[slug])
        if said["other"].strip():
            market.shield(request.viewer, organisation=said["other"])

    return _kept(request, own, "shield_form", own.shield_form(request.POST), keep=keep)


@require_post
@signed_in
def me_ask(request: Request) -> HttpResponse:
    """Keep whether others may ask for an introduction through the viewer."""
    own = Own(request.viewer)
    form = own.ask_form(request.POST)
    if form is None:
        raise errors.NotFound

    def keep(said: dict[str, Any]) -> None:
        ties.let_ask(request.viewer, yes=said["through_me"] == "yes", audience=own.neighbours())

    return _kept(request, own, "ask_form", form, keep=keep)


@require_post
@signed_in
def me_erase(request: Request) -> HttpResponse:
    """Leave for good: everything of one's own goes."""
    form = EraseForm(request.POST)
    if not form.is_valid():
        return _page(request, Own(request.viewer), erase_form=form)
    exchange.erase_me(request.viewer)
    home = accounts.forgotten(request)
    messages.success(request, _("Everything of yours is gone. What you handed over stays with whoever received it."))
    return home


def _kept(
    request: Request, own: Own, which: str, form: Form, *, keep: Callable[[dict[str, Any]], None]
) -> HttpResponse:
    """Keep what a form says, all of it or nothing; or show the page again with what is to be repaired."""
    if repairs.kept(form, transaction.atomic(lambda: keep(form.cleaned_data))):
        messages.success(request, _("It is saved."))
        return redirect("me")
    return _page(request, own, **{which: form})


def _page(request: Request, own: Own, **forms: Form) -> HttpResponse:
    drawn = {
        "form": own.words_form(),
        "work_form": own.work_form(),
        "shield_form": own.shield_form(),
        "ask_form": own.ask_form(),
        "erase_form": EraseForm(),
        **own.drawn(),
        "said": [_said(own, kind, asked) for kind, asked in KINDS.items()],
    }
    return render(request, "me.html", {**drawn, **forms}, status=422 if forms else 200)


def _said(own: Own, kind: str, asked: Asked) -> dict[str, Any]:
    """What they say of themselves of a kind, and who sees it; or where it is said."""
    told = {"address": reverse(f"me_{kind}"), "title": asked.mine}
    said = own.said.get(kind)
    if said is None:
        return told
    return {**told, **shown(kind, lines(kind, said.text)), "audience": own.seen_by[said.audience, said.discreet]}
