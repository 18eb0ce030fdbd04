"""What is planted at each door is refused, in whatever form it goes; what somebody may read, typed or made is not."""

import base64
import logging
import quopri
import threading
from collections.abc import Callable
from email.header import Header
from urllib.parse import quote

import click
import pytest
from click.testing import CliRunner
from django.core.mail import EmailMultiAlternatives
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client
from django.urls import path

from entregent.common import clock
from entregent.discretion import actions as discretion
from entregent.discretion.viewer import Viewer
from entregent.needs.models import Need
from entregent.people import queries as people
from entregent.people.models import Person
from entregent.profiles import actions as profiles
from entregent.web import urls
from tests import canary, cast, spoken, stated
from tests.discretion import worlds
from tests.laws import rows
from tests.web import browser

WORD = "Zélikovaxé"
#: How a word may stand in a page, whatever the page is.
FORMS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "in capitals": str.upper,
    "without accents": spoken.folded,
    "as entities": lambda word: "".join(f"&#{ord(letter)};" for letter in word),
    "as entities in hexadecimal": lambda word: "".join(f"&#x{ord(letter):x};" for letter in word),
    "in an address": quote,
    "in JSON": lambda word: "".join(f"\\u{ord(letter):04x}" for letter in word),
    "with its accents apart": lambda word: word.replace("é", "e\u0301"),
    "with hyphens that do not show": "\u00ad".join,
    "in an attribute": lambda word: f'<img alt="{word}">',
    "in pieces": lambda word: f"<mark>{word[:4]}</mark>{word[4:]}",
    "in a comment": lambda word: f"<!-- {word} -->",
}

planted: list[Callable[[], HttpResponse | StreamingHttpResponse]] = []
urlpatterns = [path("planted/", lambda request: planted[-1]()), *urls.urlpatterns]


@pytest.fixture(autouse=True)
def ground(settings):
    settings.ROOT_URLCONF = __name__
    yield
    planted.clear()


@pytest.fixture
def hidden(alice):
    """A word that Alice alone may read."""
    profiles.call_me(alice, text=WORD, audience=None)
    return WORD


def answered(client: Client, answer: Callable[[], HttpResponse | StreamingHttpResponse], address="/planted/"):
    """What is refused of an answer."""
    planted.append(answer)
    with canary.expected() as refused:
        client.get(address)
    return [str(leak) for leak in refused]


def told(client: Client, body: str, address="/planted/"):
    return answered(client, lambda: HttpResponse(f"<p>{body}</p>"), address)


def leak(viewer: Viewer, what="profiles.Name.text", word="zelikovaxe"):
    who = f"person {viewer.person}" if viewer.person else "the anonymous visitor"
    return [f"GET /planted/ tells {who} {word!r}, which is hidden: {what}"]


@pytest.mark.parametrize("form", FORMS)
def test_a_hidden_word_in_a_page_is_refused(hidden, dana, form):
    assert told(browser.of(dana), FORMS[form](hidden)) == leak(dana)


def test_it_is_refused_to_whoever_is_not_signed_in(hidden, anonymous):
    assert told(Client(), hidden) == leak(anonymous)


@pytest.mark.parametrize("form", ["as it is", "in an address"])
def test_a_hidden_word_in_a_header_is_refused(hidden, dana, form):
    said = FORMS[form](hidden)
    assert answered(browser.of(dana), lambda: HttpResponse(headers={"Location": f"/?q={said}"})) == leak(dana)
    assert answered(browser.of(dana), lambda: HttpResponse(headers={"X-Said": Header(said, "utf-8").encode()})) == leak(
        dana
    )


def test_a_hidden_word_in_a_cookie_is_refused(hidden, dana):
    def answer():
        response = HttpResponse()
        response.set_cookie("said", quote(hidden))
        return response

    assert answered(browser.of(dana), answer) == leak(dana)


def test_a_hidden_word_in_a_stream_is_refused_and_the_stream_stays(hidden, dana, alice):
    assert answered(browser.of(dana), lambda: StreamingHttpResponse([hidden[:3], hidden[3:]])) == leak(dana)
    assert browser.of(alice).get("/planted/").getvalue().decode() == hidden


