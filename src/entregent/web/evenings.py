"""Pages of an evening: itself and the answer to it, opening and changing it, what an organiser shares and knows."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from entregent.common import chance, clock, errors
from entregent.communities import queries as communities
from entregent.discretion.viewer import Viewer
from entregent.meetups import actions, albums, declassified, queries, times
from entregent.meetups.shown import Evening
from entregent.people import queries as people
from entregent.profiles import queries as profiles
from entregent.web import evening_card, export_log, once, preview, repairs, schema_org, series, several
from entregent.web.accounts import AddressForm
from entregent.web.evening_forms import EveningForm, GuestForm
from entregent.web.methods import require_form, require_post, require_safe, signed_in
from entregent.web.middleware import KEY, Request
from entregent.web.series_forms import OpenForm
from entregent.web.templatetags import look

#: What the tiles of "may your colleagues see it?" mean: whether the answer is discreet.
COLLEAGUES = {"yes": False, "no": True}
#: What the tiles of "do you bring somebody?" say, and those of a question.
NUMBERS = frozenset(str(number) for number in range(10))


@require_safe
def evening(request: Request, code: str) -> HttpResponse:
    """An evening, for anybody whom its link lets in."""
    return _evening(request, queries.evening(request.viewer, code))


def _evening(request: Request, one: Evening, form: Any = None, status: int = 200) -> HttpResponse:
    key = "" if request.user.is_authenticated else request.session.get(KEY, "")
    card = {**evening_card.card(request.viewer, one, key), **evening_card.company(request.viewer, one)}
    form = form or GuestForm(initial={"name": one.my_name})
    pictured = (one.organises and one.starts_at <= clock.now()) or bool(albums.pictures(request.viewer, one.code))
    said = {"form": form, "exports": export_log.exports(request.viewer, one.code), "pictured": pictured}
    said["looked_after"] = several.looked_after(request.viewer, one)
    about = {**series.beside(request.viewer, one), "schema": schema_org.written(one, absolute)}
    return render(request, "evening.html", {**card, **about, **said}, status=status)


@require_post
def evening_answer(request: Request, code: str) -> HttpResponse:
    """Say "I am coming", as oneself or with a first name."""
    one = queries.evening(request.viewer, code)
    if not request.user.is_authenticated:
        return _answer_as_guest(request, one)
    audience, colleagues = request.POST.get("audience"), request.POST.get("colleagues", "")
    try:
        actions.answer(
            request.viewer,
            code=code,
            audience=audience,
            discreet=COLLEAGUES.get(colleagues),
            guests=_guests(request),
            picks=_picks(request, one),
        )
    except errors.Invalid as error:
        at = error.field if error.field in {"guests", "picks"} else "colleagues"
        return _evening(request, one, {at: {"errors": [error.message]}}, status=422)
    return redirect("evening", code)


def _answer_as_guest(request: Request, one: Evening) -> HttpResponse:
    form = GuestForm(request.POST)
    if not form.is_valid():
        return _evening(request, one, form, status=422)
    seat = actions.answer_as_guest(
        request.viewer,
        code=one.code,
        name=form.cleaned_data["name"],
        mail_to=form.cleaned_data["email"],
        language=get_language() or settings.LANGUAGE_CODE,
        secret=secret_of(request, one),
        guests=_guests(request),
        picks=_picks(request, one),
    )
    keep_link(request, seat.secret)
    return _link(seat.secret, one.code)


def _guests(request: Request) -> int | None:
    """How many people somebody brings; None where they did not say."""
    said = request.POST.get("guests", "")
    return int(said) if said in NUMBERS else None


def _picks(request: Request, one: Evening) -> dict[str, int]:
    """What somebody chose at the questions of an evening."""
    said = {asked.key: request.POST.get(f"question-{place}", "") for place, asked in enumerate(one.questions, start=1)}
    return {key: int(choice) for key, choice in said.items() if choice in NUMBERS}


def secret_of(request: Request, one: Evening) -> str:
    """The secret that this browser gets for an evening: one, however often somebody taps on a bad network."""
    token = request.META.get("CSRF_COOKIE", "")
    return chance.digest(settings.SECRET_KEY, token, one.uid)[:32] if token else ""


def keep_link(request: Request, secret: str) -> None:
    """Let this browser know its holder again without the link."""
    if request.session.get(KEY) != secret:
        request.session.cycle_key()
        request.session[KEY] = secret


@require_post
def evening_give_back(request: Request, code: str) -> HttpResponse:
    """Give one's seat, or one's place on the list, back."""
    actions.answer(request.viewer, code=code, answer="not_going")
    messages.success(request, _("Your seat has been given back."), extra_tags=reverse("evening_answer", args=[code]))
    return redirect("evening", code)


@require_safe
def answer(request: Request, key: str) -> HttpResponse:
    """The page behind a secret link: the answer of somebody without account, and what can be done with it."""
    guest = guest_of(key)
    one = answered(guest, request.GET.get("soiree", ""))
    said = {
        "name": one.my_name or queries.first_name(guest),
        "address": absolute("answer", key),
        "form": AddressForm(),
        "may_answer": False,
    }
    known = not request.user.is_authenticated and request.session.get(KEY) == key
    said |= {"exports": export_log.exports(guest, one.code), "may_keep": _may_keep(request, key), "known": known}
    return render(request, "answer.html", {**evening_card.card(guest, one, key), **said})


def _may_keep(request: Request, key: str) -> bool:
    """Whether this browser could know the holder of a link, and does not."""
    return not request.user.is_authenticated and request.session.get(KEY) != key


@require_post
def answer_keep(request: Request, key: str) -> HttpResponse:
    """Let this browser know the holder of a link. Never by reading: whoever sends a link on would answer as others."""
    guest_of(key)
    if _may_keep(request, key):
        keep_link(request, key)
    return redirect("answer", key)


@require_post
def answer_take(request: Request, key: str) -> HttpResponse:
    """Take the seat that is offered, or change whom one brings, by the secret link."""
    return _say(request, key, "going")


@require_post
def answer_give_back(request: Request, key: str) -> HttpResponse:
    """Give the seat back by the secret link."""
    return _say(request, key, "not_going")


def _say(request: Request, key: str, said: str) -> HttpResponse:
    guest = guest_of(key)
    one = answered(guest, request.POST.get("evening", ""))
    picks = _picks(request, one)
    actions.answer(guest, code=one.code, answer=said, guests=_guests(request), picks=picks)
    if KEY not in request.session and _may_keep(request, key):
        keep_link(request, key)
    return _link(key, one.code)


def answered(guest: Viewer, code: str) -> Evening:
    """The evening that a page or a form is about, of those that its guest answered: the next one unless it says."""
    one = queries.evening(guest, code) if code else queries.answered(guest)
    if code and not one.my_answer:
        raise errors.NotFound
    return one


def _link(key: str, code: str) -> HttpResponse:
    """To the page of a secret link, which says of which evening it is to tell where that is not the next one."""
    told = "" if queries.answered(guest_of(key)).code == code else f"?soiree={code}"
    return redirect(reverse("answer", args=[key]) + told)


def guest_of(key: str) -> Viewer:
    """Whoever holds a secret link. Raises `NotFound`."""
    person = people.holder_of(secret=key)
    if person is None:
        raise errors.NotFound
    return Viewer(person=person)


@require_form
@signed_in
def evening_new(request: Request, slug: str) -> HttpResponse:
    """Open an evening of a community; `?comme=` says like which of one's own."""
    community = communities.community(request.viewer, slug)
    if not community.belongs:
        raise errors.NotFound
    like = organised(request, request.GET["comme"]) if "comme" in request.GET else None
    places = several.offered(request.viewer, slug)
    form = OpenForm(request.POST or None, zone=community.zone, like=like, places=places)
    if form.is_valid():
        try:
            code = actions.announce(request.viewer, community=slug, once=once.uid(request), **form.said())
        except errors.Invalid as error:
            form.refuse(error)
        else:
            return redirect("evening_share", code)
    return _form(request, form, {"community": community, "meetup": None})


