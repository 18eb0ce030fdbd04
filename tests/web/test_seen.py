"""*Qui voit quoi*: every fact of one's own with who sees it and why, and oneself through the eyes of a role."""

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.test import Client
from django.utils import translation

from entregent.cards import actions as cards
from entregent.common import clock
from entregent.communities import actions as communities
from entregent.communities import queries as community_of
from entregent.discretion import actions as discretion
from entregent.discretion.models import Fact
from entregent.encounters import actions as encounters
from entregent.exchange import erasing
from entregent.market import actions as market
from entregent.meetups import actions as meetups
from entregent.meetups import hosts, presences, sharing
from entregent.meetups import queries as evenings
from entregent.needs import actions as needs
from entregent.needs import queries as needs_told
from entregent.people import queries as people
from entregent.profiles import actions as profiles
from entregent.ties import actions as ties
from entregent.web import labels, seen_words
from entregent.writing import actions as writing
from tests import cast
from tests.web import browser

PAGE = "/moi/qui-voit-quoi/"


@pytest.fixture
def bobs(bob, community):
    return browser.of(bob)


@pytest.fixture
def works(bob, members):
    """Bob works at Filao, where the community may see it."""
    return market.state_position(bob, organisation="Filao", title="Dev", audience=members)


@pytest.fixture
def evening(alice, bob, works, community):
    """Bob comes, which his colleagues are not to see."""
    code = cast.announce(alice, community)
    meetups.answer(bob, code=code, discreet=True)
    return code


@pytest.fixture
def search(alice, bob, works):
    """Bob looks for a job, and told Alice."""
    named = discretion.name_people(bob, people=[alice.me])
    return needs.state(bob, text="Un poste plus calme", kind="job", audience=named)


@translation.override("en")
def listed(answer):
    """What stands in each group, by the words of its audience."""
    return {
        group["audience"].words: [(line.thing.what, line.why) for line in group["lines"]]
        for group in answer.context["groups"]
    }


def told(answer, which):
    return [(line.thing.what, line.why) for line in answer.context[which]]


def through(client, role):
    """The page through the eyes of a role, in English: what is seen, what is not."""
    answer = client.get(PAGE, {"comme": role}, headers={"Accept-Language": "en"})
    assert answer.context["role"].key == role
    return answer


def english(client):
    return client.get(PAGE, headers={"Accept-Language": "en"})


def roles(client):
    return [role.key for role in client.get(PAGE).context["roles"]]


@translation.override("en")
def test_who_helps_reads_the_same_wherever_else_the_evening_stands(alice, bob, bobs, dana, community):
    home = community_of.community(alice, community)
    away = communities.found(alice, name="Hors les murs", entry="approved")
    code = cast.announce(alice, community, audience="community")
    hosts.co_organise(bob, code=code, together=hosts.ask_for_help(alice, code=code))

    def read(client):
        answer = english(client)
        groups = [(group["audience"].words, str(group["rule"])) for group in answer.context["groups"]]
        return [*listed(answer).items()], groups[0]

    before, alone = read(bobs)
    assert alone[1].startswith(home.name)
    sharing.stand_in(alice, code=code, also=[away])
    assert read(bobs) == (before, alone)
    names = f"{home.name} and Hors les murs"
    assert read(browser.of(alice))[1] == (names, "Whoever is in a community in which the evening stands.")


def test_of_an_evening_that_one_no_longer_sees_nothing_is_said_of_where_it_stands(alice, bob, bobs, community):
    code = cast.announce(alice, community, audience="community")
    hosts.co_organise(bob, code=code, together=hosts.ask_for_help(alice, code=code))
    discretion.block(alice, person=bob.me)
    assert "Whoever the evening is for" in listed(english(bobs))


def test_no_role_is_told_where_an_evening_stands_that_one_no_longer_sees(alice, bob, bobs, community):
    away = communities.found(alice, name="Hors les murs", entry="open")
    communities.join(bob, slug=away)
    shown = communities.around(bob)
    profiles.call_me(bob, text="Bob Payet", audience=shown)
    code = cast.announce(alice, community, audience="community")
    sharing.stand_in(alice, code=code, also=[away])
    hosts.co_organise(bob, code=code, together=hosts.ask_for_help(alice, code=code))
    meetups.answer(bob, code=code, audience="community")
    discretion.block(alice, person=bob.me)
    what, before = "An evening that you no longer see", pages(bobs)
    inside = ("de-hors-les-murs", "de-les-gens-du-web")
    for role in inside:
        hidden = [one for one in told(through(bobs, role), "hidden") if one[0] == what]
        assert hidden == [(what, "They do not see this evening.")] * 2
    sharing.stand_in(alice, code=code, also=[])
    assert pages(bobs) == before
    meetups.edit(alice, code=code, audience="everyone")
    assert pages(bobs) == before


