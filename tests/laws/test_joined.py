"""The table of the law counts what was compared, and says whatever is missing from it."""

from collections import Counter
from dataclasses import replace

import pytest

from tests.laws.worlds import joined
from tests.laws.worlds.acting.about import KINDS_OF_FACTS
from tests.laws.worlds.acting.history import ROLES
from tests.laws.worlds.asking.plan import impossible
from tests.laws.worlds.asking.rows_beside import ROWS
from tests.laws.worlds.lawful import Report, Share

CELLS = Counter({(kind, role): 50 for kind in KINDS_OF_FACTS for role in ROLES})
ASKED = Counter({(row.name, role): 1 for row in ROWS for role in ROLES if not impossible(row, role)})
GOOD = joined.Figures({"sqlite": 1000, "postgres": 1000}, 2040, 40, 1960, CELLS, ASKED, 0, 1.0)
FIRST, LAST = min(CELLS), ROWS[-1].name


@pytest.fixture
def share(tmp_path):
    """Writes down what a share found."""

    def written(database, pairs, *, part="", **asked):
        report = Report(pairs=pairs)
        report.tally.made, report.tally.discarded, report.tally.touching = 10, 1, 8
        report.tally.cells.update({FIRST: 3})
        report.count.asked.update({(row, "member"): number for row, number in asked.items()})
        joined.keep(tmp_path / "figures" / f"{database}{part}.json", database, report)
        return tmp_path / "figures" / f"{database}{part}.json"

    return written


def test_shares_are_one_run_whose_pairs_each_counts_alike(share):
    figures = joined.read([share("sqlite", 5, home=2), share("postgres", 4, home=1, book=7)])
    assert (figures.pairs, figures.made, figures.discarded, figures.touching) == (9, 10, 1, 8)
    assert figures.cells == {FIRST: 3}
    assert figures.asked == {("home", "member"): 3, ("book", "member"): 7}


def test_shares_of_one_database_are_added(share):
    parts = [share("sqlite", 5, part="-first"), share("sqlite", 3, part="-last"), share("postgres", 4)]
    assert joined.read(parts).databases == {"sqlite": 8, "postgres": 4}


def test_nothing_is_missing_where_everything_was_asked_and_hidden_often_enough():
    assert list(joined.wrong(GOOD)) == []


@pytest.mark.parametrize(
    ("changed", "missing"),
    [
        ({"differences": 1}, ["1 differences"]),
        ({"made": 2600, "discarded": 600}, ["600 of 2600 pairs discarded"]),
        ({"touching": 1399}, ["only 1399 pairs touch what their viewer sees"]),
        ({"cells": CELLS - Counter({FIRST: 1})}, [f"{FIRST[0]} hidden from {FIRST[1]} fewer than 50 times"]),
        ({"asked": ASKED - Counter({(LAST, "guest"): 1})}, [f"never asked: {LAST}, as guest"]),
    ],
)
def test_what_the_law_wants_and_does_not_get_is_said(changed, missing):
    assert list(joined.wrong(replace(GOOD, **changed))) == missing


def test_the_table_is_drawn_with_every_kind_and_role_and_fails_where_something_is_missing(share, capsys):
    said = list(joined.lines(GOOD))
    assert said[0] == "2000 pairs of worlds, 1000 on sqlite and 1000 on postgres: 0 differences."
    assert len(said) == 4 + 2 + len(KINDS_OF_FACTS)
    assert joined.main([str(share("sqlite", 5))]) == 1
    assert "never asked: home, as anonymous" in capsys.readouterr().out.splitlines()


@pytest.mark.parametrize("said", [["0/1"], ["0/2", "1/2"], ["0-2/5", "3-4/5"]])
def test_each_number_belongs_to_one_share(said):
    shares = [Share.read(one) for one in said]
    for number in range(23):
        assert sum(share.holds(number) for share in shares) == 1
    for runs in (1, 7, 1000):
        assert [one for share in shares for one in share.among(runs)] == list(range(runs))
