"""Bringing one's own address book: a file, who of it, what came of it, and back. Its owner alone opens these pages."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from entregent.common import errors
from entregent.encounters import imports
from entregent.encounters import queries as encounters
from entregent.encounters.imports import Waiting
from entregent.exchange import books, reasons, uploads
from entregent.exchange.books import Beforehand
from entregent.exchange.contacts import stored
from entregent.exchange.contacts.said import CARDS_BYTES, FIELDS, Said
from entregent.web import labels
from entregent.web.choosing import Choice, Row
from entregent.web.methods import require_form, require_post, require_safe, signed_in
from entregent.web.middleware import Request

#: What a column may hold, as it is chosen.
COLUMNS: Mapping[str, Any] = {
    "name": gettext_lazy("The whole name"),
    "first": gettext_lazy("The first name"),
    "last": gettext_lazy("The family name"),
    "organisation": gettext_lazy("Where they work"),
    "title": gettext_lazy("Their job"),
    "mail": gettext_lazy("An e-mail address"),
    "telephone": gettext_lazy("A phone number"),
    "link": gettext_lazy("A link"),
    "labels": gettext_lazy("Labels"),
    "words": gettext_lazy("A note"),
    "on": gettext_lazy("A day"),
}
#: How many lines that were not taken a report shows.
REPORTED = 200
#: How many imports are listed.
SHOWN = 10


@require_form
@signed_in
def contact_bring(request: Request) -> HttpResponse:
    """Choose a file."""
    if request.method == "POST":
        file = request.FILES.get("file")
        try:
            if file is None:
                raise errors.Invalid("file", _("Choose a file first."))
            if (file.size or 0) > CARDS_BYTES:
                raise errors.Invalid("file", reasons.told("too_big"))
            upload = uploads.hand_over(request.viewer, file=file.name or "?", data=file.read())
        except errors.Invalid as error:
            return _bring(request, str(error.message))
        return redirect("contact_choose", upload)
    return _bring(request)


def _bring(request: Request, error: str = "") -> HttpResponse:
    said = {"error": error, "imports": imports.came(request.viewer, first=SHOWN)}
    return render(request, "book_bring.html", said, status=422 if error else 200)


@require_form
@signed_in
def contact_choose(request: Request, uid: UUID) -> HttpResponse:
    """Who of a file comes in. What was sent twice came in once, and leads to what came of it."""
    try:
        return _chosen(request, imports.waiting(request.viewer, uid))
    except errors.NotFound:
        return _gone(request, uid)


def _gone(request: Request, uid: UUID) -> HttpResponse:
    """A file that waits no more, or never did: what came of it where something did, else what to do."""
    try:
        imports.brought(request.viewer, uid)
    except errors.NotFound:
        return render(request, "book_gone.html", status=404)
    return redirect("contact_brought", uid)


def _chosen(request: Request, waiting: Waiting) -> HttpResponse:
    if waiting.content is not None:
        return _columns(request, waiting)
    held = books.beforehand(request.viewer, stored.said_of(waiting.said))
    if request.method != "POST":
        return _choose(request, waiting, held)
    label = request.POST.get("label", "")
    try:
        wanted = [int(value) for value in _choice(request, held).chosen()]
        if not wanted and request.POST.get("what") != "evenings":
            raise errors.Invalid("lines", _("Choose at least one person."))
        brought = uploads.bring_upload(request.viewer, upload=waiting.uid, lines=wanted, label=label)
    except errors.Invalid as error:
        return _choose(request, waiting, held, str(error.message))
    return redirect("contact_brought", brought)


def _choice(request: Request, held: Beforehand) -> Choice:
    rows = [
        Row(str(line.said.line), line.said.name, _fact(line.said), not line.known, _known() if line.known else "")
        for line in held.lines
    ]
    return Choice(rows, request.POST if request.method == "POST" else request.GET, {})


def _known() -> str:
    return _("in your notebook")


def _fact(said: Said) -> str:
    reached = next(iter((*said.mails, *said.telephones)), "")
    return " · ".join(filter(None, (said.title, said.organisation, *said.labels))) or reached


def _choose(request: Request, waiting: Waiting, held: Beforehand, error: str = "") -> HttpResponse:
    choice = _choice(request, held)
    said = {
        "file": waiting.file,
        "upload": waiting.uid,
        "choice": choice.context(),
        "fresh": sum(row.ticked for row in choice.rows),
        "skipped": _told(waiting.skipped),
        "left_out": stored.skipped_count(waiting.skipped),
        "labels": encounters.labels(request.viewer),
        "short": held.short,
        "evenings": len(stored.evenings_of(waiting.evenings)),
        "error": error,
    }
    return render(request, "book_choose.html", said, status=422 if error else 200)


def _told(skipped: str) -> list[str]:
    """The first lines that were not taken, in words."""
    return [reasons.left_out(one) for one in stored.skipped_of(skipped)[:REPORTED]]


def _columns(request: Request, waiting: Waiting, error: str = "") -> HttpResponse:
    columns = [
        {"number": number, "header": header, "cells": cells, "said": request.POST.get(f"column_{number}", "")}
        for number, (header, cells) in enumerate(stored.headers_of(waiting.said))
    ]
    said = {"file": waiting.file, "upload": waiting.uid, "columns": columns, "fields": COLUMNS.items(), "error": error}
    return render(request, "book_columns.html", said, status=422 if error else 200)


@require_post
@signed_in
def contact_columns(request: Request, uid: UUID) -> HttpResponse:
    """Say what the columns of a file hold."""
    try:
        return _named(request, imports.waiting(request.viewer, uid))
    except errors.NotFound:
        return _gone(request, uid)


def _named(request: Request, waiting: Waiting) -> HttpResponse:
    if waiting.content is None:
        return redirect("contact_choose", waiting.uid)
    said = {number: request.POST.get(f"column_{number}", "") for number in range(len(stored.headers_of(waiting.said)))}
    try:
        columns = {number: field for number, field in said.items() if field in FIELDS}
        uploads.name_columns(request.viewer, upload=waiting.uid, columns=columns)
    except errors.Invalid as error:
        return _columns(request, waiting, str(error.message))
    return redirect("contact_choose", waiting.uid)


@require_post
@signed_in
def contact_leave(request: Request, uid: UUID) -> HttpResponse:
    """Bring nothing more of a file."""
    try:
        uploads.drop_upload(request.viewer, upload=uid)
    except errors.NotFound:
        return _gone(request, uid)
    messages.success(request, _("The file is gone from here."))
    return redirect("book")


@require_safe
@signed_in
def contact_brought(request: Request, uid: UUID) -> HttpResponse:
    """What came of a file."""
    brought = imports.brought(request.viewer, uid)
    said = {
        "brought": brought,
        "skipped": _told(brought.skipped),
        "left_out": stored.skipped_count(brought.skipped),
        "evenings": len(stored.evenings_of(brought.evenings)),
        "waiting": imports.waits(request.viewer, uid),
    }
    return render(request, "book_brought.html", said)


@require_post
@signed_in
def contact_undo(request: Request, uid: UUID) -> HttpResponse:
    """Take an import back."""
    undone = books.undo(request.viewer, brought=uid)
    gone = ngettext("%(count)s page is gone.", "%(count)s pages are gone.", undone.gone)
    words = gone % {"count": labels.count(undone.gone)}
    kept = ngettext(
        "%(names)s stays: you wrote there since.", "%(names)s stay: you wrote there since.", len(undone.kept)
    )
    passed = ngettext(
        "%(names)s stays: another file speaks of them.",
        "%(names)s stay: other files speak of them.",
        len(undone.passed),
    )
    for stay, names in ((kept, undone.kept), (passed, undone.passed)):
        words = f"{words} {stay % {'names': _names(names)}}" if names else words
    messages.success(request, words[:1].upper() + words[1:])
    return redirect("book")


def _names(names: tuple[str, ...]) -> str:
    more = len(names) - 5
    others = [ngettext("%(count)s other", "%(count)s others", more) % {"count": more}] if more > 0 else []
    return labels.listing([*names[:5], *others])