def test_somebody_who_has_said_nothing_finds_their_address_and_the_next_act(dana):
    answer = english(browser.of(dana))
    assert listed(answer) == {"Only me": [("dana@example.org", "")]}
    assert (answer.context["begun"], roles(browser.of(dana))) == (False, ["visiteur"])


def test_whoever_is_not_signed_in_is_sent_to_sign_in(client, db):
    assert client.get(PAGE)["Location"] == f"/entrer/?next={PAGE}"
    assert client.post(PAGE).status_code == 405


def test_everything_stands_with_whoever_sees_it(bobs, alice, bob, members, evening, search):
    profiles.say_headline(bob, text="Dev front", audience=1)
    ties.let_ask(bob, yes=True, audience=members)
    other = communities.found(alice, name="Cartes", entry="approved")
    communities.join(bob, slug=other, name="Bob")
    encounters.note_somebody(bob, name="Ève", text="Parle cadastre")
    needs.state(bob, text="Une salle")
    own = cast.announce(bob, "les-gens-du-web", title="Chez Bob", audience="community")
    meetups.answer(bob, code=own, audience="organisers", discreet=False)
    kept = "Discreet: your shield keeps it from Filao, and from whoever has not said where they work."
    passing = "Discreet: it passes your shield for those whom you named, and for nobody else."
    assert listed(english(bobs)) == {
        "Everyone": [("Dev front", "")],
        "The community, open to all": [
            *(("Bob Payet", ""), ("Dev, Filao", ""), ("Chez Bob", "")),
            ("One may go through you", ""),
        ],
        "The people who come": [("Apéro 47", kept)],
        "The people who organise": [("Chez Bob", "")],
        "Those who look after the community": [("Cartes", "")],
        "Alice Hoareau": [("Un poste plus calme", passing)],
        "Only me": [
            *(("Your answer to “where do you work?”", ""), ("Une salle", "")),
            *(("Your notebook", ""), ("Your shield", ""), ("bob@example.org", "")),
        ],
    }


def test_each_thing_leads_to_where_it_is_changed(bobs, bob, evening, search):
    encounters.note_somebody(bob, name="Ève")
    groups = bobs.get(PAGE).context["groups"]
    links = {line.thing.what: line.thing.link for group in groups for line in group["lines"]}
    assert sorted({bobs.get(link).status_code for link in links.values() if link}) == [200]
    assert [what for what, link in links.items() if not link] == ["bob@example.org"]
    assert (links["Apéro 47"], links["Un poste plus calme"]) == (f"/s/{evening}/", f"/moi/besoins/{search}/")


def test_a_request_is_taken_back_where_it_stands(bobs, alice, bob):
    slug = communities.found(alice, name="Cartes", entry="approved")
    communities.join(bob, slug=slug, name="Bob")
    asks = "Those who look after the community"
    [[line]] = [group["lines"] for group in english(bobs).context["groups"] if group["audience"].kind == "stewards"]
    assert (line.thing.what, asks in listed(english(bobs))) == ("Cartes", True)
    assert [bobs.post(page)["Location"] for page in (line.thing.undo, "/c/nowhere/demande/retirer/")] == [PAGE, PAGE]
    assert (asks in listed(english(bobs)), community_of.requests(alice, slug)) == (False, [])


def test_in_several_communities_each_is_a_role(bobs, alice, bob, members):
    other = communities.found(alice, name="Cartes", entry="open")
    communities.join(bob, slug=other)
    needs.state(bob, text="Une salle", audience=members)
    needs.state(bob, text="Un plan", audience=communities.around(bob))
    inside = ("de-cartes", "de-les-gens-du-web")
    assert [len(told(through(bobs, role), "seen")) for role in inside] == [0, 3]
    profiles.call_me(bob, text="Bob", audience=communities.around(bob))
    seen = [[what for what, _why in told(through(bobs, role), "seen")] for role in inside]
    assert seen == [["Bob", "Un plan"], ["Bob", "Un plan", "Une salle"]]


