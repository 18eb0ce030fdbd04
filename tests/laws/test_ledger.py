"""Whoever reads says for whom: the ways around `visible_to` are open in a few named places only."""

import ast
from collections.abc import Iterator

from tests.laws import sources

#: What reads facts without a viewer.
ESCAPES = {"ledger", "_base_manager", "_default_manager"}
#: Counting seats, keeping circles, what time does, what is declassified on purpose.
ALLOWED = {"actions", "due", "declassified"}
#: Single modules that may, each with its reason.
ALLOWED_PATHS = {
    "communities/hearings.py": "who hears a report is kept in one place, for reports and for changes of stewards",
    "exchange/arrivals.py": "a community's past is written in batches, every row that an evening held here has",
    "exchange/attendees.py": "the list of a past evening is its organiser's, and goes when nobody claims it",
    "exchange/books.py": "contacts are compared with the whole of the book that they enter, and taken back from it",
    "exchange/circles.py": "the operator's check keeps every circle again, and takes that back",
    "exchange/copies.py": "the operator's check compares every copy with what it is a copy of",
    "exchange/demonstration.py": "the demonstration is played where nothing else is",
    "exchange/evenings.py": "somebody's own calendar fills their own book",
    "exchange/history.py": "a community's past is compared with all that is here, seen by the operator or not",
    "exchange/origins.py": "the operator names an evening by the key of its file",
    "exchange/reports.py": "the operator reads what no steward hears",
    "exchange/uploads.py": "a file that was sent waits for whoever sent it",
    "encounters/pages.py": "whoever writes on a page of their book has it, and nobody else's",
    "meetups/announcements.py": "whoever organises an evening has its row, which is written in one place",
    "meetups/heirs.py": "an evening goes to whoever was part of it, seen by whoever leaves or not",
    "meetups/passing.py": "whoever goes leaves all that they organise, seen by them or not",
    "meetups/joints.py": "in which communities an evening stands is written in one place, seen by whoever helps or not",
    "meetups/organising.py": "who organises besides its owner is written in one place, for coming, going and erasing",
    "meetups/questions.py": "what one chose at questions is written down for whoever answers, and goes with the answer",
    "meetups/seats.py": "seats are counted in one place, for those who answer and for those who wait",
    "meetups/series.py": "a change to those that follow locks them, and a series goes with its last evening",
    "meetups/visitors.py": "no mailbox is filled twice, seen by whoever gives its address or not",
}

#: What speaks SQL by itself, and so past every manager.
RAW = {"cursor", "raw", "extra", "RawSQL"}
#: The modules that may, each with its reason.
RAW_ALLOWED = {
    "exchange/plans.py": "PostgreSQL is told to look at what came in",
    "statements/prepared.py": "the text is what Django compiled, past the guard that stands where it compiles",
}


def escapes(tree: ast.Module) -> list[str]:
    """Where a module reads past the viewer: by attribute, or by the name of one."""
    return [f"{line}: {word}" for line, word in _attributes(tree) if word in ESCAPES]


def speeches(tree: ast.Module) -> list[str]:
    """Where a module speaks SQL."""
    return [f"{line}: {word}" for line, word in _calls(tree) if word in RAW]


def _attributes(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr=word, lineno=line):
                yield line, word
            case ast.Call(func=ast.Name(id="getattr" | "attrgetter"), args=arguments, lineno=line):
                yield from ((line, str(named.value)) for named in arguments if isinstance(named, ast.Constant))


def _calls(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr=word) | ast.Name(id=word), lineno=line):
                yield line, word


def may_read_everything(path: str) -> bool:
    """Whether a module may read facts without a viewer."""
    return sources.kind(path) in ALLOWED or path in ALLOWED_PATHS


def test_only_actions_due_declassified_and_the_named_modules_read_without_a_viewer():
    found = {path for path, tree in sources.modules() if sources.kind(path) not in ALLOWED and escapes(tree)}
    assert found == set(ALLOWED_PATHS)


def test_only_the_named_modules_speak_sql():
    assert {path for path, tree in sources.modules() if speeches(tree)} == set(RAW_ALLOWED)


def test_a_ledger_planted_in_a_query_is_found():
    planted = "def needs(viewer):\n    return Need.ledger.filter(owner=viewer.me)\n"
    assert escapes(ast.parse(planted)) == ["2: ledger"]
    assert not may_read_everything("needs/queries.py")
    assert not any(may_read_everything(f"{name}.py") for name in sources.BY_NOUN["queries"])


def test_an_escape_by_the_base_manager_or_by_its_name_is_found():
    planted = 'rows = Need._base_manager.all()\nmore = getattr(Need, "ledger").all()\n'
    assert escapes(ast.parse(planted)) == ["1: _base_manager", "2: ledger"]


def test_defining_the_ledger_is_no_use_of_it():
    assert escapes(ast.parse("class Fact:\n    ledger: ClassVar[Manager[Self]] = Manager()\n")) == []


def test_sql_planted_in_a_query_is_found():
    planted = 'with connection.cursor() as cursor:\n    Need.objects.annotate(seen=RawSQL("1", []))\n'
    assert speeches(ast.parse(planted)) == ["1: cursor", "2: RawSQL"]
