"""Lines that people wrote can be kept."""

import pytest

from entregent.common import wording


def test_halves_of_a_character_go_from_every_line():
    assert wording.lines("Une\ud83d table\n\udc00\nà Saint-Leu\udfff") == "Une table\n\nà Saint-Leu"
    wording.line("\ud800a\udc00").encode("utf-8")


@pytest.mark.parametrize(
    "said", ["\uffff", "\ufdd0", "\U0010fffe", "\u2800", "\u3164\u3164", "\u115f \u1160", "\ufe0f", "\u034f"]
)
def test_what_shows_nothing_is_no_line(said):
    assert (wording.line(said), wording.lines(f"{said}\n{said}")) == ("", "")


def test_what_shows_nothing_stays_within_what_does():
    heart, braille = "Vive le bureau \u2764\ufe0f", "\u2803\u2800\u2803"
    assert [wording.line(said) for said in (heart, braille, "Ap\ufffféro")] == [heart, braille, "Apéro"]
