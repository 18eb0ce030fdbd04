"""What one says of oneself beside name and headline: each kind on a page of its own."""

import pytest

from entregent.communities import queries as communities
from entregent.market import actions as market
from entregent.profiles import queries
from tests.web import browser


@pytest.fixture
def bobs(bob, community):
    return browser.of(bob)


@pytest.fixture
def mine(alice, community):
    """What a form calls the community."""
    return str(communities.community(alice, community).uid)


def test_words_are_asked_for_the_community_and_kept_for_whom_they_are_said(bobs, alice, bob, dana, mine):
    assert bobs.get("/moi/ce-que-je-sais-faire/").context["form"].initial == {"audience": mine}
    said = {"text": "Cadastre\r\nSEO", "audience": mine}
    assert bobs.post("/moi/ce-que-je-sais-faire/", said)["Location"] == "/moi/"
    seen = [[one.lines for one in queries.words(viewer, bob.me)] for viewer in (alice, dana)]
    assert seen == [[("Cadastre", "SEO")], []]
    [row] = [row for row in bobs.get("/moi/").context["said"] if "audience" in row]
    assert (row["address"], row["several"], row["audience"].words) == (
        "/moi/ce-que-je-sais-faire/",
        ("Cadastre", "SEO"),
        "La communauté, entrée libre",
    )


def test_a_page_holds_what_was_said_and_taking_it_out_takes_it_back(bobs, bob, mine):
    bobs.post("/moi/langues/", {"text": "Créole", "audience": mine, "discreet": "on"})
    initial = bobs.get("/moi/langues/").context["form"].initial
    assert initial == {"text": "Créole", "audience": mine, "discreet": True}
    bobs.post("/moi/langues/", {"text": "", "audience": mine})
    assert queries.said(bob) == {}


@pytest.mark.parametrize(
    ("page", "said", "wrong"),
    [
        ("liens", {"text": "javascript:alert(1)", "audience": "me"}, ["text"]),
        ("confiance", {"text": "Un budget"}, ["audience"]),
        ("confiance", {"text": "Un budget", "audience": "everyone", "discreet": "on"}, ["audience"]),
        ("ce-que-je-cherche", {"text": "Un poste ailleurs", "audience": "everyone"}, ["audience"]),
    ],
)
def test_words_that_cannot_be_taken_are_asked_again(bobs, bob, page, said, wrong):
    answer = bobs.post(f"/moi/{page}/", said)
    assert (answer.status_code, sorted(answer.context["form"].errors)) == (422, wrong)
    assert queries.said(bob) == {}


def test_a_job_is_refused_to_the_community_and_the_page_leads_to_where_it_is_said(bobs, bob, mine):
    answer = bobs.post("/moi/ce-que-je-cherche/", {"text": "Je cherche un poste ailleurs", "audience": mine})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert page.index("Dites-le comme un besoin") < page.index('href="/moi/besoins/"')
    assert queries.said(bob) == {}
    assert 'href="/moi/besoins/"' not in bobs.get("/moi/langues/").content.decode().partition("<main")[2]


def test_an_account_that_an_employer_can_open_keeps_nothing_discreet(bobs, bob, mine):
    market.register(bob, name="Exemple")
    market.know_domain(organisation="exemple", domain="example.org")
    answer = bobs.post("/moi/confiance/", {"text": "Un budget", "audience": mine, "discreet": "on"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["__all__"])
    assert queries.said(bob) == {}
