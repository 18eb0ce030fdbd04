"""Time and somebody act on a need that is kept in the same moment: what is taken back stays, what is gone is gone."""

from functools import partial

import pytest
from django.db import transaction

from entregent.common import errors
from entregent.recall import actions, due, kept
from entregent.recall.models import Kept
from tests.recall.conftest import TODAY
from tests.together import begun

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("shared", "community")]


def ended(viewer):
    """A need that somebody kept, and ended."""
    need = actions.keep(viewer, text="Quelqu’un qui parle cadastre")
    actions.end(viewer, need=need)
    return need


def test_a_need_that_time_takes_away_at_the_moment_at_which_it_is_taken_back_is_not_found(bob):
    need = ended(bob)
    with transaction.atomic():
        due.forget(TODAY + due.PATIENCE)
        [other] = begun(partial(actions.resume, bob, need=need))
    assert (type(other.outcome), Kept.ledger.count()) == (errors.NotFound, 0)


def test_a_need_that_is_taken_back_while_time_forgets_stays(bob):
    need = ended(bob)
    with transaction.atomic():
        actions.resume(bob, need=need)
        [other] = begun(partial(due.forget, TODAY + due.PATIENCE))
    assert (other.outcome, [held.uid for held in kept.mine(bob)]) == (0, [need])
