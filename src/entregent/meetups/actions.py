"""Writes about evenings: announcing one, answering, being there. What counts seats is in `seats`."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Unpack
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from entregent.circles import actions as circles
from entregent.circles import fixed
from entregent.common import chance, clock, errors, pictures, wording
from entregent.communities import actions as stewards
from entregent.communities import queries as communities
from entregent.discretion import actions as discretion
from entregent.discretion import queries as places
from entregent.discretion.viewer import Viewer
from entregent.meetups import (
    admissions,
    checks,
    declassified,
    heirs,
    organising,
    queries,
    questions,
    seats,
    series,
    terms,
    times,
)
from entregent.meetups.models import (
    Admission,
    Export,
    Feed,
    Habit,
    Listed,
    Meetup,
    Organising,
    Pick,
    Picture,
    Presence,
    Rsvp,
    Takedown,
)
from entregent.meetups.recurrence import Recurs
from entregent.meetups.shown import Entry, Noted
from entregent.people import actions as people
from entregent.people.keys import digest
from entregent.people.models import Person
from entregent.search import actions as search

#: No question was answered.
NOTHING: Mapping[str, int] = MappingProxyType({})
GOING, NOT_GOING = Rsvp.Answer.GOING, Rsvp.Answer.NOT_GOING
#: How many pictures an evening has at most.
PICTURES = 60


@dataclass(frozen=True, slots=True)
class GuestSeat:
    """What somebody without account gets: the secret of the link that keeps their answer, and where they stand."""

    secret: str
    outcome: str


@transaction.atomic
def announce(
    actor: Viewer,
    *,
    community: str,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    once: UUID | None = None,
    recurs: Recurs | None = None,
    **details: Unpack[checks.Details],
) -> str:
    """The code of a new evening, which the actor organises. For people of the community. Raises `Invalid`.

    One that `recurs` is the first of as many evenings, each with its own page, code and seats.
    `once` is the public id that a door gives it, the same however often a form is sent.
    """
    if once is not None and (code := _announced(actor, once)):
        return code
    owner, home = actor.me, communities.community(actor, community)
    if not home.belongs:
        raise errors.Refused(_("Evenings are announced by people of the community."))
    today = clock.now().astimezone(ZoneInfo(home.zone)).date()
    blank = {"owner_id": owner, "community_id": home.key, "zone": home.zone, "band_on": today}
    slots = series.slots(recurs, starts_at, ends_at, home.zone)
    blank |= {"audience_id": fixed.EVERYONE, "series_id": series.opened(home.key, recurs)}
    evenings = [Meetup(slot_on=on, **blank) for on, _start, _end in slots]
    evenings[0].uid = once or evenings[0].uid
    for meetup, (_on, start, end) in zip(evenings, slots, strict=True):
        said = {**details, **series.window(details, home.zone, starts_at, start)}
        _open_up(meetup, {"title": title, "starts_at": start, "ends_at": end, "place": place, **said})
    return evenings[0].code


@transaction.atomic
def edit(actor: Viewer, *, code: str, **said: Unpack[checks.Said]) -> None:
    """Change what is said of an evening; more seats are offered to those who wait. For its organisers.

    Raises `Invalid`.
    """
    _change(_organised(actor, code), dict(said))


@transaction.atomic
def edit_following(actor: Viewer, *, code: str, everywhere: bool = False, **said: Unpack[checks.Said]) -> None:
    """Change an evening of a series and those that follow it, in what is said anew. For its organisers.

    Those that are over, going on or called off stay as they are; so does what one of them had said otherwise by itself,
    unless `everywhere`. The day stays the one of each. Raises `Invalid`.
    """
    meetup = _organised(actor, code)
    new = series.changed(meetup, _kept(meetup, dict(said)))
    changes = [(other, series.alike(meetup, other, new, everywhere)) for other in series.following(actor, meetup)]
    for one, taken in [(meetup, new), *changes]:
        if taken:
            _change(one, taken)


@transaction.atomic
def cancel(actor: Viewer, *, code: str, farewell: str = "") -> None:
    """Call an evening off, and tell those who hold a seat or wait for one. For its organisers.

    `farewell` are words to them, which the evening's page keeps. Raises `Invalid`.
    """
    meetup, farewell = _organised(actor, code), checks.farewell(farewell)
    if meetup.cancelled_at is None:
        _call_off(meetup, farewell)


@transaction.atomic
def end_series(actor: Viewer, *, code: str) -> None:
    """Call off all evenings to come of the series of an evening, and tell as `cancel` does. For its organisers.

    None is taken away, whether somebody answered it or not: that would tell which.
    """
    one = queries.evening(actor, code)
    if not one.organises:
        raise errors.Refused(_("Those who organise this evening do this."))
    if one.recurs is None:
        raise errors.NotFound
    for meetup in series.to_come(actor, one.recurs.series):
        _call_off(meetup)


@transaction.atomic
def ask_for_help(actor: Viewer, *, code: str) -> str:
    """Draw the code by which others come to organise an evening; an earlier one leads nowhere. For its organisers."""
    meetup = _organised(actor, code)
    _unless_done(meetup)
    return _let_in_by(meetup, chance.code())


@transaction.atomic
def ask_no_help(actor: Viewer, *, code: str) -> None:
    """Let nobody come to organise an evening any more. For its organisers."""
    _let_in_by(_organised(actor, code), "")


@transaction.atomic
def co_organise(actor: Viewer, *, code: str, together: str) -> None:
    """Organise an evening with whoever asked for it by its code `together`. For people of the community.

    Raises `NotFound` where the code is another, `Refused` when the evening is over or called off.
    """
    person, meetup = actor.me, _visible(actor, code=code.upper())
    if not together or meetup.together != together.upper():
        raise errors.NotFound
    _unless_done(meetup)
    if not places.among(actor, [terms.members(meetup)]):
        raise errors.Refused(_("Evenings are organised by people of the community."))
    if person != meetup.owner_id:
        organising.admit(meetup, person)


@transaction.atomic
def stand_down(actor: Viewer, *, code: str) -> None:
    """Organise an evening no longer; for those who came to help. Raises `Refused` for whoever announced it."""
    meetup = _organised(actor, code)
    if actor.me == meetup.owner_id:
        raise errors.Refused(_("Whoever announced an evening organises it."))
    organising.dismiss(meetup, actor.me)


@transaction.atomic
def thank(actor: Viewer, *, code: str, organising_uid: UUID) -> None:
    """Have somebody who came to help organise an evening no longer. For whoever announced it.

    Raises `NotFound` for what the actor does not see.
    """
    meetup = _organised(actor, code)
    row = Organising.objects.visible_to(actor).filter(meetup=meetup, uid=organising_uid).first()
    if row is None:
        raise errors.NotFound
    if actor.me != meetup.owner_id:
        raise errors.Refused(_("Whoever announced this evening does this."))
    organising.dismiss(meetup, row.owner_id)


@transaction.atomic
def answer(
    actor: Viewer,
    *,
    code: str,
    answer: str = GOING,
    audience: str | None = None,
    discreet: bool | None = None,
    guests: int | None = None,
    picks: Mapping[str, int] = NOTHING,
) -> str:
    """Say that one comes (`going`) or does not (`not_going`); where one stands then: `going`, `waiting`, `not_going`.

    `audience` is `going`, `community`, `organisers` or `me`; `guests` is how many people one brings. What isn't given
    stays as it was last chosen; of those whom one brings, as it was said of this evening. `picks` are the places of the
    answers that one chose, by the key of the question; nobody else may see them. Raises
    `Invalid("discreet")` until somebody with an employer has said whether colleagues may see it, `Refused` when the
    evening is over or called off, for whoever newly answers outside of its hours for that, and for whoever has a seat
    and wants more of them than are free. `Invalid("guests")` where they are more than one may bring.
    """
    person, meetup = actor.me, _open(actor, code)
    if answer == NOT_GOING:
        questions.withdraw(meetup, person)
        return seats.decline(meetup, person)
    _in_time(meetup, person)
    questions.check(meetup, picks)
    seats.check_party(meetup, person, guests)
    outcome = seats.take(meetup, person, terms.of_answer(actor, meetup, audience, discreet), guests)
    questions.note(meetup, person, picks)
    return outcome


@transaction.atomic
def say_pictured(actor: Viewer, *, code: str, yes: bool) -> None:
    """Say whether one wants to be on pictures of an evening to which one comes. Raises `NotFound` without an answer."""
    meetup = _open(actor, code)
    row = Rsvp.ledger.filter(meetup=meetup, owner=actor.me, answer__in=seats.HOPEFUL)
    if not row.update(pictured=yes):
        raise errors.NotFound


@transaction.atomic
def answer_as_guest(
    actor: Viewer,
    *,
    code: str,
    name: str,
    mail_to: str = "",
    language: str = "fr",
    secret: str = "",
    guests: int | None = None,
    picks: Mapping[str, int] = NOTHING,
) -> GuestSeat:
    """Say that one comes, with a first name and no account; the organisers alone see it.

    `mail_to` is where news of the evening goes; an address that somebody here has given already gets them once:
    nobody's mailbox is filled by others. An actor known by an earlier link stays one person, and so does a `secret`
    of the door's own: whoever taps twice takes one seat. `guests` and `picks` as in `answer`.
    """
    name, mail_to = checks.first_name(name), checks.mail_address(mail_to)
    meetup = _open(actor, code)
    person, secret = _guest(actor, language=language, mail_to=_unless_known(meetup, mail_to), secret=secret)
    _in_time(meetup, person)
    questions.check(meetup, picks)
    seats.check_party(meetup, person, guests)
    stated = discretion.stated(audience=seats.circle(meetup, "organisers"), discreet=False)
    outcome = seats.take(meetup, person, {**stated, "name": name}, guests)
    questions.note(meetup, person, picks)
    return GuestSeat(secret, outcome)


@transaction.atomic
def arrive(actor: Viewer, *, here: str, seen: bool | None = None, discreet: bool | None = None) -> str:
    """Say that one is there, by the code on the table; the code of the evening.

    `seen` says whether those present may see it, None leaves it as it was, at first unseen. Raises `Refused` outside
    of the hours around the evening, `Invalid("discreet")` as `answer` does.
    """
    person, meetup = actor.me, _going_on(actor, here)
    if seen is None and Presence.ledger.filter(meetup=meetup, owner=person).exists():
        return meetup.code
    _be_there(meetup, person, terms.of_presence(actor, meetup, bool(seen), discreet))
    return meetup.code


@transaction.atomic
def arrive_as_guest(
    actor: Viewer, *, here: str, name: str, seen: bool = False, language: str = "fr", secret: str = ""
) -> GuestSeat:
    """Say that one is there, with a first name and no account. `secret` as in `answer_as_guest`."""
    name, meetup = checks.first_name(name), _going_on(actor, here)
    person, secret = _guest(actor, language=language, secret=secret)
    audience = seats.circle(meetup, "attended") if seen else None
    _be_there(meetup, person, {**discretion.stated(audience=audience, discreet=False), "name": name})
    return GuestSeat(secret, meetup.code)


@transaction.atomic
def show_presence(actor: Viewer, *, code: str, seen: bool, discreet: bool | None = None) -> None:
    """Let those present see that the actor is there, or no longer. Raises `NotFound` for whoever is not there."""
    meetup = _visible(actor, code=code.upper())
    row = Presence.ledger.filter(meetup=meetup, owner=actor.me).first()
    if row is None:
        raise errors.NotFound
    _be_there(meetup, actor.me, terms.of_presence(actor, meetup, seen, discreet))


def add_picture(actor: Viewer, *, code: str, file: bytes, once: UUID | None = None) -> UUID:
    """Show a picture of an evening to those who came, drawn anew from a file; its public id. For its organisers.

    `once` is as in `announce`. Raises `Invalid` for what is no picture, and for one too many.
    """
    drawn = _photograph(file)  # before the transaction begins: nobody waits for that
    with transaction.atomic():
        meetup = _organised(actor, code)
        if once is not None and Picture.ledger.filter(owner=actor.me, uid=once).exists():
            return once
        if meetup.starts_at > clock.now() or meetup.cancelled_at is not None:
            raise errors.Refused(_("Pictures come with the evening, not before."))
        if Picture.ledger.filter(meetup=meetup).count() >= PICTURES:
            raise errors.Invalid("pictures", _("That is enough for one evening: delete one first."))
        stated = discretion.stated(audience=seats.circle(meetup, "attended"), discreet=False)
        made = Picture(owner_id=actor.me, meetup=meetup, picture=drawn, **stated)
        made.uid = once or made.uid
        made.save()
        return made.uid


@transaction.atomic
def take_picture_down(actor: Viewer, *, picture: UUID) -> UUID:
    """Have a picture hidden from everybody but whoever put it there, who does not learn who asked.

    The public id of the asking, by which the actor takes it back. Raises `NotFound`.
    """
    people.wait_turn(person=actor.me)
    asked = Takedown.ledger.filter(owner=actor.me, about=picture).first()
    if asked is not None:
        return asked.uid
    held = Picture.objects.visible_to(actor, "meetup").filter(uid=picture).first()
    if held is None:
        raise errors.NotFound
    asked = Takedown.ledger.create(owner_id=actor.me, meetup_id=held.meetup_id, about=held.uid)
    Picture.ledger.filter(pk=held.pk).update(audience=None)
    return asked.uid


@transaction.atomic
def put_picture_back(actor: Viewer, *, takedown: UUID) -> None:
    """Take back that a picture was to be taken down: only whoever asked for it can. Raises `NotFound`."""
    people.wait_turn(person=actor.me)
    asked = Takedown.ledger.filter(owner=actor.me, uid=takedown).first()
    if asked is None:
        raise errors.NotFound
    attended = seats.circle(seats.locked(asked.meetup_id), "attended")
    asked.delete()
    if not Takedown.ledger.filter(about=asked.about).exists():
        Picture.ledger.filter(uid=asked.about).update(audience=attended)


@transaction.atomic
def delete_picture(actor: Viewer, *, picture: UUID) -> None:
    """Delete a picture that the actor put there, for good. Raises `NotFound`."""
    held = Picture.ledger.filter(owner=actor.me, uid=picture)
    if not held.exists():
        raise errors.NotFound
    _delete_pictures(held)


@transaction.atomic
def let_in(actor: Viewer, *, code: str, ticket: str = "", line: UUID | None = None, **noted: Unpack[Noted]) -> Entry:
    """Let in the holder of a ticket, or of the seat whose answer has the public id `line`; what came of it.

    For organisers, who see the answer that they name, in the hours of the door. A seat lets in once; what a door sends
    again (`once`) is told again.
    """
    meetup = _at_the_door(actor, code, noted.get("at"))
    before = admissions.noted(meetup, noted.get("once"), noted.get("door", ""))
    if before is not None:
        return before
    named = Rsvp.objects.visible_to(actor).filter(meetup=meetup, answer=GOING)
    seat = declassified.holder(meetup, ticket) if ticket else named.filter(uid=line).first()
    return admissions.admit(meetup, seat, actor.me, noted)


@transaction.atomic
def let_walk_in(actor: Viewer, *, code: str, name: str, **noted: Unpack[Noted]) -> Entry:
    """Let in somebody without a seat, by a first name. As `let_in`; raises `Invalid`."""
    name, meetup = checks.first_name(name), _at_the_door(actor, code, noted.get("at"))
    before = admissions.noted(meetup, noted.get("once"), noted.get("door", ""))
    return before or admissions.walk_in(meetup, name, actor.me, noted)


@transaction.atomic
def let_out(actor: Viewer, *, code: str, entry: UUID, at: datetime | None = None) -> None:
    """Take back that somebody was let in; `at` as a door noted it. Doing it twice changes nothing."""
    meetup = _at_the_door(actor, code, at)
    Admission.ledger.filter(meetup=meetup, uid=entry).delete()


@transaction.atomic
def open_feed(actor: Viewer, *, busy: bool = False, promises: bool = False) -> str:
    """The secret of the address at which a calendar reads the actor's evenings; an earlier address ends.

    `busy` has what the actor keeps from others in it too, without saying what it is, `promises` what they promised.
    """
    secret = chance.token(18)
    said = {"digest": digest(secret), "busy": busy, "promises": promises, "made_at": clock.now()}
    Feed.objects.update_or_create(person_id=actor.me, defaults=said)
    return secret


@transaction.atomic
def close_feed(actor: Viewer) -> None:
    """Let no calendar read the actor's evenings any more."""
    Feed.objects.filter(person=actor.me).delete()


