"""Whose mail domain one is, by the operator's word: said before anybody works there, and taken back."""

import pytest

from entregent.circles.models import Member
from entregent.common import errors
from entregent.discretion.viewer import Viewer
from entregent.exchange import domains
from entregent.market import actions as market
from entregent.market import queries
from entregent.people import actions as people


@pytest.fixture
def eve(db: None) -> Viewer:
    """She signs in from work."""
    viewer = Viewer(person=people.person_of(account=people.open_account(email="eve@filao.example")))
    market.recognise(viewer)
    return viewer


def stands(viewer: Viewer) -> bool:
    return Member.objects.filter(circle__kind="staff", person=viewer.me).exists()


def test_whoever_signs_in_from_work_stands_there_as_long_as_the_operator_says_so(eve: Viewer):
    assert (stands(eve), queries.may_be_discreet(eve)) == (False, True)
    domains.say("https://www.Filao.example/", organisation="Filao")
    assert (stands(eve), queries.may_be_discreet(eve)) == (True, False)
    domains.take_back("filao.example")
    assert (stands(eve), queries.may_be_discreet(eve)) == (False, True)


def test_no_domain_is_lost_by_saying_another(eve: Viewer):
    domains.say("filao.example", organisation="Filao")
    domains.say("filao.example", organisation="FILAO")
    with pytest.raises(errors.Refused, match=r"filao\.example"):
        domains.say("letchi.example", organisation="filao")
    assert domains.known() == [domains.Known("filao.example", "filao")]


@pytest.mark.parametrize("domain", ["filao", "", "un mot.example", "gmail.com", f"{'a' * 119}.re"])
def test_what_is_no_domain_or_anybodys_is_refused(db: None, domain: str):
    with pytest.raises(errors.Invalid):
        domains.say(domain, organisation="Filao")
    assert domains.known() == []