@require_form
@signed_in
def evening_edit(request: Request, code: str) -> HttpResponse:
    """Change an evening."""
    one = organised(request, code)
    form = series.change_form(request.viewer, request.POST or None, one)
    if form.is_valid():
        try:
            series.change(request.viewer, code, form)
        except errors.Invalid as error:
            form.refuse(error)
        else:
            messages.success(request, _("These changes are saved."))
            return redirect("evening", code)
    return _form(request, form, evening_card.shown(one))


def _form(request: Request, form: EveningForm, about: dict[str, Any]) -> HttpResponse:
    return render(request, "evening_form.html", {**about, "form": form}, status=repairs.status(form))


@require_safe
@signed_in
def evening_share(request: Request, code: str) -> HttpResponse:
    """What an organiser sends, prints and knows."""
    one = organised(request, code)
    said = {
        "share": _share(one),
        "address": absolute("evening", code),
        "here_address": absolute("here", one.here or ""),
        "help_address": absolute("evening_help", one.code, one.together) if one.together else "",
        "helpers": evening_card.helpers(request.viewer, one),
        "announced": one.owner == request.viewer.person,
        "exports": export_log.exports(request.viewer, code),
        "visitors": one.state not in {"cancelled", "past"} and bool(queries.visitors(request.viewer, code)),
        "door": one.state != "cancelled" and clock.now() < one.ends_at + times.DOORS_CLOSE,
    }
    said |= series.beside(request.viewer, one)
    return render(request, "evening_share.html", {**evening_card.shown(one), **said, **_known(request, code)})


