"""What is said of an evening: written, changed, called off, with the line that finds it; for actions alone.

Whoever changes one wants its row locked, as `seats` does.
"""

from collections.abc import Collection
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from entregent.circles import actions as circles
from entregent.circles import fixed
from entregent.common import clock, errors, wording
from entregent.meetups import checks, joints, organising, questions, seats
from entregent.meetups.models import Meetup
from entregent.search import actions as search


def check_room(owner: int, more: int) -> None:
    """Whether somebody may announce `more` evenings. Raises `Refused`.

    All of theirs that are not over count, and so do those called off: calendars tell them until their day.
    """
    held = Meetup.ledger.filter(owner=owner, ends_at__gt=clock.now()).count()
    if held + more > checks.TO_COME:
        many = _("That would be too many: one person has at most %(most)s evenings to come, those called off included.")
        later = _("Once some of them are over, there is room again.")
        raise errors.Refused(f"{many % {'most': checks.TO_COME}} {later}")


def open_up(meetup: Meetup, said: dict[str, Any]) -> None:
    """Write a new evening, with the circles of those who organise it and come."""
    _write(meetup, said)
    organisers = seats.circle(meetup, "organisers")
    circles.admit(circles=[organisers], person=meetup.owner_id)
    circles.put_within(inner=organisers, outer=seats.circle(meetup, "going"))


def change(meetup: Meetup, said: dict[str, Any]) -> None:
    """Write what is new, offer seats that got free, and tell those who come where or when they meet."""
    checks.seats_of_what_is_over(meetup, said)
    before = (meetup.starts_at, meetup.ends_at, meetup.place, meetup.address, meetup.town)
    seated = (meetup.capacity, meetup.starts_at)
    _write(meetup, said)
    if seated != (meetup.capacity, meetup.starts_at):
        seats.fill(meetup)
    if before != (meetup.starts_at, meetup.ends_at, meetup.place, meetup.address, meetup.town):
        seats.tell_of_change(meetup)


def stand_in(meetup: Meetup, communities: Collection[int]) -> None:
    """Have an evening stand in exactly these communities (keys) beside its own."""
    joints.keep(meetup, communities)
    _stand(meetup)


def take_off(meetup: Meetup, community: int) -> bool:
    """Have an evening stand no longer in a further community (key); whether it did. As much is asked wherever else."""
    stood = joints.take_off(meetup, community)
    _stand(meetup)
    return stood


def show(meetup: Meetup) -> None:
    """Have an evening that is for its communities go to the circle of those who are in one of them now.

    One that was brought from a file goes to the members of its community until then.
    """
    if meetup.audience_id not in {fixed.EVERYONE, invited := joints.invited(meetup)}:
        meetup.audience_id = invited
        meetup.save(update_fields=["audience", "changed_at"])
        organising.follow(meetup)
        write_line(meetup)


def _stand(meetup: Meetup) -> None:
    show(meetup)
    organising.dismiss_strangers([meetup.pk])
    joints.follow(meetup)


def call_off(meetup: Meetup, farewell: str = "") -> None:
    """Call an evening off, with `farewell` to those who hold a seat or wait for one, and tell them."""
    now = clock.now()
    said = {"cancelled_at": now, "farewell": farewell, "revised_at": now}
    Meetup.ledger.filter(pk=meetup.pk).update(**said)
    seats.tell_of_end(meetup)


def lead(meetup: Meetup, **codes: str) -> None:
    """Let codes of an evening be these (`together`, `recalled`; empty: none), by which its organisers lead others in.

    They are for those who organise alone, and no news of the evening.
    """
    Meetup.ledger.filter(pk=meetup.pk).update(**codes, changed_at=F("changed_at"))


def kept(meetup: Meetup, said: dict[str, Any]) -> dict[str, Any]:
    """What is said of an evening by the fields that keep it, as they keep it."""
    audience, kept = said.pop("audience", None), dict(said)
    if "questions" in kept:
        kept["questions"] = questions.written(said.pop("questions"))
    for name, value in said.items():
        shown = wording.lines if name == "words" else wording.line
        kept[name] = shown(value) if isinstance(value, str) else value
    return kept if audience is None else {**kept, "audience_id": audience_of(meetup, audience)}


def _write(meetup: Meetup, said: dict[str, Any]) -> None:
    before, opened = _told(meetup), meetup.audience_id != fixed.EVERYONE
    moved = any(said.get(name) not in {None, getattr(meetup, name)} for name in ("starts_at", "ends_at"))
    new, was = kept(meetup, said), (meetup.starts_at, meetup.ends_at) if meetup.pk else ()
    for name, value in new.items():
        setattr(meetup, name, value)
    checks.said(meetup)
    if moved:
        checks.times(meetup, *was)
    checks.window(meetup)
    # Opened to everyone, it is of that day: an earlier one would tell that it was kept from them until then.
    opened = opened and meetup.audience_id == fixed.EVERYONE
    if meetup.pk and (opened or before != _told(meetup)):
        meetup.revised_at = clock.now()
    meetup.save()
    if "audience_id" in new:
        organising.follow(meetup)
        joints.follow(meetup)
    write_line(meetup)


def _told(meetup: Meetup) -> list[Any]:
    """What calendars show of an evening."""
    return [getattr(meetup, name) for name in ("title", "starts_at", "ends_at", "place", "address", "town")]


def write_line(meetup: Meetup) -> None:
    """Make the searchable line of an evening say what the evening says now."""
    # What the organiser writes about an evening says nothing of whoever comes to it.
    words = (meetup.title, meetup.place, meetup.town)
    on = meetup.starts_at.astimezone(ZoneInfo(meetup.zone)).date()
    search.write(fact=meetup, kind="evening", text="\n".join(filter(None, words)), on=on)


def audience_of(meetup: Meetup, audience: str) -> int:
    """The key of the circle for which an evening is: everyone, or those who are in one of its communities."""
    if audience == "everyone":
        return fixed.EVERYONE
    if audience != "community":
        raise errors.Invalid("audience", _("Choose who can see this evening."))
    return joints.invited(meetup)
