"""Pages of a community: itself, its poster, opening or changing it, coming in and going."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from entregent.common import errors
from entregent.communities import actions, queries
from entregent.directory import queries as directory
from entregent.exchange import queries as exchange
from entregent.meetups import departures, gatherings
from entregent.meetups.shown import Gathering
from entregent.profiles import queries as profiles
from entregent.search.stems import fold
from entregent.web import accounts, arrival, conduct, once, pending, repairs, reports
from entregent.web.communities_forms import CommunityForm, JoinForm
from entregent.web.methods import require_form, require_post, require_safe, signed_in
from entregent.web.middleware import KEY, Request
from entregent.web.rhythms import rhythm

#: How many evenings of the past, and how many people, a page lists.
PAST, LISTED = 100, 50


@require_safe
def community(request: Request, slug: str) -> HttpResponse:
    """A community, its evenings and its door."""
    page = queries.community(request.viewer, slug)
    return render(request, "community.html", {**_about(page), **_evenings(request, slug), **_door(request, page)})


def _about(page: queries.Page) -> dict[str, Any]:
    named = {"name": page.name, "slug": page.slug, "place": page.town, "welcome": page.words, "entry": page.entry}
    standing = {"member": page.belongs, "steward": page.steward, "may_open": page.belongs}
    return {"community": named, "conduct": conduct.lines(page.conduct), **standing}


def _evenings(request: Request, slug: str) -> dict[str, Any]:
    return {
        "coming": [evening_line(one) for one in gatherings.upcoming(request.viewer, community=slug)],
        "past": [evening_line(one) for one in gatherings.past(request.viewer, community=slug, limit=PAST)],
    }


def evening_line(one: Gathering) -> dict[str, Any]:
    """An evening as `includes/evening_line.html` draws it."""
    state = "cancelled" if one.cancelled else ""
    drawn = {field: getattr(one, field) for field in ("code", "starts_at", "zone", "place", "town")}
    standing = one.my_answer if one.my_answer in {"going", "waiting", "offered"} else ""
    recurs = {"more": one.more, "rhythm": rhythm(one.recurs)}
    return {"meetup": {**drawn, "name": one.title, "state": state, **recurs}, "standing": standing}


def _door(request: Request, page: queries.Page) -> dict[str, Any]:
    address = _invitation(page) if page.belongs else ""
    open_to_this = not page.belongs and page.entry != "link"
    asks = queries.requests(request.viewer, page.slug) if page.steward else []
    return {
        "sector": directory.size(request.viewer) if page.belongs else 0,
        "join_address": address,
        "join_key": page.slug if open_to_this else "",
        "share": _share(page, address) if address else None,
        "requests": [{"uid": a.uid, "name": a.name, "words": a.words, "on": a.asked_at} for a in asks],
        "claims": exchange.claims(request.viewer, page.slug) if page.steward else [],
        "reports": reports.heard(request.viewer, page.slug) if page.steward else [],
    }


def _invitation(page: queries.Page) -> str:
    return settings.BASE_URL + reverse("join", args=[page.invite])


def _share(page: queries.Page, address: str) -> dict[str, Any]:
    text = _("%(name)s: the people of our trade, and the next evenings. To come in: %(address)s")
    return {
        "text": text % {"name": page.name, "address": address},
        "title": page.name,
        "lines": [page.town] if page.town else [],
    }


@require_safe
def community_poster(request: Request, slug: str) -> HttpResponse:
    """The poster that invites into a community, for whoever belongs to it."""
    page = queries.community(request.viewer, slug)
    if not page.belongs:
        raise errors.NotFound
    address = _invitation(page)
    typed = address.partition("://")[2]
    return render(request, "community_poster.html", {**_about(page), "join_address": address, "typed": typed})


@require_form
@signed_in
def community_new(request: Request) -> HttpResponse:
    """Open a community."""
    form = CommunityForm(request.POST or None)
    if form.is_valid():
        try:
            return redirect("community", actions.found(request.viewer, once=once.uid(request), **form.said()))
        except errors.Invalid as error:
            repairs.tell(form, error)
    return render(request, "community_form.html", {"form": form, "community": None}, status=repairs.status(form))


@require_form
@signed_in
def community_edit(request: Request, slug: str) -> HttpResponse:
    """Change a community, and see to who is in it. For its stewards."""
    page = queries.community(request.viewer, slug)
    if not page.steward:
        raise errors.NotFound
    same = {"name": page.name, "zone": page.zone, "entry": page.entry, "conduct": page.conduct}
    form = CommunityForm(request.POST or None, initial={**same, "place": page.town, "welcome": page.words})
    if form.is_valid():
        try:
            actions.edit(request.viewer, slug=slug, **form.said())
        except errors.Invalid as error:
            repairs.tell(form, error)
        else:
            messages.success(request, _("These changes are saved."))
            return redirect("community", slug)
    said = {**_about(page), "form": form, **_others(request, slug)}
    return render(request, "community_form.html", said, status=repairs.status(form))


def _others(request: Request, slug: str) -> dict[str, Any]:
    """Who else is in it, of those whose name the steward may see: the first by name, or those who were looked for."""
    sought = request.GET.get("q", "").strip()
    belong = queries.people(request.viewer, slug)
    cards = profiles.cards(request.viewer, belong).values()
    others = [one for one in cards if one.person != request.viewer.person and fold(sought) in fold(one.name)]
    in_order = sorted(others, key=lambda one: (fold(one.name), one.uid))
    able = [person for person, signs_in in belong.items() if signs_in]
    return {"people": in_order[:LISTED], "able": able, "sought": sought, "many": len(cards) > LISTED}


@require_post
@signed_in
def community_invite(request: Request, slug: str) -> HttpResponse:
    """Renew the invitation link."""
    actions.renew_invite(request.viewer, slug=slug)
    messages.success(request, _("The invitation has a new address. The old one leads nowhere any more."))
    return redirect("community", slug)


@require_post
@signed_in
def community_leave(request: Request, slug: str) -> HttpResponse:
    """Go."""
    departures.leave(request.viewer, slug=slug)
    messages.success(request, _("You have left. What you said to the community is still addressed to it."))
    return redirect("home")


@require_post
@signed_in
def community_remove(request: Request, slug: str, uid: UUID) -> HttpResponse:
    """Take somebody out: of those whose name the steward may see, as for everybody else who is named."""
    profiles.person(request.viewer, uid)
    departures.remove(request.viewer, slug=slug, person=uid)
    messages.success(request, _("This person is no longer in the community."))
    return redirect("community_edit", slug)


@require_post
@signed_in
def community_appoint(request: Request, slug: str, uid: UUID) -> HttpResponse:
    """Make somebody a steward as well: of those whose name the steward may see."""
    profiles.person(request.viewer, uid)
    actions.appoint(request.viewer, slug=slug, person=uid)
    messages.success(request, _("This person looks after the community too."))
    return redirect("community_edit", slug)


@require_post
@signed_in
def request_withdraw(request: Request, slug: str) -> HttpResponse:
    """Ask no longer to be let in."""
    actions.withdraw_request(request.viewer, slug=slug)
    messages.success(request, _("Your request is withdrawn."))
    return redirect("me_seen")


@require_post
@signed_in
def entry_accept(request: Request, uid: UUID) -> HttpResponse:
    """Let in somebody who asked."""
    return redirect("community", actions.approve(request.viewer, request=uid))


@require_post
@signed_in
def entry_decline(request: Request, uid: UUID) -> HttpResponse:
    """Leave somebody who asked outside."""
    return redirect("community", actions.decline(request.viewer, request=uid))


@require_form
def join(request: Request, key: str) -> HttpResponse:
    """Come in by an invitation, or by the address of a community that lets ask: one screen, one private question."""
    page = _invited(request, key)
    signed_in, without = request.user.is_authenticated, arrival.answered(request, page)
    if page.belongs and signed_in and without >= {"name", "where"}:
        return redirect("community", page.slug)
    called = "" if signed_in else arrival.guest_name(request.session.get(KEY, ""))
    known = {"name": arrival.known_name(request)}
    form = JoinForm(request.POST or None, without=without, called=called, initial=known)
    if form.is_valid() and (answer := _come_in(request, page, key, form)):
        return answer
    return render(request, "join.html", {**_about(page), "form": form}, status=repairs.status(form))


def _invited(request: Request, key: str) -> queries.Page:
    try:
        return queries.by_invite(request.viewer, key)
    except errors.NotFound:
        page = queries.community(request.viewer, key)
    if page.entry == "link" and not page.belongs:
        raise errors.NotFound
    return page


def _come_in(request: Request, page: queries.Page, key: str, form: JoinForm) -> HttpResponse | None:
    """Enter now, or once the code that was sent has come back."""
    said = {**form.said(), "slug": page.slug, "invite": key}
    if not request.user.is_authenticated:
        guest = form.brings({pending.BECOMING: request.session.get(KEY, "")})
        begun = {**guest, pending.JOINING: said}
        return accounts.begin(request, form, reverse("community", args=[page.slug]), begun)
    try:
        arrival.enter(request, request.viewer, said)
    except errors.Invalid as error:
        repairs.tell(form, error)
        return None
    return redirect("community", page.slug)
