"""Cards that were made to be read for a long time, or to be no text."""

import sys
from types import BuiltinFunctionType, FrameType
from typing import Any

import pytest

from entregent.exchange.contacts import cards, reading
from entregent.exchange.contacts.said import Unreadable

#: What walks through the whole of a text, of what a reader may do with one.
WALKS = frozenset({"partition", "upper", "lower", "strip", "split", "replace", "casefold"})


def looked_at(data: bytes) -> int:
    """How many characters of lines are looked at, again and again counted again, to read cards."""
    seen = 0

    def count(_frame: FrameType, event: str, called: Any) -> None:
        nonlocal seen
        if event == "c_call" and isinstance(called, BuiltinFunctionType) and called.__name__ in WALKS:
            seen += len(called.__self__) if isinstance(called.__self__, str) else 0

    sys.setprofile(count)
    try:
        cards.read(data)
    finally:
        sys.setprofile(None)
    return seen


def soft(lines: int) -> bytes:
    """A card with a note on so many lines that each go on."""
    return ("BEGIN:VCARD\nFN:x\nNOTE;QUOTED-PRINTABLE=\n" + "é=\n" * lines + "END:VCARD\n").encode()


def folded(lines: int) -> bytes:
    return ("BEGIN:VCARD\nFN:x\nNOTE:a\n" + " é\n" * lines + "END:VCARD\n").encode()


@pytest.mark.parametrize("made", [soft, folded])
def test_a_line_that_goes_on_and_on_is_read_in_time_that_grows_as_it_does(made):
    few, many = looked_at(made(3_900)), looked_at(made(15_600))
    assert few > 3_900
    assert many <= 5 * few


@pytest.mark.parametrize("end", [b"\n", b"\r"])
def test_a_file_of_more_lines_than_its_size_is_good_for_is_refused(end):
    card = end.join([b"BEGIN:VCARD", b"FN:Zoe", b"END:VCARD"])
    assert len(reading.read(card + end * (cards.FILE_LINES - 2)).said) == 1
    with pytest.raises(Unreadable, match="too_big"):
        reading.read(card + end * (cards.FILE_LINES - 1))


def test_a_line_says_the_same_however_it_is_folded():
    note = "NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:"
    whole = f"BEGIN:VCARD\nFN:Zoé\n{note}Vue au port=0A=C3=A9t=C3=A9\nEND:VCARD\n"
    apart = f"BEGIN:VCARD\nFN:Z\n o\n \n é\n{note}Vue au =\nport=\n=0A=C3=\n=A9t=C3=A9\nEND:VCARD\n"
    [one], [other] = reading.read(whole.encode()).said, reading.read(apart.encode()).said
    assert one == other
    assert one.words == "Vue au port\nété"


@pytest.mark.parametrize(
    "charset", ["undefined", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "utf-7", "hex", "no-such"]
)
def test_a_card_chooses_no_codec_that_is_none_of_address_books(charset):
    note = f"NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET={charset}:\\\\ud800 +2AA- xn--a=C3=A9"
    card = f"BEGIN:VCARD\nFN:Zoe\n{note}\nEND:VCARD\n"
    [zoe] = reading.read(card.encode()).said
    assert zoe.words == "\\ud800 +2AA- xn--aé"


@pytest.mark.parametrize(
    ("charset", "said"),
    [("ISO-8859-1", "=E9"), ("windows-1251", "=E9"), ("MACINTOSH", "=8E"), ("utf-16le", "=E9=00"), ("UTF-8", "=C3=A9")],
)
def test_a_card_says_in_which_charset_it_is_written(charset, said):
    card = f"BEGIN:VCARD\nFN:Zoe\nNOTE;ENCODING=QUOTED-PRINTABLE;CHARSET={charset}:{said}\nEND:VCARD\n"
    [zoe] = reading.read(card.encode()).said
    assert zoe.words == ("й" if charset == "windows-1251" else "é")
