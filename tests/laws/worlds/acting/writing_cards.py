"""What somebody could do with cards next: proposals for acts."""

from typing import Any

from tests.laws.worlds.acting.acts import PASSER
from tests.laws.worlds.acting.pen import Pen, Proposal, Stuck, proposal
from tests.laws.worlds.knowing.coming import DOORS_CLOSE, DOORS_OPEN
from tests.laws.worlds.knowing.standing import Fact, Sight


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


@proposal
def show_card(pen: Pen) -> Proposal:
    """To somebody, or on the table."""
    held = pen.own("card")
    here = _going_on(pen, held.owner) if pen.chance(0.5) else ""
    return held.owner, {"card": held.key, "evening": here, "person": pen.pick([pen.other(held.owner), "", ""])}


@proposal
def hide_showing(pen: Pen) -> Proposal:
    held = pen.own("showing")
    if held.until is None or held.until <= pen.at:
        raise Stuck
    return held.owner, {"showing": held.key}


@proposal
def exchange_cards(pen: Pen) -> Proposal:
    who, shown = _shown(pen)
    cards = [one for one in pen.world.of("card").values() if one.owner == who and not one.said["forgotten_at"]]
    return who, {"showing": shown.key, "card": pen.pick(cards).key}


@proposal
def take_card(pen: Pen) -> Proposal:
    who, shown = _shown(pen)
    return who, {"showing": shown.key}


@proposal
def leave_card(pen: Pen) -> Proposal:
    shown = pen.pick([one for one in _showings(pen) if not one.said["person"]])
    return PASSER, {"showing": shown.key, "name": pen.word(2).title(), "value": f"{pen.word()}@example.net"}


def _showings(pen: Pen) -> list[Fact]:
    """The cards that are shown at the moment."""
    return [one for one in pen.world.of("showing").values() if one.until is not None and one.until > pen.at]


def _shown(pen: Pen) -> tuple[str, Fact]:
    """Somebody who is shown a card, those first who have one to give."""
    pairs = [(who, one) for one in _showings(pen) for who in pen.able() if who != one.owner]
    held = {one.owner for one in pen.world.of("card").values() if not one.said["forgotten_at"]}
    shown = [(who, one) for who, one in pairs if one.said["person"] in {"", who}]
    found: tuple[str, Fact] = pen.pick([pair for pair in shown if pair[0] in held] or shown)
    return found


def _going_on(pen: Pen, who: str) -> str:
    """The evening in whose hours the moment lies, if there is one."""
    seen = Sight(pen.world, who).seen("evening")
    here = [one for one in seen if one.said["starts_at"] - DOORS_OPEN <= pen.at <= one.said["ends_at"] + DOORS_CLOSE]
    return here[0].key if here else ""


def _printed(pen: Pen) -> dict[str, Any]:
    value = f"{pen.word()}@example.net" if pen.chance(0.7) else ""
    does = pen.text() if pen.chance(0.6) else ""
    return {"title": pen.word(3).title(), "name": pen.word(3).title(), "does": does, "value": value}
