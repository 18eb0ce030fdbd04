"""The operator names people by a handle, an e-mail or an imported id, and evenings by a code or an imported id."""

import pytest

from entregent.common import errors
from entregent.communities.models import Membership
from entregent.discretion.viewer import Viewer
from entregent.exchange import history, origins, stewards
from entregent.meetups.models import Meetup
from entregent.people.models import Person
from tests.exchange.conftest import Source


def test_a_person_is_named_by_handle_by_mail_or_by_imported_id(source: Source, alice: Viewer):
    source.bring_in()
    Person.objects.filter(pk=alice.me).update(handle="alice")
    assert origins.viewer("alice") == origins.viewer("Alice@Example.org") == alice
    assert Person.objects.get(pk=origins.person("m3")).account is None


@pytest.mark.parametrize("name", ["nobody", "nobody@example.org", "m77", ""])
def test_a_name_that_nobody_has_is_refused(source: Source, name: str):
    source.bring_in()
    with pytest.raises(errors.NotFound, match=f"Nobody here is called {name}"):
        origins.person(name)


def test_an_id_that_came_with_two_communities_names_nobody(source: Source):
    source.bring_in()
    history.bring_in(source.read(), community="Memphis", zone="UTC", tell=lambda _d, _of: None)
    with pytest.raises(errors.Refused, match="m3 came in with several communities"):
        origins.person("m3")


def test_whoever_is_named_to_be_reached_is_one_of_those_whose_name_the_viewer_sees(
    source: Source, alice: Viewer, dana: Viewer
):
    source.bring_in()
    history.bring_in(source.read(), community="Memphis", zone="UTC", tell=lambda _d, _of: None)
    stewards.appoint(name="alice@example.org", community="Nashville")
    reached = Person.objects.get(pk=origins.seen(alice, "m3"))
    assert Membership.objects.filter(person=reached, community__name="Nashville").exists()
    with pytest.raises(errors.NotFound, match="Nobody here is called m3"):
        origins.seen(dana, "m3")


def test_an_evening_is_named_by_its_code_or_by_its_imported_id(source: Source):
    source.bring_in()
    code = Meetup.ledger.values_list("code", flat=True).get(title="Up the hill")
    assert (origins.meetup("e3"), origins.meetup(code), origins.meetup("e77")) == (code, code, "e77")
