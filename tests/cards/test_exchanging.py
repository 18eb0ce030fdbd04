"""Two phones and one square: a card is shown for ten minutes; whoever opens it gives theirs, takes it, or goes."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entregent.cards import actions, due, queries
from entregent.cards.models import Handed, Showing
from entregent.cards.queries import Face
from entregent.common import clock, errors, ids
from entregent.discretion import actions as discretion
from entregent.discretion.viewer import ANYBODY
from entregent.encounters import actions as encounters
from entregent.encounters import queries as book
from entregent.exchange import erasing
from entregent.meetups import actions as meetups
from entregent.people import queries as people
from entregent.people.models import Person
from entregent.profiles import actions as profiles
from tests import cast

NOW = datetime(2026, 11, 26, 16, tzinfo=UTC)
PLACE = "les-gens-du-web"
MINUTE = timedelta(minutes=1)

pytestmark = pytest.mark.usefixtures("community")


@pytest.fixture(autouse=True)
def thursday():
    with clock.at(NOW):
        yield


@pytest.fixture
def shown(bob):
    """The secret of a card that Bob shows."""
    return show(bob)


@pytest.fixture
def alices(alice):
    """A card that Alice keeps."""
    return actions.keep(alice, title="Apéro", name="Alice Hoareau", mail="alice@example.net")


def show(actor, meetup="", **said):
    face = {"name": "Bob Payet", "telephone": "0692 12 34 56", **said}
    return actions.show(actor, card=actions.keep(actor, title="Apéro", **face), meetup=meetup)


def uid(viewer):
    return people.uid_of(person=viewer.me)


def page(viewer):
    """The one page of somebody's book: name, which member, ways, where they were met."""
    [entry] = book.book(viewer)
    held = book.contact(viewer, entry.uid)
    return (
        held.name,
        held.member,
        [one.value for one in held.channels],
        [(met.on, met.title) for met in held.encounters],
    )


def pages(viewer):
    """The pages of somebody's book: name, which member, ways."""
    held = [book.contact(viewer, entry.uid) for entry in book.book(viewer)]
    return {(one.name, one.member, *(way.value for way in one.channels)) for one in held}


def give(actor, secret, **said):
    """Exchange a new card of somebody's for one that they are shown."""
    actions.exchange(actor, secret=secret, card=actions.keep(actor, **{"title": "Apéro", "name": "Alice", **said}))


def missing(viewer, secret):
    """That a card is not found, and what not finding it costs."""
    with CaptureQueriesContext(connection) as asked, pytest.raises(errors.NotFound):
        queries.shown(viewer, secret)
    return len(asked)


def test_each_has_the_card_of_the_other_in_their_book_and_stands_in_their_circle(alice, bob, shown, alices):
    contact = actions.exchange(alice, secret=shown, card=alices)
    today = date(2026, 11, 26)
    assert page(alice) == ("Bob Payet", uid(bob), ["0692 12 34 56"], [(today, "")])
    assert (book.book(bob), [one.face.name for one in queries.handed(bob)]) == ([], ["Alice Hoareau"])
    assert (due.enter(NOW), due.enter(NOW)) == (1, 0)
    assert page(bob) == ("Alice Hoareau", uid(alice), ["alice@example.net"], [(today, "")])
    assert [(one.name, one.withdrawn) for one in queries.crossed(bob)] == [("Alice Hoareau", False)]
    assert [(one.name, one.withdrawn) for one in queries.crossed(alice)] == [("Bob Payet", False)]
    assert (actions.exchange(alice, secret=shown, card=alices), due.enter(NOW)) == (contact, 0)


def test_an_exchange_at_an_evening_says_so_to_whoever_sees_that_one(alice, bob, dana, alices):
    with clock.at(NOW - timedelta(days=4)):
        code = cast.announce(alice, PLACE, audience="community")
    secret = show(bob, code)
    assert [queries.shown(viewer, secret).title for viewer in (alice, dana, ANYBODY)] == ["Apéro 47", "", ""]
    actions.exchange(alice, secret=secret, card=alices)
    danas = actions.keep(dana, title="Apéro", name="Dana")
    actions.exchange(dana, secret=secret, card=danas)
    due.enter(NOW)
    assert [title for _on, title in page(alice)[3]] == ["Apéro 47"]
    # Neither sees the name of the other: their cards told it.
    assert page(dana)[:3] == ("Bob Payet", None, ["0692 12 34 56"])
    assert page(dana)[3] == [(date(2026, 11, 26), "")]
    assert {entry.name: entry.met[-1].title for entry in book.book(bob)} == {
        "Alice Hoareau": "Apéro 47",
        "Dana": "Apéro 47",
    }


