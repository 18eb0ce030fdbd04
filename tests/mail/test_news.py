"""The letter about what somebody keeps: once for each person who is new, one a day, and nothing told in its subject."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from entregent.common import clock
from entregent.mail import sending
from entregent.meetups import actions as evenings
from entregent.notices import actions as notices
from entregent.notices.models import Notice
from entregent.people import actions as accounts
from entregent.people import queries as people
from entregent.profiles import actions as profiles
from entregent.recall import actions, due
from tests.cast import member
from tests.mail.conftest import SUNDAY

NEED = "un photographe à Saint-Pierre"
#: Monday at eight, on La Réunion.
MORNING = SUNDAY + timedelta(hours=20)


@pytest.fixture
def kept(bob, community):
    return actions.keep(bob, text=NEED)


def say(viewer, audience, text="Photographe à Saint-Pierre, canari"):
    profiles.say_headline(viewer, text=text, audience=audience)


def worked(moment=MORNING):
    """How many letters leave where the worker does what is due."""
    with clock.at(moment):
        due.ask_again(moment)
        return sending.send_news(moment)


def parts(message):
    return [message.get_body((kind,)).get_content() for kind in ("plain", "html")]


def test_a_letter_names_who_is_new_with_the_need_and_a_subject_that_tells_nothing(
    mailboxes, kept, bob, charlie, members, settings
):
    say(charlie, members)
    assert worked() == 1
    [message] = mailboxes.to("bob@example.org")
    assert message["Subject"] == "Du nouveau pour ce que vous guettez"
    assert (message["Auto-Submitted"], message["Content-Language"]) == ("auto-generated", "fr")
    plain, drawn = parts(message)
    for words in (NEED, "Charlie Grondin", "Photographe à Saint-Pierre, canari", f"{settings.BASE_URL}/besoin/gardes/"):
        assert (words in plain, words in drawn) == (True, True)
    assert "<" not in plain


def test_each_reads_in_their_own_language(mailboxes, kept, bob, charlie, members):
    accounts.speak(person=bob.me, language="en")
    say(charlie, members)
    worked()
    [message] = mailboxes.to("bob@example.org")
    assert (message["Subject"], message["Content-Language"]) == ("News about what you watch for", "en")
    assert "Somebody new answers" in parts(message)[0]


def test_nothing_new_is_no_letter_and_leaves_no_notice(mailboxes, kept, charlie, members):
    say(charlie, None)
    assert (worked(), mailboxes.messages, Notice.objects.count()) == (0, [], 0)


def test_somebody_is_told_of_once_and_whoever_comes_next_the_day_after(mailboxes, kept, alice, bob, charlie, members):
    say(charlie, members)
    first = [worked(MORNING + timedelta(hours=hours)) for hours in (0, 1)]
    say(alice, members)
    later = [worked(MORNING + timedelta(hours=hours)) for hours in (2, 24, 48)]
    assert (first, later) == ([1, 0], [0, 1, 0])
    assert ("Alice Hoareau" in parts(mailboxes.messages[1])[0], "Charlie" in parts(mailboxes.messages[1])[0]) == (
        True,
        False,
    )


def test_two_needs_are_one_letter(mailboxes, kept, bob, alice, charlie, members):
    actions.keep(bob, text="un relieur")
    say(charlie, members)
    say(alice, members, "Relieur")
    assert worked() == 1
    plain = parts(mailboxes.messages[0])[0]
    assert [words in plain for words in (NEED, "un relieur", "Charlie Grondin", "Alice Hoareau")] == [True] * 4


def test_many_are_counted(mailboxes, kept, bob, community, members, alice, charlie):
    from entregent.communities import actions as communities

    for number in range(6):
        somebody = member(f"somebody{number}")
        communities.join(somebody, slug=community)
        profiles.call_me(somebody, text=f"Photographe {number}", audience=members)
        say(somebody, members)
    worked()
    plain = parts(mailboxes.messages[0])[0]
    assert (plain.count("canari"), "- et deux autres personnes" in plain) == (4, True)
    assert worked(MORNING + timedelta(days=1)) == 0


def test_whoever_hides_before_it_leaves_is_not_in_it_and_not_told(mailboxes, kept, bob, charlie, members):
    """A letter that could not be sent is written anew."""
    say(charlie, members)
    mailboxes.refuses = "bob@example.org"
    refused = worked()
    say(charlie, None)
    mailboxes.refuses = ""
    hidden = worked(MORNING + timedelta(minutes=20))
    say(charlie, members)
    assert (refused, hidden, worked(MORNING + timedelta(days=1))) == (0, 0, 1)


def test_what_is_over_or_ended_is_not_written_about(mailboxes, kept, bob, charlie, members):
    say(charlie, members)
    actions.end(bob, need=kept)
    assert worked() == 0
    actions.resume(bob, need=kept)
    assert worked(MORNING + timedelta(days=93)) == 0


def test_a_letter_that_has_left_is_not_sent_again_though_whom_it_told_of_cannot_be_noted(
    mailboxes, kept, bob, charlie, members, caplog
):
    def locked(execute, sql, params, many, context):
        if sql.startswith('UPDATE "recall_kept"') and mailboxes.messages:
            raise OperationalError("database is locked")
        return execute(sql, params, many, context)

    say(charlie, members)
    with connection.execute_wrapper(locked):
        assert worked() == 1
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    with clock.at(MORNING):
        assert (sending.send_news(MORNING + timedelta(minutes=30)), len(mailboxes.messages)) == (0, 1)


def test_no_other_letter_waits_for_the_needs_of_others_or_asks_any(mailboxes, kept, bob, charlie, members, announce):
    """What somebody is to be told of an evening leaves first, though news was due before it."""
    say(charlie, members)
    with clock.at(MORNING):
        due.ask_again(MORNING)
        evenings.answer(charlie, code=announce(), audience="me", discreet=False)
        with CaptureQueriesContext(connection) as asked:
            assert sending.send_due(clock.now()) == 1
        assert [message["To"] for message in mailboxes.messages] == ["charlie@example.org"]
        assert [query for query in asked.captured_queries if "recall_kept" in query["sql"]] == []
        assert [row.kind for row in Notice.objects.filter(sent_at=None, due_at__lte=MORNING)] == ["news"]
        assert (sending.send_news(MORNING), len(mailboxes.to("bob@example.org"))) == (1, 1)


def test_a_tick_writes_a_share_of_the_news_of_those_who_have_waited_longest(mailboxes, community):
    """Whoever keeps nothing any more is asked for as well: nothing is new, and the notice goes."""
    waiting = [member(f"waiting{number}").me for number in range(sending.SHARE + 3)]
    for number, person in enumerate(reversed(waiting)):
        at = MORNING - timedelta(minutes=number)
        notices.tell(recipient=person, kind="news", about=people.uid_of(person=person), due_at=at)
    sending.send_news(MORNING)
    assert {*Notice.objects.filter(kind="news").values_list("recipient", flat=True)} == {*waiting[-3:]}
    sending.send_news(MORNING)
    assert not Notice.objects.filter(kind="news").exists()
