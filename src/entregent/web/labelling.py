"""Labels and channels: many pages labelled in one gesture, a label taken off, a way struck out."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entregent.common import errors
from entregent.encounters import actions, imports
from entregent.encounters import queries as encounters
from entregent.encounters.queries import Entry
from entregent.web import labels
from entregent.web.choosing import Choice, Row
from entregent.web.methods import require_form, require_post, signed_in
from entregent.web.middleware import Request


@require_form
@signed_in
def contact_label(request: Request) -> HttpResponse:
    """Put a label on several pages of the notebook."""
    choice = _choice(request, request.POST if request.method == "POST" else request.GET)
    if request.method != "POST":
        return _page(request, choice)
    text = " ".join(request.POST.get("text", "").split())
    try:
        chosen = [UUID(value) for value in choice.chosen()]
        if not chosen:
            raise errors.Invalid("who", _("Choose at least one person."))
        count = actions.label(request.viewer, contacts=chosen, text=text)
    except errors.Invalid as error:
        return _page(request, choice, text, str(error.message))
    words = ngettext(
        "%(count)s page has the label “%(text)s” now.", "%(count)s pages have the label “%(text)s” now.", count
    )
    said = words % {"count": labels.count(count), "text": text}
    messages.success(request, said[:1].upper() + said[1:])
    return redirect(f"{reverse('book')}?{urlencode({'q': text})}")


def _choice(request: Request, asked: Mapping[str, Any]) -> Choice:
    brought = asked.get("apport", "")
    entries, kept = encounters.book(request.viewer), {}
    if brought:
        made = set(imports.made_by(request.viewer, _uid(brought)))
        entries, kept = [entry for entry in entries if entry.uid in made], {"apport": brought}
    rows = [Row(str(entry.uid), entry.name, fact(entry)) for entry in entries]
    return Choice(sorted(rows, key=lambda row: row.name.casefold()), asked, kept)


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise errors.NotFound from error


def fact(entry: Entry) -> str:
    """What the owner says that somebody does, and where."""
    where = (entry.last.title or entry.last.place) if entry.last else ""
    return " · ".join(filter(None, (entry.does or entry.title, entry.organisation, where)))


def _page(request: Request, choice: Choice, text: str = "", error: str = "") -> HttpResponse:
    said = {"choice": choice.context(), "labels": encounters.labels(request.viewer), "text": text, "error": error}
    return render(request, "book_label.html", said, status=422 if error else 200)


@require_post
@signed_in
def contact_unreach(request: Request, uid: UUID) -> HttpResponse:
    """Strike out how somebody is reached."""
    contact = actions.drop_channel(request.viewer, channel=uid)
    messages.success(request, _("It is struck out."))
    return redirect("contact", contact)


@require_post
@signed_in
def contact_unmark(request: Request, uid: UUID) -> HttpResponse:
    """Take a label off."""
    contact = actions.drop_label(request.viewer, label=uid)
    messages.success(request, _("The label is off."))
    return redirect("contact", contact)