def test_a_card_from_an_evening_that_was_put_off_since_enters_the_book_on_its_own_day(alice, bob, alices):
    with clock.at(NOW - timedelta(days=4)):
        code = cast.announce(alice, PLACE)
    actions.exchange(alice, secret=show(bob, code), card=alices)
    meetups.edit(alice, code=code, starts_at=NOW + timedelta(days=7), ends_at=NOW + timedelta(days=7, hours=3))
    assert due.enter(NOW) == 1
    assert page(bob)[3] == [(date(2026, 11, 26), "")]


def test_a_card_that_cannot_enter_a_book_keeps_no_other_back(bob, charlie, dana):
    secret, charlies = show(bob), actions.keep(charlie, title="Apéro", name="Charlie Grondin")
    actions.exchange(dana, secret=secret, card=actions.keep(dana, title="Apéro", name="Dana"))
    Handed.ledger.filter(owner=bob.me).update(name="", at=NOW - MINUTE)
    actions.exchange(charlie, secret=secret, card=charlies)
    assert due.enter(NOW) == 1
    assert [entry.name for entry in book.book(bob)] == ["Charlie Grondin"]


#: How somebody's name is no longer shown to another.
GONE = {
    "blocks": lambda viewer, other: discretion.block(viewer, person=other.me),
    "hides": lambda viewer, _other: profiles.call_me(viewer, text="Alice Hoareau", audience=None),
    "leaves": lambda viewer, _other: erasing.erase(viewer.me),
}


@pytest.mark.parametrize("gone", GONE)
def test_a_card_enters_the_book_whether_its_giver_hides_or_has_left(alice, bob, shown, gone):
    give(alice, shown, mail="alice@example.net")
    GONE[gone](alice, bob)
    assert (due.enter(NOW), due.enter(NOW)) == (1, 0)
    assert page(bob) == ("Alice", None, ["alice@example.net"], [(date(2026, 11, 26), "")])


@pytest.mark.parametrize("gone", GONE)
def test_a_card_of_somebody_who_hides_or_has_left_is_not_known_by_who_they_are(alice, bob, shown, gone):
    encounters.note_somebody(bob, name="Alice du cadastre", person=uid(alice))
    give(alice, shown)
    GONE[gone](alice, bob)
    due.enter(NOW)
    assert pages(bob) == {("Alice du cadastre", None), ("Alice", None)}


@pytest.mark.parametrize("gone", GONE)
def test_nor_does_their_card_take_a_page_away_that_can_be_taken_back(alice, bob, shown, gone):
    contact = encounters.note_somebody(bob, name="Alice du cadastre", person=uid(alice))
    encounters.forget_contact(bob, contact=contact)
    give(alice, shown)
    GONE[gone](alice, bob)
    due.enter(NOW)
    encounters.keep_contact(bob, contact=contact)
    assert pages(bob) == {("Alice du cadastre", None), ("Alice", None)}


@pytest.mark.parametrize("gone", GONE)
def test_the_cards_of_one_person_are_one_page_whether_they_hide_or_have_left(alice, bob, charlie, gone):
    give(alice, show(bob), mail="alice@example.net")
    give(alice, show(bob), telephone="0692 55 55 55")
    give(charlie, show(bob), name="Charlie")
    GONE[gone](alice, bob)
    GONE[gone](charlie, bob)
    assert due.enter(NOW) == 3
    assert pages(bob) == {("Alice", None, "alice@example.net", "0692 55 55 55"), ("Charlie", None)}


def test_of_the_cards_of_somebody_who_hides_the_last_one_says_which_page(bob, dana):
    def enter(minute):
        with clock.at(NOW + minute * MINUTE):
            give(dana, show(bob), name=f"Dana {minute}", telephone=f"0692 55 55 5{minute}")
            due.enter(NOW)

    enter(1)
    [first] = book.book(bob)
    encounters.forget_contact(bob, contact=first.uid)
    enter(2)
    encounters.keep_contact(bob, contact=first.uid)
    enter(3)
    assert pages(bob) == {("Dana 1", None, "0692 55 55 51"), ("Dana 2", None, "0692 55 55 52", "0692 55 55 53")}


def test_two_strangers_who_scan_each_other_are_one_page_each(bob, dana):
    give(dana, show(bob), name="Dana", mail="dana@example.net")
    give(bob, show(dana, name="Dana", telephone="0692 55 55 55"), name="Bob Payet")
    due.enter(NOW)
    assert pages(bob) == {("Dana", None, "dana@example.net", "0692 55 55 55")}
    assert pages(dana) == {("Bob Payet", None, "0692 12 34 56")}


def test_whoever_shows_their_name_later_is_known_by_the_page_of_their_card(alice, bob, shown):
    give(alice, shown)
    discretion.block(alice, person=bob.me)
    due.enter(NOW)
    discretion.unblock(alice, person=bob.me)
    assert pages(bob) == {("Alice", uid(alice))}


