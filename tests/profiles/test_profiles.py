"""Names and headlines, and to whom they show."""

import pytest

from entregent.circles.fixed import EVERYONE
from entregent.common import errors, ids
from entregent.communities import actions as communities
from entregent.communities import queries as community
from entregent.discretion import actions as discretion
from entregent.people import queries as people
from entregent.profiles import actions, queries
from entregent.profiles.models import Headline, Name, Words
from entregent.search import queries as search
from entregent.search import stems


@pytest.fixture
def members(alice, charlie):
    slug = communities.found(alice, name="Les gens", entry="open")
    communities.join(charlie, slug=slug)
    return community.community(alice, slug).members_circle


def found(viewer, words):
    return [(hit.kind, hit.text) for hit in search.lines(viewer, stems.query(words))]


def test_a_name_shows_to_whom_it_is_for(alice, charlie, dana, members):
    actions.call_me(alice, text="  Alice Hoareau ", audience=members)
    actions.say_headline(alice, text="Organise les apéros", audience=None)
    uid = people.uid_of(person=alice.me)
    own = queries.Card(alice.me, uid, "Alice Hoareau", "Organise les apéros")
    seen = queries.Card(alice.me, uid, "Alice Hoareau", "")
    assert [queries.cards(viewer, [alice.me, dana.me]) for viewer in (alice, charlie, dana)] == [
        {alice.me: own},
        {alice.me: seen},
        {},
    ]


def test_hidden_and_absent_are_the_same_answer(alice, charlie, anonymous, members):
    actions.call_me(alice, text="Alice", audience=members)
    uid = people.uid_of(person=alice.me)
    assert queries.person(charlie, uid).name == "Alice"
    for viewer, sought in ((anonymous, uid), (charlie, ids.new())):
        with pytest.raises(errors.NotFound):
            queries.person(viewer, sought)


def test_saying_it_again_replaces_it_and_its_line(alice, charlie, members):
    for name in ("Alys", "Alice"):
        actions.call_me(alice, text=name, audience=members)
        actions.say_headline(alice, text=f"Graphiste, {name}", audience=members)
    assert found(charlie, "alys") == []
    assert sorted(found(charlie, "alice")) == [("headline", "Graphiste, Alice"), ("name", "Alice")]
    assert (Name.ledger.count(), Headline.ledger.count()) == (1, 1)


def test_a_headline_is_taken_back_by_saying_nothing(alice, members):
    actions.say_headline(alice, text="Graphiste", audience=members)
    actions.say_headline(alice, text=" ", audience=members)
    assert (queries.me(alice).headline, found(alice, "graphiste")) == (None, [])


def test_a_name_has_letters(alice):
    with pytest.raises(errors.Invalid):
        actions.call_me(alice, text="  ", audience=None)
    assert queries.me(alice).name is None


def test_one_reads_the_terms_of_what_one_said(alice, anonymous, members):
    actions.call_me(alice, text="Alice", audience=members)
    actions.say_headline(alice, text="Graphiste", audience=members, discreet=True)
    me = queries.me(alice)
    assert me.name
    assert me.headline
    assert (me.name, me.headline) == (
        queries.Said(me.name.uid, "Alice", members, discreet=False),
        queries.Said(me.headline.uid, "Graphiste", members, discreet=True),
    )
    with pytest.raises(errors.NotSignedIn):
        queries.me(anonymous)


def test_a_name_shows_and_turns_nothing_around(alice, members):
    actions.call_me(alice, text="\u202eAlice\n\u200bHoareau", audience=members)
    assert queries.cards(alice, [alice.me])[alice.me].name == "Alice Hoareau"
    with pytest.raises(errors.Invalid):
        actions.call_me(alice, text="\u200b\u2060", audience=members)


def test_a_public_name_is_never_discreet(alice, anonymous):
    with pytest.raises(errors.Invalid):
        actions.call_me(alice, text="Alice", audience=EVERYONE, discreet=True)
    actions.call_me(alice, text="Alice", audience=EVERYONE)
    assert queries.cards(anonymous, [alice.me])[alice.me].name == "Alice"


def test_whom_one_blocks_loses_the_name(alice, charlie, members):
    actions.call_me(alice, text="Alice", audience=members)
    assert len(queries.cards(charlie, [alice.me])) == 1
    discretion.block(alice, person=charlie.me)
    assert queries.cards(charlie, [alice.me]) == {}


def test_a_list_of_cards_is_two_statements(alice, charlie, members, django_assert_num_queries):
    for viewer in (alice, charlie):
        actions.call_me(viewer, text="Somebody", audience=members)
    with django_assert_num_queries(2):
        assert len(queries.cards(charlie, [alice.me, charlie.me])) == 2


