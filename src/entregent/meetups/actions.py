"""Writes about evenings: announcing one, answering it, and whose both are once somebody goes or takes an account."""

from collections.abc import Collection, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Unpack
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from entregent.circles import actions as circles
from entregent.circles import fixed
from entregent.common import clock, errors
from entregent.communities import actions as stewards
from entregent.communities import queries as communities
from entregent.discretion import actions as discretion
from entregent.discretion.viewer import Viewer
from entregent.meetups import (
    access,
    announcements,
    checks,
    declassified,
    heirs,
    organising,
    passing,
    pictures,
    queries,
    questions,
    seats,
    series,
    terms,
    times,
    visitors,
)
from entregent.meetups.models import (
    Admission,
    Export,
    Feed,
    Habit,
    Joint,
    Listed,
    Meetup,
    Pick,
    Presence,
    Rsvp,
    Takedown,
)
from entregent.meetups.recurrence import Recurs
from entregent.meetups.shown import GuestSeat
from entregent.people import actions as people

#: No question was answered.
NOTHING: Mapping[str, int] = MappingProxyType({})
GOING, NOT_GOING = Rsvp.Answer.GOING, Rsvp.Answer.NOT_GOING


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
    also: Collection[str] = (),
    **details: Unpack[checks.Details],
) -> str:
    """The code of a new evening, which the actor organises. For people of the community. Raises `Invalid`.

    Raises `Refused` where they have announced too many that are to come.

    `also` are the slugs of further communities of the actor's in which it stands.
    One that `recurs` is the first of as many evenings, each with its own page, code and seats.
    `once` is the public id that a door gives it, the same however often a form is sent.
    """
    if once is not None and (code := _announced(actor, once)):
        return code
    owner, home = actor.me, communities.community(actor, community)
    further = [communities.community(actor, slug) for slug in also]
    if not stewards.stays(actor, community=home.key) or not all(page.belongs for page in further):
        raise errors.Refused(_("Evenings are announced by people of the community."))
    today = clock.now().astimezone(ZoneInfo(home.zone)).date()
    blank = {"owner_id": owner, "community_id": home.key, "zone": home.zone, "band_on": today}
    slots = series.slots(recurs, starts_at, ends_at, home.zone)
    announcements.check_room(owner, len(slots))
    blank |= {"audience_id": fixed.EVERYONE, "series_id": series.opened(home.key, recurs)}
    evenings = [Meetup(slot_on=on, **blank) for on, _start, _end in slots]
    evenings[0].uid = once or evenings[0].uid
    for meetup, (_on, start, end) in zip(evenings, slots, strict=True):
        said = {**details, **series.window(details, home.zone, starts_at, start)}
        announcements.open_up(meetup, {"title": title, "starts_at": start, "ends_at": end, "place": place, **said})
        if further:
            announcements.stand_in(meetup, [page.key for page in further])
    return evenings[0].code


@transaction.atomic
def edit(actor: Viewer, *, code: str, **said: Unpack[checks.Said]) -> None:
    """Change what is said of an evening; more seats are offered to those who wait. For its organisers.

    Raises `Invalid`.
    """
    announcements.change(access.organised(actor, code), dict(said))


@transaction.atomic
def edit_following(actor: Viewer, *, code: str, everywhere: bool = False, **said: Unpack[checks.Said]) -> None:
    """Change an evening of a series and those that follow it, in what is said anew. For its organisers.

    Those that are over, going on or called off stay as they are; so does what one of them had said otherwise by itself,
    unless `everywhere`. The day stays the one of each. Raises `Invalid`.
    """
    meetup = access.organised(actor, code)
    new = series.changed(meetup, announcements.kept(meetup, dict(said)))
    changes = [(other, series.alike(meetup, other, new, everywhere)) for other in series.following(actor, meetup)]
    for one, taken in [(meetup, new), *changes]:
        if taken:
            announcements.change(one, taken)


@transaction.atomic
def cancel(actor: Viewer, *, code: str, farewell: str = "") -> None:
    """Call an evening off, and tell those who hold a seat or wait for one. For its organisers.

    `farewell` are words to them, which the evening's page keeps. Raises `Invalid`, `Refused` once it is over: those who
    were there know each other from it.
    """
    meetup, farewell = access.organised(actor, code), checks.farewell(farewell)
    if meetup.cancelled_at is None:
        access.check_not_done(meetup)
        announcements.call_off(meetup, farewell)


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
        announcements.call_off(meetup)


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
    person, meetup = actor.me, access.still_open(actor, code)
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
    meetup = access.still_open(actor, code)
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

    `mail_to` is where news of the evening goes; an address that somebody left who hopes to come already gets them once:
    nobody's mailbox is filled by others. An actor known by an earlier link stays one person, and so does a `secret`
    of the door's own: whoever taps twice takes one seat. `guests` and `picks` as in `answer`. Raises `Refused` while
    too many answer so.
    """
    name, mail_to = checks.first_name(name), checks.mail_address(mail_to)
    meetup = access.still_open(actor, code)
    person, secret = visitors.known(
        actor, language=language, mail_to=visitors.unless_known(actor, meetup, mail_to), secret=secret
    )
    _in_time(meetup, person)
    questions.check(meetup, picks)
    seats.check_party(meetup, person, guests)
    visitors.check_room(meetup, person, guests)
    stated = discretion.stated(audience=seats.circle(meetup, "organisers"), discreet=False)
    outcome = seats.take(meetup, person, {**stated, "name": name}, guests)
    questions.note(meetup, person, picks)
    return GuestSeat(secret, outcome)


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
    the person's answer stays and the guest's seat goes back. What was said with a first name is told with theirs as
    far as they chose before.
    """
    passing.lock_all(guest)
    names = [name for name in _names(guest) if name]
    given, stated = _by_first_name(guest), terms.adopted(Viewer(person=person))
    if guest != person:
        theirs = Takedown.ledger.filter(owner=person).values_list("about", flat=True)
        Takedown.ledger.filter(owner=guest).exclude(about__in=list(theirs)).update(owner=person)
    for meetup in Meetup.ledger.filter(pk__in=passing.answered(guest)).order_by("pk"):
        seats.hand_over(meetup, guest, person)
        questions.hand_over(meetup, guest, person)
        _adopt_presence(meetup, guest, person)
    for kind, keys in given.items():
        kind.ledger.filter(pk__in=keys).update(**stated)
    for meetup in Meetup.ledger.filter(owner=guest).exclude(owner=person).order_by("pk"):
        circles.dismiss(circles=[seats.circle(meetup, "organisers")], person=guest)
        passing.entrust(meetup, guest, person)
    return names[0] if names else ""


