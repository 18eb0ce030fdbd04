"""Pages of the evening itself: "I am here" by the code on the table, and the room, where five words are noted."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from entregent.cards import queries as cards
from entregent.common import clock, errors
from entregent.encounters import actions as encounters
from entregent.encounters import followups
from entregent.encounters import queries as book
from entregent.market import queries as market
from entregent.meetups import presences, queries, times
from entregent.meetups.shown import Evening, MyPresence, Present
from entregent.profiles import queries as profiles
from entregent.search.stems import fold
from entregent.web import evening_card, first_name, once, repairs
from entregent.web.evenings import keep_link, secret_of
from entregent.web.methods import require_form, require_post, require_safe
from entregent.web.middleware import KEY, Request

#: What the tiles of "may those present see you?" mean: seen, and kept from colleagues (None: as decided before).
SEEN = {"yes": (True, None), "all": (True, False), "apart": (True, True), "no": (False, None)}


class HereForm(forms.Form):
    """Being seen or not, asked once; a first name where there is no account."""

    name = first_name.field()
    seen = forms.ChoiceField(
        choices=[(choice, choice) for choice in SEEN],
        error_messages={"required": gettext_lazy("One tap: may those present see you?")},
    )

    def __init__(self, data: Any = None, *, named: bool, initial: str = "") -> None:
        super().__init__(data, initial={"name": initial})
        if named:
            del self.fields["name"]


@require_form
def here(request: Request, key: str) -> HttpResponse:
    """The page that the square on the table opens. Reading it changes nothing; one button says "I am here"."""
    evening = queries.evening_here(request.viewer, key)
    when, member = _when(evening), evening_card.member(request.viewer)
    if evening.state == "cancelled" or queries.my_presence(request.viewer, evening.code):
        return redirect("evening" if evening.state == "cancelled" else "room", evening.code)
    form = HereForm(request.POST if request.method == "POST" else None, named=member, initial=evening.my_name)
    if when == "now" and form.is_valid():
        return _arrive(request, evening, key, form.cleaned_data)
    said = {**evening_card.shown(evening), **colleagues(request, evening), "when": when, "form": form}
    return render(request, "here.html", said, status=repairs.status(form))


def _when(evening: Evening) -> str:
    now = clock.now()
    if times.doors_are_open(evening.starts_at, evening.ends_at, now):
        return "now"
    return "early" if now < evening.starts_at else "over"


def colleagues(request: Request, evening: Evening) -> dict[str, Any]:
    """What the question about being seen has to say of colleagues: those it asks about, and those it is kept from."""
    if not evening_card.member(request.viewer):
        return {"employers": [], "apart_from": []}
    discreet = queries.terms(request.viewer, evening.code).discreet
    apart_from = [kept.name for kept in market.shielded(request.viewer)] if discreet else []
    return {"employers": market.employer_names(request.viewer) if discreet is None else [], "apart_from": apart_from}


def _arrive(request: Request, evening: Evening, key: str, said: dict[str, str]) -> HttpResponse:
    seen, discreet = SEEN[said["seen"]]
    if "name" not in said:
        return redirect("room", presences.arrive(request.viewer, here=key, seen=seen, discreet=discreet))
    seat = presences.arrive_as_guest(
        request.viewer,
        here=key,
        name=said["name"],
        seen=seen,
        language=get_language() or settings.LANGUAGE_CODE,
        secret=secret_of(request, evening),
    )
    keep_link(request, seat.secret)
    return redirect("room", seat.outcome)


@require_safe
def room(request: Request, code: str) -> HttpResponse:
    """Those present whom the viewer may see, and five words about each; for whoever is or was there."""
    evening = queries.evening(request.viewer, code)
    mine = queries.my_presence(request.viewer, code)
    if mine is None:
        return redirect("evening", code)
    asked = colleagues(request, evening) if not mine.seen else {"employers": [], "apart_from": _apart(request, mine)}
    wanted = request.GET.get("q", "").strip()
    lines = [line for line in shown(request, evening) if fold(wanted) in fold(line["name"])]
    said = {"live": _when(evening) == "now", "seen": mine.seen, "here": lines, "query": wanted}
    said["cards"] = cards.mine(request.viewer) if said["live"] and evening_card.member(request.viewer) else None
    said["key"] = "" if request.user.is_authenticated else request.session.get(KEY, "")
    return render(request, "room.html", {**evening_card.shown(evening), **asked, **said})


def _apart(request: Request, mine: MyPresence) -> list[str]:
    return [kept.name for kept in market.shielded(request.viewer)] if mine.discreet else []


def shown(request: Request, evening: Evening) -> list[dict[str, Any]]:
    """Those present whom the viewer may see, by name, with what the viewer noted about them."""
    known = [(one, card) for one, card in _named(request, evening.code) if one.person != request.viewer.person]
    noted = _noted(request, evening, [one for one, _card in known])
    return [_line(one, card, noted.get(one.uid), evening.code) for one, card in known]


def _named(request: Request, code: str) -> list[tuple[Present, profiles.Card | None]]:
    """Those present whose name the viewer may see, or who gave a first name: of others nothing is asked."""
    present = queries.present(request.viewer, code)
    cards = profiles.cards(request.viewer, [one.person for one in present])
    return [(one, cards.get(one.person)) for one in present if one.name or one.person in cards]


def _line(one: Present, card: profiles.Card | None, entry: book.Entry | None, code: str) -> dict[str, Any]:
    return {
        "person": one.uid,
        "name": card.name if card else one.name,
        "fact": card.headline if card else "",
        "met": entry is not None,
        "noted": entry is not None and any(met.code == code for met in entry.met),
        "words": entry.note if entry else "",
    }


def _noted(request: Request, evening: Evening, present: list[Present]) -> dict[UUID, book.Entry]:
    """What the viewer's notebook holds of those present; a first name is known by having been noted here."""
    members = {one.person: one.uid for one in present if not one.name}
    guests = {one.name: one.uid for one in present if one.name}
    noted = {members[person]: entry for person, entry in book.known(request.viewer, members).items()}
    here = followups.met_at(request.viewer, evening) if guests else []
    return noted | {guests[one.name]: one for one in here if one.name in guests and one.person is None}


