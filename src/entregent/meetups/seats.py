"""Seats: given, given back, passed on to whoever waits first. The only place that counts them.

Everything here wants the evening's row locked (`locked`) in the transaction that it runs in.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import F

from entregent.circles import actions as circles
from entregent.common import clock
from entregent.meetups import times, waitlist
from entregent.meetups.models import Meetup, Rsvp
from entregent.notices import actions as notices

GOING, WAITING, NOT_GOING = Rsvp.Answer.GOING, Rsvp.Answer.WAITING, Rsvp.Answer.NOT_GOING
#: What people are told while they hold a seat or wait for one.
HOPES = ("confirmed", "waiting", "seated", "reminder", "changed")


def locked(key: int) -> Meetup:
    """An evening whose seats nobody else counts until this transaction ends.

    PostgreSQL locks the row; on SQLite the transaction began IMMEDIATE, and is the only one that writes.
    """
    meetup: Meetup = Meetup.ledger.select_for_update().get(pk=key)
    return meetup


def circle(meetup: Meetup, kind: str) -> int:
    """The key of the circle `going`, `attended` or `organisers` of an evening."""
    return circles.circle(kind=kind, about=meetup.uid)


def take(meetup: Meetup, person: int, stated: dict[str, Any]) -> str:
    """Give somebody a seat, or a place in the queue; where they stand. Doing it twice changes what is `stated` alone.

    `stated` holds the fields of the answer: who sees it, and the first name of somebody without account.
    """
    row = Rsvp.ledger.filter(meetup=meetup, owner=person).exclude(answer=NOT_GOING).first()
    answer = row.answer if row else waitlist.standing(meetup.taken, meetup.capacity)
    _write(meetup, person, {**stated, "answer": answer} | ({} if row else {"answered_at": clock.now()}))
    if row is None:
        notices.tell(recipient=person, kind="confirmed" if answer == GOING else "waiting", about=meetup.uid)
    if row is None and answer == GOING:
        _seat(meetup, [person])
    return answer


def decline(meetup: Meetup, person: int) -> str:
    """Note that somebody does not come, whether they had a seat or not."""
    leave(meetup, person)
    _write(meetup, person, {"answer": NOT_GOING})
    return NOT_GOING


def leave(meetup: Meetup, person: int) -> None:
    """Take somebody off an evening; a seat that gets free goes to whoever waits first."""
    seated = Rsvp.ledger.filter(meetup=meetup, owner=person, answer=GOING).exists()
    Rsvp.ledger.filter(meetup=meetup, owner=person).update(answer=NOT_GOING)
    notices.untell(recipient=person, kinds=HOPES, about=meetup.uid)
    circles.dismiss(circles=[circle(meetup, "going")], person=person)
    if seated:
        _count(meetup, -1)
        fill(meetup)


def fill(meetup: Meetup) -> None:
    """Seat those who wait, first come first served, as far as seats go; they are told at once."""
    if meetup.cancelled_at is not None or meetup.ends_at <= clock.now():
        return
    queue = Rsvp.ledger.filter(meetup=meetup, answer=WAITING).order_by("answered_at", "pk")
    seated = waitlist.seated(list(queue.values_list("owner", flat=True)), meetup.taken, meetup.capacity)
    Rsvp.ledger.filter(meetup=meetup, owner__in=seated).update(answer=GOING)
    _seat(meetup, seated)
    for person in seated:
        notices.untell(recipient=person, kinds=["waiting"], about=meetup.uid)
        notices.tell(recipient=person, kind="seated", about=meetup.uid)


def hand_over(meetup: Meetup, guest: int, person: int) -> None:
    """Make a guest's answer the person's own; where the person has answered too, the guest's seat goes back."""
    row = Rsvp.ledger.filter(meetup=meetup, owner=guest).first()
    if row is None:
        return
    if guest != person and Rsvp.ledger.filter(meetup=meetup, owner=person).exists():
        leave(meetup, guest)
        Rsvp.ledger.filter(pk=row.pk).delete()
        return
    Rsvp.ledger.filter(pk=row.pk).update(owner=person, name="")
    notices.untell(recipient=guest, kinds=HOPES, about=meetup.uid)
    circles.dismiss(circles=[circle(meetup, "going")], person=guest)
    if row.answer == GOING:
        circles.admit(circles=[circle(meetup, "going")], person=person)
        _remind(meetup, person)


def tell_of_change(meetup: Meetup) -> None:
    """Have those who hold a seat or wait for one told that the evening moved."""
    for person, answer in _hopeful(meetup):
        notices.tell(recipient=person, kind="changed", about=meetup.uid)
        if answer == GOING:
            _remind(meetup, person)


def tell_of_end(meetup: Meetup) -> None:
    """Have those who hold a seat or wait for one told that the evening is called off."""
    for person, _ in _hopeful(meetup):
        notices.untell(recipient=person, kinds=HOPES, about=meetup.uid)
        notices.tell(recipient=person, kind="cancelled", about=meetup.uid)


def _write(meetup: Meetup, person: int, said: dict[str, Any]) -> None:
    Rsvp.ledger.update_or_create(meetup_id=meetup.pk, owner_id=person, defaults=said)


def _seat(meetup: Meetup, people: Collection[int]) -> None:
    _count(meetup, len(people))
    for person in people:
        circles.admit(circles=[circle(meetup, "going")], person=person)
        _remind(meetup, person)


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
    rows = Rsvp.ledger.filter(meetup=meetup, answer__in=[GOING, WAITING])
    return list(rows.order_by("pk").values_list("owner", "answer"))
