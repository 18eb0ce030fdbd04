"""What no other test here comes past: `make covered` wants every branch of the part run by the tests of the part."""

import pytest

from entregent.discretion import actions, queries


@pytest.mark.django_db
def test_one_knows_whom_one_blocks_and_of_what_kind_one_s_circles_are(alice, bob, charlie):
    actions.block(alice, person=charlie.me)
    actions.shield(alice, person=bob.me)
    assert (queries.blocked(alice), queries.blocked(charlie)) == ([charlie.me], [])
    circle = actions.name_people(alice, people=[bob.me])
    assert queries.kinds(alice, [circle, 0]) == {circle: "chosen"}
