"""A query reads as somebody and an action writes as somebody: their first parameter says as whom."""

import ast
from collections.abc import Callable, Iterator

import pytest

from tests.laws import sources

#: Parts that stand below the policy, where nobody is a viewer or an actor yet.
BELOW = {"people"}

#: Actions without an actor that a floor offers to the parts above it, which have their own. All keyword-only.
OFFERED = {
    "changes.forget_marks": "whoever keeps what was computed from facts knows since when",
    "cards.cross": "the relay of a word lets those who crossed cards by it into each other's circle",
    "cards.cross_both": "the same of both, in an order in which nobody waits for one another",
    "cards.keep_connections": "the doctor makes a circle hold what crossings say",
    "communities.adopt": "somebody who came in without account turns out to be a member, whom reports then name",
    "communities.enrol": "an import puts many into a community at once",
    "communities.entrust": "the operator appoints a steward where nobody else could",
    "communities.expel": "the operator takes out somebody whom no steward hears of",
    "exchange.give_claimed": "the worker makes so what a steward agreed to",
    "communities.keep_from": "whoever comes to organise an evening hears no report of it; its part says who",
    "communities.hold": "somebody is forgotten, or turns out to be another, while nobody comes or goes",
    "communities.keep_circles": "an import and the doctor make the circles hold what memberships say",
    "communities.keep_hearing": "the doctor makes the circle of a report hold what memberships say",
    "communities.settle": "the operator sees to a report that no steward hears",
    "market.bind": "the operator says which organisations stand together",
    "market.keep_staff": "the worker and the doctor make a circle hold what positions say",
    "market.know_domain": "the operator says which mail domain is an organisation's",
    "market.forget_domain": "the operator takes back which mail domain is an organisation's",
    "circles.circle": "whoever keeps a circle has to know its key",
    "circles.keep": "a part keeps its own circles",
    "circles.choose": "whoever names people one by one has a circle of them",
    "circles.forget_chosen": "whom somebody named is forgotten with the last fact that goes to them",
    "circles.admit": "a part lets somebody into its own circles",
    "circles.admit_each": "a part lets one person into each of its own circles",
    "circles.admit_all": "a part lets people into one of its own circles",
    "circles.dismiss": "a part takes somebody out of its own circles",
    "circles.dismiss_each": "a part takes one person each out of its own circles",
    "circles.empty": "a part takes everybody out of its own circles",
    "circles.close": "a part takes its own circles away",
    "discretion.adopt": "somebody who came in without account turns out to be a member, who is then blocked instead",
    "discretion.stated": "every action states facts in the same terms",
    "circles.surround": "a part says which circles, and no other, lie within one of its own",
    "circles.leave_within": "a part says that one circle alone lies within each of its own",
    "circles.put_within": "a part says which of its circles lie around which",
    "circles.take_out": "a part says which of its circles lie around which",
    "meetups.adopt": "whoever takes an account brings along what they answered as a guest",
    "meetups.expel": "the operator takes out somebody whom no steward hears of, from evenings that they organise too",
    "meetups.go_with": "an evening that goes takes its pictures along",
    "meetups.left_to_nobody": "forgetting somebody cuts what led to the evenings that go with them",
    "meetups.keep_circles": "the doctor makes circles hold what answers and presences say",
    "notices.hand_over": "whoever turns out to be another is told what that one was to be told",
    "notices.tell": "a part says who is to be told of what",
    "notices.tell_all": "the same of several, at the same cost whoever they are",
    "notices.untell": "a part takes back what nobody is to be told any more",
    "notices.untell_all": "the same of several, at the same cost whoever they are",
    "encounters.adopt": "whoever takes an account brings along whom they noted as a guest",
    "encounters.index_many": "an import writes the lines of many contacts at once",
    "search.drop_many": "a part takes the lines of its own facts away",
    "search.rewrite_many": "a part writes the lines of its own facts",
    "search.drop": "a part takes the line of its own fact away",
    "search.hand_over": "the lines of facts are those of whoever has the facts",
    "search.write": "a part rewrites the line of its own fact",
    "search.write_many": "an import rewrites many lines at once",
}

