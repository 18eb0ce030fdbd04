"""What somebody could write to somebody else next: proposals for acts."""

from tests.laws.worlds.acting.pen import Pen, Proposal, proposal


@proposal
def write_word(pen: Pen) -> Proposal:
    who = pen.who()
    return who, {"person": pen.seen(who), "text": pen.text(), "value": _card(pen)}


@proposal
def take_back_word(pen: Pen) -> Proposal:
    held = pen.own("written")
    return held.owner, {"written": held.key}


@proposal
def answer_word(pen: Pen) -> Proposal:
    held = pen.own("given")
    return held.owner, {"word": held.key, "text": pen.text(), "value": _card(pen)}


@proposal
def let_word_be(pen: Pen) -> Proposal:
    held = pen.own("given")
    return held.owner, {"word": held.key}


@proposal
def take_words(pen: Pen) -> Proposal:
    return pen.who(), {"yes": pen.chance(0.3)}


def _card(pen: Pen) -> str:
    return f"{pen.word()}@example.net" if pen.chance(0.7) else ""
