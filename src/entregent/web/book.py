"""Mon carnet: everybody one noted, a page about each, and what is written there. Its owner alone opens these pages."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from entregent.common import errors
from entregent.discretion.viewer import Viewer
from entregent.encounters import actions, followups, promises
from entregent.encounters import queries as encounters
from entregent.encounters.queries import Entry, Page
from entregent.meetups import gatherings
from entregent.meetups.shown import Gathering
from entregent.recall import reasons
from entregent.web import dates, labelling, labels, once, published, reaching, repairs, sentences
from entregent.web import promises as promised
from entregent.web.book_forms import LINE, ContactForm, LineForm, MetForm, WorkForm
from entregent.web.methods import require_form, require_post, require_safe, signed_in
from entregent.web.middleware import Request

#: How many people a page of the list holds, and how many evenings a form offers.
LINES, EVENINGS = 40, 12
#: What an action calls a field, and what the forms call it.
FIELDS = {"on": "met_on", "text": "words"}


@require_safe
@signed_in
def book(request: Request) -> HttpResponse:
    """Everybody one noted, last met first, or those whom words find."""
    query = request.GET.get("q", "").strip()
    entries = encounters.book(request.viewer, query)
    page = Paginator(entries, LINES).get_page(request.GET.get("page"))
    following = {"q": query} if query else {}
    said = {
        "query": query,
        "lines": [_line(entry) for entry in page],
        "total": encounters.size(request.viewer) if query else len(entries),
        "next_page": f"?{urlencode({**following, 'page': page.next_page_number()})}" if page.has_next() else "",
        **({} if query else promised.due(request.viewer)),
    }
    return render(request, "book.html", said)


def _line(entry: Entry) -> dict[str, Any]:
    return {
        "name": entry.name,
        "contact": entry.uid,
        "person": None,
        "met": entry.last is not None,
        "fact": labelling.fact(entry),
        "on": entry.last.on if entry.last else None,
        "reasons": [reasons.written(entry.found)] if entry.found else [],
    }


@require_form
@signed_in
def contact_new(request: Request) -> HttpResponse:
    """Note somebody by hand."""
    form = ContactForm(request.POST or None, evenings=_evenings(request.viewer))
    if form.is_valid():
        try:
            return _noted(request, form)
        except errors.Invalid as error:
            repairs.tell(form, error, FIELDS)
    return render(request, "contact_form.html", {"form": form}, status=repairs.status(form))


def _noted(request: Request, form: ContactForm) -> HttpResponse:
    said = form.cleaned_data
    uid = actions.note_somebody(
        request.viewer,
        name=said["name"],
        does=said["does"],
        text=said["words"],
        once=once.uid(request),
        **form.occasion,
    )
    words = _("%(name)s is in your notebook.") % {"name": said["name"]}
    _say(request, words, undo=reverse("contact_forget", args=[uid]))
    return redirect("contact", uid)


@require_safe
@signed_in
def contact(request: Request, uid: UUID) -> HttpResponse:
    """Everything one noted about somebody, and what they publish."""
    return _page(request, encounters.contact(request.viewer, uid))


@require_form
@signed_in
def contact_edit(request: Request, uid: UUID) -> HttpResponse:
    """Correct what somebody is called and does."""
    page = encounters.contact(request.viewer, uid)
    form = WorkForm(request.POST or None, initial=_head(page))
    if form.is_valid():
        try:
            actions.edit_contact(request.viewer, contact=uid, **form.cleaned_data)
        except errors.Invalid as error:
            repairs.tell(form, error, FIELDS)
        else:
            _say(request, _("It is saved."))
            return redirect("contact", uid)
    said = {"form": form, "contact": {"uid": uid, "name": page.name}}
    return render(request, "contact_form.html", said, status=repairs.status(form))


def _head(page: Page) -> dict[str, str]:
    return {"name": page.name, "does": page.does, "title": page.title, "organisation": page.organisation}


@require_post
@signed_in
def contact_note(request: Request, uid: UUID) -> HttpResponse:
    """Add a line about somebody."""
    page, form = encounters.contact(request.viewer, uid), LineForm(request.POST)
    if not form.is_valid():
        return _page(request, page, form=form)
    words = form.cleaned_data["words"]
    note = actions.add_note(request.viewer, contact=uid, text=words, once=once.uid(request))
    _say(request, _("It is noted."), undo=reverse("note_drop", args=[note]))
    return redirect("contact", uid)


@require_post
@signed_in
def contact_met(request: Request, uid: UUID) -> HttpResponse:
    """Say that one met somebody again."""
    page, form = encounters.contact(request.viewer, uid), _met_form(request.viewer, request.POST)
    if not form.is_valid():
        return _page(request, page, met_form=form)
    try:
        actions.meet_again(request.viewer, contact=uid, **form.occasion)
    except errors.Invalid as error:
        repairs.tell(form, error, FIELDS)
        return _page(request, page, met_form=form)
    _say(request, _("It is noted."))
    return redirect("contact", uid)


@require_post
@signed_in
def contact_promise(request: Request, uid: UUID) -> HttpResponse:
    """Note what one promised somebody."""
    page, form = encounters.contact(request.viewer, uid), promised.PromiseForm(request.POST)
    if not form.is_valid():
        return _page(request, page, promise_form=form)
    said = {"text": form.cleaned_data["text"], "due_on": form.day}
    try:
        made = promises.promise(request.viewer, contact=uid, once=once.uid(request), **said)
    except errors.Invalid as error:
        repairs.tell(form, error)
        return _page(request, page, promise_form=form)
    _say(request, _("It is noted."), undo=reverse("promise_drop", args=[made]))
    return redirect("contact", uid)


@require_post
@signed_in
def contact_reach(request: Request, uid: UUID) -> HttpResponse:
    """Note how somebody is reached."""
    page, value = encounters.contact(request.viewer, uid), request.POST.get("value", "").strip()
    try:
        actions.add_channel(request.viewer, contact=uid, kind=reaching.kind(value), value=value)
    except errors.Invalid as error:
        return _page(request, page, reach={"typed": value, "error": error.message})
    _say(request, _("It is noted."))
    return redirect("contact", uid)


@require_post
@signed_in
def contact_mark(request: Request, uid: UUID) -> HttpResponse:
    """Put a label on one page."""
    page, text = encounters.contact(request.viewer, uid), request.POST.get("text", "")
    try:
        actions.label(request.viewer, contacts=[uid], text=text)
    except errors.Invalid as error:
        return _page(request, page, mark={"typed": text, "error": error.message})
    return redirect("contact", uid)


@require_post
@signed_in
def contact_forget(request: Request, uid: UUID) -> HttpResponse:
    """Take somebody out of the notebook; one tap takes it back."""
    name = encounters.contact(request.viewer, uid).name
    actions.forget_contact(request.viewer, contact=uid)
    undo = reverse("contact_keep", args=[uid])
    _say(request, _("%(name)s is no longer in your notebook.") % {"name": name}, undo=undo)
    return redirect("book")


@require_post
@signed_in
def contact_keep(request: Request, uid: UUID) -> HttpResponse:
    """Take back that somebody was forgotten."""
    actions.keep_contact(request.viewer, contact=uid)
    return redirect("contact", uid)


@require_post
@signed_in
def note_drop(request: Request, uid: UUID) -> HttpResponse:
    """Strike a line out."""
    contact = actions.drop_note(request.viewer, note=uid)
    _say(request, _("The line is struck out."), undo=reverse("note_keep", args=[uid]))
    return redirect("contact", contact)


@require_post
@signed_in
def note_keep(request: Request, uid: UUID) -> HttpResponse:
    """Take back that a line was struck out."""
    return redirect("contact", actions.keep_note(request.viewer, note=uid))


def _page(request: Request, page: Page, **forms: Form | Mapping[str, Any]) -> HttpResponse:
    work = (page.workplace, page.since)
    said = {
        "who": {**sentences.sentence(page.uid, page.name, page.encounters, work), "does": _does(page)},
        "channels": reaching.ways((one.kind, one.value) for one in page.channels),
        "reached": [
            {"uid": one.uid, "kind": one.kind, "value": one.value, "href": reaching.href(one.kind, one.value)}
            for one in page.channels
        ],
        "labels": page.labels,
        "person": page.member,
        "entries": _timeline(request.viewer, page),
        "promises": followups.open_ones(request.viewer, page.uid),
        "promise_form": promised.PromiseForm(auto_id="promise_%s"),
        "met_form": _met_form(request.viewer),
        "longest": LINE,
        **forms,
    }
    return render(request, "contact.html", said, status=422 if forms else 200)


def _does(page: Page) -> str:
    """What somebody does, in the owner's words; where and as what, as the owner has it."""
    return " · ".join(filter(None, (page.does, ", ".join(filter(None, (page.title, page.organisation))))))