def test_what_has_ended_is_ones_own_again(bobs, alice, bob, members):
    soon = clock.now() + timedelta(hours=1)
    needs.state(bob, text="Une salle", audience=members, until=soon)
    assert [line for line, _why in listed(english(bobs))["The community, open to all"]] == ["Bob Payet", "Une salle"]
    with clock.at(soon):
        found = listed(english(browser.of(bob)))
        assert [line for line, _why in found["The community, open to all"]] == ["Bob Payet"]
        assert found["Only me"][0][1][:8] == "Ended on"
        [(what, why)] = told(through(browser.of(bob), "de-les-gens-du-web"), "hidden")[:1]
        assert (what, why[:8], needs_told.of(alice, bob.me)) == ("Une salle", "It ended", [])


def test_past_evenings_are_one_line_for_all_that_is_alike(bobs, alice, bob, works, community):
    for title in ("Apéro 45", "Apéro 46"):
        meetups.answer(bob, code=cast.announce(alice, community, title=title), discreet=False)
    with clock.at(clock.now() + timedelta(days=6)):
        [group] = [one for one in english(browser.of(bob)).context["groups"] if one["audience"].kind == "going"]
        [line] = group["lines"]
        assert (line.thing.what, line.thing.link) == ("Two past evenings", "")
        assert [one.what for one in line.evenings] == ["Apéro 46", "Apéro 45"]


def test_the_roles_are_those_that_ones_own_facts_call_for(bobs, bob, evening, search):
    assert roles(bobs) == [
        *("visiteur", "de-les-gens-du-web", "sans-reponse", "chez-filao", "nomme", "soirees", "organise")
    ]
    market.shield(bob, organisation="Lagon")
    assert [key for key in roles(bobs) if key.startswith("chez")] == ["chez-filao", "chez-lagon"]


@pytest.mark.usefixtures("evening", "search")
def test_somebody_of_my_employer_sees_what_i_show_and_nothing_discreet(bobs):
    answer = through(bobs, "chez-filao")
    assert told(answer, "seen") == [(what, "They are in the community.") for what in ("Bob Payet", "Dev, Filao")]
    assert told(answer, "hidden")[:2] == [
        ("Un poste plus calme", "You did not name them."),
        ("Apéro 47", "Discreet: your shield keeps it from Filao."),
    ]
    assert (answer.context["sees"], answer.context["keeps"], answer.context["sees_discreet"]) == (
        *("your name and where you work", True),
        "",
    )


@pytest.mark.usefixtures("evening", "search")
def test_each_role_is_told_the_condition_that_decides(bobs):
    reasons = {}
    for role in roles(bobs):
        answer = through(bobs, role)
        lines = [("seen", *one) for one in told(answer, "seen")] + [("not", *one) for one in told(answer, "hidden")]
        reasons[role] = {what: (seen, why) for seen, what, why in lines}
    come, asked = (
        {role: found[what] for role, found in reasons.items()} for what in ("Apéro 47", "Un poste plus calme")
    )
    discreet = "It is discreet, and your shield does not keep it from them."
    assert come == {
        "visiteur": ("not", "They do not come."),
        "de-les-gens-du-web": ("not", "They do not come."),
        "sans-reponse": ("not", "Discreet: they have not said where they work."),
        "chez-filao": ("not", "Discreet: your shield keeps it from Filao."),
        "nomme": ("not", "They do not come."),
        "soirees": ("not", "It goes with your name, which they do not see."),
        "organise": ("seen", f"They come too. {discreet}"),
    }
    named = ("not", "You did not name them.")
    passes = ("seen", "You named them: that passes your shield.")
    assert asked == {role: passes if role == "nomme" else named for role in reasons}


def test_whoever_has_not_said_where_they_work_shows_nothing_discreet_in_the_open(bobs, bob, members):
    needs.state(bob, text="Une salle", audience=members, discreet=True)
    assert listed(english(bobs))["The community, open to all"][1] == (
        "Une salle",
        "Discreet: nobody sees it until you have said where you work.",
    )
    lines = dict(told(through(bobs, "de-les-gens-du-web"), "hidden"))
    assert lines["Une salle"] == "Discreet: say first where you work."


