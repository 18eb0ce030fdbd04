"""Where somebody was met: an evening that the actor sees, or a day and a place in their words; for the actions."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from entregent.common import wording
from entregent.discretion.viewer import Viewer
from entregent.encounters import shapes
from entregent.meetups import queries as meetups
from entregent.meetups import times


@dataclass(frozen=True, slots=True)
class Occasion:
    """Where somebody was met: an evening, or a place in the owner's words; through whom.

    Of an evening, `about` is the public id, and `morning` the moment at which its owner is asked what was said there.
    """

    on: date
    meetup: int | None = None
    title: str = ""
    place: str = ""
    through: str = ""
    about: UUID | None = None
    morning: datetime | None = None


def said(
    actor: Viewer, *, code: str | None = None, on: date | None = None, place: str = "", through: str = ""
) -> Occasion:
    """What the actor says of a meeting; its `code` says where and when an evening was. Raises `Invalid`, `NotFound`."""
    place, through = (wording.line(text)[: shapes.NAME] for text in (place, through))
    if code is None:
        return Occasion(on=shapes.past(on), place=place, through=through)
    evening = meetups.evening(actor, code)
    where = ", ".join(filter(None, (evening.place, evening.town)))[: shapes.NAME]
    day = shapes.past(evening.starts_at.astimezone(ZoneInfo(evening.zone)).date())
    met = Occasion(on=day, meetup=evening.key, title=evening.title, place=where, through=through)
    return replace(met, about=evening.uid, morning=times.morning(evening.ends_at, evening.zone))
