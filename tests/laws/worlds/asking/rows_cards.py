"""Cards: pages and forms."""

from collections.abc import Mapping
from typing import Any

from tests.laws.worlds.asking.rows import Hand, form, page


def _printed(hand: Hand) -> Mapping[str, Any]:
    """A card with a word of what is hidden on it."""
    mail = hand.draw.choice(["", *hand.emails])
    return {"title": "Apéro", "name": hand.word(), "does": hand.word(), "organisation": "", "mail": mail}


def _wrong(_hand: Hand) -> Mapping[str, Any]:
    return {"title": "", "name": "", "mail": "karine@", "telephone": "demain", "link": "javascript:alert()"}


def _along(hand: Hand) -> Mapping[str, Any]:
    """A word with a card that one keeps, or that somebody else does."""
    return {"text": hand.word(), "mail": "", "telephone": "", "card": str(hand.one("card").uid), "relay": "yes"}


def _at(hand: Hand) -> Mapping[str, Any]:
    return {"evening": hand.draw.choice(["", hand.one("evening").code])}


def _given(hand: Hand) -> Mapping[str, Any]:
    return {"card": str(hand.one("card").uid)}


def _left(hand: Hand) -> Mapping[str, Any]:
    return {"name": hand.word(), "way": hand.draw.choice([*hand.emails, "0692 12 34 56"])}


PAGES = [
    *page("me_cards", lists=True),
    *page("card_new"),
    *page("card_edit", "card"),
    *page("card_shown", "showing"),
    *page("card_file", "showing"),
]
FORMS = [
    form("card_new", fill=_printed),
    form("card_new", fill=_wrong, how="wrong"),
    form("card_edit", "card", fill=_printed),
    form("card_edit", "card", fill=_wrong, how="wrong"),
    form("card_drop", "card"),
    form("card_restore", "card"),
    form("card_show", "card", fill=_at, opens=True),
    form("card_show_on", "showing"),
    form("card_hide", "showing"),
    form("card_exchange", "showing", fill=_given, opens=True),
    form("card_exchange", "showing", how="wrong"),
    form("card_take", "showing", opens=True),
    form("card_leave", "showing", fill=_left),
    form("card_leave", "showing", how="wrong"),
    form("card_note", "handed"),
    form("card_let_be", "handed"),
    form("card_take_up", "handed"),
    form("crossing_withdraw", "crossing"),
    form("crossing_rejoin", "crossing"),
    form("write", "person", fill=_along, how="with a card"),
    form("word", "word", fill=_along, how="with a card", opens=True),
]
