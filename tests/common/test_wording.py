"""Lines that people wrote can be kept."""

from entregent.common import wording


def test_halves_of_a_character_go_from_every_line():
    assert wording.lines("Une\ud83d table\n\udc00\nà Saint-Leu\udfff") == "Une table\n\nà Saint-Leu"
    wording.line("\ud800a\udc00").encode("utf-8")
