"""`entregent domains`: the operator says whose mail domain one is, and takes it back."""

import json

import pytest

from tests.installation import Installation


def listed(installed: Installation) -> dict[str, str]:
    found = json.loads(installed.run("domains", "--json").stdout)["domains"]
    return {one["domain"]: one["organisation"] for one in found}


def test_a_domain_is_said_listed_and_taken_back(installed: Installation):
    assert listed(installed) == {}
    done = installed.run("domains", "filao.example", "--of", "Éts Filao")
    words = "Whoever signs in with an address at filao.example stands with Éts Filao.\n"
    assert (done.returncode, done.stdout, done.stderr) == (0, words, "")
    assert listed(installed) == {"filao.example": "ets filao"}
    done = installed.run("domains", "filao.example", "--take-back")
    assert (done.returncode, done.stderr, listed(installed)) == (0, "", {})


@pytest.mark.parametrize(
    ("words", "code", "line"),
    [
        (("filao", "--of", "Filao"), 1, "filao is no mail domain; example.org is one."),
        (("gmail.com", "--of", "Zinc"), 1, "Anybody can have an address there."),
        (("zinc.example", "--take-back"), 1, "zinc.example is no organisation's mail domain here."),
        (("zinc.example",), 2, "DOMAIN goes with --of NAME, or with --take-back. (entregent domains --help)"),
    ],
)
def test_what_cannot_be_said_is_one_line(demonstration: Installation, words: tuple[str, ...], code: int, line: str):
    done = demonstration.run("domains", *words)
    assert (done.returncode, done.stdout, done.stderr) == (code, "", f"entregent: {line}\n")
