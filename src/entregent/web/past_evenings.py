"""Evenings of a calendar that one brought: which there were, and who of one's book was there, in one gesture."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entregent.common import errors
from entregent.encounters import imports
from entregent.encounters import queries as encounters
from entregent.encounters.imports import Brought
from entregent.exchange import evenings
from entregent.exchange.contacts import stored
from entregent.exchange.contacts.said import Evening
from entregent.exchange.contacts.texts import folded
from entregent.web import labelling, labels
from entregent.web.choosing import Choice, Row
from entregent.web.methods import require_form, signed_in
from entregent.web.middleware import Request

#: How many evenings a page lists.
LINES = 40


@require_form
@signed_in
def contact_evenings(request: Request, uid: UUID) -> HttpResponse:
    """The evenings of a calendar that was brought; where `n` says which, who was there."""
    brought = imports.brought(request.viewer, uid)
    asked = request.POST if request.method == "POST" else request.GET
    if "n" not in asked and request.method != "POST":
        return _list(request, brought)
    number = _number(asked.get("n", ""))
    evening, choice = evenings.one(brought.evenings, number), _choice(request, number, asked)
    if request.method != "POST":
        return _who(request, brought, evening, choice)
    try:
        return _attached(request, uid, number, choice)
    except errors.Invalid as error:
        return _who(request, brought, evening, choice, error=str(error.message))


def _attached(request: Request, uid: UUID, number: int, choice: Choice) -> HttpResponse:
    chosen = [UUID(value) for value in choice.chosen()]
    if not chosen:
        raise errors.Invalid("who", _("Choose at least one person."))
    text = request.POST.get("text", "")
    count = evenings.attach(request.viewer, brought=uid, evening=number, contacts=chosen, label=text)
    words = ngettext("%(count)s page says it now.", "%(count)s pages say it now.", count)
    said = words % {"count": labels.count(count)}
    messages.success(request, said[:1].upper() + said[1:])
    return redirect("contact_evenings", uid)


def _list(request: Request, brought: Brought) -> HttpResponse:
    query = request.GET.get("q", "").strip()
    told = list(enumerate(stored.evenings_of(brought.evenings)))
    found = [(number, one) for number, one in told if folded(query) in folded(f"{one.title} {one.place}")]
    page = Paginator(found, LINES).get_page(request.GET.get("page"))
    following = {"q": query} if query else {}
    said = {
        "brought": brought,
        "query": query,
        "total": len(told),
        "lines": [{"number": number, "evening": one} for number, one in page],
        "next_page": f"?{urlencode({**following, 'page': page.next_page_number()})}" if page.has_next() else "",
    }
    return render(request, "book_evenings.html", said)


def _who(request: Request, brought: Brought, evening: Evening, choice: Choice, *, error: str = "") -> HttpResponse:
    said = {
        "brought": brought,
        "evening": evening,
        "choice": choice.context(),
        "text": request.POST.get("text", evenings.label_of(evening)),
        "labels": encounters.labels(request.viewer),
        "error": error,
    }
    return render(request, "book_evening.html", said, status=422 if error else 200)


def _choice(request: Request, number: int, asked: Mapping[str, Any]) -> Choice:
    rows = [Row(str(entry.uid), entry.name, labelling.fact(entry)) for entry in encounters.book(request.viewer)]
    return Choice(sorted(rows, key=lambda row: row.name.casefold()), asked, {"n": str(number)})


def _number(text: str) -> int:
    """Raises `NotFound` for what is none."""
    if not text.isascii() or not text.isdigit() or len(text) > 6:
        raise errors.NotFound
    return int(text)