@transaction.atomic
def export(actor: Viewer, *, code: str, fields: Collection[str]) -> declassified.Seats:
    """What the organisers are told of who comes, to be taken out with these fields; those who come can read of it.

    Raises what `declassified.seats` does.
    """
    told = declassified.seats(actor, code)
    Export.objects.create(about=queries.evening(actor, code).uid, by_id=actor.me, fields=" ".join(fields))
    return told


@transaction.atomic
def adopt(*, guest: int, person: int) -> str:
    """Give what a guest answered and organises to the person they turn out to be; the first name they had used.

    `guest` and `person` are one where the guest got an account of their own. Where both had answered the same evening,
    the person's answer stays and the guest's seat goes back.
    """
    names = [name for name in _names(guest) if name]
    if guest != person:
        theirs = Takedown.ledger.filter(owner=person).values_list("about", flat=True)
        Takedown.ledger.filter(owner=guest).exclude(about__in=list(theirs)).update(owner=person)
    for meetup in Meetup.ledger.select_for_update().filter(pk__in=_answered(guest)).order_by("pk"):
        seats.hand_over(meetup, guest, person)
        questions.hand_over(meetup, guest, person)
        _adopt_presence(meetup, guest, person)
    for meetup in Meetup.ledger.select_for_update().filter(owner=guest).exclude(owner=person).order_by("pk"):
        circles.dismiss(circles=[seats.circle(meetup, "organisers")], person=guest)
        _entrust(meetup, person)
    return names[0] if names else ""