def test_the_id_and_the_code_of_what_is_hidden_are_refused(alice, community, dana):
    code = cast.announce(alice, community, audience="community")
    [uid] = [text.text for text in stated.Tables().texts() if (text.kind, text.column) == ("meetups.Meetup", "uid")]
    assert told(browser.of(dana), f"/s/{code}/") == leak(dana, "meetups.Meetup.code", code.lower())
    assert told(browser.of(dana), uid) == leak(dana, "meetups.Meetup.uid", uid.replace("-", ""))


def columns():
    return [(kind, column) for kind, model in sorted(stated.kinds().items()) for column in stated.typed(model)]


def test_there_are_columns_to_look_at():
    assert {("profiles.Name", "text"), ("needs.Need", "text"), ("encounters.Note", "text")} < set(columns())


@pytest.mark.parametrize(("kind", "column"), columns(), ids=".".join)
def test_whatever_column_of_whatever_kind_says_it_it_is_refused(kind, column, alice, dana):
    rows.grow(stated.kinds()[kind], owner=Person.objects.get(pk=alice.me), audience=None, **{column: WORD})
    assert told(browser.of(dana), WORD) == leak(dana, f"{kind}.{column}")
    assert told(browser.of(alice), WORD) == []


def test_one_s_own_word_and_one_that_one_may_see_are_not_refused(alice, bob, dana, community, members):
    profiles.say_headline(alice, text=WORD, audience=members)
    assert [told(browser.of(viewer), WORD) for viewer in (alice, bob)] == [[], []]
    assert told(browser.of(dana), WORD) == leak(dana, "profiles.Headline.text")


def test_what_one_may_no_longer_see_is_refused_at_the_next_request(alice, bob, community, members):
    profiles.say_headline(alice, text=WORD, audience=members)
    bobs = browser.of(bob)
    before = told(bobs, WORD)
    discretion.block(alice, person=bob.me)
    assert (before, told(bobs, WORD)) == ([], leak(bob, "profiles.Headline.text"))


def test_what_has_ended_is_refused(alice, bob, members):
    rows.grow(Need, owner_id=alice.me, audience_id=members, text=WORD, until=clock.now())
    assert told(browser.of(bob), WORD) == leak(bob, "needs.Need.text")


def test_what_is_said_about_something_hidden_is_refused(alice, bob, members):
    evening = rows.grow(stated.kinds()["meetups.Meetup"], owner_id=alice.me, audience_id=None)
    rows.grow(stated.kinds()["meetups.Rsvp"], owner_id=alice.me, audience_id=members, meetup=evening, name=WORD)
    assert told(browser.of(bob), WORD) == leak(bob, "meetups.Rsvp.name")


def test_what_one_typed_is_not_refused_then_or_later_and_to_nobody_else(hidden, bob, dana):
    danas, bobs = browser.of(dana), browser.of(bob)
    assert told(danas, hidden, f"/planted/?q={quote(hidden)}") == []
    assert told(danas, hidden) == []
    assert told(bobs, hidden) == leak(bob)


def test_the_words_of_the_product_are_no_canaries_and_a_sentence_of_them_is(alice, dana):
    profiles.say_headline(alice, text="Je viens en retard demain soir", audience=None)
    said = spoken.canaries("Je viens")
    assert (said, told(browser.of(dana), "Je viens")) == (frozenset(), [])
    assert spoken.canaries("Soir viens") == {"soir viens"}


def test_a_page_that_nobody_planted_anything_in_is_not_refused(hidden, dana):
    with canary.expected() as refused:
        assert browser.of(dana).get("/moi/").status_code == 200
    assert refused == []


def test_a_refusal_that_somebody_swallows_fails_the_test_all_the_same(hidden, dana):
    planted.append(lambda: HttpResponse(hidden))
    with canary.expected():
        with pytest.raises(canary.Leak):
            browser.of(dana).get("/planted/")
        with pytest.raises(canary.Leak, match="zelikovaxe"):
            canary.settle()


def test_nothing_is_refused_while_canaries_look_away(hidden, dana):
    with canary.away():
        assert (told(browser.of(dana), hidden), logged(hidden)) == ([], [])
    assert told(browser.of(dana), hidden) == leak(dana)


def sent(to: Viewer, *, subject="Bonjour", text="Bonjour", html="<p>Bonjour</p>", **headers: str):
    """What is refused of a mail, and whether it was sent."""
    box = people.mailbox(person=to.me)
    assert box is not None
    message = EmailMultiAlternatives(subject, text, to=[box.address], headers=headers)
    message.attach_alternative(html, "text/html")
    with canary.expected() as refused:
        message.send()
    return [str(leak).partition(" tells ")[2] for leak in refused]


