"""What one says of oneself is taken back and said again in the same moment: no word is found that nobody says."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import transaction

from entregent.profiles import actions, queries
from entregent.search import queries as search
from entregent.search.stems import query
from tests.together import begun

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("shared")]

#: What may be said and taken back.
SAYS: dict[str, Callable[..., Any]] = {"headline": actions.say_headline, "does": partial(actions.say, kind="does")}


def found(viewer):
    return [(hit.kind, hit.text) for hit in search.lines(viewer, query("cartographe"))]


def said(viewer):
    """What somebody reads that they say of themselves."""
    headline = queries.me(viewer).headline
    return [one.text for one in (headline, *queries.said(viewer).values()) if one]


@pytest.mark.parametrize("kind", SAYS)
def test_words_that_are_taken_back_while_they_are_said_again_are_found_by_nobody(alice, bob, members, kind):
    SAYS[kind](alice, text="Cartographe", audience=members)
    with transaction.atomic():
        SAYS[kind](alice, text="Cartographe du port", audience=members)
        [other] = begun(partial(SAYS[kind], alice, text="", audience=members))
    assert other.outcome is None
    assert (said(alice), found(alice), found(bob)) == ([], [], [])


@pytest.mark.parametrize("kind", SAYS)
def test_words_that_are_said_again_while_they_are_taken_back_are_found(alice, bob, members, kind):
    SAYS[kind](alice, text="Cartographe", audience=members)
    with transaction.atomic():
        SAYS[kind](alice, text="", audience=members)
        [other] = begun(partial(SAYS[kind], alice, text="Cartographe du port", audience=None))
    assert other.outcome is None
    assert (said(alice), found(bob)) == (["Cartographe du port"], [])
    assert found(alice) == [(kind, "Cartographe du port")]
