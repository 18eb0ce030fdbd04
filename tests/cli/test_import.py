"""`entregent import history`: from files to answers, with a report, a rehearsal, and one line for what is refused."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.exchange.conftest import EVENTS, GROUPS, MEMBERS, RSVPS
from tests.installation import Installation

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def bring_in(installed: Installation, tmp_path: Path) -> Run:
    """Runs the import of a small history, some of whose files say something else; its code and what it printed."""

    def run(*options: str, **said: str | bytes) -> tuple[int, str, str]:
        words = []
        for name, usual in {"groups": GROUPS, "members": MEMBERS, "events": EVENTS, "rsvps": RSVPS}.items():
            file, content = tmp_path / f"{name}.csv", said.get(name, usual)
            file.write_bytes(content if isinstance(content, bytes) else content.encode())
            words += [f"--{name}", str(file)]
        done = installed.run("import", "history", "--community", "Nashville", *words, *options)
        return done.returncode, done.stdout, done.stderr

    return run


def table(printed: str) -> dict[str, list[int]]:
    """The numbers that the command prints: new, here before, erased."""
    rows = [line.split() for line in printed.splitlines()[1:5]]
    return {row[0]: [int(number) for number in row[1:]] for row in rows}


def test_a_history_is_brought_in_once_and_answers(installed: Installation, bring_in: Run):
    code, printed, _told = bring_in()
    assert (code, table(printed)) == (
        0,
        {"series": [2, 0, 0], "people": [5, 0, 0], "evenings": [3, 0, 0], "answers": [4, 0, 0]},
    )
    code, printed, _told = bring_in()
    assert (code, table(printed)) == (
        0,
        {"series": [0, 2, 0], "people": [0, 5, 0], "evenings": [0, 3, 0], "answers": [0, 4, 0]},
    )
    answers = json.loads(installed.run("ask", "Django", "--as", "m2", "--json").stdout)["answers"]
    assert [answer["name"] for answer in answers] == ["n°\u00a01"]
    assert installed.run("doctor").returncode == 0


def test_a_rehearsal_counts_and_writes_nothing(installed: Installation, bring_in: Run):
    code, printed, _told = bring_in("--dry-run")
    assert (code, table(printed)["answers"], printed.splitlines()[-1]) == (
        0,
        [4, 0, 0],
        "Nothing was written: this was a rehearsal.",
    )
    assert installed.run("ask", "Django", "--as", "m2").stderr == "entregent: Nobody here is called m2.\n"


def test_every_skipped_line_is_reported_with_its_number_and_reason(bring_in: Run, tmp_path: Path):
    report = tmp_path / "report.txt"
    unknown = "".join(f"x{number},m1\n" for number in range(7))
    code, printed, told = bring_in("--report", str(report), rsvps=RSVPS + unknown)
    assert (code, table(printed)["answers"]) == (0, [4, 0, 0])
    assert report.read_text().splitlines() == [
        f"rsvps.csv, line {6 + number}: the event x{number} is unknown" for number in range(7)
    ]
    assert ("rsvps.csv: 7 lines were skipped" in told, told.count("is unknown")) == (True, 5)


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ({"members": "member_id\ncité\n".encode("latin-1")}, "members.csv, line 2: this is not text in UTF-8."),
        ({"events": EVENTS.replace("name", "title")}, "events.csv, line 1: there is no column name."),
        ({"rsvps": RSVPS[:-1]}, "rsvps.csv, line 5: it has no end, so the file may be cut; end it if it is whole."),
        ({"rsvps": RSVPS + "m" * 100_000_000 + "\n"}, "rsvps.csv, line 6: longer than 65536 bytes."),
        (
            {"events": EVENTS.replace("2016-03-05", "0000-03-05")},
            "events.csv, line 4: “0000-03-05 15:00:00” is no time; 2026-11-26 18:30:00 is wanted.",
        ),
    ],
    ids=["encoding", "columns", "truncated", "100 MB on one line", "year 0"],
)
def test_a_file_that_cannot_be_taken_is_one_line_and_changes_nothing(
    installed: Installation, bring_in: Run, said: dict[str, str | bytes], line: str
):
    code, printed, told = bring_in(**said)
    assert (code, printed, told) == (1, "", f"entregent: {line}\n")
    assert table(bring_in("--dry-run")[1])["people"] == [5, 0, 0]


@pytest.mark.parametrize(
    ("options", "code", "line"),
    [
        (("--zone", "Mars/Base"), 1, "entregent: Mars/Base is no time zone; Indian/Reunion is one.\n"),
        (("--report", "/nowhere/report.txt"), 1, "entregent: /nowhere/report.txt: No such file or directory\n"),
        (("--community", "?"), 1, "entregent: A community needs a name of 80 characters at most.\n"),
    ],
)
def test_an_option_that_cannot_be_taken_is_one_line(bring_in: Run, options: tuple[str, str], code: int, line: str):
    assert bring_in(*options)[::2] == (code, line)


def test_a_file_that_is_not_there_is_one_line(installed: Installation):
    done = installed.run("import", "history", "--community", "Nashville", "--groups", "nowhere.csv")
    assert (done.returncode, done.stderr.count("\n"), "'nowhere.csv' does not exist" in done.stderr) == (2, 1, True)


def test_the_real_history_comes_in_whole(installed: Installation, shared_data: Path):
    folder = shared_data / "nashville_meetup"
    files = {"groups": "groups.csv", "members": "members.csv", "events": "dev/events.csv", "rsvps": "dev/rsvps.csv"}
    words = [word for name, file in files.items() for word in (f"--{name}", str(folder / file))]
    for number in range(2):
        done = installed.run("import", "history", "--community", "Nashville", *words)
        counts = [491, 19_988, 13_889, 94_063]
        expected = [[0, count, 0] if number else [count, 0, 0] for count in counts]
        assert (done.returncode, list(table(done.stdout).values())) == (0, expected)
    assert "skipped" not in done.stderr
    answers = json.loads(installed.run("suggest", "--as", "m550", "--json").stdout)["answers"]
    assert len(answers) == 3
