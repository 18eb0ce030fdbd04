"""A need that is kept: who is news is whom its owner was never told of, and nothing of what is hidden from them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entregent.common import clock, errors, ids
from entregent.discretion import actions as discretion
from entregent.encounters import actions as encounters
from entregent.exchange import erasing
from entregent.market import actions as market
from entregent.notices.models import Notice
from entregent.people import queries as people
from entregent.profiles import actions as profiles
from entregent.recall import actions, due, kept
from entregent.recall.models import Kept
from tests.cast import member
from tests.recall.conftest import TODAY

NEED = "un photographe à Saint-Pierre"
SAYS = "Photographe à Saint-Pierre"
#: Half past six and eight in the morning of Monday, on La Réunion.
EARLY, MORNING = TODAY + timedelta(hours=18, minutes=30), TODAY + timedelta(hours=20)


def uid(viewer):
    return people.uid_of(person=viewer.me)


def say(viewer, members, text=SAYS, **terms):
    profiles.say_headline(viewer, text=text, **{"audience": members, **terms})


def untold(viewer):
    return [[answer.name for answer in news.people] for news in kept.untold(viewer)]


def unseen(viewer):
    return [[answer.name for answer in news.people] for news in kept.unseen(viewer, kept.mine(viewer))]


def written(now):
    """Who is to be written to, once the worker has asked."""
    with clock.at(now):
        due.ask_again(now)
    return sorted(Notice.objects.filter(sent_at=None, due_at__lte=now).values_list("recipient", flat=True))


def test_whoever_answers_when_it_is_kept_is_no_news_and_whoever_says_it_later_is(bob, alice, charlie, members):
    say(alice, members)
    actions.keep(bob, text=NEED)
    before = untold(bob)
    say(charlie, members)
    assert (before, untold(bob), unseen(bob)) == ([], [["Charlie Grondin"]], [["Charlie Grondin"]])


def test_whom_a_letter_told_of_is_told_once_and_new_on_the_page_until_it_is_looked_at(bob, charlie, members):
    need = actions.keep(bob, text=NEED)
    say(charlie, members)
    actions.tell(bob, told={need: [uid(charlie)]})
    assert (untold(bob), unseen(bob)) == ([], [["Charlie Grondin"]])
    actions.look(bob, need=need, answers=kept.answers(bob, NEED))
    assert (untold(bob), unseen(bob)) == ([], [[]])


def test_whoever_hides_and_shows_themselves_again_is_no_news(bob, charlie, members):
    say(charlie, members)
    actions.keep(bob, text=NEED)
    say(charlie, members, audience=None)
    hidden = unseen(bob)
    say(charlie, members)
    assert (hidden, unseen(bob), untold(bob)) == ([[]], [[]], [])


def test_whoever_is_hidden_from_the_owner_is_no_news(bob, alice, charlie, members):
    actions.keep(bob, text=NEED)
    say(charlie, members)
    discretion.block(charlie, person=bob.me)
    assert (unseen(alice), untold(bob)) == ([], [])
    discretion.unblock(charlie, person=bob.me)
    assert untold(bob) == [["Charlie Grondin"]]


def test_a_rank_makes_nobody_news(bob, alice, charlie, members):
    """Who says one word of two is not worth a letter, whatever becomes of those before them."""
    say(alice, members)
    say(charlie, members, "Boulanger à Saint-Pierre")
    need = actions.keep(bob, text=NEED)
    Kept.ledger.update(told="", looked="")
    assert untold(bob) == [["Alice Hoareau"]]
    say(alice, members, audience=None)
    assert (untold(bob), kept.one(bob, need).told) == ([], frozenset())


def test_what_one_notes_oneself_is_no_news(bob, charlie, members):
    actions.keep(bob, text=NEED)
    encounters.note_somebody(bob, person=uid(charlie), text=SAYS)
    encounters.note_somebody(bob, name="Ève", text=SAYS)
    assert sorted(answer.name for answer in kept.answers(bob, NEED)) == ["Charlie Grondin", "Ève"]
    assert untold(bob) == []


def test_the_worker_asks_once_a_day_from_seven_on(bob, members):
    actions.keep(bob, text=NEED)
    asked = [written(now) for now in (TODAY, EARLY, MORNING)]
    Notice.objects.all().delete()
    asked += [written(MORNING + timedelta(hours=hours)) for hours in (1, 25)]
    assert asked == [[], [], [bob.me], [], [bob.me]]


def test_the_worker_takes_up_a_share_at_a_tick_whose_needs_have_waited_longest_first(community):
    """Each once, also where one of two needs was taken up the day before."""
    owners = [member(f"owner{number}").me for number in range(due.SHARE + 2)]
    until, on = TODAY + timedelta(days=30), TODAY.date()
    rows = [
        Kept(owner_id=owner, text=NEED, until=until, asked_on=on, kept_at=TODAY - timedelta(minutes=number))
        for number, owner in enumerate(owners)
    ]
    rows += [Kept(owner_id=owners[0], text="un relieur", until=until, asked_on=on - timedelta(days=1))]
    Kept.ledger.bulk_create(rows)
    assert due.ask_again(MORNING) == due.SHARE
    assert {*owners} - {*Notice.objects.values_list("recipient", flat=True)} == {owners[1], owners[2]}
    assert [due.ask_again(MORNING) for _time in range(2)] == [2, 0]


def test_a_need_is_asked_before_the_transaction_that_keeps_it(bob, charlie, members):
    """Nobody's writing waits for the answers: they are no part of what is written in one go."""
    say(charlie, members)
    with CaptureQueriesContext(connection) as context:
        actions.keep(bob, text=NEED)
    said = [query["sql"] for query in context.captured_queries]
    begun = next(at for at, sql in enumerate(said) if sql.startswith("SAVEPOINT"))
    asked = [at for at, sql in enumerate(said) if "search_line" in sql]
    assert (bool(asked), max(asked) < begun, kept.mine(bob)[0].told) == (True, True, frozenset({uid(charlie)}))


