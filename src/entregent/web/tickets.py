"""One's own ticket: a square that the door scans, of an account or of a secret link."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from entregent.discretion.viewer import Viewer
from entregent.meetups import queries, tickets
from entregent.meetups.shown import Evening
from entregent.web import evening_card, offline
from entregent.web.evenings import absolute, answered, guest_of
from entregent.web.methods import require_safe
from entregent.web.middleware import Request


@require_safe
def ticket(request: Request, code: str) -> HttpResponse:
    """The ticket of whoever has a seat; for everybody else it is not there."""
    back = reverse("evening", args=[code])
    return _ticket(request, request.viewer, queries.evening(request.viewer, code), back)


@require_safe
def answer_ticket(request: Request, key: str) -> HttpResponse:
    """The ticket of somebody without account, by the secret link; `?soiree=` says to which evening."""
    guest = guest_of(key)
    one = answered(guest, request.GET.get("soiree", ""))
    return _ticket(request, guest, one, f"{reverse('answer', args=[key])}?soiree={one.code}")


def _ticket(request: Request, viewer: Viewer, one: Evening, back: str) -> HttpResponse:
    mine = queries.ticket(viewer, one.code)
    said: dict[str, Any] = {"back": back, "read": tickets.spaced(mine.code), "scanned": scanned(one.code, mine.code)}
    said |= {"let_in_at": mine.let_in_at, "brings": one.my_guests}
    return offline.kept(render(request, "ticket.html", {**evening_card.shown(one), **said}), mine.until)


def scanned(evening: str, code: str) -> str:
    """What the square of a ticket says: the address of the door, so that any camera of an organiser's leads there."""
    return f"{absolute('door', evening)}?billet={code}"
