"""`write` and `words`: what somebody writes and was given, by command."""

import json

from tests.installation import Installation


def run(made: Installation, *words: str):
    return made.run(*words)


def test_a_word_is_written_once_and_listed(demonstration: Installation):
    first = run(demonstration, "write", "karine", "Un café jeudi ?", "--as", "mickael", "--telephone", "0692 12 34 56")
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout == "The word leaves in a minute. What becomes of it is told by an answer alone.\n"
    again = run(demonstration, "write", "karine", "Alors ?", "--as", "mickael")
    assert (again.returncode, again.stdout) == (1, "")
    assert "already" in again.stderr
    listed = run(demonstration, "words", "--as", "mickael", "--json")
    said = json.loads(listed.stdout)
    assert said["given"] == []
    assert [(one["name"], one["text"], one["gone"], one["answered"]) for one in said["written"]] == [
        ("Karine Payet", "Un café jeudi ?", False, False)
    ]
    assert "Karine Payet: Un café jeudi ?" in run(demonstration, "words", "--as", "mickael").stdout


def test_nobody_of_that_name_is_one_line(demonstration: Installation):
    done = run(demonstration, "write", "nobody", "Bonjour", "--as", "mickael")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "entregent: Nobody here is called nobody.\n")
