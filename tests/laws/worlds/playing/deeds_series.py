"""Deeds around evenings that recur."""

from typing import TYPE_CHECKING

from entregent.meetups import actions as meetups
from entregent.meetups import gatherings
from entregent.meetups.recurrence import Recurs
from tests.laws.worlds.acting.acts import Act, evenings_of
from tests.laws.worlds.playing import deeds, imports
from tests.laws.worlds.playing.things import Thing

if TYPE_CHECKING:
    from tests.laws.worlds.playing.played import Played


@deeds.deed
def announce_series(played: "Played", act: Act) -> deeds.Made:
    actor, home = deeds.actor_of(played, act), deeds.thing_of(played, act, "community")
    fields = ("title", "place", "starts_at", "ends_at", "audience", "capacity", "shows_band")
    recurs = Recurs(act.said["every"], times=act.said["times"])
    code = meetups.announce(actor, community=home.slug, recurs=recurs, **deeds.said_of(act, *fields))
    first, *later = [one.code for one in gatherings.dates(actor, code)]
    for key, other in zip(evenings_of(act)[1:], later, strict=True):
        played.things[key] = Thing("evening", **imports.evening(other))
    return imports.evening(first)


@deeds.deed
def edit_following(played: "Played", act: Act) -> deeds.Made:
    said = deeds.said_of(act, "title", "place", "capacity", "audience", "shows_band", "everywhere")
    meetups.edit_following(deeds.actor_of(played, act), code=deeds.thing_of(played, act, "evening").code, **said)
    return None


@deeds.deed
def end_series(played: "Played", act: Act) -> deeds.Made:
    meetups.end_series(deeds.actor_of(played, act), code=deeds.thing_of(played, act, "evening").code)
    return None
