"""Moi: what one says of oneself, where one works, from whom one is kept, needs and offers, the account."""

from collections.abc import Callable
from datetime import datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from entregent.common import clock, errors
from entregent.discretion import actions as discretion
from entregent.encounters import queries as encounters
from entregent.exchange import actions as exchange
from entregent.market import actions as market
from entregent.market import queries as work
from entregent.needs import actions as needs
from entregent.needs import queries as needed
from entregent.people import queries as people
from entregent.profiles import actions as profiles
from entregent.profiles import queries as cards
from entregent.web import audiences, labels
from entregent.web.me_forms import NAMED, EraseForm, NeedForm, PositionForm, ShieldForm, WordsForm
from entregent.web.middleware import Request


@require_safe
@login_required
def me(request: Request) -> HttpResponse:
    """Everything of one's own, on one page."""
    return _page(request)


@require_POST
@login_required
def me_words(request: Request) -> HttpResponse:
    """Keep the name and the headline."""

    def keep(said: dict[str, Any]) -> None:
        audience = audiences.chosen(request.viewer, said["audience"])
        profiles.call_me(request.viewer, text=said["name"], audience=audience)
        profiles.say_headline(request.viewer, text=said["headline"], audience=audience)

    return _kept(request, "form", _words_form(request, request.POST), keep)


@require_POST
@login_required
def me_work(request: Request) -> HttpResponse:
    """Keep another place of work, or another answer."""

    def keep(said: dict[str, Any]) -> None:
        if said["where"] != "organisation":
            market.say_situation(request.viewer, answer=said["where"])
            return
        market.state_position(
            request.viewer,
            organisation=said["organisation"],
            title=said["title"],
            starts_on=said["since"],
            audience=audiences.chosen(request.viewer, said["audience"]),
            discreet=said["discreet"],
            client=said["client"],
        )

    return _kept(request, "work_form", _work_form(request, request.POST), keep)


@require_POST
@login_required
def me_work_end(request: Request, uid: UUID) -> HttpResponse:
    """Leave a place of work, as of today."""
    market.end_position(request.viewer, position=uid, ends_on=clock.now().date())
    messages.success(request, _("It has ended. For ninety days, what others keep from that house is kept from you."))
    return redirect("me")


@require_POST
@login_required
def me_work_withdraw(request: Request, uid: UUID) -> HttpResponse:
    """Take back a place of work that was said by mistake."""
    market.withdraw_position(request.viewer, position=uid)
    messages.success(request, _("It is taken back."))
    return redirect("me")


@require_POST
@login_required
def me_shield(request: Request) -> HttpResponse:
    """Keep the shield as it was ticked."""

    def keep(said: dict[str, Any]) -> None:
        before = {kept.slug for kept in work.shielded(request.viewer)}
        names = dict(_known_organisations(request))
        for slug in before - set(said["organisations"]):
            market.unshield(request.viewer, organisation=slug)
        for slug in set(said["organisations"]) - before:
            market.shield(request.viewer, organisation=names[slug])
        if said["other"].strip():
            market.shield(request.viewer, organisation=said["other"])

    return _kept(request, "shield_form", _shield_form(request, request.POST), keep)


@require_POST
@login_required
def me_need(request: Request) -> HttpResponse:
    """Say a need or an offer."""

    def keep(said: dict[str, Any]) -> None:
        needs.state(
            request.viewer,
            text=said["text"],
            kind=said["kind"],
            offered=bool(said["offered"]),
            audience=_need_audience(request, said),
            discreet=said["discreet"],
            until=_end_of(said["until"]) if said["until"] else None,
        )

    return _kept(request, "need_form", _need_form(request, request.POST), keep)


@require_POST
@login_required
def need_withdraw(request: Request, uid: UUID) -> HttpResponse:
    """Take back a need or an offer."""
    needs.withdraw(request.viewer, need=uid)
    messages.success(request, _("It is taken back."))
    return redirect("me")


@require_POST
@login_required
def me_erase(request: Request) -> HttpResponse:
    """Leave for good: everything of one's own goes."""
    form = EraseForm(request.POST)
    if not form.is_valid():
        return _page(request, erase_form=form)
    exchange.erase_me(request.viewer)
    logout(request)
    messages.success(request, _("Everything of yours is gone. What you handed over stays with whoever received it."))
    return redirect("home")


