"""Mails as they arrive: whose words, in which language, what they hold, what is not sent at all."""

import re
import socket
from collections import Counter
from contextlib import ExitStack, suppress
from datetime import datetime, timedelta

import pytest
from django.db import OperationalError, connection

from entregent.common import clock, ids
from entregent.communities import actions as communities
from entregent.discretion.viewer import ANYBODY, Viewer
from entregent.encounters import actions as encounters
from entregent.mail import letters, sending
from entregent.meetups import actions, presences, queries, releases, times
from entregent.notices import actions as notices
from entregent.notices import due as notices_due
from entregent.notices.models import Notice
from entregent.people import actions as accounts
from entregent.people import queries as people
from tests.mail.conftest import STARTS, SUNDAY

#: The day before at ten, on La Réunion.
REMINDED = datetime.fromisoformat("2026-11-25T06:00:00+00:00")


def send(moment=SUNDAY):
    with clock.at(moment):
        return sending.send_due(moment)


def parts(message):
    """The plain words of a mail and its drawn ones."""
    bodies = [message.get_body((kind,)) for kind in ("plain", "html")]
    return [body.get_content() for body in bodies]


def subjects(mailboxes, name):
    return [
        message["Subject"].replace("\u202f", " ").replace("\xa0", " ")
        for message in mailboxes.to(f"{name}@example.org")
    ]


def came(mailboxes):
    """How many letters came to Camille's address, however it is written."""
    return sum(message["To"].lower() == "camille@example.org" for message in mailboxes.messages)


def waiting():
    """What waits to be told before the evenings' own day: of which kind, and how often that was tried."""
    return [*Notice.objects.filter(sent_at=None).exclude(kind="reminder").values_list("kind", "tries")]


def release(actor, code):
    """Free the seats of all who answered without an account."""
    releases.release(actor, code=code, answers=[one.uid for one in queries.visitors(actor, code)])


def guest(code, **said):
    seat = actions.answer_as_guest(ANYBODY, code=code, **{"name": "Camille", "mail_to": "camille@example.org", **said})
    return Viewer(person=people.holder_of(secret=seat.secret))


def test_a_confirmation_is_plain_and_drawn_from_a_sender_without_a_person_s_name(mailboxes, announce, bob, settings):
    settings.DEFAULT_FROM_EMAIL = "Entregent <soirees@example.org>"
    code = announce(address="14, rue Jules-Auber", town="Saint-Denis")
    actions.answer(bob, code=code)
    assert send() == 1
    [message] = mailboxes.to("bob@example.org")
    assert (message["From"], mailboxes.senders) == ("Entregent <soirees@example.org>", ["soirees@example.org"])
    assert (message["Auto-Submitted"], message["Content-Language"]) == ("auto-generated", "fr")
    plain, drawn = parts(message)
    for words in (
        "Le pot de Karine",
        "Chez Zélie",
        "14, rue Jules-Auber",
        "Saint-Denis",
        f"{settings.BASE_URL}/s/{code}/",
    ):
        assert (words in plain, words in drawn) == (True, True)
    assert "<" not in plain


def test_a_subject_says_the_day_and_neither_title_nor_name(mailboxes, announce, bob):
    code = announce()
    actions.answer(bob, code=code)
    send()
    assert subjects(mailboxes, "bob") == ["Votre place, jeudi 26 novembre"]


def test_each_reads_in_their_own_language(mailboxes, announce, bob, charlie):
    accounts.speak(person=charlie.me, language="en")
    code = announce()
    for viewer in (bob, charlie):
        actions.answer(viewer, code=code)
    send()
    assert (subjects(mailboxes, "bob"), subjects(mailboxes, "charlie")) == (
        ["Votre place, jeudi 26 novembre"],
        ["Your seat for Thursday 26 November"],
    )
    [[french, _], [english, _]] = [parts(mailboxes.to(f"{name}@example.org")[0]) for name in ("bob", "charlie")]
    assert ("18 h 30" in french.replace("\xa0", " "), "6:30 pm" in english.replace("\xa0", " ")) == (True, True)