def _timeline(viewer: Viewer, page: Page) -> list[dict[str, Any]]:
    """What was noted, promised and done, where one met, what the member publishes: the latest first."""
    notes = [
        {"kind": "mine", "on": note.on, "text": note.text, "where": note.title, "note": note.uid} for note in page.notes
    ]
    done = [
        {"kind": "mine", "on": one.on, "text": one.text, "where": _("You kept your word")}
        for one in followups.done(viewer, page.uid)
    ]
    written = {(note.on, note.title) for note in page.notes}
    met = [
        {"kind": "met", "on": met.on, "text": sentences.told(met), "where": _through(met.through)}
        for met in page.encounters
        if (met.on, met.title) not in written or met.through
    ]
    said = published.dated(viewer, page.person) if page.person else []
    who = _("Said by %(name)s") % {"name": sentences.first_name(page.name)}
    theirs = [{"kind": "open", "on": on, "text": text, "where": who} for on, text in said]
    return sorted([*notes, *done, *met, *theirs], key=lambda entry: entry["on"], reverse=True)


def _through(name: str) -> str:
    return _("Through %(name)s") % {"name": name} if name else ""


def _met_form(viewer: Viewer, data: Any = None) -> MetForm:
    return MetForm(data, evenings=_evenings(viewer), auto_id="met_%s")


def _evenings(viewer: Viewer) -> list[tuple[str, str]]:
    """The last evenings where the viewer was, to choose from."""
    mine = gatherings.attended_by(viewer, viewer.me, limit=EVENINGS)
    return [(one.code, f"{one.title}, {_day(one)}") for one in mine]


def _day(one: Gathering) -> str:
    return dates.written(published.day(one), "d MMMM y", labels.language())


def _say(request: Request, words: str, undo: str = "") -> None:
    messages.success(request, words, extra_tags=undo)
