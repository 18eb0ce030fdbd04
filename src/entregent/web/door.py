"""The door of a larger evening, for those who organise it: tickets, a list to tick, those who walk in, undo."""

import re
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from entregent.common import chance, clock, errors
from entregent.meetups import admissions, declassified, tickets, times
from entregent.meetups.shown import Entry, Evening, Noted
from entregent.web import door_list, evening_card, offline, once
from entregent.web.evenings import organised
from entregent.web.methods import require_post, require_safe, signed_in
from entregent.web.middleware import Request

#: What the square of a ticket says: the code of the evening, and that of the ticket.
SQUARE = re.compile(r"/s/([\w-]+)/porte/\?billet=(\w+)")


@require_safe
@signed_in
def door(request: Request, code: str) -> HttpResponse:
    """The door; with a `billet` in its address, what it says of that ticket. Reading it lets nobody in."""
    one = organised(request, code)
    when, here = _when(one), door_list.this_door(request)
    if when != "now":
        said: dict[str, Any] = {"when": when, "words": door_list.scripted()}
        return render(request, "door.html", {**evening_card.shown(one), **said})
    _keep_list(request, code)
    found, wanted = door_list.listed(request.viewer, code, door=here), request.GET.get("q", "").strip()
    said = {"list": found.searched(wanted), "query": wanted, "coming": len(found.lines), "when": when}
    said |= {"words": door_list.scripted(), **_presented(request, one, here)}
    page = render(request, "door.html", {**evening_card.shown(one), **said})
    return offline.kept(page, one.ends_at + times.DOORS_CLOSE)


@require_safe
@signed_in
def door_data(request: Request, code: str) -> HttpResponse:
    """The list as a script keeps it until the doors close: names, borrowed or not, and tickets that it cannot read."""
    one = organised(request, code)
    if _when(one) != "now":
        raise errors.NotFound
    _keep_list(request, code)
    salt, here = chance.token(12), door_list.this_door(request)
    found = door_list.listed(request.viewer, code, salt=salt, door=here)
    until = int((one.ends_at + times.DOORS_CLOSE).timestamp() * 1000)
    return JsonResponse({"salt": salt, "until": until, **door_list.data(found, one.zone)})


def _keep_list(request: Request, code: str) -> None:
    """Note that the list goes to a telephone; none goes to whoever asks for the head of a page alone."""
    if request.method == "GET":
        admissions.keep_list(request.viewer, code=code)


def _when(one: Evening) -> str:
    now = clock.now()
    if one.state == "cancelled":
        return "cancelled"
    if times.list_is_open(one.starts_at, one.ends_at, now):
        return "now"
    return "early" if now < one.starts_at else "over"


def _presented(request: Request, one: Evening, here: str) -> dict[str, Any]:
    billet = request.GET.get("billet", "")
    if not billet:
        return {"verdict": None}
    seat = declassified.presented(request.viewer, one.code, ticket=billet, door=here)
    words = door_list.words(seat.entry, door_list.called(request.viewer, seat), one.zone)
    return {"verdict": {"words": words, "good": seat.entry.outcome == "in", "billet": tickets.typed(billet)}}


@require_post
@signed_in
def door_admit(request: Request, code: str) -> HttpResponse:
    """Let somebody in, by a ticket, a line of the list, or a first name; a script is told what came of it as data."""
    one = organised(request, code)
    try:
        entry, name = _admitted(request, one)
    except errors.Invalid as error:
        if not request.accepts("text/html"):
            return JsonResponse({"outcome": "refused", "words": str(error.message)}, status=422)
        messages.error(request, str(error.message))
        return redirect("door", code)
    if request.accepts("text/html"):
        _say(request, one, entry, name)
        return redirect("door", code)
    return JsonResponse(door_list.told(one, entry, name))


def _admitted(request: Request, one: Evening) -> tuple[Entry, str]:
    noted: Noted = {"at": _moment(request), "once": _drawn(request), "door": door_list.this_door(request)}
    said, actor = request.POST, request.viewer
    if said.get("billet"):
        evening, ticket = read(said["billet"])
        if evening not in {"", one.code}:
            return Entry("elsewhere"), ""
        seat = declassified.presented(actor, one.code, ticket=ticket, at=noted["at"])
        return admissions.let_in(actor, code=one.code, ticket=ticket, **noted), door_list.called(actor, seat)
    if "line" in said:
        line = _line(said["line"])
        name = door_list.called(actor, declassified.presented(actor, one.code, line=line, at=noted["at"]))
        return admissions.let_in(actor, code=one.code, line=line if name else None, **noted), name
    name = said.get("name", "")
    return admissions.let_walk_in(actor, code=one.code, name=name, **noted), name.strip()


def read(words: str) -> tuple[str, str]:
    """The code of an evening (empty where that is not said) and of a ticket, typed or scanned.

    >>> read("https://apero.example/s/K7Q2M9PX/porte/?billet=YXA2U8DGRQUJU9RF"), read("yxa2 u8dg rquj u9rf")
    (('K7Q2M9PX', 'YXA2U8DGRQUJU9RF'), ('', 'YXA2U8DGRQUJU9RF'))
    """
    square = SQUARE.search(words)
    return (square[1].upper(), tickets.typed(square[2])) if square else ("", tickets.typed(words))


def _line(said: str) -> UUID | None:
    """The line of the list that a form names; nothing that is none."""
    with suppress(ValueError):
        return UUID(said)
    return None


def _moment(request: Request) -> datetime | None:
    """When a door without network noted it; nothing that is no moment."""
    with suppress(ValueError):
        at = datetime.fromisoformat(request.POST.get("at", ""))
        return at if at.tzinfo else None
    return None


def _drawn(request: Request) -> UUID | None:
    """The public id that a script drew for an entry, else the one of a form that is sent twice."""
    with suppress(ValueError):
        return UUID(request.POST.get("uid", ""), version=4)
    return once.uid(request)


def _say(request: Request, one: Evening, entry: Entry, name: str) -> None:
    words = door_list.words(entry, name, one.zone)
    if entry.outcome == "in":
        undo = reverse("door_undo", args=[one.code, entry.uid])
        messages.success(request, words, extra_tags=undo)
    else:
        messages.error(request, words)


@require_post
@signed_in
def door_undo(request: Request, code: str, uid: UUID) -> HttpResponse:
    """Take back that somebody was let in."""
    organised(request, code)
    admissions.let_out(request.viewer, code=code, entry=uid, at=_moment(request))
    if not request.accepts("text/html"):
        return JsonResponse({"outcome": "out"})
    messages.success(request, _("Taken back: they are not inside."))
    return redirect("door", code)
