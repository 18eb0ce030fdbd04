"""Signing in by a code, in the browser's place: what is sent, and that nothing tells who is known here."""

import re
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from entregent.common import ids
from entregent.discretion.viewer import ANYBODY, Viewer
from entregent.exchange import accounts
from entregent.meetups import actions as meetups
from entregent.meetups import queries as evenings
from entregent.people import actions as people
from entregent.people import queries as who
from entregent.people.models import Account, Person
from entregent.profiles import queries as profiles
from tests import cast

ADDRESS = "alice@example.org"


@pytest.fixture(autouse=True)
def fresh_limits():
    """Limits of one test are no limits of the next."""
    cache.clear()


def ask(client, email=ADDRESS, **more):
    return client.post("/entrer/", {"email": email, **more})


def code():
    [found] = re.findall(r"\d{4}-\d{4}", str(mail.outbox[-1].body))
    return found


def sign_in(client, email=ADDRESS, **more):
    ask(client, email, **more)
    return client.post("/entrer/code/", {"code": code()})


def signed_in_as(client):
    return client.session.get("_auth_user_id")


def test_a_code_by_mail_signs_in_and_makes_a_person(client, db):
    answer = ask(client)
    assert (answer.status_code, answer["Location"]) == (302, "/entrer/code/?next=%2F")
    assert Person.objects.count() == 0
    answer = client.post(answer["Location"], {"code": code()})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    person = Person.objects.get()
    assert signed_in_as(client) == str(person.account_id)
    assert who.mailbox(person=person.pk) == who.Mailbox(address=ADDRESS, language="fr")


def test_the_mail_names_nobody_and_says_the_code_in_both_its_forms(client, db):
    ask(client)
    [message] = mail.outbox
    assert isinstance(message, mail.EmailMultiAlternatives)
    [(page, kind)] = message.alternatives
    assert (message.to, kind) == ([ADDRESS], "text/html")
    told = (code() in message.subject, code() in str(page), ADDRESS in message.subject)
    assert told == (False, True, False)


@pytest.mark.parametrize(("language", "subject"), [("fr", "Votre code"), ("en", "Your code")])
def test_the_mail_speaks_the_language_of_the_page(client, db, language, subject):
    client.post("/langue/", {"language": language})
    ask(client)
    assert mail.outbox[0].subject == subject


def normalised(message):
    text = re.sub(r"\d{4}-\d{4}", "CODE", str(message.message()))
    return re.sub(r"(?m)^(Date|Message-ID|To|Content-Type):.*(\n .*)*|^--=.*", "", text)


def test_known_and_new_addresses_get_the_same_answer_mail_and_work(client, db):
    people.person_of(account=people.open_account(email="known@example.org"))
    seen = []
    for email in ("known@example.org", "fresh@example.org"):
        client.cookies.clear()
        with CaptureQueriesContext(connection) as statements:
            answer = ask(client, email)
            page = client.get(answer["Location"]).content.decode().replace(email, "ADDRESS")
        kinds = [statement["sql"].split()[0] for statement in statements]
        page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
        seen.append((answer.status_code, answer["Location"], page, kinds, normalised(mail.outbox[-1])))
    assert seen[0] == seen[1]


@pytest.mark.both
def test_an_address_with_the_capitals_of_another_is_any_new_one_and_locks_nobody_out(db):
    camille, other = "camille@example.org", "cam\N{LATIN SMALL LETTER DOTLESS I}lle@example.org"
    account = people.open_account(email=camille)
    person, seen = people.person_of(account=account), []
    for email in ("fresh@example.org", other):
        client = Client()
        with CaptureQueriesContext(connection) as statements:
            answer = ask(client, email)
            page = client.get(answer["Location"]).content.decode().replace(email, "ADDRESS")
        kinds = [statement["sql"].split()[0] for statement in statements]
        page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
        seen.append((answer.status_code, answer["Location"], page, kinds, mail.outbox[-1].to == [email]))
    assert seen[0] == seen[1]
    for email, known in ((camille, True), (other, False)):
        sign_in(client := Client(), email)
        assert (signed_in_as(client) == str(account)) is known
    assert who.mailbox(person=person) == who.Mailbox(address=camille, language="fr")


def test_a_wrong_code_lets_nobody_in_and_five_end_it(client, db):
    ask(client)
    wrong = "1111-1111" if code() != "1111-1111" else "2222-2222"
    for _ in range(4):
        assert client.post("/entrer/code/", {"code": wrong}).status_code == 422
    assert client.post("/entrer/code/", {"code": wrong})["Location"] == "/entrer/"
    assert client.post("/entrer/code/", {"code": code()})["Location"] == "/entrer/"
    assert (signed_in_as(client), Person.objects.count()) == (None, 0)


def test_a_code_is_good_once_and_in_the_browser_that_asked(client, db):
    ask(client)
    right = code()
    stranger = type(client)()
    assert stranger.post("/entrer/code/", {"code": right})["Location"] == "/entrer/"
    client.post("/entrer/code/", {"code": right})
    client.post("/sortir/")
    assert client.post("/entrer/code/", {"code": right})["Location"] == "/entrer/"
    assert signed_in_as(client) is None


