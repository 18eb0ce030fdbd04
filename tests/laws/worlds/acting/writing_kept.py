"""Proposals about needs that are kept."""

from tests.laws.worlds.acting.pen import Pen, Proposal, Stuck, proposal
from tests.laws.worlds.knowing.standing import Fact


@proposal
def keep_need(pen: Pen) -> Proposal:
    """In a word that others watch for, that somebody said, or that somebody may say."""
    known = pen.watched() if pen.chance(0.4) else pen.heard() if pen.chance(0.4) else []
    return pen.who(), {"text": pen.pick(known or [pen.word()])}


@proposal
def look_at_kept(pen: Pen) -> Proposal:
    return _of(_standing(pen))


@proposal
def renew_kept(pen: Pen) -> Proposal:
    return _of(_standing(pen))


@proposal
def end_kept(pen: Pen) -> Proposal:
    return _of(_standing(pen))


@proposal
def resume_kept(pen: Pen) -> Proposal:
    return _of(_own(pen))


def _of(held: Fact) -> Proposal:
    return held.owner, {"kept": held.key}


def _own(pen: Pen) -> Fact:
    return pen.own("kept")


def _standing(pen: Pen) -> Fact:
    held = _own(pen)
    if held.said["ended_at"]:
        raise Stuck
    return held