#: Queries that say as whom one reads by what one holds, before anybody is a viewer, or read nobody. All keyword-only.
WHOSE = {
    "meetups.reader": "whoever holds the secret address of a calendar reads as its owner",
    "recall.about_a_job": "words are about a job whoever says them",
}

Rule = Callable[[ast.FunctionDef], bool]


def positional(function: ast.FunctionDef) -> list[str]:
    """The names of the parameters that can be given by place."""
    return [parameter.arg for parameter in (*function.args.posonlyargs, *function.args.args)]


def reads_as_somebody(function: ast.FunctionDef) -> bool:
    """Queries take a viewer first."""
    return positional(function)[:1] == ["viewer"]


def writes_as_somebody(function: ast.FunctionDef) -> bool:
    """Actions take an actor, and everything else by name; `erase(person)` is what every part offers."""
    return positional(function) == ["actor"] or (function.name == "erase" and positional(function) == ["person"])


def offered(function: ast.FunctionDef) -> bool:
    """What a floor offers to the parts above takes everything by name."""
    return positional(function) == []


def says_what_it_finds(function: ast.FunctionDef) -> bool:
    """Queries answer with what they found, never with a set of rows that is still to be read."""
    return function.returns is not None and "QuerySet" not in ast.unparse(function.returns)


def breaches(kind: str, rule: Rule) -> Iterator[str]:
    """The public functions of every part's `kind`, by noun, too, that break the rule, as `part.function`."""
    for path, tree in sources.modules("*/*.py"):
        part = path.partition("/")[0]
        if part not in BELOW and sources.kind(path) == kind:
            yield from (f"{part}.{function.name}" for function in sources.public_functions(tree) if not rule(function))


def parsed(source: str) -> ast.FunctionDef:
    """The one function of a source."""
    [function] = sources.public_functions(ast.parse(source))
    return function


def test_every_query_takes_a_viewer_first():
    assert set(breaches("queries", reads_as_somebody)) == set(WHOSE)


def test_what_says_as_whom_one_reads_takes_everything_by_name():
    assert set(breaches("queries", lambda f: reads_as_somebody(f) or offered(f))) == set()


def test_no_query_answers_with_a_set_of_rows():
    assert list(breaches("queries", says_what_it_finds)) == []


def test_every_action_takes_an_actor_first_and_the_rest_by_name():
    assert set(breaches("actions", writes_as_somebody)) == set(OFFERED)


def test_what_is_offered_without_an_actor_takes_everything_by_name():
    assert set(breaches("actions", lambda f: writes_as_somebody(f) or offered(f))) == set()


@pytest.mark.parametrize("name", sorted(sources.BY_NOUN["queries"] | sources.BY_NOUN["actions"]))
def test_what_is_planted_in_a_module_by_noun_is_found(name: str, monkeypatch: pytest.MonkeyPatch):
    planted = ast.parse("def everyone(community) -> 'QuerySet[Any]': ...")
    monkeypatch.setattr(sources, "modules", lambda _pattern: [(f"{name}.py", planted)])
    breached, kind = [f"{name.partition('/')[0]}.everyone"], sources.kind(f"{name}.py")
    rules = [reads_as_somebody, says_what_it_finds] if kind == "queries" else [writes_as_somebody]
    assert [list(breaches(kind, rule)) for rule in (*rules, offered)] == [breached] * (len(rules) + 1)


def test_a_planted_query_without_a_viewer_is_found():
    assert not reads_as_somebody(parsed("def everyone(community): ..."))
    assert reads_as_somebody(parsed("def everyone(viewer, community): ..."))


def test_a_planted_query_that_answers_with_a_set_of_rows_is_found():
    assert not says_what_it_finds(parsed('def blocked(viewer) -> "QuerySet[Any, int]": ...'))
    assert says_what_it_finds(parsed("def blocked(viewer) -> list[int]: ..."))


def test_a_planted_action_without_an_actor_or_with_places_is_found():
    assert not writes_as_somebody(parsed("def rsvp(*, meetup): ..."))
    assert not writes_as_somebody(parsed("def rsvp(actor, meetup): ..."))
    assert writes_as_somebody(parsed("def rsvp(actor, *, meetup): ..."))
