"""Writing to somebody, and words: pages, forms, letters, commands."""

from collections.abc import Mapping
from typing import Any

from entregent.mail import letters
from tests.laws.worlds.asking.rows import Hand, Row, form, page


def _word(hand: Hand) -> Mapping[str, Any]:
    """A word of what is hidden, with a card or none."""
    return {"text": hand.word(), "mail": hand.draw.choice(["", "moi@example.net"]), "telephone": "", "relay": "yes"}


def _need(hand: Hand) -> Mapping[str, Any]:
    return {"need": hand.word()}


def _way(hand: Hand) -> Mapping[str, Any]:
    """A message for a number or address that stands on the page, or for one that is hidden."""
    value = hand.draw.choice([*hand.emails, "0692 12 34 56"])
    return {"text": hand.word(), "way": f"{'mail' if '@' in value else 'sms'} {value}", "subject": hand.word()}


def _wrong(_hand: Hand) -> Mapping[str, Any]:
    return {"text": "", "mail": "karine@", "telephone": "demain", "relay": "yes"}


def _taken(hand: Hand) -> Mapping[str, Any]:
    return {"yes": hand.draw.choice(["yes", "no"])}


PAGES = [
    *page("write", "person"),
    *page("contact_write", "contact"),
    *page("words", lists=True),
    *page("word", "word"),
]
FORMS = [
    form("write", "person", fill=_word),
    form("write", "person", fill=_need, how="of a need"),
    form("write", "person", fill=_way, how="on a way"),
    form("write", "person", fill=_wrong, how="wrong"),
    form("contact_write", "contact", fill=_word),
    form("contact_write", "contact", fill=_way, how="on a way"),
    form("words_take", fill=_taken),
    form("word", "word", fill=_word, opens=True),
    form("word", "word", fill=_wrong, how="wrong"),
    form("word_leave", "word"),
    form("word_take_up", "word"),
    form("word_take_back", "word"),
    form("word_keep", "word"),
]
LETTERS = [Row(f"letter {kind}", "letter", kind, ("word",)) for kind in letters.GIVEN]
