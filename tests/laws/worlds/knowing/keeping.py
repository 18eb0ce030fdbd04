"""What needs leave behind that somebody keeps: whom their owner was told of is a fact of theirs.

Who answers is no fact. What somebody was told is what their record held whenever it was asked for them, or looked at:
that record stands for it here, by a number that is the same within one run where the record is.
"""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from tests.laws.worlds.acting.acts import Act
from tests.laws.worlds.knowing.record import record_of
from tests.laws.worlds.knowing.remembering import PATIENCE
from tests.laws.worlds.knowing.saying import own, put
from tests.laws.worlds.knowing.standing import HOME, Fact, Invalid, NotFound, World

#: For how long a need is kept, how many at most, and from which hour on it is asked again.
LASTS, MOST, HOUR = timedelta(days=90), 10, 7


def keep_need(world: World, act: Act) -> None:
    """Kept once; again, it holds anew."""
    standing = [one for one in world.of("kept").values() if one.owner == act.who and not one.said["ended_at"]]
    same = next((one for one in standing if one.said["text"].lower() == act.said["text"].lower()), None)
    if same is None and len(standing) >= MOST:
        raise Invalid
    said = {"text": act.said["text"], "asked_on": world.today(), "told": 0, "ended_at": None, "at": act.at}
    held = same or Fact("kept", act.key, act.who, None, said=said)
    held.until = _end(world)
    put(world, act, held, held.key)
    _tell(world, held)


def look_at_kept(world: World, act: Act) -> None:
    """Whoever is shown is told of."""
    _tell(world, _standing(world, act))


def renew_kept(world: World, act: Act) -> None:
    """For three months from that day on."""
    _standing(world, act).until = _end(world)


def end_kept(world: World, act: Act) -> None:
    """No longer."""
    _standing(world, act).said["ended_at"] = act.at


def resume_kept(world: World, act: Act) -> None:
    """It was not to be ended after all."""
    held = own(world, act, "kept")
    mine = [one for one in world.of("kept").values() if one.owner == act.who and not one.said["ended_at"]]
    if held.said["ended_at"] and len(mine) >= MOST:
        raise Invalid
    held.said["ended_at"] = None


def ask_again(world: World) -> None:
    """Once a day from seven on, for whoever keeps something; what was ended an hour ago goes."""
    gone = {key for key, one in world.of("kept").items() if _has_gone(world, one)}
    world.facts["kept"] = {key: one for key, one in world.of("kept").items() if key not in gone}
    if world.now.astimezone(HOME).hour < HOUR:
        return
    for held in list(world.of("kept").values()):
        over = held.until is not None and held.until <= world.now
        if not held.said["ended_at"] and not over and held.said["asked_on"] < world.today():
            held.said["asked_on"] = world.today()
            _tell(world, held)


def _tell(world: World, held: Fact) -> None:
    held.said["told"] = hash(record_of(world, held.owner))


def _standing(world: World, act: Act) -> Fact:
    held = own(world, act, "kept")
    if held.said["ended_at"]:
        raise NotFound
    return held


def _has_gone(world: World, held: Fact) -> bool:
    ended = held.said["ended_at"]
    return ended is not None and ended <= world.now - PATIENCE


def _end(world: World) -> datetime:
    return datetime.combine(world.today() + LASTS, time.max, HOME)


WORDS: Mapping[str, Any] = {
    word.__name__: word for word in (keep_need, look_at_kept, renew_kept, end_kept, resume_kept)
}
