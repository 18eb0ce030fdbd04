"""`entregent import organisations`: from a file to cards, a report, a rehearsal, one line for what is refused."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.exchange.test_features import collection, feature
from tests.installation import Installation


@pytest.fixture
def bring_in(installed: Installation, tmp_path: Path):
    def run(*options: str, said: bytes = collection(feature(), feature(id="2", name="Autre"))) -> tuple[int, str, str]:
        file = tmp_path / "data.json"
        file.write_bytes(said)
        done = installed.run("import", "organisations", str(file), *options)
        return done.returncode, done.stdout, done.stderr

    return run


def numbers(printed: str) -> list[int]:
    """New, changed, as before, no longer listed, taken out."""
    return [int(line.split()[-1]) for line in printed.splitlines()[1:6]]


def sources(installed: Installation) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(installed.run("organisations", "--json").stdout)["sources"]
    return found


def test_organisations_come_in_once_and_a_newer_file_changes_them(installed: Installation, bring_in):
    assert numbers(bring_in("--dry-run")[1]) == [2, 0, 0, 0, 0]
    assert sources(installed) == []
    options = ("--source", "Annuaire", "--licence", "ODbL")
    assert numbers(bring_in(*options)[1]) == [2, 0, 0, 0, 0]
    assert numbers(bring_in(*options)[1]) == [0, 0, 2, 0, 0]
    assert numbers(bring_in(*options, said=collection(feature(city="Massy")))[1]) == [0, 1, 0, 1, 0]
    [one] = sources(installed)
    assert (one["name"], one["licence"], one["listed"], one["gone"]) == ("Annuaire", "ODbL", 1, 1)
    assert installed.run("doctor").returncode == 0


def test_without_a_name_the_source_is_called_as_its_file(installed: Installation, bring_in):
    code, printed, _told = bring_in()
    assert (code, numbers(printed), [one["name"] for one in sources(installed)]) == (0, [2, 0, 0, 0, 0], ["data"])
    assert "data" in installed.run("organisations").stdout


def test_every_feature_left_out_is_reported_with_its_number_and_reason(bring_in, tmp_path: Path):
    report = tmp_path / "report.txt"
    said = collection(feature(), *(feature(id=str(number), name=3) for number in range(7)))
    code, printed, told = bring_in("--report", str(report), said=said)
    assert (code, numbers(printed)[0], told.count("its name is no text")) == (0, 1, 5)
    assert report.read_text().splitlines() == [f"data.json, feature {n}: its name is no text" for n in range(2, 9)]
    assert "data.json: 7 features were left out" in told
    assert "--report FILE writes them all" in bring_in(said=said)[2]


@pytest.mark.parametrize(
    ("said", "line"),
    [
        (b"name;town\n", "data.json: no GeoJSON after feature 0"),
        (b"[]", "data.json: there is no feature in it: a GeoJSON FeatureCollection is wanted."),
        (
            b'{"features": "' + b"x" * 100_000_000,
            "data.json: feature 1 is longer than 2097152 bytes, or there is none.",
        ),
    ],
    ids=["table", "no feature", "100 MB on one line"],
)
def test_a_file_that_cannot_be_taken_is_one_line_and_changes_nothing(installed: Installation, bring_in, said, line):
    code, printed, told = bring_in(said=said)
    assert (code, printed, told.startswith(f"entregent: {line}"), told.count("\n")) == (1, "", True, 1)
    assert sources(installed) == []


def test_one_is_taken_out_for_good_by_the_end_of_its_address(installed: Installation, bring_in):
    bring_in()
    done = installed.run("organisations", "--take-out", "11111111-1111-4111-8111-111111111111")
    assert (done.returncode, done.stderr) == (
        1,
        "entregent: No organisation here has the id 11111111-1111-4111-8111-111111111111.\n",
    )


def test_a_need_is_answered_by_organisations_beside_people(demonstration: Installation, tmp_path: Path):
    file = tmp_path / "annuaire.json"
    file.write_bytes(
        collection(feature(name="Zinguerie du Tampon", tags=["zinguerie"], description="", city="Le Tampon"))
    )
    assert demonstration.run("import", "organisations", str(file)).returncode == 0
    answer = json.loads(demonstration.run("ask", "un zingueur", "--as", "jeremie", "--json").stdout)
    [one] = answer["organisations"]
    assert (answer["answers"], list(one)) == ([], ["id", "name", "category", "town", "does"])
    assert (one["name"], one["town"]) == ("Zinguerie du Tampon", "Le Tampon")
    assert "Zinguerie du Tampon" in demonstration.run("ask", "un zingueur", "--as", "jeremie").stdout
    done = demonstration.run("organisations", "--take-out", one["id"])
    assert (done.returncode, done.stdout) == (0, "Zinguerie du Tampon is out, and no import brings it back.\n")
    assert (
        json.loads(demonstration.run("ask", "un zingueur", "--as", "jeremie", "--json").stdout)["organisations"] == []
    )