def test_whoever_shows_their_name_again_is_known_by_the_page_that_was_theirs(alice, bob, shown):
    encounters.note_somebody(bob, name="Alice du cadastre", person=uid(alice))
    give(alice, shown)
    discretion.block(alice, person=bob.me)
    due.enter(NOW)
    discretion.unblock(alice, person=bob.me)
    assert pages(bob) == {("Alice du cadastre", uid(alice)), ("Alice", None)}
    give(alice, show(bob), mail="alice@example.net")
    due.enter(NOW)
    assert pages(bob) == {("Alice du cadastre", uid(alice), "alice@example.net"), ("Alice", None)}


def test_a_page_that_was_struck_out_goes_where_its_member_hands_a_card(alice, bob, shown):
    contact = encounters.note_somebody(bob, name="Alice du cadastre", person=uid(alice))
    encounters.forget_contact(bob, contact=contact)
    give(alice, shown)
    due.enter(NOW)
    assert pages(bob) == {("Alice", uid(alice))}
    with pytest.raises(errors.NotFound):
        encounters.keep_contact(bob, contact=contact)


def test_noting_the_card_of_somebody_who_hides_costs_as_much_as_of_somebody_who_left(alice, bob, charlie):
    """Bob has a page of each of the two."""
    costs = []
    for viewer, gone in ((alice, "blocks"), (charlie, "leaves")):
        encounters.note_somebody(bob, person=uid(viewer))
        give(viewer, show(bob))
        GONE[gone](viewer, bob)
        [waits] = queries.handed(bob)
        with CaptureQueriesContext(connection) as asked:
            actions.note(bob, handed=waits.uid)
        costs.append(len(asked))
    assert costs[0] == costs[1]


def test_an_evening_is_said_while_it_goes_on(alice, bob):
    code = cast.announce(alice, PLACE)
    assert queries.shown(bob, show(bob, code)).title == ""
    with pytest.raises(errors.NotFound):
        show(bob, "NOWHERE2")


def test_taking_a_card_without_giving_one_is_told_to_nobody(alice, bob, shown):
    actions.take(alice, secret=shown)
    assert page(alice)[0] == "Bob Payet"
    assert (due.enter(NOW), book.book(bob), queries.handed(bob), queries.crossed(bob)) == (0, [], [], [])
    assert queries.crossed(alice) == []


def test_somebody_without_an_account_leaves_a_way_to_reach_them_and_nothing_else(bob, shown):
    before, once = Person.objects.count(), ids.new()
    for _twice in range(2):
        actions.leave(ANYBODY, secret=shown, name="Zoé", telephone="0692 99 99 99", once=once)
    assert [one.face for one in queries.handed(bob)] == [Face("Zoé", telephone="0692 99 99 99")]
    assert (due.enter(NOW), book.book(bob)) == (0, [])
    actions.note(bob, handed=once)
    assert page(bob) == ("Zoé", None, ["0692 99 99 99"], [(date(2026, 11, 26), "")])
    assert (queries.handed(bob), queries.crossed(bob), Person.objects.count()) == ([], [], before)
    wrong: tuple[dict[str, Any], ...] = (
        {"name": "Zoé"},
        {"name": "", "mail": "zoe@example.org"},
        {"name": "Zoé", "mail": "zoe@"},
    )
    for said in wrong:
        with pytest.raises(errors.Invalid):
            actions.leave(ANYBODY, secret=shown, **said)


def test_what_is_left_on_a_full_square_is_not_kept_which_costs_as_much_and_tells_nobody(bob, shown, monkeypatch):
    monkeypatch.setattr(queries, "ROOM", 2)

    def leave(name):
        with CaptureQueriesContext(connection) as asked:
            actions.leave(ANYBODY, secret=shown, name=name, mail="zoe@example.org", once=ids.new())
        return len(asked)

    def left():
        return sorted(one.face.name for one in queries.handed(bob))

    costs = [leave(name) for name in ("Zoé", "Yann", "Xavier")]
    assert (costs, left()) == (costs[:1] * 3, ["Yann", "Zoé"])
    actions.let_be(bob, handed=queries.handed(bob)[0].uid)
    leave("Willy")
    assert "Willy" in left()


def test_what_was_left_is_laid_aside_and_taken_up_by_its_owner_alone(alice, bob, shown):
    once = ids.new()
    actions.leave(ANYBODY, secret=shown, name="Zoé", mail="zoe@example.org", once=once)
    for act in (actions.note, actions.let_be, actions.take_up):
        with pytest.raises(errors.NotFound):
            act(alice, handed=once)
    actions.let_be(bob, handed=once)
    assert queries.handed(bob) == []
    actions.take_up(bob, handed=once)
    assert [one.uid for one in queries.handed(bob)] == [once]