def _kept(request: Request, which: str, form: Form, keep: Callable[[dict[str, Any]], None]) -> HttpResponse:
    """Keep what a form says, all of it or nothing; or show the page again with what is to be repaired."""
    if form.is_valid():
        try:
            with transaction.atomic():
                keep(form.cleaned_data)
        except errors.Invalid as error:
            form.add_error(error.field if error.field in form.fields else None, str(error.message))
        except errors.Refused as error:
            form.add_error(None, str(error.message))
        else:
            messages.success(request, _("It is kept so."))
            return redirect("me")
    return _page(request, **{which: form})


def _page(request: Request, **forms: Form) -> HttpResponse:
    own, mine = work.mine(request.viewer), needed.mine(request.viewer)
    terms = [(held.audience, held.discreet) for held in own] + [(need.audience, need.discreet) for need in mine]
    seen_by = audiences.described(request.viewer, terms)
    drawn = {
        "form": _words_form(request),
        "work_form": _work_form(request),
        "shield_form": _shield_form(request),
        "need_form": _need_form(request),
        "erase_form": EraseForm(),
        "positions": [_position(one, seen_by[one.audience, one.discreet]) for one in own if _runs(one)],
        "situation": work.situation(request.viewer),
        "shield": [kept.name for kept in work.shielded(request.viewer)],
        "needs": [_need(one, seen_by[one.audience, one.discreet]) for one in mine],
        "mail": _address(request),
    }
    return render(request, "me.html", {**drawn, **forms})


def _position(one: work.Own, seen_by: labels.Audience) -> dict[str, Any]:
    held = {"uid": one.held.uid, "title": one.held.title, "organisation": one.held.organisation}
    return {**held, "since": one.held.starts_on, "client": one.client, "audience": seen_by}


def _runs(one: work.Own) -> bool:
    return one.held.ends_on is None or one.held.ends_on > clock.now().date()


def _need(one: needed.Own, seen_by: labels.Audience) -> dict[str, Any]:
    said = {"uid": one.said.uid, "text": one.said.text, "offered": one.said.offered}
    return {**said, "audience": seen_by, "until": one.until}


def _address(request: Request) -> str:
    mailbox = people.mailbox(person=request.viewer.me)
    return mailbox.address if mailbox else ""


def _words_form(request: Request, data: Any = None) -> WordsForm:
    said = cards.me(request.viewer)
    initial = {
        "name": said.name.text if said.name else "",
        "headline": said.headline.text if said.headline else "",
        "audience": str(said.name.audience or "me") if said.name else "",
    }
    return WordsForm(data, audiences=audiences.offered(request.viewer), initial=initial)


def _work_form(request: Request, data: Any = None) -> PositionForm:
    return PositionForm(data, audiences=audiences.offered(request.viewer), auto_id="work_%s")


def _known_organisations(request: Request) -> list[tuple[str, str]]:
    kept = {one.slug: one.name for one in work.shielded(request.viewer)}
    own = {one.held.slug: one.held.organisation for one in work.mine(request.viewer)}
    return sorted({**own, **kept}.items(), key=lambda pair: pair[1].casefold())


def _shield_form(request: Request, data: Any = None) -> ShieldForm:
    ticked = [kept.slug for kept in work.shielded(request.viewer)]
    known = _known_organisations(request)
    return ShieldForm(data, known=known, initial={"organisations": ticked}, auto_id="shield_%s")


def _named(request: Request) -> dict[str, tuple[int, str]]:
    """Who can be named: the members in one's own notebook, by the id of the contact."""
    known = encounters.known(request.viewer)
    return {str(one.contact): (person, one.name) for person, one in known.items()}


def _need_form(request: Request, data: Any = None) -> NeedForm:
    named = [(uid, name) for uid, (_person, name) in _named(request).items()]
    me_first, *rest = audiences.offered(request.viewer)
    offered = [me_first, *([(NAMED, _("People I name"))] if named else []), *rest]
    return NeedForm(data, audiences=offered, people=named, auto_id="need_%s")


def _need_audience(request: Request, said: dict[str, Any]) -> int | None:
    if said["audience"] != NAMED:
        return audiences.chosen(request.viewer, said["audience"])
    named = _named(request)
    return discretion.name_people(people=[named[uid][0] for uid in said["people"]])


def _end_of(day: Any) -> datetime:
    """The end of a day where this server is at home."""
    return datetime.combine(day, time.max, ZoneInfo(settings.HOME_ZONE))