def test_no_mail_names_anybody_else(mailboxes, announce, alice, bob, charlie, dana):
    """Those who come see each other on the page; a mail names none of them, not even who organises."""
    code = announce(title="Apéro Web 47", capacity=1)
    for viewer in (bob, charlie):
        actions.answer(viewer, code=code)
    guest(code)
    actions.edit(alice, code=code, place="Chez Marceline")
    actions.answer(bob, code=code, answer="not_going")
    send()
    actions.answer(charlie, code=code)
    send()
    assert len(mailboxes.messages) >= 4
    assert queries.coming(alice, code) == [charlie.me]
    for message in mailboxes.messages:
        whole = " ".join([message["Subject"], message["From"], *parts(message)])
        assert [name for name in ("Alice", "Bob", "Charlie", "Payet", "Grondin", "Hoareau") if name in whole] == []


def test_whoever_waits_is_told_so_and_told_again_when_a_seat_is_offered_to_them(mailboxes, announce, bob, charlie):
    code = announce(capacity=1)
    for viewer in (bob, charlie):
        actions.answer(viewer, code=code)
    send()
    actions.answer(bob, code=code, answer="not_going")
    send()
    assert subjects(mailboxes, "charlie") == [
        "Sur la liste d’attente, jeudi 26 novembre",
        "Une place pour vous, jusqu’à 0 h",
    ]


def test_a_reminder_comes_the_day_before_at_ten_over_there(mailboxes, announce, bob):
    actions.answer(bob, code=announce())
    send()
    send(REMINDED - timedelta(seconds=1))
    before = len(mailboxes.messages)
    send(REMINDED)
    send(REMINDED + timedelta(hours=1))
    assert (before, subjects(mailboxes, "bob")[1:]) == (1, ["Demain, 18 h 30"])


@pytest.mark.parametrize(
    ("language", "subject", "words"),
    [("fr", "Aujourd’hui, 18 h 30", "C’est aujourd’hui"), ("en", "Today, 6:30 pm", "It is today")],
)
def test_a_reminder_that_leaves_on_the_day_itself_says_so(mailboxes, announce, bob, language, subject, words):
    """The mail server was away from the day before until after midnight, over there."""
    accounts.speak(person=bob.me, language=language)
    actions.answer(bob, code=announce())
    send()
    send(STARTS - timedelta(hours=18, minutes=30))
    assert subjects(mailboxes, "bob")[1:] == [subject]
    assert [part for part in parts(mailboxes.to("bob@example.org")[1]) if words not in part] == []


def test_whoever_gave_the_seat_back_is_reminded_of_nothing(mailboxes, announce, bob):
    code = announce()
    actions.answer(bob, code=code)
    send()
    actions.answer(bob, code=code, answer="not_going")
    assert send(REMINDED) == 0


def test_a_guest_s_reminder_holds_a_link_that_gives_the_seat_back(mailboxes, announce, client, settings):
    code = announce(capacity=1)
    camille = guest(code)
    send(REMINDED)
    plain, drawn = parts(mailboxes.to("camille@example.org")[-1])
    [link] = set(re.findall(re.escape(settings.BASE_URL) + r"(/r/[\w-]+/)", plain + drawn))
    assert people.holder_of(secret=link.split("/")[2]) == camille.person
    client.post(f"{link}rendre/")
    assert queries.evening(camille, code).my_answer == "not_going"


def test_a_guest_of_two_evenings_is_led_to_the_one_that_the_letter_is_about(mailboxes, announce, client, settings):
    first, second = (
        announce(title="Un"),
        announce(title="Deux", starts_at=STARTS + timedelta(days=7), ends_at=STARTS + timedelta(days=7, hours=3)),
    )
    camille = guest(first)
    actions.answer_as_guest(camille, code=second, name="Camille")
    send()
    letters = [parts(mail)[0] for mail in mailboxes.to("camille@example.org")]
    [link] = {link for text in letters if "Deux" in text for link in re.findall(r"/r/\S+", text)}
    assert client.get(link).context["meetup"]["code"] == second