def test_several_needs_are_one_letter_and_what_is_over_or_ended_is_none(bob, charlie, members):
    actions.keep(bob, text=NEED)
    actions.keep(bob, text="un traducteur")
    actions.end(charlie, need=actions.keep(charlie, text=NEED))
    assert written(MORNING) == [bob.me]
    Notice.objects.all().delete()
    assert written(MORNING + timedelta(days=92)) == []


def test_it_holds_for_three_months_and_three_months_more(bob, charlie, members):
    need = actions.keep(bob, text=NEED)
    say(charlie, members)
    with clock.at(TODAY + timedelta(days=91)):
        over = (kept.one(bob, need).over, untold(bob))
        actions.renew(bob, need=need)
        assert (over, kept.one(bob, need).over, untold(bob)) == ((True, []), False, [["Charlie Grondin"]])


def test_the_same_need_is_kept_once_and_ten_are_enough(bob, community):
    need = actions.keep(bob, text=NEED)
    again = actions.keep(bob, text=f"  {NEED.upper()} ")
    for number in range(9):
        actions.keep(bob, text=f"un traducteur {number}")
    with pytest.raises(errors.Invalid):
        actions.keep(bob, text="un relieur")
    assert (again, kept.size(bob)) == (need, 10)


def test_one_needs_words_and_a_need_of_one_s_own(bob, charlie, community):
    need = actions.keep(bob, text=NEED)
    with pytest.raises(errors.Invalid):
        actions.keep(bob, text=" ")
    for act in (actions.end, actions.renew, actions.resume):
        with pytest.raises(errors.NotFound):
            act(charlie, need=need)
        with pytest.raises(errors.NotFound):
            act(bob, need=ids.new())
    assert (kept.mine(charlie), [held.text for held in kept.mine(bob)]) == ([], [NEED])


def test_what_is_ended_can_be_taken_back_for_an_hour(bob, community):
    need = actions.keep(bob, text=NEED)
    actions.end(bob, need=need)
    due.forget(TODAY + timedelta(minutes=59))
    gone = kept.mine(bob)
    actions.resume(bob, need=need)
    back = [held.uid for held in kept.mine(bob)]
    actions.end(bob, need=need)
    due.forget(TODAY + timedelta(minutes=60))
    assert (gone, back, Kept.ledger.count()) == ([], [need], 0)


def test_a_job_is_not_kept_where_an_employer_opens_the_mail_nor_written_about(bob, charlie, members):
    actions.keep(bob, text="un poste de photographe")
    say(charlie, members, "Un poste de photographe")
    told = untold(bob)
    market.register(bob, name="Filao", domain="example.org")
    with pytest.raises(errors.Refused):
        actions.keep(bob, text="un autre poste")
    assert (told, untold(bob)) == ([["Charlie Grondin"]], [])


def test_whoever_is_erased_is_in_nobody_s_memory(bob, alice, charlie, members):
    say(charlie, members)
    say(alice, members)
    need = actions.keep(bob, text=NEED)
    both, changed = kept.one(bob, need).told, Kept.ledger.get().changed_at
    with clock.at(TODAY + timedelta(days=1)):
        erasing.erase(charlie.me)
    held = kept.one(bob, need)
    assert (len(both), held.told, held.looked) == (2, frozenset({uid(alice)}), frozenset({uid(alice)}))
    assert Kept.ledger.get().changed_at == changed
    erasing.erase(bob.me)
    assert Kept.ledger.count() == 0


def test_erasing_somebody_costs_as_much_however_many_watch_for_them(bob, alice, charlie, members):
    def statements(person):
        with CaptureQueriesContext(connection) as context:
            actions.erase(person)
        return len(context)

    say(charlie, members)
    for viewer in (alice, bob):
        actions.keep(viewer, text=NEED)
    assert {held.told for held in Kept.ledger.all()} == {uid(charlie).hex}
    assert statements(member("erin").me) == statements(charlie.me)
    assert {held.told for held in Kept.ledger.all()} == {""}


def test_asking_again_takes_the_same_statements_whoever_is_hidden(bob, charlie, members):
    def statements():
        with CaptureQueriesContext(connection) as context:
            assert untold(bob) == [["Charlie Grondin"]]
        return len(context)

    actions.keep(bob, text=NEED)
    say(charlie, members)
    untold(bob)
    before = statements()
    for number in range(5):
        say(member(f"hidden{number}"), members)
    assert statements() == before