@transaction.atomic
def keep_circles(*, meetup: int) -> None:
    """Make the circles of an evening hold what answers and presences say. Doing it twice changes nothing."""
    row = Meetup.ledger.get(pk=meetup)
    going = Rsvp.ledger.filter(meetup=row, answer=GOING).values_list("owner", flat=True)
    attended = Presence.ledger.filter(meetup=row).values_list("owner", flat=True)
    circles.keep(kind="organisers", about=row.uid, people=dict.fromkeys(organising.people(row)))
    circles.keep(kind="going", about=row.uid, people=dict.fromkeys(going))
    circles.keep(kind="attended", about=row.uid, people=dict.fromkeys(attended))


@transaction.atomic
def erase(person: int) -> None:
    """Forget a person's answers and presences; seats go back, evenings pass to another steward or go."""
    for kept in (Habit, Feed):
        kept.objects.filter(person=person).delete()
    Export.objects.filter(by=person).update(by=None)
    for meetup in Meetup.ledger.select_for_update().filter(pk__in=_answered(person)).order_by("pk"):
        seats.leave(meetup, person)
    Admission.ledger.filter(seat__owner=person).delete()
    Pick.ledger.filter(owner=person).delete()
    Rsvp.ledger.filter(owner=person).delete()
    Presence.ledger.filter(owner=person).delete()
    organising.leave(person)
    Listed.ledger.filter(owner=person).delete()
    Takedown.ledger.filter(owner=person).delete()  # what it hid stays hidden
    _delete_pictures(Picture.ledger.filter(owner=person))
    for meetup in Meetup.ledger.filter(owner=person):
        _pass_on(meetup, person)
    Admission.ledger.filter(owner=person).delete()