def test_an_address_gets_eight_letters_about_answers_a_day_whoever_left_it(mailboxes, announce, alice):
    """Somebody else's address, left at evening after evening, an account taken or not; the ninth letter waits."""
    codes = [announce() for _ in range(9)]
    for number, code in enumerate(codes):
        visitor = guest(code, mail_to="Camille@example.org" if number % 2 else "camille@example.org")
        send()
        if number == 0:
            accounts.attach(person=visitor.me, account=accounts.open_account(email="eve@example.org"))
    assert (came(mailboxes), waiting()) == (8, [("confirmed", 0)])
    send(SUNDAY + timedelta(hours=23))
    assert (came(mailboxes), waiting()) == (8, [("confirmed", 0)])
    send(SUNDAY + timedelta(days=1, hours=1))
    assert (came(mailboxes), waiting()) == (9, [])
    assert notices_due.forget(SUNDAY + timedelta(days=1)) == 8
    assert notices_due.forget(SUNDAY + timedelta(days=1)) == 0


def test_whatever_others_do_with_an_address_news_of_an_evening_comes(mailboxes, announce, alice):
    code = announce()
    guest(code)
    for _ in range(8):
        guest(announce())
    send()
    actions.edit(alice, code=code, town="Le Port")
    send()
    actions.cancel(alice, code=code)
    send()
    assert (came(mailboxes), waiting()) == (10, [("confirmed", 0)])


def test_somebody_with_an_account_is_written_to_however_often_it_is_about_them(mailboxes, announce, bob):
    for _ in range(9):
        actions.answer(bob, code=announce())
    assert (send(), len(mailboxes.to("bob@example.org"))) == (9, 9)


def test_whoever_answered_without_an_account_is_told_that_no_place_is_kept_for_them(mailboxes, announce, client, alice):
    code = announce(capacity=1)
    guest(code, language="en")
    send()
    mailboxes.messages.clear()
    release(alice, code)
    assert (send(), send(REMINDED)) == (1, 0)
    [mail] = mailboxes.to("camille@example.org")
    assert mail["Subject"] == "No place is kept for you any more, Thursday 26 November"
    for text in parts(mail):
        assert (
            "those who organise no longer keep a place for you" in " ".join(text.lower().split()),
            "give the seat back" in text,
        ) == (
            True,
            False,
        )
    [link] = re.findall(r"/r/\S+", parts(mail)[0])
    assert client.get(link).context["released"]


def test_whoever_answered_again_or_comes_to_nothing_any_more_is_told_nothing_of_it(mailboxes, announce, alice):
    again, off = announce(), announce()
    camille = guest(again)
    guest(off, mail_to="dana@example.org")
    send()
    mailboxes.messages.clear()
    for code in (again, off):
        release(alice, code)
    actions.answer_as_guest(camille, code=again, name="Camille")
    actions.cancel(alice, code=off)
    send()
    assert [[*Counter(mail["To"] for mail in mailboxes.messages)], subjects(mailboxes, "camille")] == [
        ["camille@example.org"],
        ["Votre place, jeudi 26 novembre"],
    ]


def test_a_guest_without_address_gets_nothing_and_is_not_tried_again(mailboxes, announce):
    guest(announce(), mail_to="")
    assert (send(), mailboxes.messages, Notice.objects.filter(kind="confirmed").count()) == (0, [], 0)


def test_moving_and_calling_off_are_told_to_those_who_hold_or_want_a_seat(
    mailboxes, announce, alice, bob, charlie, dana
):
    code = announce(capacity=1)
    for viewer in (bob, charlie, dana):
        actions.answer(viewer, code=code)
    actions.answer(dana, code=code, answer="not_going")
    send()
    mailboxes.messages.clear()
    actions.edit(alice, code=code, place="Chez Marceline")
    send()
    assert {message["To"] for message in mailboxes.messages} == {"bob@example.org", "charlie@example.org"}
    assert all("Chez Marceline" in parts(message)[0] for message in mailboxes.messages)
    mailboxes.messages.clear()
    actions.cancel(alice, code=code, farewell="La route est coupée.")
    send()
    assert subjects(mailboxes, "bob") == subjects(mailboxes, "charlie") == ["Annulé : jeudi 26 novembre"]
    assert all(
        "«\N{NO-BREAK SPACE}La route est coupée.\N{NO-BREAK SPACE}»" in parts(message)[0]
        for message in mailboxes.messages
    )
    assert send(REMINDED) == 0


