"""`entregent appoint`: the operator has somebody look after a community."""

import pytest

from tests.installation import Installation


def test_a_member_is_appointed(demonstrated: Installation):
    done = demonstrated.run("appoint", "yasmine", "--community", "Apéros Web 974")
    assert (done.returncode, done.stdout, done.stderr) == (0, "yasmine looks after Apéros Web 974.\n", "")
    assert demonstrated.run("doctor").returncode == 0


@pytest.mark.parametrize(
    ("who", "community", "words"),
    [
        ("nobody", "Apéros Web 974", "Nobody here is called nobody."),
        ("yasmine", "Nowhere", "No community here is called Nowhere."),
    ],
)
def test_nobody_and_nowhere_are_said_in_one_line(demonstration: Installation, who: str, community: str, words: str):
    done = demonstration.run("appoint", who, "--community", community)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"entregent: {words}\n")
