"""What somebody could do with cards next: proposals for acts."""

from typing import Any

from tests.laws.worlds.acting.pen import Pen, Proposal, Stuck, proposal


@proposal
def keep_card(pen: Pen) -> Proposal:
    return pen.who(), _printed(pen)


@proposal
def edit_card(pen: Pen) -> Proposal:
    held = pen.own("card")
    return held.owner, {"card": held.key, **_printed(pen)}


@proposal
def drop_card(pen: Pen) -> Proposal:
    held = pen.own("card")
    return held.owner, {"card": held.key}


@proposal
def withdraw_card(pen: Pen) -> Proposal:
    held = pen.own("crossing")
    if held.said["person"] not in pen.world.people:
        raise Stuck
    return held.owner, {"person": held.said["person"]}


def _printed(pen: Pen) -> dict[str, Any]:
    value = f"{pen.word()}@example.net" if pen.chance(0.7) else ""
    does = pen.text() if pen.chance(0.6) else ""
    return {"title": pen.word(3).title(), "name": pen.word(3).title(), "does": does, "value": value}