@transaction.atomic
def keep_circles(*, meetup: int) -> None:
    """Make the circles of an evening hold what answers and presences say. Doing it twice changes nothing."""
    row = seats.locked(meetup)
    going = Rsvp.ledger.filter(meetup=row, answer=GOING).values_list("owner", flat=True)
    attended = Presence.ledger.filter(meetup=row).values_list("owner", flat=True)
    circles.keep(kind="organisers", about=row.uid, people=lambda: dict.fromkeys(organising.people(row)))
    circles.keep(kind="going", about=row.uid, people=lambda: dict.fromkeys(going))
    circles.keep(kind="attended", about=row.uid, people=lambda: dict.fromkeys(attended))


@transaction.atomic
def erase(person: int) -> None:
    """Forget a person's answers and presences; seats go back, evenings pass to another steward or go."""
    passing.lock_all(person)
    for kept in (Habit, Feed):
        kept.objects.filter(person=person).delete()
    Export.objects.filter(by=person).update(by=None)
    for meetup in Meetup.ledger.filter(pk__in=passing.answered(person)).order_by("pk"):
        seats.leave(meetup, person)
    Admission.ledger.filter(seat__owner=person).delete()
    Pick.ledger.filter(owner=person).delete()
    Rsvp.ledger.filter(owner=person).delete()
    Presence.ledger.filter(owner=person).delete()
    organising.leave(person)
    Listed.ledger.filter(owner=person).delete()
    pictures.erase(person)
    for meetup in Meetup.ledger.filter(owner=person).order_by("pk"):
        passing.pass_on(meetup, person)
    Joint.ledger.filter(owner=person).delete()
    Admission.ledger.filter(owner=person).delete()


def left_to_nobody(*, person: int) -> list[int]:
    """The keys of the evenings that go with somebody: they organise them, and nobody else was part of them.

    Locks their evenings: nobody becomes part of one meanwhile.
    """
    passing.lock_all(person)
    return [row.pk for row in Meetup.ledger.filter(owner=person) if not heirs.of(row, person)]


@transaction.atomic
def report(actor: Viewer, *, code: str, words: str, community: str = "") -> None:
    """Tell the stewards what happened at an evening; whoever organises it does not hear it. Raises `Invalid`.

    Of several communities in which it stands, `community` is the slug of the one whose stewards are told.
    """
    one = queries.evening(actor, code)
    if one.organises:
        raise errors.Refused(_("This is about yourself."))
    slug = community or one.community
    if slug not in {one.community, *dict(one.also)}:
        raise errors.NotFound
    stewards.report(actor, slug=slug, kind="evening", about=one.uid, called=one.title, person=one.owner, words=words)


def _in_time(meetup: Meetup, person: int) -> None:
    window = times.window(meetup.opens_at, meetup.closes_at, clock.now())
    if window == "open" or seats.hopes(meetup, person):
        return
    early = _("It is too early to answer: the page of the evening says from when on.")
    closed = _("Answers are closed: nobody new can sign up for this evening.")
    raise errors.Refused(early if window == "early" else closed)


def _announced(actor: Viewer, once: UUID) -> str | None:
    people.wait_turn(person=actor.me)
    code: str | None = Meetup.ledger.filter(owner=actor.me, uid=once).values_list("code", flat=True).first()
    return code


def _names(guest: int) -> list[str]:
    answers = Rsvp.ledger.filter(owner=guest).order_by("-answered_at").values_list("name", flat=True)
    return [*answers, *Presence.ledger.filter(owner=guest).order_by("-arrived_at").values_list("name", flat=True)]


def _by_first_name(guest: int) -> dict[type[Rsvp] | type[Presence], list[int]]:
    """The keys of what somebody said with a first name, answers and presences."""
    kinds: tuple[type[Rsvp] | type[Presence], ...] = (Rsvp, Presence)
    return {kind: list(kind.ledger.filter(owner=guest).exclude(name="").values_list("pk", flat=True)) for kind in kinds}


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