def test_what_its_recipient_may_no_longer_see_is_not_sent(mailboxes, announce, bob, charlie, community):
    """Bob leaves the community before the worker gets to it; Charlie, who stays, is told."""
    code = announce(audience="community")
    for viewer in (bob, charlie):
        actions.answer(viewer, code=code)
    communities.leave(bob, slug=community)
    assert send() == 1
    assert [message["To"] for message in mailboxes.messages] == ["charlie@example.org"]
    assert not Notice.objects.filter(recipient=bob.me, kind="confirmed").exists()


def test_a_notice_about_nothing_is_dropped_in_silence(mailboxes, bob, caplog):
    notices.tell(recipient=bob.me, kind="confirmed", about=ids.new())
    assert (send(), Notice.objects.count(), caplog.records) == (0, 0, [])


def test_what_one_mailbox_refuses_is_tried_again_and_holds_nobody_back(mailboxes, announce, bob, charlie, caplog):
    code = announce()
    for viewer in (bob, charlie):
        actions.answer(viewer, code=code)
    mailboxes.refuses = "bob@example.org"
    assert send() == 1
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert "bob" not in caplog.records[0].getMessage()
    mailboxes.refuses = ""
    assert (send(SUNDAY + timedelta(seconds=59)), send(SUNDAY + timedelta(seconds=60))) == (0, 1)
    assert [message["To"] for message in mailboxes.messages] == ["charlie@example.org", "bob@example.org"]


@pytest.mark.parametrize("answer", ["550 Nobody here is", "553 5.1.1 Unknown:"])
def test_an_address_that_nobody_has_is_tried_once_and_not_written_into_the_log(
    mailboxes, announce, bob, caplog, answer
):
    actions.answer(bob, code=announce())
    mailboxes.of_nobody = answer
    assert (send(), Notice.objects.filter(kind="confirmed").count()) == (0, 0)
    first, second = caplog.text.splitlines()
    assert first.endswith(" could not be sent: SMTPRecipientsRefused")
    assert second.endswith(" is given up: the mail server takes nothing for its recipient")


@pytest.mark.parametrize("answer", ["450 Come back later,", "554 5.7.1 Relay access denied:", "550 5.7.26 No SPF:"])
def test_whoever_is_refused_for_now_or_because_of_the_sender_is_tried_again(mailboxes, announce, bob, answer):
    actions.answer(bob, code=announce())
    mailboxes.of_nobody = answer
    assert send() == 0
    mailboxes.of_nobody = ""
    assert send(SUNDAY + timedelta(minutes=1)) == 1


def test_a_mail_server_that_is_down_loses_nothing(settings, announce, bob, mailboxes, caplog):
    actions.answer(bob, code=announce())
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    assert send() == 0
    settings.EMAIL_PORT = port
    assert send(SUNDAY + timedelta(minutes=1)) == 1
    assert len(caplog.records) == 1


def calls(deaf):
    """How often somebody called who was never answered."""
    deaf.setblocking(False)
    lines = []
    with ExitStack() as open_lines, suppress(BlockingIOError):
        while True:
            lines.append(open_lines.enter_context(deaf.accept()[0]))
    return len(lines)


def test_a_mail_server_that_never_answers_is_called_once_and_no_letter_counts_as_tried(
    settings, announce, bob, charlie, mailboxes, caplog
):
    code = announce()
    for viewer in (bob, charlie):
        actions.answer(viewer, code=code)
    port, settings.EMAIL_TIMEOUT = settings.EMAIL_PORT, 0.3
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        settings.EMAIL_PORT = deaf.getsockname()[1]
        assert (send(), calls(deaf)) == (0, 1)
    assert list(Notice.objects.values_list("tries", flat=True)) == [0] * 4
    settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = port, 20
    assert (send(SUNDAY + timedelta(seconds=59)), send(SUNDAY + timedelta(seconds=60))) == (0, 2)
    [line] = caplog.text.splitlines()
    assert line.endswith("no mail leaves for now, the mail server does not take it: SMTPServerDisconnected")


