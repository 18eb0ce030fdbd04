"""What can be said of an evening and taken of a guest: each function raises `Invalid`, which names the field."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, TypedDict

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from entregent.common import clock, days, errors, wording
from entregent.meetups import times as hours
from entregent.meetups.models import Meetup

#: A date farther away than this is a slip of the finger, and so is an evening this long.
HORIZON, LONGEST = timedelta(days=3 * 365), timedelta(days=14)
#: Most seats that an evening can have, longest first name, and longest word to those who were coming.
SEATS, NAME, FAREWELL = 100_000, 80, 300
#: Most evenings of one person that are to come: five of the longest series. More is not for people to come to.
TO_COME = 300
#: Most people that somebody can be let bring.
GUESTS = 5
LONGEST_TEXT = {"title": 160, "place": 120, "address": 160, "town": 80, "words": 2000}


class Details(TypedDict, total=False):
    """What may be said of an evening; `audience` is `everyone` or `community`, `capacity` None for no limit.

    `opens_at` and `closes_at` are aware, None where one answers from now on, and until the end; `guests` is how many
    people each may bring; `questions` are closed ones, each with the answers to choose from.
    """

    address: str
    town: str
    words: str
    capacity: int | None
    opens_at: datetime | None
    closes_at: datetime | None
    guests: int
    questions: Sequence[tuple[str, Sequence[str]]]
    audience: str
    shows_band: bool
    pictures: bool


class Said(Details, total=False):
    """All that an organiser says of an evening. Times are aware."""

    title: str
    starts_at: datetime
    ends_at: datetime
    place: str


def said(meetup: Meetup) -> None:
    """What is said of an evening, its times aside."""
    for name, longest in LONGEST_TEXT.items():
        if len(getattr(meetup, name)) > longest:
            raise errors.Invalid(name, _("At most %(longest)s characters, please.") % {"longest": longest})
    if not meetup.title:
        raise errors.Invalid("title", _("An evening needs a name."))
    if not meetup.place:
        raise errors.Invalid("place", _("Say where people meet."))
    if meetup.capacity is not None and not 1 <= meetup.capacity <= SEATS:
        raise errors.Invalid("capacity", _("At least one seat; leave it empty where there is no limit."))
    if not 0 <= meetup.guests <= GUESTS:
        raise errors.Invalid("guests", _("At most %(most)s people each, please.") % {"most": GUESTS})
    if meetup.capacity is not None and meetup.capacity < meetup.taken:
        raise errors.Invalid("capacity", _fewer_than(meetup.taken))


def _fewer_than(taken: int) -> str:
    words = ngettext(
        "%(taken)s person has a seat already: no fewer than that.",
        "%(taken)s people have a seat already: no fewer than that.",
        taken,
    )
    return words % {"taken": taken}


def seats_of_what_is_over(meetup: Meetup, said: Mapping[str, Any]) -> None:
    """Seats stay as they are once nobody is told of them: what is refused would tell how many are taken, for good."""
    over = days.today(meetup.zone) > hours.told_until(meetup.ends_at, meetup.zone)
    if over and said.get("capacity", meetup.capacity) != meetup.capacity:
        raise errors.Invalid("capacity", _("This evening is over: its seats stay as they are."))


def times(meetup: Meetup, began: datetime | None = None, ended: datetime | None = None) -> None:
    """When an evening is to begin and end, which was from `began` to `ended` before.

    One that goes on is not moved, but may last longer; one that is over stays when it was, as what is told of it until
    a day does.
    """
    # Two moments of one zone are compared by the clock on the wall, which may be turned between them.
    now, starts_at, ends_at = clock.now(), meetup.starts_at.astimezone(UTC), meetup.ends_at.astimezone(UTC)
    if ended is not None and ended <= now:
        raise errors.Invalid("starts_at", _("This evening is over: announce another one like it."))
    if starts_at <= now and starts_at != began:
        raise errors.Invalid("starts_at", _("This moment has passed. An evening is announced before it begins."))
    if starts_at > now + HORIZON:
        raise errors.Invalid("starts_at", _("That is more than three years ahead: is the year right?"))
    if began is not None and ends_at <= now:
        raise errors.Invalid("ends_at", _("This moment has passed: an evening that goes on ends later than now."))
    if not starts_at < ends_at <= starts_at + LONGEST:
        raise errors.Invalid("ends_at", _("The end comes after the start, and within two weeks of it."))


def farewell(words: str) -> str:
    """What is said to those who were coming, on one or several lines that show."""
    shown = wording.lines(words)
    if len(shown) > FAREWELL:
        raise errors.Invalid("farewell", _("At most %(longest)s characters, please.") % {"longest": FAREWELL})
    return shown


def window(meetup: Meetup) -> None:
    """From when and until when one is to answer."""
    opens_at, closes_at = (at and at.astimezone(UTC) for at in (meetup.opens_at, meetup.closes_at))
    if opens_at is not None and opens_at >= meetup.ends_at:
        raise errors.Invalid("opens_at", _("Answers open before the evening ends."))
    if closes_at is not None and closes_at > meetup.ends_at:
        raise errors.Invalid("closes_at", _("Answers close when the evening ends, at the latest."))
    if opens_at is not None and closes_at is not None and closes_at <= opens_at:
        raise errors.Invalid("closes_at", _("Answers close after they open."))


def first_name(name: str) -> str:
    """What somebody without account calls themselves, on one line that shows."""
    shown = wording.line(name)[:NAME]
    if not shown:
        raise errors.Invalid("name", _("A first name is enough, any that you like."))
    return shown


def mail_address(address: str) -> str:
    """An e-mail address, or none."""
    if address.strip():
        try:
            validate_email(address.strip())
        except ValidationError as error:
            raise errors.Invalid("mail_to", _("An e-mail address looks like camille@example.org.")) from error
    return address.strip()