@transaction.atomic
def report(actor: Viewer, *, code: str, words: str) -> None:
    """Tell the stewards what happened at an evening; whoever organises it does not hear it. Raises `Invalid`."""
    one = queries.evening(actor, code)
    if one.organises:
        raise errors.Refused(_("This is about yourself."))
    stewards.report(
        actor, slug=one.community, kind="evening", about=one.uid, called=one.title, person=one.owner, words=words
    )


def _visible(actor: Viewer, **address: Any) -> Meetup:
    """An evening that the actor sees, with its row locked."""
    key = Meetup.objects.visible_to(actor).filter(**address).values_list("pk", flat=True).first()
    if key is None:
        raise errors.NotFound
    return seats.locked(key)


def _organised(actor: Viewer, code: str) -> Meetup:
    meetup = _visible(actor, code=code.upper())
    if not places.stands_in(actor, "organisers", meetup.uid):
        raise errors.Refused(_("Those who organise this evening do this."))
    return meetup


def _open(actor: Viewer, code: str) -> Meetup:
    meetup = _visible(actor, code=code.upper())
    _unless_done(meetup)
    return meetup


def _unless_done(meetup: Meetup) -> None:
    if meetup.cancelled_at is not None:
        raise errors.Refused(_("This evening was called off."))
    if meetup.ends_at <= clock.now():
        raise errors.Refused(_("This evening is over."))