def test_a_letter_that_goes_twice_carries_one_id_and_the_next_one_another(mailboxes, announce, alice, bob, caplog):
    """That the first one left is not noted: the database is locked."""

    def locked(execute, sql, params, many, context):
        if sql.startswith("UPDATE") and "sent_at" in sql.partition("WHERE")[0]:
            raise OperationalError("database is locked")
        return execute(sql, params, many, context)

    code = announce()
    actions.answer(bob, code=code)
    with connection.execute_wrapper(locked):
        assert send() == 1
    assert [record.getMessage().partition(" has left")[2] for record in caplog.records] == [
        ", which could not be noted"
    ]
    assert send(SUNDAY + notices_due.CLAIM) == 1
    for place in ("Chez Marceline", "Chez Zélie"):
        actions.edit(alice, code=code, place=place)
        assert send() == 1
    first, again, changed, anew = (message["Message-ID"] for message in mailboxes.to("bob@example.org"))
    assert (first == again, len({again, changed, anew})) == (True, 3)


def test_a_mail_server_that_hangs_up_over_a_letter_has_tried_that_one_alone(mailboxes, announce, bob, charlie):
    code = announce()
    for viewer in (bob, charlie):
        actions.answer(viewer, code=code)
    mailboxes.refuses, mailboxes.refusal = "bob@example.org", "421 Too much for today"
    assert send() == 0
    assert dict(Notice.objects.filter(kind="confirmed").values_list("recipient", "tries")) == {bob.me: 1, charlie.me: 0}
    mailboxes.refuses = ""
    assert send(SUNDAY + timedelta(minutes=1)) == 2


@pytest.mark.parametrize("kind", list(letters.HOLDS))
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_kind_of_letter_has_a_subject_and_words_in_both_languages(announce, alice, bob, charlie, kind, language):
    code, waits = announce(capacity=1), kind in {"waiting", "offered", "free"}
    for viewer in (charlie, bob) if waits else (bob,):
        actions.answer(viewer, code=code)
    accounts.speak(person=bob.me, language=language)
    reader = guest(code, language=language) if kind == "released" else bob
    with clock.at(STARTS):
        presences.arrive(bob, here=queries.evening(alice, code).here or "", seen=False)
        encounters.note_somebody(bob, name="Karine", meetup=code)
    with clock.at({"free": STARTS - timedelta(hours=1), "morning": STARTS + timedelta(hours=15)}.get(kind, SUNDAY)):
        if kind in {"offered", "free"}:
            actions.answer(charlie, code=code, answer="not_going")
        if kind == "cancelled":
            actions.cancel(alice, code=code)
        if kind == "released":
            release(alice, code)
        letter = letters.letter(reader.me, kind, queries.evening(bob, code).uid)
    assert letter is not None
    first = letter.text.strip().splitlines()[0]
    assert (len(letter.subject) > 5, len(first) > 20, first in letter.html) == (True, True, True)


def test_an_offer_that_is_over_or_was_taken_is_told_to_nobody(announce, bob, charlie):
    code = announce(capacity=1)
    for viewer in (charlie, bob):
        actions.answer(viewer, code=code)
    actions.answer(charlie, code=code, answer="not_going")
    accounts.speak(person=bob.me, language="en")
    uid = queries.evening(bob, code).uid
    with clock.at(SUNDAY + times.AT_LEISURE):
        assert letters.letter(bob.me, "offered", uid) is None
    offered = letters.letter(bob.me, "offered", uid)
    assert offered is not None
    assert "kept for you until" in " ".join(offered.text.split())
    actions.answer(bob, code=code)
    assert letters.letter(bob.me, "offered", uid) is None


def test_a_letter_survives_what_people_write_in_titles(announce, bob):
    code = announce(title="Apéro <b>&</b> “bouffe”\nBcc: x@example.org")
    actions.answer(bob, code=code)
    letter = letters.letter(bob.me, "confirmed", queries.evening(bob, code).uid)
    assert letter is not None
    assert ("<b>&</b>" in letter.text, "<b>" in letter.html.partition("font-size:20px")[2][:60]) == (True, True)
    assert ("&lt;b&gt;" in letter.html, "Bcc" in letter.subject) == (True, False)


def test_past_evenings_remind_nobody(announce, bob):
    code = announce()
    actions.answer(bob, code=code)
    with clock.at(STARTS + timedelta(days=2)):
        assert letters.letter(bob.me, "reminder", queries.evening(bob, code).uid) is None