def test_an_evening_of_the_community_is_not_there_for_somebody_from_elsewhere(bobs, alice, bob, works, community):
    meetups.answer(bob, code=cast.announce(alice, community, audience="community"), discreet=False)
    assert ("Apéro 47", "They do not see this evening.") in told(through(bobs, "soirees"), "hidden")
    assert ("Apéro 47", "They come too.") in told(through(bobs, "organise"), "seen")


def test_a_role_sees_what_a_real_person_in_its_place_sees(bobs, bob, charlie, dana, evening, search):
    """Charlie becomes a colleague who comes to the same evening; Dana says nothing, and comes as well."""
    communities.join(dana, slug="les-gens-du-web")
    for viewer in (charlie, dana):
        if viewer is charlie:
            market.state_position(charlie, organisation="Filao", audience=None)
        meetups.answer(viewer, code=evening, audience="me")
    for viewer, role in ((charlie, "chez-filao"), (dana, "sans-reponse")):
        seen = {what for what, _why in told(through(bobs, role), "seen")}
        assert (bob.me in evenings.coming(viewer, evening)) == ("Apéro 47" in seen)
        assert bool(needs_told.of(viewer, bob.me)) == ("Un poste plus calme" in seen)
        assert seen == {"Bob Payet", "Dev, Filao"}


def test_an_unknown_role_is_no_role(bobs):
    for role in ("chez-lagon", "de-cartes", "1", "nomme", ""):
        assert bobs.get(PAGE, {"comme": role}).context["role"] is None


def pages(client: Client) -> list[bytes]:
    """The page, and itself through every role; without the token against forgery."""
    found = [client.get(PAGE), *(client.get(PAGE, {"comme": role}) for role in roles(client))]
    return [answer.content.replace(answer.context["csrf_token"].encode(), b"") for answer in found]


def test_what_others_say_of_my_employer_changes_nothing(bobs, alice, bob, evening, search):
    market.shield(bob, organisation="Lagon")
    market.unshield(bob, organisation="filao")
    before = pages(bobs)
    market.bind(one="Filao", other="Lagon")
    market.state_position(alice, organisation="Filao", audience=None)
    assert pages(bobs) == before


def test_where_others_stand_changes_nothing(bobs, bob, charlie, dana, evening, search, members):
    before = pages(bobs)
    market.state_position(charlie, organisation="Filao", audience=None)
    meetups.answer(charlie, code=evening, audience="me")
    communities.join(dana, slug="les-gens-du-web")
    discretion.block(charlie, person=bob.me)
    discretion.shield(charlie, person=bob.me)
    assert pages(bobs) == before
    communities.leave(bob, slug="les-gens-du-web")
    assert pages(bobs) != before


def test_somebody_named_who_hides_their_name_is_as_one_who_left(bobs, alice, bob, evening, search):
    shown = listed(english(bobs))
    profiles.call_me(alice, text="Alice Hoareau", audience=None)
    hidden = listed(english(bobs))
    erasing.erase(alice.me)
    assert "Alice Hoareau" in shown
    assert hidden["People I name"] == listed(english(bobs))["People I name"] == shown["Alice Hoareau"]


def test_every_kind_of_fact_and_of_circle_has_its_words():
    kinds = {model._meta.label for model in apps.get_models() if issubclass(model, Fact)}
    alone = {"market.Situation", "encounters.Contact", "encounters.Encounter", "encounters.Note"}
    alone |= {
        "encounters.Channel",
        "encounters.FollowUp",
        "encounters.Label",
        "encounters.Import",
        "encounters.Upload",
        "recall.Kept",
    }
    alone |= {"meetups.Pick"}
    alone |= {"writing.Written", "writing.Given", "writing.Closed"}
    alone |= {"meetups.Listed", "meetups.Takedown"}
    alone |= {"cards.Card", "cards.Crossing", "cards.Handed"}
    assert kinds == {*seen_words.SEEN, *alone, "search.Line"}
    circles = set(labels.KINDS)
    assert set(seen_words.WIDEST) == circles
    assert {*seen_words.RULES, "members"} == {*circles, *labels.ENTRIES}
    assert (set(seen_words.WITHIN), set(seen_words.WITHOUT)) == (circles - {"me"}, circles - {"everyone"})


