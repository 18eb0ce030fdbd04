"""Proposals about pictures of evenings."""

from tests.laws.worlds.acting.pen import Pen, Proposal, proposal
from tests.laws.worlds.knowing.standing import Sight


@proposal
def add_picture(pen: Pen) -> Proposal:
    """Of an evening that has begun, by whoever organises it; mostly of one to which somebody else came."""
    begun = [one for one in pen.world.of("evening").values() if one.said["starts_at"] <= pen.at]
    able = [one for one in begun if not one.said["cancelled"] and one.owner in pen.able()]
    here, accounts = pen.world.of("presence").values(), set(pen.accounts())
    came = {(one.said["evening"], one.owner) for one in here if one.owner in accounts}
    visited = [one for one in able if any(key == one.key and who != one.owner for key, who in came)]
    evening = pen.pick(visited or able)
    return evening.owner, {"evening": evening.key, "picture": pen.draw.randint(1, 2**24 - 1)}


@proposal
def delete_picture(pen: Pen) -> Proposal:
    held = pen.own("picture")
    return held.owner, {"picture": held.key}


@proposal
def take_picture_down(pen: Pen) -> Proposal:
    """By anybody else who sees it, and whom it hides from does not."""
    hides_from = pen.hides_from
    theirs = set() if hides_from is None else {one.key for one in Sight(pen.world, hides_from).seen("picture")}
    seen = [
        (who, one.key) for who in pen.accounts() for one in Sight(pen.world, who).seen("picture") if one.owner != who
    ]
    seen = [(who, key) for who, key in seen if key not in theirs]
    who, picture = pen.pick(seen)
    return who, {"picture": picture}


@proposal
def put_picture_back(pen: Pen) -> Proposal:
    held = pen.own("takedown")
    return held.owner, {"takedown": held.key}
