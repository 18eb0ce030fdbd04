"""The evening at an address, with its row locked, for whoever may do something about it; for actions alone."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from entregent.common import clock, errors
from entregent.discretion import queries as places
from entregent.discretion.viewer import Viewer
from entregent.meetups import declassified, seats, standings, times
from entregent.meetups.models import Meetup


def visible(actor: Viewer, **address: Any) -> Meetup:
    """An evening that the actor sees, by its `code` or by `here`. Raises `NotFound`."""
    key = Meetup.objects.visible_to(actor).filter(**address).values_list("pk", flat=True).first()
    if key is None:
        raise errors.NotFound
    return seats.locked(key)


def communities(actor: Viewer, code: str) -> list[int]:
    """The keys of the communities in which an evening stands that the actor sees, for whoever locks these first.

    Raises `NotFound`.
    """
    meetup = Meetup.objects.visible_to(actor).filter(code=code.upper()).first()
    if meetup is None:
        raise errors.NotFound
    return sorted(one.key for one in standings.communities(actor, meetup))


def organised(actor: Viewer, code: str) -> Meetup:
    """An evening that the actor organises. Raises `NotFound`, `Refused` for whoever sees it and does not."""
    meetup = visible(actor, code=code.upper())
    if not places.stands_in(actor, "organisers", meetup.uid):
        raise errors.Refused(_("Those who organise this evening do this."))
    return meetup


def still_open(actor: Viewer, code: str) -> Meetup:
    """An evening that the actor sees, neither over nor called off. Raises `NotFound`, `Refused`."""
    meetup = visible(actor, code=code.upper())
    check_not_done(meetup)
    return meetup


def check_not_done(meetup: Meetup) -> None:
    """Whether an evening is neither over nor called off. Raises `Refused`."""
    if meetup.cancelled_at is not None:
        raise errors.Refused(_("This evening was called off."))
    if meetup.ends_at <= clock.now():
        raise errors.Refused(_("This evening is over."))


def check_over(meetup: Meetup) -> None:
    """Whether an evening took place, and is over. Raises `Refused`."""
    if meetup.cancelled_at is not None:
        raise errors.Refused(_("This evening was called off."))
    if meetup.ends_at > clock.now():
        raise errors.Refused(_("This evening is not over yet."))


def going_on(actor: Viewer, here: str) -> Meetup:
    """The evening whose table carries the code `here`, in the hours around it. Raises `NotFound`, `Refused`."""
    meetup = visible(actor, here=here.upper())
    if meetup.cancelled_at is not None:
        raise errors.Refused(_("This evening was called off."))
    if not times.doors_are_open(meetup.starts_at, meetup.ends_at, clock.now()):
        raise errors.Refused(
            _("One says “I am here” on the evening itself: from three hours before to six hours after.")
        )
    return meetup


def at_the_door(actor: Viewer, code: str, at: datetime | None) -> Meetup:
    """An evening at whose door the actor stands, or stood at `at`, when they noted somebody without network.

    Raises `NotFound`, `Refused`.
    """
    meetup = organised(actor, code)
    declassified.check_door(meetup, at)
    return meetup
