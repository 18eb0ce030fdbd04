"""Seats: given, given back, offered to whoever waits first. The only place that counts them.

Everything here wants the evening's row locked (`locked`) in the transaction that it runs in. How many wait, are offered
a seat or come is hidden from those who act: all that is done for others is done for a set of them, by as many
statements whoever is in it, also for nobody.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from entregent.circles import actions as circles
from entregent.common import clock, errors, ids
from entregent.meetups import declassified, times, waitlist
from entregent.meetups.models import Admission, Meetup, Rsvp
from entregent.notices import actions as notices

GOING, WAITING, NOT_GOING = Rsvp.Answer.GOING, Rsvp.Answer.WAITING, Rsvp.Answer.NOT_GOING
OFFERED, LAPSED, RELEASED = Rsvp.Answer.OFFERED, Rsvp.Answer.LAPSED, Rsvp.Answer.RELEASED
#: Answers that count as a seat, and those of people who hope to come.
HOLDING, HOPEFUL = (GOING, OFFERED), (GOING, OFFERED, WAITING)
#: What people are told while they hold a seat or wait for one.
HOPES = ("confirmed", "waiting", "offered", "free", "seated", "reminder", "changed")
#: What people are told while they have no seat yet.
WISHES = ("waiting", "offered", "free")


def locked(key: int) -> Meetup:
    """An evening whose seats nobody else counts until this transaction ends. Raises `NotFound` where it has gone.

    PostgreSQL locks the row; on SQLite the transaction began IMMEDIATE, and is the only one that writes.
    """
    meetup: Meetup | None = Meetup.ledger.select_for_update().filter(pk=key).first()
    if meetup is None:
        raise errors.NotFound
    return meetup


def count(meetup: int) -> int:
    """How many seats of an evening are given, or offered: each party with those whom it brings."""
    return _people(Rsvp.ledger.filter(meetup=meetup, answer__in=HOLDING))


def circle(meetup: Meetup, kind: str) -> int:
    """The key of the circle `going`, `attended` or `organisers` of an evening."""
    return circles.circle(kind=kind, about=meetup.uid)


def hopes(meetup: Meetup, person: int) -> bool:
    """Whether somebody has a seat, waits for one, or is offered one at this moment."""
    row = _hope(meetup, person)
    return row is not None and (row.answer == WAITING or _held(row) > 0)


def check_party(meetup: Meetup, person: int, guests: int | None) -> None:
    """Whether somebody may bring so many (None: as many as before).

    Raises `Invalid` where it is more than one may, or than the room holds, `Refused` where it is more than are free.
    """
    row = _in_time(_hope(meetup, person))
    before = row.guests if row else 0
    party = _party(row, guests)
    if guests is not None and not 0 <= guests <= max(meetup.guests, before):
        raise errors.Invalid("guests", _("You cannot bring so many people to this evening."))
    if meetup.capacity is not None and 1 + before < party > meetup.capacity:
        raise errors.Invalid("guests", _("There are not that many seats in all."))
    if _held(row) and not _fits(meetup, party - _held(row)):
        raise errors.Refused(_("There are not that many free seats: yours is kept, with as many people as before."))


def take(meetup: Meetup, person: int, stated: dict[str, Any], guests: int | None = None) -> str:
    """Give somebody and whom they bring seats, or a place in the queue; where they stand. Twice changes terms alone.

    Whoever was offered a seat takes it by that; so does whoever waits, while a seat is kept for nobody. `stated` holds
    the fields of the answer: who sees it, and the first name of somebody without account. `guests` as in `check_party`,
    which comes first.
    """
    held = _hope(meetup, person)
    row = _in_time(held)
    party = _party(row, guests)
    if row is not held or not _fits(meetup, max(party - _held(row), 1)):
        _catch_up(meetup)
        row = _hope(meetup, person)
    fits = _fits(meetup, party - _held(row))
    if row is not None and row.answer == OFFERED and not fits:
        # Their turn came this moment, for as many as they had said: they may take that.
        _write(meetup, person, stated)
        return OFFERED
    answer = GOING if fits else WAITING
    _note(meetup, person, row, {**stated, "answer": answer, "guests": party - 1})
    if answer == GOING:
        _count(meetup, party - _held(row))
    if row is not None and row.guests >= party:
        _pass_on(meetup, row)
    return Rsvp.ledger.values_list("answer", flat=True).get(meetup=meetup, owner=person)


def _note(meetup: Meetup, person: int, row: Rsvp | None, said: dict[str, Any]) -> None:
    """Write an answer down, and tell them where they stand if that is news."""
    before, since = (row.answer, {}) if row else (None, {"answered_at": clock.now()})
    _write(meetup, person, {**said, "offered_until": None, **since})
    answer = said["answer"]
    if before != answer:
        notices.untell(recipient=person, kinds=WISHES, about=meetup.uid)
        notices.tell(recipient=person, kind="confirmed" if answer == GOING else "waiting", about=meetup.uid)
    if answer == GOING != before:
        _admit(meetup, [person])


def decline(meetup: Meetup, person: int) -> str:
    """Note that somebody does not come, whether they had a seat or not."""
    leave(meetup, person)
    _write(meetup, person, {"answer": NOT_GOING})
    return NOT_GOING


def leave(meetup: Meetup, person: int) -> None:
    """Take somebody off an evening, with whom they bring; seats that get free are offered to whoever waits first.

    So are those that were kept for them while they waited.
    """
    row = _hope(meetup, person)
    _stand_back(meetup, [person], NOT_GOING)
    circles.dismiss(circles=[circle(meetup, "going")], person=person)
    if row is not None:
        _count(meetup, -1 - row.guests if row.answer in HOLDING else 0)
        _pass_on(meetup, row)


def release(meetup: Meetup, people: Collection[int]) -> list[int]:
    """Take these people off an evening, as `leave` does one, and tell them; the keys of those who still hoped to come.

    Those who organise do this, and are not told which of them were offered a seat: it costs as much.
    """
    theirs = _answers(meetup, HOPEFUL).filter(owner__in={ids.NO_KEY, *people})
    rows = [row for row in theirs if _in_time(row) is not None]
    gone = [row.owner_id for row in rows]
    _stand_back(meetup, gone, RELEASED)
    notices.tell_all(recipients=gone, kind="released", about=meetup.uid)
    circles.dismiss_each(kind="going", people={(meetup.uid, person) for person in gone})
    _count(meetup, -sum(1 + row.guests for row in rows if row.answer in HOLDING))
    _catch_up(meetup, freed=_frees(meetup, rows))
    return gone


def fill(meetup: Meetup) -> None:
    """End the offers whose time is over, and offer what is free to whoever waits first. Nobody else is told.

    Shortly before the start a seat is kept for nobody: all who wait are told that it is free. Where seats have no limit
    any more, everybody who waits has one.
    """
    if meetup.cancelled_at is not None or meetup.ends_at <= clock.now():
        return
    _end_offers(meetup)
    _hand_out(meetup, _queue(meetup))


def _catch_up(meetup: Meetup, *, freed: bool = False) -> None:
    """Fill it where seats were `freed`, or somebody let an offer pass which time has not passed on yet.

    At the same cost where neither is so.
    """
    lapsed, queue = _end_offers(meetup), _queue(meetup)
    _hand_out(meetup, queue if lapsed or freed else [])


def _queue(meetup: Meetup) -> list[tuple[int, int]]:
    """Those who could be given a seat, the first one first, each with how many they come with."""
    wanted = [WAITING] if meetup.capacity is not None else [WAITING, OFFERED]
    rows = _answers(meetup, wanted).order_by("answered_at", "pk").values_list("owner", "guests")
    return [(person, 1 + guests) for person, guests in rows]


def _hand_out(meetup: Meetup, queue: Sequence[tuple[int, int]]) -> None:
    free = waitlist.free(meetup.taken, meetup.capacity)
    until = times.offered_until(meetup.starts_at, meetup.zone, clock.now())
    if free is None:
        _seat(meetup, [person for person, _party in queue])
    elif until is not None:
        _offer(meetup, waitlist.first(queue, meetup.taken, meetup.capacity), until)
    else:
        _tell(meetup, [person for person, party in queue if party <= free], kind="free")


def hand_over(meetup: Meetup, guest: int, person: int) -> None:
    """Make a guest's answer the person's own, with what they are still to be told of it.

    Where the person has answered too, the guest's seat goes back.
    """
    row = Rsvp.ledger.filter(meetup=meetup, owner=guest).first()
    if row is None:
        return
    theirs = Rsvp.ledger.filter(meetup=meetup, owner=person).first() if guest != person else None
    if theirs is not None:
        leave(meetup, guest)
        _hand_over_entry(row, theirs)
        Rsvp.ledger.filter(pk=row.pk).delete()
        return
    Rsvp.ledger.filter(pk=row.pk).update(owner=person, name="")
    if guest == person:
        return
    notices.hand_over(recipient=guest, to=person, about=meetup.uid)
    circles.dismiss(circles=[circle(meetup, "going")], person=guest)
    if row.answer == GOING:
        circles.admit(circles=[circle(meetup, "going")], person=person)


def _hand_over_entry(seat: Rsvp, to: Rsvp) -> None:
    """Whoever was let in by a seat that goes was let in by their other one."""
    entered = Admission.ledger.filter(seat=seat)
    if not Admission.ledger.filter(seat=to).exists():
        entered.update(seat=to)
    entered.delete()


def tell_of_change(meetup: Meetup) -> None:
    """Have those who hold a seat or wait for one told that the evening moved, unless it is over."""
    if meetup.ends_at <= clock.now():
        return
    hopeful = _hopeful(meetup)
    notices.tell_all(recipients=hopeful.keys(), kind="changed", about=meetup.uid)
    _remind(meetup, [person for person, answer in hopeful.items() if answer == GOING])


def tell_of_end(meetup: Meetup) -> None:
    """Have those who hold a seat or wait for one told that the evening is called off, unless it is over."""
    if meetup.ends_at <= clock.now():
        return
    people = _hopeful(meetup).keys()
    notices.untell_all(recipients=people, kinds=HOPES, about=meetup.uid)
    notices.tell_all(recipients=people, kind="cancelled", about=meetup.uid)


def _pass_on(meetup: Meetup, row: Rsvp) -> None:
    """Offer what somebody had until now, or what was kept for them while they waited: their answer as it was."""
    if _frees(meetup, [row]):
        fill(meetup)


def _frees(meetup: Meetup, rows: Iterable[Rsvp]) -> bool:
    """Whether seats get free by these answers, as they were: had, or kept for whoever waited."""
    kept = times.offered_until(meetup.starts_at, meetup.zone, clock.now()) is not None
    return any(kept or row.answer in HOLDING for row in rows)


def _stand_back(meetup: Meetup, people: Collection[int], answer: str) -> None:
    """Have this be the answer of these people, who bring nobody, and tell them no more of what they hoped for."""
    rows: QuerySet[Rsvp] = Rsvp.ledger.filter(meetup=meetup, owner__in={ids.NO_KEY, *people})
    rows.update(answer=answer, offered_until=None, guests=0)
    notices.untell_all(recipients=people, kinds=HOPES, about=meetup.uid)


def _write(meetup: Meetup, person: int, said: dict[str, Any]) -> None:
    Rsvp.ledger.update_or_create(meetup_id=meetup.pk, owner_id=person, defaults=said)


def _end_offers(meetup: Meetup) -> int:
    """End the offers whose time is over; how many."""
    over = dict(_over(meetup).values_list("owner", "guests"))
    _stand_back(meetup, over, LAPSED)
    _count(meetup, -sum(1 + guests for guests in over.values()))
    return len(over)


def _offer(meetup: Meetup, people: Collection[int], until: datetime) -> None:
    offered: QuerySet[Rsvp] = Rsvp.ledger.filter(meetup=meetup, owner__in={ids.NO_KEY, *people})
    offered.update(answer=OFFERED, offered_until=until)
    _count(meetup, _people(offered))
    _tell(meetup, people, kind="offered")


def _seat(meetup: Meetup, people: Collection[int]) -> None:
    waited = _people(_answers(meetup, [WAITING]))
    Rsvp.ledger.filter(meetup=meetup, owner__in={ids.NO_KEY, *people}).update(answer=GOING, offered_until=None)
    _count(meetup, waited)
    _admit(meetup, people)
    _tell(meetup, people, kind="seated")


def _tell(meetup: Meetup, people: Collection[int], *, kind: str) -> None:
    notices.untell_all(recipients=people, kinds=WISHES, about=meetup.uid)
    notices.tell_all(recipients=people, kind=kind, about=meetup.uid)


def _admit(meetup: Meetup, people: Collection[int]) -> None:
    circles.admit_all(circle=circle(meetup, "going"), people=people)
    _remind(meetup, people)


def _answers(meetup: Meetup, answers: Collection[str]) -> "QuerySet[Rsvp]":
    rows: QuerySet[Rsvp] = Rsvp.ledger.filter(meetup=meetup, answer__in=answers)
    return rows


def _over(meetup: Meetup) -> "QuerySet[Rsvp]":
    """The answers of those who were offered a seat, and did not take it in time."""
    return _answers(meetup, [OFFERED]).filter(offered_until__lte=clock.now())


def _hope(meetup: Meetup, person: int) -> Rsvp | None:
    return _answers(meetup, HOPEFUL).filter(owner=person).first()


def _in_time(row: Rsvp | None) -> Rsvp | None:
    """The answer of somebody who hopes to come; none where they let an offer pass, be it written down or not."""
    return None if row is not None and row.answer == OFFERED and not _held(row) else row


def _party(row: Rsvp | None, guests: int | None) -> int:
    """How many somebody comes with, themselves included."""
    return 1 + (guests if guests is not None else row.guests if row else 0)


def _held(row: Rsvp | None) -> int:
    """How many seats are somebody's to take or to keep, at this moment."""
    if row is None or row.answer not in HOLDING or (row.offered_until is not None and row.offered_until <= clock.now()):
        return 0
    return 1 + row.guests