@require_post
def room_seen(request: Request, code: str) -> HttpResponse:
    """Be seen by those present, or vanish."""
    seen, discreet = SEEN.get(request.POST.get("seen", ""), (False, None))
    presences.show_presence(request.viewer, code=code, seen=seen, discreet=discreet)
    return redirect("room", code)


@require_post
def room_note(request: Request, code: str) -> HttpResponse:
    """We talked: somebody in the room enters the notebook, with a few words where there are some."""
    evening = queries.evening(request.viewer, code)
    found = [one for one, _card in _named(request, code) if str(one.uid) == request.POST.get("person")]
    if not found:
        raise errors.NotFound
    name, undo = _note(request, evening, found[0], request.POST.get("words", "").strip())
    undo = undo if evening_card.member(request.viewer) else ""
    messages.success(request, _("%(name)s is noted in your notebook.") % {"name": name}, extra_tags=undo)
    if request.POST.get("then") == "morning":
        return redirect("room_morning", code)
    return redirect(f"{reverse('room', args=[code])}#p-{found[0].uid}")


def _note(request: Request, evening: Evening, one: Present, words: str) -> tuple[str, str]:
    """Note somebody, by their card or by the first name that they gave: under which name, and where it is undone."""
    actor, card = request.viewer, profiles.cards(request.viewer, [one.person]).get(one.person)
    entry, code = _noted(request, evening, [one]).get(one.uid), evening.code
    name, sent = card.name if card else one.name, once.uid(request)
    if card is not None:
        contact = encounters.note_somebody(actor, person=card.uid, text=words, meetup=code, once=sent)
    elif entry is None:
        contact = encounters.note_somebody(actor, name=one.name, text=words, meetup=code, once=sent)
    elif words:
        note = encounters.add_note(actor, contact=entry.uid, text=words, once=sent)
        return name, reverse("note_drop", args=[note])
    return name, "" if entry else reverse("contact_forget", args=[contact])
