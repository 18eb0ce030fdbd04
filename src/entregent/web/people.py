"""A member as the viewer may see them: what they publish, the evenings, the ways to them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from entregent.common import errors
from entregent.communities import queries as communities
from entregent.discretion import queries as discretion
from entregent.discretion.viewer import Viewer
from entregent.encounters import actions as encounters
from entregent.encounters import queries as book
from entregent.encounters.queries import Entry
from entregent.exchange import queries as exchange
from entregent.market import queries as market
from entregent.meetups import gatherings
from entregent.meetups.shown import Gathering
from entregent.profiles import queries as profiles
from entregent.profiles.queries import Card
from entregent.recall import queries as recall
from entregent.ties import queries as ties
from entregent.ties.queries import Way
from entregent.web import once, published, sentences
from entregent.web.communities import evening_line
from entregent.web.methods import require_post, require_safe, signed_in
from entregent.web.middleware import Request

#: How many ways, and how many evenings where both were, a page shows.
WAYS, TOGETHER = 3, 5


@require_safe
@signed_in
def person(request: Request, uid: UUID) -> HttpResponse:
    """What a member opens to the viewer, and what ties the two."""
    viewer, card = request.viewer, profiles.person(request.viewer, uid)
    if card.person == viewer.person:
        return redirect("me")
    entry, blocked = _entry(viewer, card), card.person in discretion.blocked(viewer)
    said = {
        "who": _who(viewer, card, entry),
        "contact": entry.uid if entry else None,
        "portrayed": profiles.is_portrayed(viewer, card.person),
        "groups": published.groups(viewer, card.person),
        "evenings": [evening_line(one) for one in gatherings.company(viewer).get(card.person, [])],
        "together": [_past(one) for one in gatherings.together(viewer, viewer.me, card.person, limit=TOGETHER)],
        "target": _target(card),
        "unclaimed": exchange.unclaimed(viewer, uid),
        "blocked": blocked,
        "may_report": bool(communities.mine(viewer)),
        "ways": [] if entry or blocked else _ways(viewer, card, _found(viewer, card)),
    }
    return render(request, "person.html", said)


@require_post
@signed_in
def person_keep(request: Request, uid: UUID) -> HttpResponse:
    """Note a member, with a few words where there are some."""
    viewer, card = request.viewer, profiles.person(request.viewer, uid)
    known, words = _entry(viewer, card), request.POST.get("words", "")
    try:
        contact = encounters.note_somebody(viewer, person=uid, text=words, once=once.uid(request))
    except errors.Invalid as error:
        messages.error(request, str(error.message))
        return redirect("person", uid)
    said = _("%(name)s is in your notebook.") % {"name": card.name}
    messages.success(request, said, extra_tags="" if known else reverse("contact_forget", args=[contact]))
    return redirect("contact", contact)


@require_safe
@signed_in
def ways(request: Request, uid: UUID) -> HttpResponse:
    """The ways to a member: one person between."""
    viewer, card = request.viewer, profiles.person(request.viewer, uid)
    if card.person == viewer.person:
        return redirect("me")
    if card.person in discretion.blocked(viewer):
        return redirect("person", uid)
    found, met = _found(viewer, card), recall.met(viewer, [card.person])
    direct = card.person in met or any(len(way.people) == 2 for way in found)
    meets = next(iter(gatherings.company(viewer).get(card.person, [])), None)
    said = {
        "target": _target(card),
        "direct": met.get(card.person, []) if direct else None,
        "ways": _ways(viewer, card, found),
        "meets": evening_line(meets)["meetup"] if meets else None,
    }
    return render(request, "ways.html", said)


def line(card: Card, *, fact: str = "") -> dict[str, Any]:
    """A member in a list as `includes/person_line.html` draws them."""
    said = {"name": card.name, "contact": None, "person": card.uid, "met": False}
    return {**said, "fact": fact or card.headline, "on": None, "reasons": []}


def _past(one: Gathering) -> dict[str, Any]:
    return {**evening_line(one), "standing": ""}


def _entry(viewer: Viewer, card: Card) -> Entry | None:
    return next(iter(book.entries(viewer, people=[card.person])), None)


def _who(viewer: Viewer, card: Card, entry: Entry | None) -> dict[str, Any]:
    work = market.workplaces(viewer, [card.person]).get(card.person)
    held = (work.organisation, work.starts_on) if work else ("", None)
    return {
        **sentences.sentence(card.uid, card.name, entry.met if entry else (), held),
        "headline": card.headline,
    }


def _target(card: Card) -> dict[str, Any]:
    return {
        "uid": card.uid,
        "name": card.name,
        "first_name": sentences.first_name(card.name),
        "fact": card.headline,
    }


def _found(viewer: Viewer, card: Card) -> list[Way]:
    return ties.ways(viewer, to=card.person, limit=WAYS, longest=2)


def _ways(viewer: Viewer, card: Card, found: list[Way]) -> list[dict[str, Any]]:
    """The ways with one person between, with what ties that person to either end."""
    between = [way.people[1] for way in found if len(way.people) == 3]
    entries = {entry.person: entry.uid for entry in book.entries(viewer, people=[one.person for one in between])}
    met = recall.met(viewer, [one.person for one in between])
    return [
        {
            "through": {
                "name": one.name,
                "first_name": sentences.first_name(one.name),
                "contact": entries.get(one.person),
                "person": one.uid,
            },
            "mine": met.get(one.person, []),
            "theirs": recall.between(viewer, one.person, card.person),
        }
        for one in between
    ]