def test_asking_again_and_again_ends_for_any_address(client, db):
    people.open_account(email="known@example.org")
    answers = {}
    for email in ("known@example.org", "fresh@example.org"):
        answers[email] = [ask(client, email).status_code for _ in range(6)]
    assert list(answers.values()) == [[302] * 5 + [422]] * 2
    assert len(mail.outbox) == 10
    assert Account.objects.count() == 2


NETWORKS = pytest.mark.parametrize("network", ["192.0.2.{}", "192.0.2.1"])


def browsers(network, many):
    """Browsers that each have a mark of their own, on several networks or on one."""
    for number in range(many):
        one = Client(REMOTE_ADDR=network.format(number))
        one.get("/entrer/")
        yield one


@NETWORKS
def test_nobody_spends_the_tries_of_anybody_else(db, network):
    first, second = browsers(network, 2)
    assert [ask(first).status_code for _ in range(6)] == [302] * 5 + [422]
    assert ask(second).status_code == 302


def test_a_form_that_lacks_something_else_is_no_try(client, community):
    for _ in range(6):
        assert client.post(f"/rejoindre/{community}/", {"email": ADDRESS}).status_code == 422
    assert [ask(client).status_code for _ in range(5)] == [302] * 5


def test_a_guest_has_as_many_tries_as_anybody(client, seat):
    _evening, secret = seat
    tried = [client.post(f"/r/{secret}/compte/", {"email": ADDRESS}).status_code for _ in range(6)]
    assert (tried, len(mail.outbox)) == ([302] * 5 + [422], 5)


def test_a_browser_that_was_refused_stays_refused_whoever_else_asks(db):
    """Each of the others leaves three counts, which are more than Django keeps unless it is told to."""
    [refused] = browsers("192.0.2.{}", 1)
    assert [ask(refused).status_code for _ in range(6)] == [302] * 5 + [422]
    for number in range(110):
        assert ask(Client(REMOTE_ADDR=f"198.51.100.{number}"), f"{number}@example.org").status_code == 302
    assert ask(refused).status_code == 422


@NETWORKS
def test_enough_messages_leave_for_an_address_and_whoever_asks_then_is_told_the_same(db, network):
    seen = []
    for one in browsers(network, 11):
        with CaptureQueriesContext(connection) as statements:
            answer = ask(one)
            page = one.get(answer["Location"]).content.decode()
        kinds = [statement["sql"].split()[0] for statement in statements]
        page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
        seen.append((answer.status_code, answer["Location"], answer.headers.keys(), page, kinds))
    assert (seen, len(mail.outbox)) == (seen[:1] * 11, 10)
    assert ask(Client(REMOTE_ADDR="192.0.2.99"), "bob@example.org").status_code == 302
    assert len(mail.outbox) == 11


def test_no_code_fits_where_no_message_left(db):
    for one in browsers("192.0.2.{}", 11):
        ask(one)
    [waiting] = [held for name, held in one.session.items() if name == "account_login"]
    [kept] = re.findall(r"'code': '([^']*)'", str(waiting))
    assert (len(kept) > 20, kept.isdigit()) == (True, False)
    assert one.post("/entrer/code/", {"code": kept}).status_code == 422
    assert one.post("/entrer/code/", {"code": ""}).status_code == 422


def test_that_mail_cannot_leave_is_said_where_none_would_have(db, settings):
    for one in browsers("192.0.2.{}", 10):
        ask(one)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert [ask(one, email).status_code for email in (ADDRESS, "bob@example.org")] == [422, 422]


def test_an_address_is_one_whatever_its_case(client, db):
    sign_in(client, "Alice@Example.org")
    client.post("/sortir/")
    sign_in(client, "alice@example.ORG")
    assert Person.objects.count() == 1


def test_what_is_no_address_is_said_and_nothing_is_sent(client, db):
    for email in ("", "alice", "alice@example.org\nBcc: everybody@example.org"):
        assert ask(client, email).status_code == 422
    assert (mail.outbox, Account.objects.count()) == ([], 0)


def test_a_mail_that_cannot_leave_is_said(client, db, settings):
    settings.EMAIL_BACKEND = "tests.web.test_accounts.Broken"
    answer = ask(client)
    assert (answer.status_code, len(answer.context["form"].non_field_errors())) == (422, 1)


class Broken:
    """A mail server that hangs up."""

    def __init__(self, **options):
        pass

    def send_messages(self, messages):
        raise SMTPServerDisconnected


def test_one_goes_where_one_wanted_to_go_within_this_site(client, db):
    for wanted, reached in (("/moi/", "/moi/"), ("https://elsewhere.example/", "/"), ("//elsewhere.example", "/")):
        answer = client.post("/entrer/", {"email": ADDRESS, "next": wanted})
        assert client.post(answer["Location"], {"code": code()})["Location"] == reached
        client.post("/sortir/")


