"""`ask`, `ways` and `suggest`: JSON by the names that are documented, pleasant lines in two languages, clear errors."""

import json
import re
from typing import Any
from uuid import UUID

import pytest

from tests.installation import Installation

QUESTION = "je m'ennuie dans mon agence, je cherche un poste plus responsable"


def asked(demonstration: Installation, *words: str) -> dict[str, Any]:
    """What a command prints as JSON; how long it took is on the error stream, and nothing else."""
    done = demonstration.run(*words, "--json")
    assert (done.returncode, bool(re.fullmatch(r"\d+\.\d ms\n", done.stderr))) == (0, True)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_ask_prints_people_with_reasons_and_ways(demonstration: Installation):
    answer = asked(demonstration, "ask", QUESTION, "--as", "jeremie", "--limit", "5")
    assert (list(answer), answer["query"]) == (["query", "answers", "organisations"], QUESTION)
    # Whoever works where his shield stands is asked for no job.
    assert [each["name"] for each in answer["answers"]] == ["Karine Payet", "Olivier Sautron"]
    for each in answer["answers"]:
        assert list(each) == ["kind", "id", "name", "score", "reasons", "ways"]
        assert (UUID(each["id"]).version, each["kind"] in {"person", "contact"}) == (4, True)
        assert all(list(reason) == ["kind", "text", "on"] for reason in each["reasons"])
    karine = next(each for each in answer["answers"] if each["name"] == "Karine Payet")
    assert [reason["on"] for reason in karine["reasons"] if reason["kind"] == "met"] == ["2024-11-22"]


def test_suggest_prints_people_as_ask_does(demonstration: Installation):
    answer = asked(demonstration, "suggest", "--as", "anais@example.org")
    assert (list(answer), len(answer["answers"])) == (["answers"], 3)
    assert {tuple(each) for each in answer["answers"]} == {("kind", "id", "name", "score", "reasons", "ways")}


def test_ways_print_the_people_on_them_and_their_strength(demonstration: Installation):
    [way] = asked(demonstration, "ways", "--as", "jeremie", "--to", "stephane", "--limit", "1")["ways"]
    assert (list(way), way["people"][0]["name"], way["people"][-1]["name"]) == (
        ["people", "strength"],
        "Jérémie Hoarau",
        "Stéphane Turpin",
    )
    assert (0 < way["strength"] < 1, {tuple(person) for person in way["people"]}) == (True, {("id", "name")})


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("ask", "seo", "--as", "nobody"), "Nobody here is called nobody."),
        (("ways", "--as", "jeremie", "--to", "nobody"), "Nobody here is called nobody."),
        (("suggest", "--as", "jeremie", "--meetup", "NOPE"), "No evening here is called NOPE."),
    ],
)
def test_whoever_is_not_here_is_one_clear_line(demonstration: Installation, words: tuple[str, ...], complaint: str):
    done = demonstration.run(*words)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"entregent: {complaint}\n")


def test_whoever_reads_sees_when_and_why(demonstration: Installation):
    done = demonstration.run("ask", QUESTION, "--as", "jeremie")
    lines = " ".join(done.stdout.split())
    assert ("Karine Payet met At Apéro Web 40" in lines, "22 Nov 2024" in lines) == (True, True)


def test_whoever_speaks_french_reads_french(demonstration: Installation):
    done = demonstration.run("ways", "--as", "jeremie", "--to", "nobody", LC_ALL="fr_FR.UTF-8")
    assert done.stderr == "entregent: Personne ici ne s’appelle nobody.\n"


def test_nobody_is_said_in_words(demonstration: Installation):
    done = demonstration.run("ask", "xylophone", "--as", "jeremie")
    assert done.stdout == "Nobody, for now.\n"


def test_the_doctor_finds_the_demonstration_healthy(demonstration: Installation):
    done = demonstration.run("doctor")
    assert (done.returncode, done.stdout) == (0, "Whatever is kept says what the facts say.\n")


def test_a_second_demonstration_keeps_the_first(demonstration: Installation):
    before = asked(demonstration, "suggest", "--as", "jeremie")
    done = demonstration.run("demo", "--small", "--no-serve")
    assert (done.returncode, f"http://localhost:{demonstration.port}" in done.stdout) == (0, True)
    assert asked(demonstration, "suggest", "--as", "jeremie") == before