def _let_in_by(meetup: Meetup, together: str) -> str:
    # It is for those who organise alone, and no news of the evening.
    Meetup.ledger.filter(pk=meetup.pk).update(together=together, changed_at=F("changed_at"))
    return together


def _in_time(meetup: Meetup, person: int) -> None:
    window = times.window(meetup.opens_at, meetup.closes_at, clock.now())
    if window == "open" or seats.hopes(meetup, person):
        return
    early = _("It is too early to answer: the page of the evening says from when on.")
    raise errors.Refused(early if window == "early" else _("Answers are closed: nobody newly comes to this evening."))


def _going_on(actor: Viewer, here: str) -> Meetup:
    meetup = _visible(actor, here=here.upper())
    if meetup.cancelled_at is not None:
        raise errors.Refused(_("This evening was called off."))
    if not times.doors_are_open(meetup.starts_at, meetup.ends_at, clock.now()):
        raise errors.Refused(
            _("One says “I am here” on the evening itself: from three hours before to six hours after.")
        )
    return meetup


def _at_the_door(actor: Viewer, code: str, at: datetime | None) -> Meetup:
    """An evening at whose door the actor stands, or stood when they noted somebody without network."""
    meetup, now = _organised(actor, code), clock.now()
    if meetup.cancelled_at is not None:
        raise errors.Refused(_("This evening was called off."))
    late = now >= meetup.ends_at + times.DOORS_CLOSE + times.NOTES_END
    if late or not times.list_is_open(meetup.starts_at, meetup.ends_at, min(at or now, now)):
        raise errors.Refused(_("The door is there from the day before until six hours after the end."))
    return meetup