def _known(request: Request, code: str) -> dict[str, Any]:
    """What who organises knows of those who come (D5); nothing once the day that was announced is over."""
    try:
        seats = declassified.seats(request.viewer, code)
    except errors.Refused:
        return {"told_no_more": True}
    counts = {"coming": seats.coming, "waiting": seats.waiting, "came": seats.came, "stayed_away": seats.stayed_away}
    shares = declassified.shares(request.viewer, code)
    return {**counts, "seats": lines(request.viewer, seats), "shares": shares}


def lines(viewer: Viewer, seats: declassified.Seats) -> list[dict[str, Any]]:
    """A line for each seat, by all that it shows: where a name is hidden, its place says nothing either."""
    cards = profiles.cards(viewer, [seat.person for seat in seats.lines if seat.person is not None])
    # Lines without a name take borrowed ones in turn: were each seat's its own, they would tell whose answer is seen.
    aliases = (seat.alias for seat in seats.lines)
    drawn = [_seat(seat, cards.get(seat.person or 0), aliases) for seat in seats.lines]
    by = ("by", "brought", "name", "guest", "alias")
    return sorted(drawn, key=lambda line: (line["by"].casefold(), *(line[name] for name in by)))


def _seat(seat: declassified.Seat, card: profiles.Card | None, aliases: Iterator[str]) -> dict[str, Any]:
    named = card.name if card else seat.name
    by = named or next(aliases)
    name = _("somebody with %(name)s") % {"name": by} if named and seat.brought else by
    guest = bool(seat.name) and not card and not seat.brought
    said = {"by": by, "brought": bool(named) and seat.brought, "guest": guest}
    return {**said, "name": name, "alias": not named, "standing": "going", "pictured": seat.pictured}


def _share(one: Evening) -> dict[str, Any]:
    day, hour = look.day(one.starts_at, one.zone), look.hour(one.starts_at, one.zone)
    said = {"day": day, "hour": hour, "place": one.place, "address": absolute("evening", one.code)}
    text = _("%(day)s, we meet at %(place)s from %(hour)s. A first name is enough to say yes: %(address)s") % said
    where = ", ".join(filter(None, (one.place, one.town)))
    if one.state == "early" and one.opens_at is not None:
        text += " " + _("Answers open on %(at)s.") % {"at": look.evening(one.opens_at, one.zone)}
    return {"title": one.title, "lines": (_capital(f"{day}, {hour}"), where), "text": _capital(text)}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@require_safe
@signed_in
def poster(request: Request, code: str) -> HttpResponse:
    """The A4 poster for the table."""
    one = organised(request, code)
    address = absolute("here", one.here or "")
    said = {
        "here_address": address,
        "typed": address.partition("://")[2],
        "hosts": evening_card.hosts(request.viewer, one),
    }
    return render(request, "poster.html", {**evening_card.shown(one), **said})


@require_safe
def evening_preview(request: Request, code: str) -> HttpResponse:
    """The picture that a messenger shows of the link: title, date, place, nobody's name."""
    one = queries.evening(request.viewer, code)
    lines = (_capital(look.evening(one.starts_at, one.zone)), ", ".join(filter(None, (one.place, one.town))))
    return HttpResponse(preview.drawn(one.title, lines), content_type="image/png")


def organised(request: Request, code: str) -> Evening:
    """An evening of the viewer's; for others these pages are not there."""
    one = queries.evening(request.viewer, code)
    if not one.organises:
        raise errors.NotFound
    return one


def absolute(name: str, *words: str) -> str:
    """The whole address of a page."""
    return settings.BASE_URL + reverse(name, args=words)
