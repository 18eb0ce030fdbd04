"""Seats: given, given back, offered to whoever waits first. The only place that counts them.

Everything here wants the evening's row locked (`locked`) in the transaction that it runs in.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from entregent.circles import actions as circles
from entregent.common import clock
from entregent.meetups import times, waitlist
from entregent.meetups.models import Admission, Meetup, Rsvp
from entregent.notices import actions as notices

GOING, WAITING, NOT_GOING = Rsvp.Answer.GOING, Rsvp.Answer.WAITING, Rsvp.Answer.NOT_GOING
OFFERED, LAPSED = Rsvp.Answer.OFFERED, Rsvp.Answer.LAPSED
#: Answers that count as a seat, and those of people who hope to come.
HOLDING, HOPEFUL = (GOING, OFFERED), (GOING, OFFERED, WAITING)
#: What people are told while they hold a seat or wait for one.
HOPES = ("confirmed", "waiting", "offered", "free", "seated", "reminder", "changed")
#: What people are told while they have no seat yet.
WISHES = ("waiting", "offered", "free")


def locked(key: int) -> Meetup:
    """An evening whose seats nobody else counts until this transaction ends.

    PostgreSQL locks the row; on SQLite the transaction began IMMEDIATE, and is the only one that writes.
    """
    meetup: Meetup = Meetup.ledger.select_for_update().get(pk=key)
    return meetup


def count(meetup: int) -> int:
    """How many seats of an evening are given, or offered."""
    return Rsvp.ledger.filter(meetup=meetup, answer__in=HOLDING).count()


def circle(meetup: Meetup, kind: str) -> int:
    """The key of the circle `going`, `attended` or `organisers` of an evening."""
    return circles.circle(kind=kind, about=meetup.uid)


def hopes(meetup: Meetup, person: int) -> bool:
    """Whether somebody has a seat, waits for one, or is offered one at this moment."""
    over = Q(answer=OFFERED, offered_until__lte=clock.now())
    return _answers(meetup, HOPEFUL).filter(owner=person).exclude(over).exists()


def take(meetup: Meetup, person: int, stated: dict[str, Any]) -> str:
    """Give somebody a seat, or a place in the queue; where they stand. Doing it twice changes what is `stated` alone.

    Whoever was offered a seat takes it by that; so does whoever waits, while a seat is kept for nobody. `stated` holds
    the fields of the answer: who sees it, and the first name of somebody without account.
    """
    if waitlist.standing(meetup.taken, meetup.capacity) == WAITING:
        fill(meetup)
    row = Rsvp.ledger.filter(meetup=meetup, owner=person, answer__in=HOPEFUL).first()
    before = row.answer if row else None
    answer = GOING if before in HOLDING else waitlist.standing(meetup.taken, meetup.capacity)
    since = {} if row else {"answered_at": clock.now()}
    _write(meetup, person, {**stated, "answer": answer, "offered_until": None, **since})
    if before != answer:
        notices.untell(recipient=person, kinds=WISHES, about=meetup.uid)
        notices.tell(recipient=person, kind="confirmed" if answer == GOING else "waiting", about=meetup.uid)
    if answer == GOING != before:
        _count(meetup, 0 if before == OFFERED else 1)
        _admit(meetup, [person])
    return answer


def decline(meetup: Meetup, person: int) -> str:
    """Note that somebody does not come, whether they had a seat or not."""
    leave(meetup, person)
    _write(meetup, person, {"answer": NOT_GOING})
    return NOT_GOING


def leave(meetup: Meetup, person: int) -> None:
    """Take somebody off an evening; a seat that gets free is offered to whoever waits first."""
    seated = Rsvp.ledger.filter(meetup=meetup, owner=person, answer__in=HOLDING).exists()
    Rsvp.ledger.filter(meetup=meetup, owner=person).update(answer=NOT_GOING, offered_until=None)
    notices.untell(recipient=person, kinds=HOPES, about=meetup.uid)
    circles.dismiss(circles=[circle(meetup, "going")], person=person)
    if seated:
        _count(meetup, -1)
        fill(meetup)


def fill(meetup: Meetup) -> None:
    """End the offers whose time is over, and offer what is free to whoever waits first. Nobody else is told.

    Shortly before the start a seat is kept for nobody: all who wait are told that it is free. Where seats have no limit
    any more, everybody who waits has one.
    """
    if meetup.cancelled_at is not None or meetup.ends_at <= clock.now():
        return
    _end_offers(meetup)
    wanted = [WAITING] if meetup.capacity is not None else [WAITING, OFFERED]
    queue = list(_answers(meetup, wanted).order_by("answered_at", "pk").values_list("owner", flat=True))
    first = waitlist.first(queue, meetup.taken, meetup.capacity)
    until = times.offered_until(meetup.starts_at, meetup.zone, clock.now())
    if meetup.capacity is None:
        _seat(meetup, queue)
    elif until is not None:
        _offer(meetup, first, until)
    elif first:
        _tell(meetup, queue, kind="free")


def hand_over(meetup: Meetup, guest: int, person: int) -> None:
    """Make a guest's answer the person's own; where the person has answered too, the guest's seat goes back."""
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
    notices.untell(recipient=guest, kinds=HOPES, about=meetup.uid)
    circles.dismiss(circles=[circle(meetup, "going")], person=guest)
    if row.answer == GOING:
        circles.admit(circles=[circle(meetup, "going")], person=person)
        _remind(meetup, person)
    if row.answer == OFFERED:
        notices.tell(recipient=person, kind="offered", about=meetup.uid)


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
    for person, answer in _hopeful(meetup):
        notices.tell(recipient=person, kind="changed", about=meetup.uid)
        if answer == GOING:
            _remind(meetup, person)


