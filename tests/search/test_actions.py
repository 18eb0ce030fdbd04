"""Lines are written with their facts: same owner, same audience, same end, and rewritten as a whole."""

from datetime import date, timedelta

from entregent.circles.fixed import EVERYONE
from entregent.common import clock, ids
from entregent.needs.models import Need
from entregent.search import actions, queries
from entregent.search.models import Line
from entregent.search.stems import query

DAY = date(2026, 11, 22)


def need(viewer, **terms):
    """A fact that has no line yet."""
    return Need.ledger.create(owner_id=viewer.me, text="Un graphiste", **terms)


def found(viewer, words):
    return [hit.text for hit in queries.lines(viewer, query(words))]


def test_a_line_stands_for_its_fact(alice, members):
    fact = need(alice, audience_id=members, discreet=True, until=clock.now() + timedelta(days=3))
    actions.write(fact=fact, kind="need", text=fact.text, on=DAY, subject=alice.me, contact=ids.new())
    line = Line.ledger.get(about=fact.uid)
    same = ("owner_id", "audience_id", "discreet", "until")
    assert [getattr(line, name) for name in same] == [getattr(fact, name) for name in same]
    assert (line.kind, line.text, line.on, line.subject_id) == ("need", "Un graphiste", DAY, alice.me)


def test_writing_again_says_what_the_fact_says_now(alice, bob, members):
    fact = need(alice, audience_id=members)
    actions.write(fact=fact, kind="need", text=fact.text, subject=alice.me)
    assert found(bob, "graphiste") == ["Un graphiste"]
    fact.audience_id = None
    actions.write(fact=fact, kind="need", text="Une photographe", subject=alice.me)
    assert [found(viewer, "graphiste photographe") for viewer in (alice, bob)] == [["Une photographe"], []]


def test_a_line_goes_with_its_fact(alice):
    fact, other = need(alice), need(alice)
    for each in (fact, other):
        actions.write(fact=each, kind="need", text=str(each.uid.int))
    actions.drop(about=fact.uid)
    assert [found(alice, str(each.uid.int)) for each in (fact, other)] == [[], [str(other.uid.int)]]


def test_many_lines_are_written_at_once(alice, anonymous):
    facts = [need(alice, audience_id=EVERYONE) for _ in range(5)]
    actions.write_many(facts=(actions.Words(fact, "need", fact.text) for fact in facts), batch=2)
    assert found(anonymous, "graphiste") == ["Un graphiste"] * 5


def test_a_long_text_is_found_by_its_last_word_and_quoted_from_its_first(alice):
    fact = need(alice)
    actions.write(fact=fact, kind="need", text=f"Début {'mot ' * 500}chistera")
    [hit] = queries.lines(alice, query("chistera"))
    assert (hit.text[:5], len(hit.text)) == ("Début", actions.QUOTED)


def test_an_erased_person_writes_no_line_and_is_found_by_none(alice, bob):
    for owner, subject in ((alice, bob), (bob, alice), (bob, bob)):
        actions.write(fact=need(owner), kind="need", text="Graphiste", subject=subject.me)
    actions.erase(alice.me)
    assert found(alice, "graphiste") == []
    assert sorted(hit.subject or 0 for hit in queries.lines(bob, query("graphiste"))) == [0, bob.me]
