"""The list of an evening that its organiser brings from another tool: looked at first, kept for them alone, dropped."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entregent.common import errors
from entregent.exchange import attendees, reasons
from entregent.exchange.contacts.attendees import Attendee, Roll
from entregent.exchange.contacts.said import TABLE_BYTES
from entregent.meetups import queries
from entregent.web import evening_card, evenings
from entregent.web.methods import require_form, signed_in
from entregent.web.middleware import Request

#: How many lines that were not taken are shown.
REPORTED = 200


@require_form
@signed_in
def evening_list(request: Request, code: str) -> HttpResponse:
    """What the organiser's own list says; a file is shown before any of it is kept, and nothing of it waits here."""
    evenings.organised(request, code)
    try:
        if "drop" in request.POST:
            return _dropped(request, code)
        if "people" in request.POST:
            return _kept(request, code, _carried(request.POST["people"]))
        return _page(request, code, _read(request) if request.method == "POST" else None)
    except errors.Invalid as error:
        return _page(request, code, error=str(error.message))


def _read(request: Request) -> Roll:
    file = request.FILES.get("file")
    if file is None:
        raise errors.Invalid("file", _("Choose a file first."))
    if (file.size or 0) > TABLE_BYTES:
        raise errors.Invalid("file", reasons.told("too_big"))
    return attendees.read(file.read())


def _kept(request: Request, code: str, people: Sequence[Attendee]) -> HttpResponse:
    fresh = attendees.bring(request.viewer, code=code, people_of_it=people)
    words = ngettext("%(count)d person is new on your list.", "%(count)d people are new on your list.", fresh)
    messages.success(request, words % {"count": fresh})
    return redirect("evening_list", code)


def _dropped(request: Request, code: str) -> HttpResponse:
    attendees.drop(request.viewer, code=code)
    messages.success(request, _("The list is gone."))
    return redirect("evening_list", code)


def carried(people: Sequence[Attendee]) -> str:
    """People as a form carries them from the preview back here, as they were read."""
    return _signer().sign_object([[one.line, one.name, one.mail] for one in people], compress=True)


def _carried(words: str) -> list[Attendee]:
    try:
        return [Attendee(*one) for one in _signer().unsign_object(words)]
    except signing.BadSignature as error:
        raise errors.Invalid(
            "file", _("This list is no longer the one you were shown. Choose the file again.")
        ) from error


def _signer() -> signing.Signer:
    return signing.Signer(salt="attendees")


def _page(request: Request, code: str, roll: Roll | None = None, *, error: str = "") -> HttpResponse:
    one = evenings.organised(request, code)
    listed = queries.listed(request.viewer, code)
    said: dict[str, Any] = {"listed": listed, "until": min((each.until for each in listed), default=None)}
    said |= {"error": error, "roll": roll and _preview(roll, {each.key for each in listed})}
    said["recall_address"] = evenings.absolute("evening_recalled", one.code, one.recalled) if one.recalled else ""
    return render(request, "evening_list.html", {**evening_card.shown(one), **said}, status=422 if error else 200)


def _preview(roll: Roll, held: set[str]) -> dict[str, Any]:
    return {
        "people": [{"name": one.name, "mail": one.mail, "known": one.key in held} for one in roll.people],
        "fresh": sum(one.key not in held for one in roll.people),
        "carried": carried(roll.people),
        "skipped": [reasons.told(one.reason, one.line) for one in roll.skipped[:REPORTED]],
        "more": max(len(roll.skipped) - REPORTED, 0),
    }
