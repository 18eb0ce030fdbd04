"""Cards that one keeps: each for an occasion, nobody else's, the one that was taken out last first."""

from datetime import UTC, datetime, timedelta

import pytest

from entregent.cards import actions, due, queries
from entregent.cards.queries import Face, Own
from entregent.common import clock, errors, ids

NOW = datetime(2026, 11, 26, 16, tzinfo=UTC)

pytestmark = pytest.mark.usefixtures("community")


@pytest.fixture(autouse=True)
def thursday():
    with clock.at(NOW):
        yield


def keep(actor, title="Apéro", **said):
    return actions.keep(actor, **{"title": title, "name": "Bob Payet", **said})


def titles(viewer):
    return [own.title for own in queries.mine(viewer)]


def test_a_card_says_what_its_owner_wrote_and_nobody_else_finds_it(alice, bob):
    said = {"does": " Dev  front ", "organisation": "Filao", "mail": "bob@example.net", "telephone": "0692 12 34 56"}
    card = keep(bob, **said, link="https://example.org/bob")
    face = Face("Bob Payet", "Dev front", "Filao", "bob@example.net", "0692 12 34 56", "https://example.org/bob")
    assert queries.mine(bob) == [Own(card, "Apéro", face)]
    assert [kind for kind, _ in face.channels] == ["telephone", "mail", "link"]
    assert queries.mine(alice) == []
    for wanted in (card, ids.new()):
        with pytest.raises(errors.NotFound):
            queries.one(alice, wanted)
        for act in (actions.drop, actions.restore):
            with pytest.raises(errors.NotFound):
                act(alice, card=wanted)
        with pytest.raises(errors.NotFound):
            actions.edit(alice, card=wanted, title="Apéro", name="Alice")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": " "}, "name"),
        ({"title": ""}, "title"),
        ({"mail": "bob@"}, "mail"),
        ({"telephone": "demain"}, "telephone"),
        ({"link": "javascript:alert()"}, "link"),
        ({"mail": f"{'b' * 190}@example.net"}, "mail"),
    ],
)
def test_what_leads_nowhere_is_repaired_at_its_field(bob, said, field):
    with pytest.raises(errors.Invalid) as caught:
        keep(bob, **said)
    assert (caught.value.field, queries.mine(bob)) == (field, [])


def test_a_card_is_written_anew_in_its_place(bob):
    card = keep(bob, telephone="0692 12 34 56")
    actions.edit(bob, card=card, title="Clients", name="Robert Payet")
    assert queries.mine(bob) == [Own(card, "Clients", Face("Robert Payet"))]


def test_a_card_that_was_taken_out_is_put_back_for_an_hour(bob):
    card = keep(bob)
    actions.drop(bob, card=card)
    with pytest.raises(errors.NotFound):
        actions.edit(bob, card=card, title="Apéro", name="Bob")
    assert (titles(bob), due.forget(NOW + due.PATIENCE - timedelta(seconds=1))) == ([], 0)
    actions.restore(bob, card=card)
    assert titles(bob) == ["Apéro"]
    actions.drop(bob, card=card)
    assert due.forget(NOW + due.PATIENCE) == 1
    with pytest.raises(errors.NotFound):
        actions.restore(bob, card=card)


def test_a_form_that_is_sent_twice_keeps_one_card(bob):
    once = ids.new()
    assert keep(bob, once=once) == keep(bob, once=once) == once
    assert titles(bob) == ["Apéro"]


def test_there_are_as_many_cards_as_one_tells_apart(bob):
    held = [keep(bob, f"Soir {number}") for number in range(actions.MOST)]
    with pytest.raises(errors.Refused):
        keep(bob)
    actions.drop(bob, card=held[0])
    keep(bob)
    with pytest.raises(errors.Refused):
        actions.restore(bob, card=held[0])