def test_words_that_are_no_address_lead_nowhere_and_break_nothing(client, db):
    sign_in(client)
    assert client.get("/entrer/?next=nowhere")["Location"] == "nowhere"
    assert client.post("/langue/", {"language": "en", "next": "nowhere"})["Location"] == "nowhere"


def test_signing_out_forgets_the_browser(client, db):
    sign_in(client)
    session = client.session
    session["key"] = "a secret"
    session.save()
    assert client.get("/sortir/").status_code == 405
    assert client.post("/sortir/")["Location"] == "/"
    assert dict(client.session) == {}


def test_signing_out_leaves_no_mark_of_the_browser(client, db):
    sign_in(client)
    client.get("/moi/")
    before = client.cookies["csrftoken"].value
    answer = client.post("/sortir/")
    assert before not in {"", answer.cookies["csrftoken"].value, client.cookies["csrftoken"].value}


def test_the_language_chosen_before_is_the_one_of_the_mails_after(client, db):
    client.post("/langue/", {"language": "en"})
    sign_in(client)
    assert who.language_of(person=Person.objects.get().pk) == "en"


def test_a_language_that_is_not_spoken_changes_nothing(client, db):
    assert client.post("/langue/", {"language": "tlh", "next": "https://elsewhere.example/"})["Location"] == "/"
    assert dict(client.session) == {}


@pytest.fixture
def seat(alice, community):
    """The seat of somebody without account, at an evening of Alice's."""
    evening = cast.announce(alice, community)
    return evening, meetups.answer_as_guest(ANYBODY, code=evening, name="Ève").secret


def become(client, secret, email="eve@example.org"):
    client.post(f"/r/{secret}/compte/", {"email": email})
    client.post("/entrer/code/", {"code": code()})
    return Viewer(person=who.person_with(email=email))


def test_an_answer_without_account_becomes_one(client, seat):
    evening, secret = seat
    guest = who.holder_of(secret=secret)
    eve = become(client, secret)
    assert (eve.person, who.holder_of(secret=secret)) == (guest, None)
    assert evenings.evening(eve, evening).my_answer == "going"
    name = profiles.me(eve).name
    assert name == profiles.Said(name.uid if name else ids.new(), "Ève", None, discreet=False)


def test_an_answer_without_account_goes_to_the_account_there_was(client, seat, bob):
    evening, secret = seat
    people_before = Person.objects.count()
    assert evenings.evening(bob, evening).my_answer == ""
    assert become(client, secret, "bob@example.org") == bob
    assert evenings.evening(bob, evening).my_answer == "going"
    assert (Person.objects.count(), who.holder_of(secret=secret)) == (people_before - 1, None)
    assert [card.name for card in profiles.cards(bob, [bob.me]).values()] == ["Bob Payet"]


def test_reading_somebody_s_link_puts_nothing_into_the_account_of_whoever_reads_it(client, seat, bob):
    evening, secret = seat
    assert (
        "What Ève answered comes into your account"
        in client.get(f"/r/{secret}/compte/", headers={"accept-language": "en"}).content.decode()
    )
    assert client.get(f"/r/{secret}/").status_code == 200
    assert dict(client.session) == {}
    sign_in(client, "bob@example.org")
    assert (evenings.evening(bob, evening).my_answer, who.holder_of(secret=secret) is None) == ("", False)


def test_a_browser_knows_the_holder_of_a_link_once_they_ask_for_it(client, seat):
    evening, secret = seat
    assert client.get(f"/s/{evening}/").context["key"] == ""
    assert client.post("/r/no-such-link/ici/").status_code == 404
    assert client.post(f"/r/{secret}/ici/")["Location"] == f"/r/{secret}/"
    assert client.get(f"/s/{evening}/").context["key"] == secret
    assert "may_keep" in client.get(f"/r/{secret}/").context
    assert client.get(f"/r/{secret}/").context["may_keep"] is False


def test_a_link_that_opens_nothing_makes_an_account_all_the_same(client, seat):
    evening, _secret = seat
    assert evenings.evening(become(client, "no-such-secret"), evening).my_answer == ""


def test_signing_in_elsewhere_leaves_a_guest_of_this_browser_alone(client, seat, bob):
    evening, secret = seat
    session = client.session
    session["key"] = secret
    session.save()
    sign_in(client, "bob@example.org")
    assert (evenings.evening(bob, evening).my_answer, who.holder_of(secret=secret) is None) == ("", False)


def test_another_address_ends_what_was_signed_in_and_each_code_that_is_under_way(client, db):
    sign_in(client)
    ask(elsewhere := Client())
    accounts.give_address(ADDRESS, email="New@Example.org", tell=lambda _box: True)
    elsewhere.post("/entrer/code/", {"code": code()})
    assert [signed_in_as(one) for one in (client, elsewhere)] == [None, None]
    sign_in(client, "new@example.org")
    assert signed_in_as(client) == str(Person.objects.get().account_id)
