"""Who organises an evening besides whoever announced it. Wants the evening's row locked, as `seats` does."""

from collections.abc import Collection

from entregent.circles import actions as circles
from entregent.communities import actions as stewards
from entregent.meetups import seats
from entregent.meetups.models import Admission, Meetup, Organising


def people(meetup: Meetup) -> set[int]:
    """The keys of those who organise an evening: whoever announced it, and the others."""
    return {meetup.owner_id, *Organising.ledger.filter(meetup=meetup).values_list("owner", flat=True)}


def admit(meetup: Meetup, person: int) -> None:
    """Have somebody organise an evening, too: no report of it comes to them. Doing it twice changes nothing."""
    Organising.ledger.update_or_create(
        meetup_id=meetup.pk, owner_id=person, defaults={"audience_id": meetup.audience_id}
    )
    circles.admit(circles=[seats.circle(meetup, "organisers")], person=person)
    stewards.keep_from(person=person, about=meetup.uid)


def dismiss(meetup: Meetup, person: int) -> None:
    """Have somebody organise an evening no longer; whoever announced it stays."""
    Organising.ledger.filter(meetup=meetup, owner=person).delete()
    gone: Collection[int] = [] if person == meetup.owner_id else [seats.circle(meetup, "organisers")]
    circles.dismiss(circles=gone, person=person)


def keep_alone(meetup: Meetup) -> None:
    """Have nobody organise an evening but whoever announced it: as many statements, however many did."""
    Organising.ledger.filter(meetup=meetup).delete()
    circles.keep(kind="organisers", about=meetup.uid, people=lambda: {meetup.owner_id: None})


def follow(meetup: Meetup) -> None:
    """Let those see who organises an evening who see the evening."""
    Organising.ledger.filter(meetup=meetup).update(audience_id=meetup.audience_id)


def leave(person: int) -> None:
    """Have somebody organise nothing any more but what they announced; whom they let in elsewhere stays let in."""
    rows = Meetup.ledger.select_for_update().order_by("pk")
    for meetup in rows.filter(pk__in=Organising.ledger.filter(owner=person).values("meetup")):
        dismiss(meetup, person)
    admitted = Admission.ledger.filter(owner=person)
    for meetup in rows.filter(pk__in=admitted.values("meetup")).exclude(owner=person):
        admitted.filter(meetup=meetup).update(owner=meetup.owner_id)