def test_words_are_there_for_whoever_wrote_them_and_so_is_wanting_none(bobs, alice, bob):
    writing.write(bob, person=people.uid_of(person=alice.me), text="Un café ?")
    writing.take_words(bob, yes=False)
    answer = bobs.get(PAGE)
    assert [answer.content.decode().count(f'href="/mots/{end}"') for end in ("", "#take")] == [1, 1]


def test_reports_and_blocks_are_there_for_whoever_made_them(bobs, alice, bob, charlie):
    other = people.uid_of(person=charlie.me)
    profiles.report(bob, person=other, community="les-gens-du-web", words="Il insiste.")
    profiles.block(bob, person=other)
    found = listed(english(bobs))
    assert found["Those who look after the community, other than whoever it concerns"] == [("Charlie Grondin", "")]
    assert [what for what, _why in found["Only me"]] == ["Whom you block", "bob@example.org"]
    assert ("Charlie Grondin", "They do not look after the community.") in told(through(bobs, "visiteur"), "hidden")
    profiles.call_me(charlie, text="Charlie Grondin", audience=None)
    hidden = listed(english(bobs))
    erasing.erase(charlie.me)
    assert hidden == listed(english(bobs))


def test_however_much_was_said_the_page_takes_as_many_statements(
    bobs, alice, bob, members, works, community, django_assert_num_queries
):
    for number in range(3):
        needs.state(bob, text=f"Une salle {number}", audience=members, discreet=True)
        code = cast.announce(alice, community, title=f"Apéro {number}")
        meetups.answer(bob, code=code, discreet=True)
        with django_assert_num_queries(52):
            bobs.get(PAGE)
        with django_assert_num_queries(56):
            bobs.get(PAGE, {"comme": "chez-filao"})


def test_ones_own_page_and_the_page_of_the_server_lead_there(bobs):
    leads = [f'href="{PAGE}"' in bobs.get(page).content.decode() for page in ("/moi/", "/serveur/")]
    assert (leads, PAGE in Client().get("/serveur/").content.decode()) == ([True, True], False)


def test_having_said_that_one_comes_and_having_been_there_are_told_apart(bobs, alice, bob, community, members):
    with clock.at(clock.now() - timedelta(days=5)):
        code = cast.announce(alice, community)
        meetups.answer(bob, code=code)
    with clock.at(clock.now() - timedelta(days=1)):
        evening = evenings.evening(alice, code)
    with clock.at(evening.starts_at):
        presences.arrive(bob, here=evening.here or "", seen=True)
    with clock.at(evening.ends_at + timedelta(days=1)):
        groups = english(bobs).context["groups"]
    told = [(line.thing.label, group["audience"].kind) for group in groups for line in group["lines"]]
    assert [one for one in told if one[1] in {"going", "attended"}] == [
        ("you said that you would come", "going"),
        ("you were there", "attended"),
    ]


def test_a_card_is_everyone_s_who_has_its_address_for_as_long_as_it_is_shown(bobs, bob):
    card = cards.keep(bob, title="Apéro", name="Bob au bar")
    assert ("Bob au bar", "") not in listed(english(bobs)).get("Everyone", [])
    secret = cards.show(bob, card=card)
    [(what, why)] = listed(english(bobs))["Everyone"]
    assert (what, "until" in why.lower()) == ("Bob au bar", True)
    cards.hide(bob, secret=secret)
    assert "Everyone" not in listed(english(bobs))


def test_what_one_says_several_of_is_told_apart(bobs, bob, members):
    profiles.say(bob, kind="skills", text="Négocier\nDire non", audience=members)
    told = {line.thing.what: line.thing.label for group in bobs.get(PAGE).context["groups"] for line in group["lines"]}
    assert told["Négocier · Dire non"] == "ce que vous savez faire"


def test_a_sentence_about_a_day_ends_once(bobs, bob):
    with clock.at(datetime(2026, 11, 26, 18, tzinfo=UTC)):
        cards.show(bob, card=cards.keep(bob, title="Apéro", name="Bob au bar"))
        [why] = [why for lines in listed(bobs.get(PAGE)).values() for what, why in lines if what == "Bob au bar"]
    assert why == "Jusqu’au 26\u00a0nov."