@pytest.mark.parametrize("where", ["subject", "text", "html", "Reply-To"])
def test_a_hidden_word_in_a_mail_is_refused_and_the_mail_not_sent(hidden, dana, alice, mailoutbox, where):
    said = f"{hidden} <z@example.org>" if where == "Reply-To" else f"De {hidden}, avec l’été"
    told_to = f"person {dana.me}, by mail, 'zelikovaxe', which is hidden: profiles.Name.text"
    assert (sent(dana, **{where: said}), mailoutbox) == ([told_to], [])
    assert (sent(alice, **{where: said}), len(mailoutbox)) == ([], 1)


@pytest.mark.parametrize("encode", [quopri.encodestring, base64.b64encode], ids=["quoted", "base64"])
def test_a_hidden_word_in_an_attachment_of_text_is_refused(hidden, dana, encode, mailoutbox):
    message = EmailMultiAlternatives("Bonjour", "Bonjour", to=["dana@example.org"])
    message.attach("soir.ics", f"SUMMARY:{hidden}", "text/calendar")
    with canary.expected() as refused:
        message.send()
    assert (len(refused), mailoutbox) == (1, [])


def logged(*said: object):
    """What is refused of a line of the log."""
    with canary.expected() as refused:
        logging.getLogger("entregent.planted").error(*said)
    return [str(leak) for leak in refused]


LINE = ["a line tells the log 'zelikovaxe', which is hidden: profiles.Name.text"]


def test_a_word_of_any_fact_in_the_log_is_refused_whoever_may_see_it(alice, community, members):
    profiles.call_me(alice, text=WORD, audience=members)
    assert logged("%s could not be written to", WORD) == LINE
    assert logged("%s could not be written to", members) == []


def test_a_word_in_what_a_logged_error_says_is_refused(hidden):
    with canary.expected() as refused:
        try:
            try:
                raise KeyError(hidden)
            except KeyError as error:
                raise RuntimeError("planted") from error
        except RuntimeError:
            logging.getLogger("entregent.planted").exception("it failed")
    assert [str(leak) for leak in refused] == LINE


def test_a_word_in_a_line_of_another_thread_is_refused_when_the_test_ends(hidden):
    thread = threading.Thread(target=lambda: logging.getLogger("entregent.planted").error(hidden))
    thread.start()
    thread.join()
    with canary.expected() as refused, pytest.raises(canary.Leak):
        canary.settle()
    assert [str(leak) for leak in refused] == LINE


@click.command()
@click.option("--as", "who")
def said(who: str) -> None:
    click.echo(f"- {WORD}, for {who}")


@pytest.mark.parametrize(("who", "refused"), [("dana", 1), ("alice", 0)])
def test_a_hidden_word_that_a_command_prints_is_refused(hidden, dana, who, refused):
    with canary.expected() as found:
        CliRunner().invoke(said, ["--as", f"{who}@example.org"])
    assert len(found) == refused


@pytest.mark.parametrize("seed", range(3))
def test_who_may_see_a_fact_is_what_the_policy_says(db, seed):
    world, tables = worlds.build(seed), stated.Tables()
    texts = {text for text in tables.texts() if (text.kind, text.column) == ("needs.Need", "text")}
    with clock.at(worlds.NOW):
        for viewer in (Viewer(person) for person in (*world.people, None)):
            keys = set(Need.objects.visible_to(viewer).values_list("pk", flat=True))
            assert {text.key for text in tables.seen(viewer.person, texts)} == keys


def test_drawn_words_are_of_their_own():
    drawn = {canary.word(number) for number in range(1000)}
    assert (len(drawn), {tuple(canary.words(f"Un {word}.")) for word in drawn}) == (1000, {(word,) for word in drawn})
    assert [word for word in drawn if word in spoken.product().words] == []
    assert canary.words("Il est venu, avec un kiwi et dix ananas, au Vieux Port.") == []


def test_whatever_states_facts_for_laws_writes_a_drawn_word_into_each(db):
    for model in stated.kinds().values():
        rows.grow(model)
    worlds.build(1)
    texts = stated.Tables().texts(drawn=False)
    assert [text for text in texts if not canary.words(text.text)] == []
    assert {text.kind for text in texts} > {"profiles.Name", "needs.Need", "meetups.Meetup", "encounters.Note"}