def _photograph(file: bytes) -> bytes:
    try:
        return pictures.photograph(file)
    except ValueError:
        wanted = _("A photograph as telephones make them (JPEG, PNG, WebP), of 8 MB at most.")
        raise errors.Invalid("pictures", wanted) from None


def _delete_pictures(rows: "QuerySet[Picture]") -> None:
    """Delete pictures, and what was asked about them."""
    Takedown.ledger.filter(about__in=list(rows.values_list("uid", flat=True))).delete()
    rows.delete()


def _announced(actor: Viewer, once: UUID) -> str | None:
    people.wait_turn(person=actor.me)
    code: str | None = Meetup.ledger.filter(owner=actor.me, uid=once).values_list("code", flat=True).first()
    return code


def _open_up(meetup: Meetup, said: dict[str, Any]) -> None:
    """Write a new evening, with the circles of those who organise it and come."""
    _write(meetup, said)
    organisers = seats.circle(meetup, "organisers")
    circles.admit(circles=[organisers], person=meetup.owner_id)
    circles.put_within(inner=organisers, outer=seats.circle(meetup, "going"))


def _change(meetup: Meetup, said: dict[str, Any]) -> None:
    """Write what is new, offer seats that got free, and tell those who come where or when they meet."""
    checks.seats_of_what_is_over(meetup, said)
    before = (meetup.starts_at, meetup.ends_at, meetup.place, meetup.address, meetup.town)
    seated = (meetup.capacity, meetup.starts_at)
    _write(meetup, said)
    if seated != (meetup.capacity, meetup.starts_at):
        seats.fill(meetup)
    if before != (meetup.starts_at, meetup.ends_at, meetup.place, meetup.address, meetup.town):
        seats.tell_of_change(meetup)


def _call_off(meetup: Meetup, farewell: str = "") -> None:
    now = clock.now()
    said = {"cancelled_at": now, "farewell": farewell, "revised_at": now}
    Meetup.ledger.filter(pk=meetup.pk).update(**said, revision=F("revision") + 1)
    seats.tell_of_end(meetup)


def _kept(meetup: Meetup, said: dict[str, Any]) -> dict[str, Any]:
    """What is said of an evening by the fields that keep it, as they keep it."""
    audience, kept = said.pop("audience", None), dict(said)
    if "questions" in kept:
        kept["questions"] = questions.written(said.pop("questions"))
    for name, value in said.items():
        shown = wording.lines if name == "words" else wording.line
        kept[name] = shown(value) if isinstance(value, str) else value
    return kept if audience is None else {**kept, "audience_id": _audience(meetup, audience)}


def _write(meetup: Meetup, said: dict[str, Any]) -> None:
    before = _told(meetup)
    moved = any(said.get(name) not in {None, getattr(meetup, name)} for name in ("starts_at", "ends_at"))
    kept = _kept(meetup, said)
    for name, value in kept.items():
        setattr(meetup, name, value)
    checks.said(meetup)
    if moved:
        checks.times(meetup)
    checks.window(meetup)
    if meetup.pk and before != _told(meetup):
        meetup.revision, meetup.revised_at = meetup.revision + 1, clock.now()
    meetup.save()
    if "audience_id" in kept:
        organising.follow(meetup)
    _write_line(meetup)


