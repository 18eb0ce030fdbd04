"""Who of a file is in the book already, and how much work it is to find out."""

from collections.abc import Callable, Mapping

import pytest

from entregent.exchange import matching
from entregent.exchange.contacts.said import Said
from tests import work

#: People of one name and firm, who say what differs, or nothing.
SAME: Mapping[str, Callable[[int], Said]] = {
    "numbers": lambda at: Said(at, "Camille", telephones=(f"0692{at:06}",)),
    "mails": lambda at: Said(at, "Camille", mails=(f"c{at}@example.org",)),
    "both": lambda at: Said(at, "Camille", mails=(f"c{at}@example.org",), telephones=(f"0692{at:06}",)),
    "a mailbox": lambda at: Said(at, "Camille", mails=("contact@example.org",), key=f"vcard:{at}"),
    "nothing": lambda at: Said(at, "Camille", key=f"vcard:{at}"),
}


def different(at: int) -> Said:
    return Said(at, f"Camille{at}", mails=(f"c{at}@example.org",), telephones=(f"0692{at:06}",))


def sort(lines: list[Said]) -> None:
    """Look for each line among those before it, as an import does."""
    known = matching.Known()
    for said in lines:
        at = known.find(said)
        if at is None:
            known.add(matching.as_held(-said.line, said))
        else:
            known.grow(at, said)


def sorting(one: Callable[[int], Said]) -> int:
    """How many calls it takes to sort a thousand lines."""
    lines = [one(at) for at in range(1000)]
    return work.calls(lambda: sort(lines)).total()


def test_a_thousand_of_one_name_are_as_much_work_as_a_thousand_of_as_many_names():
    usual = sorting(different)
    counts = {name: sorting(one) for name, one in SAME.items()}
    assert usual > 1000
    assert {name: count for name, count in counts.items() if count > usual * 2} == {}


def test_a_mailbox_that_several_read_leads_to_whoever_has_a_word_of_the_name():
    known = matching.Known()
    for at, name in enumerate(("Bob Payet", "Ali Hoareau", "X. Y."), start=1):
        known.add(matching.as_held(at, Said(at, name, mails=("contact@filao.re",))))
    found = {
        name: known.find(Said(9, name, mails=("contact@filao.re",), organisation="Filao"))
        for name in ("HOAREAU Ali", "Bob P.", "Zoé Técher", "x. y.", "P. H.")
    }
    assert found == {"HOAREAU Ali": 2, "Bob P.": 1, "Zoé Técher": None, "x. y.": 3, "P. H.": None}


@pytest.mark.parametrize("order", [1, -1])
def test_somebody_who_says_nothing_takes_the_ways_of_one_of_the_name_and_not_of_two(order):
    known = matching.Known()
    known.add(matching.as_held(1, Said(1, "Camille")))
    ones = [SAME["mails"](2), SAME["numbers"](3), SAME["both"](4)][::order]
    found = []
    for said in ones:
        at = known.find(said)
        found.append(at)
        if at is None:
            known.add(matching.as_held(said.line, said))
        else:
            known.grow(at, said)
    assert found == ([1, 1, None] if order == 1 else [1, None, 3])
    assert known.find(Said(9, "Camille")) == 1