def _fits(meetup: Meetup, seats: int) -> bool:
    """Whether so many more seats can be given to whoever asks now."""
    if seats <= 0 or meetup.capacity is None:
        return True
    room = declassified.room(meetup)  # asked in any case: how many are free that are kept for others is told to nobody
    return seats <= meetup.capacity - meetup.taken and room != 0


def _people(rows: "QuerySet[Rsvp]") -> int:
    """How many people answers are for."""
    return sum(1 + guests for guests in rows.values_list("guests", flat=True))


def _count(meetup: Meetup, seats: int) -> None:
    # The count is made of hidden answers: it is no news of the evening, which others could date.
    Meetup.ledger.filter(pk=meetup.pk).update(taken=F("taken") + seats, changed_at=F("changed_at"))
    meetup.taken += seats


def _remind(meetup: Meetup, people: Collection[int]) -> None:
    """Have these people reminded the day before; whoever answers later than that needs no reminder."""
    due_at = times.reminder(meetup.starts_at, meetup.zone)
    notices.untell_all(recipients=people, kinds=["reminder"], about=meetup.uid)
    if due_at > clock.now():
        notices.tell_all(recipients=people, kind="reminder", about=meetup.uid, due_at=due_at)


def _hopeful(meetup: Meetup) -> dict[int, str]:
    return dict(_answers(meetup, HOPEFUL).order_by("pk").values_list("owner", "answer"))