def test_erasing_forgets_the_name(alice, charlie, members):
    for viewer in (alice, charlie):
        actions.call_me(viewer, text="Somebody", audience=members)
        actions.say_headline(viewer, text="Graphiste", audience=members)
    actions.erase(alice.me)
    assert list(queries.cards(charlie, [alice.me, charlie.me])) == [charlie.me]
    assert list(Headline.ledger.values_list("owner", flat=True)) == [charlie.me]


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("does", " Des cartes.\n\nDes plans. ", ["Des cartes.\n\nDes plans."]),
        ("skills", "QGIS, cadastre\nqgis\nÉcrire", ["QGIS", "cadastre", "Écrire"]),
        ("languages", "Créole\nFrançais", ["Créole", "Français"]),
        ("links", "exemple.re/cartes\nhttps://exemple.re/cartes", ["https://exemple.re/cartes"]),
    ],
)
def test_words_show_to_whom_they_are_for_and_are_found_by_them(alice, charlie, dana, members, kind, typed, kept):
    actions.say(alice, kind=kind, text=typed, audience=members)
    assert [list(one.lines) for one in queries.words(charlie, alice.me)] == [kept]
    assert (queries.words(dana, alice.me), found(dana, kept[0])) == ([], [])
    assert found(charlie, kept[0]) == [(kind, ", ".join(kept))]


def test_each_kind_of_words_has_its_own_readers(alice, charlie, members):
    actions.say(alice, kind="does", text="Des cartes", audience=members)
    actions.say(alice, kind="trust", text="Un budget", audience=None)
    actions.say(alice, kind="manner", text="Loin des bureaux", audience=members, discreet=True)
    assert [one.kind for one in queries.words(charlie, alice.me)] == ["does"]
    assert [(kind, one.audience, one.discreet) for kind, one in queries.said(alice).items()] == [
        ("does", members, False),
        ("manner", members, True),
        ("trust", None, False),
    ]


def test_saying_other_words_replaces_them_and_saying_nothing_takes_them_back(alice, charlie, members):
    for text in ("Des cartes", "Des plans"):
        actions.say(alice, kind="does", text=text, audience=members)
    assert (found(charlie, "cartes"), found(charlie, "plans")) == ([], [("does", "Des plans")])
    actions.say(alice, kind="does", text=" ", audience=members)
    assert (queries.said(alice), found(alice, "plans"), Words.ledger.count()) == ({}, [], 0)


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "ftp://exemple.re",
        "https://moi:secret@exemple.re",
        "https://localhost/",
        "https://10.0.0.1/",
        "https://exemple.re:port/",
        "https://[exemple.re",
        "deux mots",
        f"https://exemple.re/{'a' * 300}",
    ],
)
def test_a_link_leads_to_a_page_on_the_web(alice, typed):
    with pytest.raises(errors.Invalid):
        actions.say(alice, kind="links", text=typed, audience=None)
    assert queries.said(alice) == {}


def test_words_are_of_a_kind_that_there_is(alice):
    with pytest.raises(errors.Invalid):
        actions.say(alice, kind="feud", text="Non", audience=None)


def test_a_job_that_is_looked_for_is_kept_from_every_open_circle(alice, charlie, members):
    for audience in (members, EVERYONE):
        with pytest.raises(errors.Invalid) as raised:
            actions.say(alice, kind="seeks", text="Je cherche un poste ailleurs", audience=audience, discreet=True)
        assert raised.value.field == "audience"
    assert queries.said(alice) == {}
    for audience in (None, discretion.name_people(alice, people=[charlie.me])):
        actions.say(alice, kind="seeks", text="Je cherche un poste ailleurs", audience=audience)
        assert [(one.audience, one.discreet) for one in queries.said(alice).values()] == [(audience, True)]


def test_what_is_no_job_is_looked_for_among_whom_one_likes(alice, charlie, members):
    actions.say(alice, kind="seeks", text="Des gens qui aiment les cartes", audience=members)
    actions.say(alice, kind="does", text="Je change de poste tous les ans", audience=members)
    assert [one.kind for one in queries.words(charlie, alice.me)] == ["does", "seeks"]


def test_erasing_forgets_words(alice, charlie, members):
    for viewer in (alice, charlie):
        actions.say(viewer, kind="does", text="Des cartes", audience=members)
    actions.erase(alice.me)
    assert list(Words.ledger.values_list("owner", flat=True)) == [charlie.me]