def test_a_card_is_shown_for_ten_minutes_from_when_it_was_last_asked_for(bob, shown):
    with clock.at(NOW + 9 * MINUTE):
        actions.show_on(bob, secret=shown)
    with clock.at(NOW + 18 * MINUTE):
        assert queries.shown(ANYBODY, shown).face.name == "Bob Payet"
    with clock.at(NOW + 19 * MINUTE):
        assert (missing(ANYBODY, shown), queries.shown(bob, shown).over) == (1, True)
        for act in (actions.show_on, actions.hide):
            with pytest.raises(errors.NotFound):
                act(bob, secret=shown)
        assert (due.forget(NOW + 78 * MINUTE), due.forget(NOW + 79 * MINUTE)) == (0, 1)


def test_blocked_put_away_ended_and_never_there_are_one_answer_at_one_cost(alice, bob, charlie, shown, alices):
    other, ended = show(bob), show(bob)
    actions.hide(bob, secret=other)
    discretion.block(bob, person=alice.me)
    Showing.ledger.filter(digest=Showing.ledger.order_by("-pk").values_list("digest", flat=True)[0]).update(until=NOW)
    assert [missing(alice, secret) for secret in (shown, other, ended, "never")] == [1, 1, 1, 1]
    for secret in (shown, other, ended, "never"):
        with pytest.raises(errors.NotFound):
            actions.exchange(alice, secret=secret, card=alices)
        with pytest.raises(errors.NotFound):
            actions.take(alice, secret=secret)
        with pytest.raises(errors.NotFound):
            actions.leave(alice, secret=secret, name="Alice", mail="alice@example.net")
    assert queries.shown(charlie, shown).face.name == "Bob Payet"
    assert not Handed.ledger.exists()


def test_what_the_other_s_book_holds_costs_nothing_that_shows(alice, bob, charlie, alices):
    """Bob has Alice in his book already, with a page that he forgot; of Charlie he has nothing."""
    encounters.forget_contact(bob, contact=encounters.note_somebody(bob, person=uid(alice), text="Parle cadastre"))
    charlies = actions.keep(charlie, title="Apéro", name="Charlie Grondin", mail="charlie@example.net")
    costs = []
    for viewer, card in ((alice, alices), (charlie, charlies)):
        secret = show(bob)
        with CaptureQueriesContext(connection) as asked:
            actions.exchange(viewer, secret=secret, card=card)
        costs.append(len(asked))
    assert costs[0] == costs[1]


def test_one_s_own_card_and_whoever_one_blocks_are_refused(alice, bob, shown, alices):
    own = queries.mine(bob)[0].uid
    with pytest.raises(errors.Refused):
        actions.exchange(bob, secret=shown, card=own)
    discretion.block(alice, person=bob.me)
    with pytest.raises(errors.Refused):
        actions.exchange(alice, secret=shown, card=alices)
    with pytest.raises(errors.Refused):
        actions.take(alice, secret=shown)
    assert not Handed.ledger.exists()


def test_nobody_gives_a_card_of_somebody_else_nor_shows_one(alice, bob, shown):
    theirs = queries.mine(bob)[0].uid
    with pytest.raises(errors.NotFound):
        actions.exchange(alice, secret=shown, card=theirs)
    with pytest.raises(errors.NotFound):
        actions.show(alice, card=theirs)
    for act in (actions.show_on, actions.hide):
        with pytest.raises(errors.NotFound):
            act(alice, secret=shown)


def test_a_page_that_is_there_says_more_and_keeps_its_words(alice, bob, shown, alices):
    contact = encounters.note_somebody(
        alice, name="Bob du SEO", person=uid(bob), does="le grand", text="Parle cadastre"
    )
    assert actions.exchange(alice, secret=shown, card=alices) == contact
    held = book.contact(alice, contact)
    assert (held.name, held.does, [one.value for one in held.channels]) == ("Bob du SEO", "le grand", ["0692 12 34 56"])


def test_what_was_shown_then_stays_so(alice, bob, shown, alices):
    actions.edit(bob, card=queries.mine(bob)[0].uid, title="Apéro", name="Robert")
    assert queries.shown(alice, shown).face == Face("Bob Payet", telephone="0692 12 34 56")


def test_a_gift_stays_whoever_goes(alice, bob, shown, alices):
    actions.exchange(alice, secret=shown, card=alices)
    erasing.erase(alice.me)
    assert [(one.face.name, one.waits) for one in queries.handed(bob)] == [("Alice Hoareau", True)]
    assert (due.enter(NOW), missing(ANYBODY, "never")) == (1, 1)
    erasing.erase(bob.me)
    assert missing(ANYBODY, shown) == 1
