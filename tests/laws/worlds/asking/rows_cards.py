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


PAGES = [*page("me_cards", lists=True), *page("card_new"), *page("card_edit", "card")]
FORMS = [
    form("card_new", fill=_printed),
    form("card_new", fill=_wrong, how="wrong"),
    form("card_edit", "card", fill=_printed),
    form("card_edit", "card", fill=_wrong, how="wrong"),
    form("card_drop", "card"),
    form("card_restore", "card"),
    form("crossing_withdraw", "crossing"),
    form("crossing_rejoin", "crossing"),
    form("write", "person", fill=_along, how="with a card"),
    form("word", "word", fill=_along, how="with a card", opens=True),
]
