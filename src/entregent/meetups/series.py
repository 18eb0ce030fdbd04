"""Series: the rows of evenings that recur, for actions alone. Each evening of a series is one of its own.

Which of them a change reaches is read from what they say, not from who changed what when: the past does not show.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from entregent.circles.fixed import EVERYONE
from entregent.common import clock, days, errors, ids
from entregent.discretion import queries as places
from entregent.discretion.viewer import Viewer
from entregent.meetups import checks, joints, recurrence
from entregent.meetups.models import Meetup, Series
from entregent.meetups.recurrence import Recurs

#: From when and until when one answers: of each evening by itself.
WINDOW = ("opens_at", "closes_at")
#: When an evening is: the day that the rule of its series gives it, its start and its end.
Slot = tuple[date | None, datetime, datetime]


def slots(recurs: Recurs | None, starts_at: datetime, ends_at: datetime, zone: str) -> list[Slot]:
    """When the evenings are that are announced together: the first one as it is given. Raises `Invalid`."""
    if recurs is None:
        return [(None, starts_at, ends_at)]
    _check(recurs)
    first = days.of(starts_at, zone)
    if not recurrence.stands_on(recurs.every, first):
        last = _("This day is not the last one of its kind in its month: choose another day, or another rhythm.")
        fifth = _("Not every month has a fifth one: choose “the last one” instead.")
        raise errors.Invalid("every", last if recurs.every == recurrence.LAST else fifth)
    planned = recurrence.planned(recurs, first)
    if not 2 <= len(planned) <= recurrence.MOST:
        message = _("A series has two evenings at least, and %(most)s at most.") % {"most": recurrence.MOST}
        raise errors.Invalid("times" if recurs.last_on is None else "last_on", message)
    found: list[Slot] = [(day, *recurrence.on_day(starts_at, ends_at, zone, day)) for day in planned]
    if found[-1][1] > clock.now() + checks.HORIZON:
        raise errors.Invalid("times" if recurs.last_on is None else "last_on", _("A series ends within three years."))
    return found


def window(details: Mapping[str, Any], zone: str, first: datetime, starts_at: datetime) -> dict[str, Any]:
    """From when and until when one answers an evening of a series, as long before it as before the first one."""
    later = days.of(starts_at, zone) - days.of(first, zone)
    said = {name: details.get(name) for name in WINDOW}
    return {name: recurrence.later(at, zone, later) for name, at in said.items() if at is not None}


def _check(recurs: Recurs) -> None:
    if recurs.every not in recurrence.RULES:
        raise errors.Invalid("every", _("Choose how often it takes place."))
    if (recurs.times is None) == (recurs.last_on is None):
        raise errors.Invalid("times", _("Say how many times, or until which day: one of the two."))
    if recurs.times is not None and not 2 <= recurs.times <= recurrence.MOST:
        message = _("A series has two evenings at least, and %(most)s at most.") % {"most": recurrence.MOST}
        raise errors.Invalid("times", message)


def opened(community: int, recurs: Recurs | None) -> int | None:
    """The key of a new series, where there is one. What its evenings are called, each of them says."""
    return Series.objects.create(community_id=community, every=recurs.every).pk if recurs is not None else None


def changed(meetup: Meetup, said: dict[str, Any]) -> dict[str, Any]:
    """What of `said` is new for an evening. Raises `Invalid` where it would be on another day.

    Of a series, the days belong to its rule: one evening is moved by itself.
    """
    new = {name: value for name, value in said.items() if value != getattr(meetup, name)}
    if "starts_at" in new and days.of(new["starts_at"], meetup.zone) != days.of(meetup.starts_at, meetup.zone):
        raise errors.Invalid(
            "starts_at",
            _("The day changes for one evening at a time. For another rhythm, end this series and open another."),
        )
    return new


def following(actor: Viewer, meetup: Meetup) -> list[Meetup]:
    """The evenings after this one in its series that are to come and that the actor organises, each row locked."""
    if meetup.slot_on is None:
        return []
    rows = Meetup.objects.visible_to(actor).filter(series=meetup.series_id, slot_on__gt=meetup.slot_on)
    return _locked(actor, rows)


def to_come(actor: Viewer, series: UUID) -> list[Meetup]:
    """All evenings of a series that are to come and that the actor organises, each row locked."""
    rows = Meetup.objects.visible_to(actor).filter(series__uid=series, slot_on__isnull=False)
    return _locked(actor, rows)


def _locked(actor: Viewer, rows: Any) -> list[Meetup]:
    """In the order in which whoever locks several does, so that nobody waits for one another."""
    mine = rows.filter(uid__in=places.places_of_kind(actor, "organisers"))
    keys = list(mine.filter(cancelled_at=None, starts_at__gt=clock.now()).values_list("pk", flat=True))
    held = list(Meetup.ledger.select_for_update().filter(pk__in=keys).order_by("pk"))
    # Who organises, and when they begin, may have changed until they were locked.
    still = set(places.places_of_kind(actor, "organisers"))
    return [one for one in held if one.uid in still and one.cancelled_at is None and one.starts_at > clock.now()]


def alike(meetup: Meetup, other: Meetup, new: dict[str, Any], everywhere: bool) -> dict[str, Any]:
    """What of the changes to an evening another one takes on: where both said the same so far, or `everywhere`."""
    fields = [name for name in new if name not in {"starts_at", "ends_at", *WINDOW}]
    taken = {name: new[name] for name in fields if everywhere or _says(other, name) == _says(meetup, name)}
    if taken.get("audience_id", EVERYONE) != EVERYONE:
        taken["audience_id"] = joints.invited(other)
    if not new.keys().isdisjoint({"starts_at", "ends_at"}) and (everywhere or _same_hours(meetup, other)):
        start, end = new.get("starts_at", meetup.starts_at), new.get("ends_at", meetup.ends_at)
        day = days.of(other.starts_at, other.zone)
        taken["starts_at"], taken["ends_at"] = recurrence.on_day(start, end, other.zone, day)
    return taken


def _says(meetup: Meetup, name: str) -> Any:
    """What an evening says; of those for whom it is, whether these are all: each has communities of its own."""
    return meetup.audience_id == EVERYONE if name == "audience_id" else getattr(meetup, name)


def _same_hours(meetup: Meetup, other: Meetup) -> bool:
    """Whether another evening is on the day of its rule, at the hours of this one."""
    if other.slot_on is None:
        return False
    hours = recurrence.on_day(meetup.starts_at, meetup.ends_at, other.zone, other.slot_on)
    return hours == (other.starts_at, other.ends_at)


def close_empty(series: Iterable[int | None]) -> None:
    """Take series away (by key) of which no evening is left; one that was brought from a file stays. One statement."""
    left = Meetup.ledger.filter(series=OuterRef("pk"))
    Series.objects.filter(~Exists(left), pk__in={ids.NO_KEY, *filter(None, series)}).exclude(every="").delete()
