"""The demonstration's file reads, holds together, names nobody real, and tells the story it is there for."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from importlib import resources
from typing import Any

import pytest

DATA: dict[str, Any] = tomllib.loads(
    resources.files("entregent.exchange").joinpath("demonstration.toml").read_text(encoding="utf-8")
)
#: The date of the demonstration in these tests; nothing may hang on it.
TODAY = date(2026, 11, 22)

KEYS: dict[str, tuple[set[str], set[str]]] = {
    # table: (what every entry says, what it may say)
    "organisations": ({"slug", "name", "town", "domain", "words"}, set()),
    "bonds": ({"one", "other", "kind", "stated_by", "confirmed"}, set()),
    "people": ({"handle", "name", "headline", "email", "language", "since"}, {"works", "willing", "positions"}),
    "positions": ({"organisation", "title", "from"}, {"to", "client"}),
    "evenings": (
        {"key", "title", "on", "time", "ends", "place", "town", "words", "organiser", "answers"},
        {"address", "audience", "capacity", "host"},
    ),
    "answers": ({"person", "answer", "discreet"}, {"came"}),
    "contacts": ({"owner", "met"}, {"person", "name", "does", "notes", "promises"}),
    "met": (set(), {"evening", "on", "place", "through"}),
    "notes": ({"text"}, {"evening", "on"}),
    "promises": ({"text", "due"}, {"evening", "on"}),
    "needs": ({"owner", "kind", "offered", "text", "audience", "on", "until"}, {"named", "discreet"}),
}
LONGEST = {
    "name": 80,
    "headline": 160,
    "title": 120,
    "place": 120,
    "town": 80,
    "address": 160,
    "words": 1000,
    "text": 500,
}


def tables(name: str) -> list[dict[str, Any]]:
    """Every entry of a table, wherever it is nested."""
    if name in DATA:
        return list(DATA[name])
    parents = [entry for table in ("people", "evenings", "contacts") for entry in DATA[table]]
    return [entry for parent in parents for entry in parent.get(name, [])]


def day(value: date | dict[str, int], today: date = TODAY) -> date:
    """A day of the file, for a demonstration on `today`."""
    return value if isinstance(value, date) else today + timedelta(days=value["days"])


def strings(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every text of the file with the key that it stands under."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for inner, each in value.items():
            yield from strings(each, inner)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each, key)


HANDLES = {person["handle"] for person in DATA["people"]}
SLUGS = {organisation["slug"] for organisation in DATA["organisations"]}
EVENINGS = {evening["key"]: evening for evening in DATA["evenings"]}


def came(evening: str) -> set[str]:
    return {answer["person"] for answer in EVENINGS[evening]["answers"] if answer.get("came")}


def when(entry: dict[str, Any]) -> date:
    """The day of an encounter, a note or a promise."""
    return day(EVENINGS[entry["evening"]]["on"] if "evening" in entry else entry["on"])


@pytest.mark.parametrize("table", KEYS)
def test_every_entry_says_what_its_table_wants_and_nothing_unknown(table):
    must, may = KEYS[table]
    wrong = [entry for entry in tables(table) if not must <= entry.keys() <= must | may]
    assert tables(table) != []
    assert wrong == []


def test_every_reference_leads_somewhere():
    people = {DATA["bonds"][0]["stated_by"], *DATA["signs_in"], *DATA["community"]["stewards"]}
    people |= {answer["person"] for answer in tables("answers")} | {
        evening["organiser"] for evening in DATA["evenings"]
    }
    people |= {contact["owner"] for contact in DATA["contacts"]} | {need["owner"] for need in DATA["needs"]}
    people |= {contact["person"] for contact in DATA["contacts"] if "person" in contact}
    people |= {handle for need in DATA["needs"] for handle in need.get("named", [])}
    firms = {bond[side] for bond in DATA["bonds"] for side in ("one", "other")}
    firms |= {position["organisation"] for position in tables("positions")}
    firms |= {evening["host"] for evening in DATA["evenings"] if "host" in evening}
    occasions = [*tables("met"), *tables("notes"), *tables("promises")]
    assert (people - HANDLES, firms - SLUGS) == (set(), set())
    assert {entry["evening"] for entry in occasions if "evening" in entry} - EVENINGS.keys() == set()


@pytest.mark.parametrize(("table", "key"), [("people", "handle"), ("people", "email"), ("people", "name")])
def test_people_are_told_apart(table, key):
    assert [value for value, times in Counter(entry[key] for entry in DATA[table]).items() if times > 1] == []


def test_the_community_has_the_size_that_is_announced():
    assert (len(DATA["people"]), len(DATA["organisations"]), len(DATA["evenings"])) == (16, 4, 5)


def test_choices_are_those_of_the_product():
    assert DATA["community"]["entry"] in {"open", "link", "approved"}
    assert {bond["kind"] for bond in DATA["bonds"]} <= {"parent", "sister"}
    assert {answer["answer"] for answer in tables("answers")} <= {"going", "not_going"}
    assert {need["audience"] for need in DATA["needs"]} <= {"me", "named", "community"}
    assert {need["kind"] for need in DATA["needs"]} <= set(
        "job mission client supplier associate mentoring room service other".split()
    )


def test_no_text_is_longer_than_its_field():
    assert [text for key, text in strings(DATA) if len(text) > LONGEST.get(key, 160)] == []


def test_nobody_real_can_be_written_to():
    assert [person["email"] for person in DATA["people"] if not person["email"].endswith("@example.org")] == []
    assert [firm["domain"] for firm in DATA["organisations"] if not firm["domain"].endswith(".example")] == []


def test_texts_are_set_as_french_is():
    """A curved apostrophe, a no-break space before a colon, a narrow one before the other high signs, no emoji."""
    plain = re.compile(
        "['\"]|(?<!\u00a0):(?!\\d)|(?<!\u202f)[;!?]|\u202f(?![;!?])|  |[\u2600-\u27bf\U0001f000-\U0001ffff]"
    )
    assert [text for key, text in strings(DATA) if key not in {"email", "domain"} and plain.search(text)] == []


@pytest.mark.parametrize("today", [TODAY, date(2024, 2, 29), date(2031, 1, 1)])
def test_time_runs_forwards(today):
    stays = [(position["from"], position["to"]) for position in tables("positions") if "to" in position]
    spans = [*stays, *((need["on"], need["until"]) for need in DATA["needs"])]
    days = [day(evening["on"], today) for evening in DATA["evenings"]]
    assert [span for span in spans if day(span[0], today) >= day(span[1], today)] == []
    assert days == sorted(days)
    assert [evening["key"] for evening in DATA["evenings"] if evening["time"] >= evening["ends"]] == []


def test_every_day_and_hour_is_one():
    days = [evening["on"] for evening in DATA["evenings"]] + [person["since"] for person in DATA["people"]]
    assert [value for value in days if isinstance(value, datetime) or not isinstance(day(value), date)] == []
    assert {type(evening[key]) for evening in DATA["evenings"] for key in ("time", "ends")} == {time}


def test_one_answer_each_and_presence_only_where_the_evening_is_over():
    pairs = Counter((evening["key"], answer["person"]) for evening in DATA["evenings"] for answer in evening["answers"])
    told = {
        evening["key"]: {"came" in each for each in evening["answers"] if each["answer"] == "going"}
        for evening in EVENINGS.values()
    }
    assert max(pairs.values()) == 1
    assert told == {key: {day(evening["on"]) < TODAY} for key, evening in EVENINGS.items()}
    assert [answer for answer in tables("answers") if answer["answer"] == "not_going" and "came" in answer] == []


def test_whoever_answers_had_joined():
    joined = {person["handle"]: day(person["since"]) for person in DATA["people"]}
    early = [
        (evening["key"], answer["person"])
        for evening in DATA["evenings"]
        for answer in evening["answers"]
        if joined[answer["person"]] > min(day(evening["on"]), TODAY)
    ]
    assert early == []


def test_whoever_is_met_at_an_evening_was_there_and_so_was_the_owner():
    absent = [
        (contact["owner"], met["evening"])
        for contact in DATA["contacts"]
        for met in contact["met"]
        if "evening" in met and not {contact["owner"], contact.get("person", contact["owner"])} <= came(met["evening"])
    ]
    assert absent == []


def test_a_contact_is_a_member_or_a_name_once_and_never_oneself():
    shapes = {("person" in contact, "name" in contact) for contact in DATA["contacts"]}
    pairs = Counter((contact["owner"], contact.get("person", contact.get("name"))) for contact in DATA["contacts"])
    assert shapes == {(True, False), (False, True)}
    assert [pair for pair, times in pairs.items() if times > 1 or pair[0] == pair[1]] == []


def test_what_is_noted_has_been_and_says_when():
    entries = [
        entry for contact in DATA["contacts"] for key in ("met", "notes", "promises") for entry in contact.get(key, [])
    ]
    assert [entry for entry in entries if ("evening" in entry) == ("on" in entry)] == []
    assert [entry for entry in entries if when(entry) > TODAY] == []


def test_job_searches_are_discreet_and_go_to_people_named_one_by_one():
    searches = [need for need in DATA["needs"] if need["kind"] == "job" and not need["offered"]]
    assert [(need["owner"], need["audience"], need["discreet"]) for need in searches] == [
        ("jeremie", "named", True),
        ("anais", "named", True),
    ]
    assert [need for need in DATA["needs"] if (need["audience"] == "named") != bool(need.get("named"))] == []


def test_all_answers_to_where_do_you_work_are_there_and_one_person_gave_none():
    assert Counter(person.get("works") for person in DATA["people"]) == {
        "employed": 8,
        "own": 5,
        "looking": 1,
        "student": 1,
        None: 1,
    }
    current = {
        person["handle"]
        for person in DATA["people"]
        for position in person.get("positions", [])
        if "to" not in position and not position.get("client")
    }
    assert current == {person["handle"] for person in DATA["people"] if person.get("works") == "employed"}


def test_the_story_is_in_the_file():
    """Two years ago Jérémie met Karine; his employer and its sister company know nothing of it, nor of his search."""
    jeremie = next(person for person in DATA["people"] if person["handle"] == "jeremie")
    answers = {answer["person"]: answer for answer in EVENINGS["apero-47"]["answers"]}
    search = next(need for need in DATA["needs"] if need["owner"] == "jeremie")
    note = next(c["notes"][0] for c in DATA["contacts"] if (c["owner"], c.get("person")) == ("jeremie", "karine"))
    behind = {
        person["handle"]
        for person in DATA["people"]
        for position in person.get("positions", [])
        if position["organisation"] in {"filao", "piton-numerique"}
        and day(position.get("to", TODAY)) > TODAY - timedelta(days=90)
    }
    assert EVENINGS["apero-40"]["on"] == {"days": -730}
    assert (EVENINGS["apero-47"]["on"], EVENINGS["apero-47"]["time"]) == ({"days": 4}, time(18, 30))
    assert (note["evening"], answers["jeremie"]["discreet"]) == ("apero-40", True)
    assert behind == {"jeremie", "patrick", "aurelie", "mickael", "severine"}
    assert behind & set(search["named"]) == set()
    assert {"aurelie", "mickael", "severine"} < answers.keys()
    assert jeremie["willing"] is False
