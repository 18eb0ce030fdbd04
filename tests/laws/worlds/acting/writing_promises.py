"""Proposals about what people promised those in their books."""

from datetime import timedelta
from typing import Any

from tests.laws.worlds.acting.pen import Pen, Proposal, Stuck, proposal
from tests.laws.worlds.acting.writing_evenings import by_hand
from tests.laws.worlds.knowing.standing import Fact


@proposal
def promise(pen: Pen) -> Proposal:
    contact = by_hand(pen, "contact")
    return contact.owner, {"contact": contact.key, "text": pen.text(), **_by(pen)}


@proposal
def keep_promise(pen: Pen) -> Proposal:
    return _of(_open(pen))


@proposal
def put_off_promise(pen: Pen) -> Proposal:
    who, said = _of(_open(pen))
    return who, {**said, **_by(pen)}


@proposal
def drop_promise(pen: Pen) -> Proposal:
    return _of(_open(pen))


@proposal
def resume_promise(pen: Pen) -> Proposal:
    return _of(pen.own("promise"))


def _by(pen: Pen) -> dict[str, Any]:
    """By a day, which is often soon; or some day."""
    return {"due_on": pen.world.today() + timedelta(days=pen.draw.randint(0, 12))} if pen.chance(0.8) else {}


def _of(held: Fact) -> Proposal:
    return held.owner, {"promise": held.key}


def _open(pen: Pen) -> Fact:
    held = pen.own("promise")
    if held.said["done_at"]:
        raise Stuck
    return held