def _told(meetup: Meetup) -> list[Any]:
    """What calendars show of an evening."""
    return [getattr(meetup, name) for name in ("title", "starts_at", "ends_at", "place", "address", "town")]


def _write_line(meetup: Meetup) -> None:
    # What the organiser writes about an evening says nothing of whoever comes to it.
    words = (meetup.title, meetup.place, meetup.town)
    on = meetup.starts_at.astimezone(ZoneInfo(meetup.zone)).date()
    search.write(fact=meetup, kind="evening", text="\n".join(filter(None, words)), on=on)


def _audience(meetup: Meetup, audience: str) -> int:
    if audience == "everyone":
        return fixed.EVERYONE
    if audience != "community":
        raise errors.Invalid("audience", _("Choose who can see this evening."))
    return terms.members(meetup)


def _guest(actor: Viewer, *, language: str, secret: str, mail_to: str = "") -> tuple[int, str]:
    if actor.person is not None:
        return actor.person, people.hand_key(person=actor.person)
    return people.welcome(language=language, mail_to=mail_to, secret=secret)


def _unless_known(meetup: Meetup, mail_to: str) -> str:
    answered = Rsvp.ledger.filter(meetup=meetup).values("owner")
    known = Person.objects.filter(mail_to__iexact=mail_to, pk__in=answered).exists()
    return "" if known else mail_to


def _be_there(meetup: Meetup, person: int, stated: dict[str, Any]) -> None:
    Presence.ledger.update_or_create(meetup_id=meetup.pk, owner_id=person, defaults=stated)
    circles.admit(circles=[seats.circle(meetup, "attended")], person=person)


def _answered(person: int) -> set[int]:
    answers = Rsvp.ledger.filter(owner=person).values_list("meetup", flat=True)
    return {*answers, *Presence.ledger.filter(owner=person).values_list("meetup", flat=True)}


def _names(guest: int) -> list[str]:
    answers = Rsvp.ledger.filter(owner=guest).order_by("-answered_at").values_list("name", flat=True)
    return [*answers, *Presence.ledger.filter(owner=guest).order_by("-arrived_at").values_list("name", flat=True)]


def _adopt_presence(meetup: Meetup, guest: int, person: int) -> None:
    row = Presence.ledger.filter(meetup=meetup, owner=guest).first()
    if row is None:
        return
    circles.dismiss(circles=[seats.circle(meetup, "attended")], person=guest)
    circles.admit(circles=[seats.circle(meetup, "attended")], person=person)
    if guest != person and Presence.ledger.filter(meetup=meetup, owner=person).exists():
        row.delete()
    else:
        Presence.ledger.filter(pk=row.pk).update(owner=person, name="")


def left_to_nobody(*, person: int) -> list[int]:
    """The keys of the evenings that go with somebody: they organise them, and nobody else was part of them."""
    return [row.pk for row in Meetup.ledger.filter(owner=person) if not heirs.of(row, person)]


def _pass_on(meetup: Meetup, leaving: int) -> None:
    """Leave an evening to whoever organised it too, else to a steward, to a member, or to whoever was part of it.

    Where there was nobody, it goes.
    """
    found = heirs.of(meetup, leaving)
    if not found:
        search.drop(about=meetup.uid)
        Export.objects.filter(about=meetup.uid).delete()
        Listed.ledger.filter(meetup=meetup).delete()
        Admission.ledger.filter(meetup=meetup).delete()
        _delete_pictures(Picture.ledger.filter(meetup=meetup))
        Meetup.ledger.filter(pk=meetup.pk).delete()
        series.close_empty(meetup.series_id)
        return
    _entrust(meetup, found[0])


def _entrust(meetup: Meetup, heir: int) -> None:
    circles.admit(circles=[seats.circle(meetup, "organisers")], person=heir)
    Organising.ledger.filter(meetup=meetup, owner=heir).delete()
    Admission.ledger.filter(meetup=meetup, owner=meetup.owner_id).update(owner=heir)
    meetup.owner_id = heir
    meetup.save(update_fields=["owner", "changed_at"])
    _write_line(meetup)