def tell_of_end(meetup: Meetup) -> None:
    """Have those who hold a seat or wait for one told that the evening is called off, unless it is over."""
    if meetup.ends_at <= clock.now():
        return
    for person, _ in _hopeful(meetup):
        notices.untell(recipient=person, kinds=HOPES, about=meetup.uid)
        notices.tell(recipient=person, kind="cancelled", about=meetup.uid)


def _write(meetup: Meetup, person: int, said: dict[str, Any]) -> None:
    Rsvp.ledger.update_or_create(meetup_id=meetup.pk, owner_id=person, defaults=said)


def _end_offers(meetup: Meetup) -> None:
    over = list(_answers(meetup, [OFFERED]).filter(offered_until__lte=clock.now()).values_list("owner", flat=True))
    if over:
        Rsvp.ledger.filter(meetup=meetup, owner__in=over).update(answer=LAPSED, offered_until=None)
        _count(meetup, -len(over))
    for person in over:
        notices.untell(recipient=person, kinds=HOPES, about=meetup.uid)


def _offer(meetup: Meetup, people: Collection[int], until: datetime) -> None:
    if people:
        Rsvp.ledger.filter(meetup=meetup, owner__in=people).update(answer=OFFERED, offered_until=until)
        _count(meetup, len(people))
        _tell(meetup, people, kind="offered")


def _seat(meetup: Meetup, people: Collection[int]) -> None:
    if people:
        waited = _answers(meetup, [WAITING]).count()
        Rsvp.ledger.filter(meetup=meetup, owner__in=people).update(answer=GOING, offered_until=None)
        _count(meetup, waited)
        _admit(meetup, people)
        _tell(meetup, people, kind="seated")


def _tell(meetup: Meetup, people: Collection[int], *, kind: str) -> None:
    for person in people:
        notices.untell(recipient=person, kinds=WISHES, about=meetup.uid)
        notices.tell(recipient=person, kind=kind, about=meetup.uid)


def _admit(meetup: Meetup, people: Collection[int]) -> None:
    for person in people:
        circles.admit(circles=[circle(meetup, "going")], person=person)
        _remind(meetup, person)


def _answers(meetup: Meetup, answers: Collection[str]) -> "QuerySet[Rsvp]":
    rows: QuerySet[Rsvp] = Rsvp.ledger.filter(meetup=meetup, answer__in=answers)
    return rows


def _count(meetup: Meetup, seats: int) -> None:
    # The count is made of hidden answers: it is no news of the evening, which others could date.
    Meetup.ledger.filter(pk=meetup.pk).update(taken=F("taken") + seats, changed_at=F("changed_at"))
    meetup.taken += seats


def _remind(meetup: Meetup, person: int) -> None:
    """Have somebody reminded the day before; whoever answers later than that needs no reminder."""
    due_at = times.reminder(meetup.starts_at, meetup.zone)
    notices.untell(recipient=person, kinds=["reminder"], about=meetup.uid)
    if due_at > clock.now():
        notices.tell(recipient=person, kind="reminder", about=meetup.uid, due_at=due_at)


def _hopeful(meetup: Meetup) -> list[tuple[int, str]]:
    return list(_answers(meetup, HOPEFUL).order_by("pk").values_list("owner", "answer"))
