"""The demonstration's file reads, holds together, names nobody real, and tells the story it is there for.

The small one is taken from it, and has to hold together by itself.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import pytest

from entregent.exchange import told

FILE: dict[str, Any] = tomllib.loads(told.FILE.read_text(encoding="utf-8"))
#: The date of the demonstration in these tests; nothing may hang on it.
TODAY = date(2026, 11, 22)
OTHER_DAYS = [TODAY, date(2024, 2, 29), date(2031, 1, 1)]

KEYS: dict[str, tuple[set[str], set[str]]] = {
    # table of the file: (what every entry says, what it may say)
    "communities": ({"name", "slug", "town", "zone", "words", "entry", "since", "stewards"}, set()),
    "organisations": ({"slug", "name", "town", "domain", "words"}, set()),
    "bonds": ({"one", "other", "kind", "stated_by", "confirmed"}, set()),
    "people": ({"handle", "name", "since"}, {"headline", "language", "left", "works", "willing", "positions"}),
    "positions": ({"organisation", "title", "from"}, {"to", "client"}),
    "evenings": (
        {"key", "title", "on", "time", "ends", "place", "town", "words", "organiser"},
        {"community", "address", "audience", "capacity", "host", *told.ANSWERS, "discreet", "unseen"},
    ),
    "books": ({"owner", "about"}, set()),
    "about": ({"met"}, {"person", "name", "does", "notes", "promises"}),
    "met": (set(), {"evening", "on", "place", "through", "note"}),
    "notes": ({"text"}, {"evening", "on"}),
    "promises": ({"text"}, {"evening", "on", "due", "kept"}),
    "needs": ({"owner", "kind", "offered", "text", "audience", "on", "until"}, {"named", "discreet"}),
}
LONGEST = {"name": 80, "headline": 160, "title": 120, "place": 120, "town": 80, "words": 1000, "text": 500, "note": 500}
#: Towns and villages of the island, as its signposts name them, and the island itself.
TOWNS = set(
    "La Réunion, Saint-Denis, Sainte-Marie, Sainte-Suzanne, Saint-André, Bras-Panon, Saint-Benoît, Salazie, Cilaos, "
    "Sainte-Rose, Saint-Philippe, Saint-Joseph, Petite-Île, Saint-Pierre, Le Tampon, L’Entre-Deux, Saint-Louis, "
    "L’Étang-Salé, Étang-Salé, Les Avirons, Saint-Leu, Trois-Bassins, Saint-Paul, Saint-Gilles, La Possession, "
    "Le Port, La Plaine-des-Palmistes".split(", ")
)
#: How long one may still be in an old position while in the next.
HANDING_OVER = timedelta(days=31)


def entries(name: str) -> list[dict[str, Any]]:
    """Every entry of a table of the file, wherever it is nested."""
    if name in FILE:
        return list(FILE[name])
    parents = [*FILE["people"], *entries("about")] if name != "about" else FILE["books"]
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


class Play:
    """A demonstration, with its entries by what names them."""

    def __init__(self, data: told.Data) -> None:
        self.data = data
        self.people = {person["handle"]: person for person in data["people"]}
        self.firms = {firm["slug"] for firm in data["organisations"]}
        self.evenings = {evening["key"]: evening for evening in data["evenings"]}
        self.answers = [(evening, answer) for evening in data["evenings"] for answer in evening["answers"]]
        self.positions = [(person, position) for person in data["people"] for position in person.get("positions", [])]
        self.written = [
            (contact, key, entry)
            for contact in data["contacts"]
            for key in ("met", "notes", "promises")
            for entry in contact.get(key, [])
        ]

    def came(self, evening: str) -> set[str]:
        """Who was there."""
        return {answer["person"] for answer in self.evenings[evening]["answers"] if answer.get("came")}

    def when(self, entry: dict[str, Any], today: date = TODAY) -> date:
        """The day of an encounter, a note or a promise."""
        return day(self.evenings[entry["evening"]]["on"] if "evening" in entry else entry["on"], today)


@pytest.fixture(scope="module", params=["small", "full"])
def play(request: pytest.FixtureRequest) -> Play:
    """Either demonstration."""
    return Play(getattr(told, request.param)())


SMALL, FULL = Play(told.small()), Play(told.full())


@pytest.mark.parametrize("table", KEYS)
def test_every_entry_says_what_its_table_wants_and_nothing_unknown(table):
    must, may = KEYS[table]
    wrong = [entry for entry in entries(table) if not must <= entry.keys() <= must | may]
    assert entries(table) != []
    assert wrong == []


def test_every_reference_leads_somewhere(play):
    data = play.data
    people = {bond["stated_by"] for bond in data["bonds"]} | {*data["signs_in"]}
    people |= {steward for community in data["communities"] for steward in community["stewards"]}
    people |= {answer["person"] for _evening, answer in play.answers}
    people |= {evening["organiser"] for evening in data["evenings"]}
    people |= {contact["owner"] for contact in data["contacts"]} | {need["owner"] for need in data["needs"]}
    people |= {contact["person"] for contact in data["contacts"] if "person" in contact}
    people |= {handle for need in data["needs"] for handle in need.get("named", [])}
    firms = {bond[side] for bond in data["bonds"] for side in ("one", "other")}
    firms |= {position["organisation"] for _person, position in play.positions}
    firms |= {evening["host"] for evening in data["evenings"] if "host" in evening}
    places = {evening["community"] for evening in data["evenings"] if "community" in evening}
    assert (people - play.people.keys(), firms - play.firms) == (set(), set())
    assert places - {community["slug"] for community in data["communities"]} == set()
    named = {entry["evening"] for _contact, _key, entry in play.written if "evening" in entry}
    assert named - play.evenings.keys() == set()


def test_what_stands_in_a_list_of_an_evening_is_said_of_those_who_answered():
    answered = {
        evening["key"]: {handle for said in told.ANSWERS for handle in evening.get(said, [])}
        for evening in FILE["evenings"]
    }
    marked = [
        (e["key"], handle) for e in FILE["evenings"] for key in ("discreet", "unseen") for handle in e.get(key, [])
    ]
    assert [one for one in marked if one[1] not in answered[one[0]]] == []
    assert [e["key"] for e in FILE["evenings"] if not {*e.get("unseen", [])} <= {*e.get("came", [])}] == []


@pytest.mark.parametrize("key", ["handle", "email", "name"])
def test_people_are_told_apart(key):
    assert [value for value, times in Counter(each[key] for each in FULL.people.values()).items() if times > 1] == []


def test_it_has_the_size_that_is_announced():
    assert [len(FULL.data[table]) for table in ("people", "organisations", "evenings")] == [150, 45, 40]
    assert [len(SMALL.data[table]) for table in ("people", "organisations", "evenings")] == [16, 4, 5]
    assert min(day(evening["on"]) for evening in FULL.data["evenings"]).year == 2007


def test_choices_are_those_of_the_product():
    assert {community["entry"] for community in FILE["communities"]} <= {"open", "link", "approved"}
    assert {bond["kind"] for bond in FILE["bonds"]} <= {"parent", "sister"}
    assert {person.get("works") for person in FILE["people"]} == {
        "employed", "own", "looking", "student", "retired", None
    }  # fmt: skip
    assert {need["audience"] for need in FILE["needs"]} <= {"me", "named", "community"}
    assert {need["kind"] for need in FILE["needs"]} == set(
        "job mission client supplier associate mentoring room service other".split()
    )


def test_no_text_is_longer_than_its_field():
    assert [text for key, text in strings(FILE) if len(text) > LONGEST.get(key, 160)] == []


def test_nobody_real_can_be_written_to():
    assert [one["email"] for one in FULL.people.values() if not one["email"].endswith("@example.org")] == []
    assert [firm["domain"] for firm in FILE["organisations"] if not firm["domain"].endswith(".example")] == []


def test_towns_are_the_island_s():
    named = [firm["town"] for firm in FILE["organisations"]] + [evening["town"] for evening in FILE["evenings"]]
    assert {*named, *(community["town"] for community in FILE["communities"])} - TOWNS == set()


def test_texts_are_set_as_french_is():
    """A curved apostrophe, a no-break space before a colon, a narrow one before the other high signs, no emoji."""
    plain = re.compile(
        "['\"]|(?<!\u00a0):(?!\\d)|(?<!\u202f)[;!?]|\u202f(?![;!?])|  |[\u2600-\u27bf\U0001f000-\U0001ffff]"
    )
    assert [text for key, text in strings(FILE) if key != "domain" and plain.search(text)] == []


@pytest.mark.parametrize("today", OTHER_DAYS)
def test_time_runs_forwards(play, today):
    held = [(position["from"], position["to"]) for _person, position in play.positions if "to" in position]
    spans = [*held, *((need["on"], need["until"]) for need in play.data["needs"])]
    days = [day(evening["on"], today) for evening in play.data["evenings"]]
    assert [span for span in spans if day(span[0], today) >= day(span[1], today)] == []
    assert days == sorted(days)
    assert [evening["key"] for evening in play.data["evenings"] if evening["time"] >= evening["ends"]] == []


@pytest.mark.parametrize("today", [TODAY, date(2031, 1, 1)])
def test_nobody_holds_two_jobs_at_once(play, today):
    for handle, person in play.people.items():
        jobs = [each for each in person.get("positions", []) if not each.get("client")]
        spans = sorted((day(each["from"], today), day(each.get("to", today), today)) for each in jobs)
        late = [(one, other) for one, other in pairwise(spans) if one[1] - other[0] > HANDING_OVER]
        assert (handle, late) == (handle, [])


def test_every_day_and_hour_is_one():
    days = [evening["on"] for evening in FILE["evenings"]] + [person["since"] for person in FILE["people"]]
    assert [value for value in days if isinstance(value, datetime) or not isinstance(day(value), date)] == []
    assert {type(evening[key]) for evening in FILE["evenings"] for key in ("time", "ends")} == {time}


def test_one_answer_each_and_presence_only_where_the_evening_is_over(play):
    pairs = Counter((evening["key"], answer["person"]) for evening, answer in play.answers)
    wrong = [
        (evening["key"], answer["person"])
        for evening, answer in play.answers
        if ("came" in answer) != (answer["answer"] == "going" and day(evening["on"]) < TODAY)
    ]
    assert (max(pairs.values()), wrong) == (1, [])


def test_whoever_answers_had_joined_and_had_not_left(play):
    away = [
        (evening["key"], answer["person"])
        for evening, answer in play.answers
        for person in [play.people[answer["person"]]]
        if day(person["since"]) >= min(day(evening["on"]), TODAY)
        or day(evening["on"]) > day(person.get("left", TODAY)) < TODAY
    ]
    assert away == []


def test_whoever_is_met_at_an_evening_was_there_and_so_was_the_owner(play):
    absent = [
        (contact["owner"], met["evening"])
        for contact in play.data["contacts"]
        for met in contact["met"]
        if "evening" in met
        and not {contact["owner"], contact.get("person", contact["owner"])} <= play.came(met["evening"])
    ]
    assert absent == []


def test_a_contact_is_a_member_or_a_name_once_and_never_oneself(play):
    contacts = play.data["contacts"]
    pairs = Counter((contact["owner"], contact.get("person", contact.get("name"))) for contact in contacts)
    assert {("person" in contact, "name" in contact) for contact in contacts} == {(True, False), (False, True)}
    assert [pair for pair, times in pairs.items() if times > 1 or pair[0] == pair[1]] == []


def test_what_is_noted_has_been_and_says_when(play):
    said = [entry for _contact, _key, entry in play.written]
    assert [entry for entry in said if ("evening" in entry) == ("on" in entry)] == []
    assert [entry for entry in said if play.when(entry) > TODAY] == []


@pytest.mark.parametrize("today", OTHER_DAYS)
def test_a_promise_is_said_of_somebody_met_is_due_later_and_is_kept_after_it_was_said(play, today):
    said = [(contact, entry) for contact, key, entry in play.written if key == "promises"]
    wrong = [
        entry
        for contact, entry in said
        for on in [play.when(entry, today)]
        if not min(play.when(met, today) for met in contact["met"]) <= on <= day(entry.get("due", on), today)
        or not on < day(entry.get("kept", today), today) <= today
    ]
    assert (len(said) > 0, wrong) == (True, [])


def test_each_is_promised_to_somebody_once_in_the_same_words(play):
    said = Counter(
        (contact["owner"], contact.get("person", contact.get("name")), entry["text"])
        for contact, key, entry in play.written
        if key == "promises"
    )
    assert [one for one, times in said.items() if times > 1] == []


def test_some_promises_are_due_some_are_kept_some_are_for_some_day(play):
    said = [entry for _contact, key, entry in play.written if key == "promises"]
    still = [day(entry["due"]) for entry in said if "due" in entry and "kept" not in entry]
    assert min(still) <= TODAY < max(still)
    assert {("due" in entry, "kept" in entry) for entry in said} == {(True, False), (True, True), (False, False)}


def test_job_searches_are_discreet_and_go_to_people_named_one_by_one(play):
    needs = play.data["needs"]
    searches = [need for need in needs if need["kind"] == "job" and not need["offered"]]
    assert [need["owner"] for need in searches][:2] == ["jeremie", "anais"]
    assert {(need["audience"], need["discreet"]) for need in searches} == {("named", True)}
    assert [need for need in needs if (need["audience"] == "named") != bool(need.get("named"))] == []


def test_a_discreet_fact_is_named_to_nobody_of_one_s_own_house(play):
    def houses(handle: str) -> set[str]:
        positions = play.people[handle].get("positions", [])
        return {each["organisation"] for each in positions if "to" not in each and not each.get("client")}

    told_at_work = [
        (need["owner"], handle)
        for need in play.data["needs"]
        if need.get("discreet")
        for handle in need["named"]
        if houses(need["owner"]) & houses(handle)
    ]
    assert told_at_work == []


def test_whoever_says_employed_has_a_position_now_and_nobody_else_has(play):
    current = {
        person["handle"] for person, position in play.positions if "to" not in position and not position.get("client")
    }
    assert current == {handle for handle, person in play.people.items() if person.get("works") == "employed"}


def test_everybody_can_be_found_by_something_but_those_of_whom_there_is_little():
    said = {person["handle"] for person in FILE["people"] if "headline" in person}
    said |= {answer["person"] for _evening, answer in FULL.answers}
    bare = {handle for handle, person in FULL.people.items() if "headline" not in person}
    assert (FULL.people.keys() - said, bare) == (set(), {"jp974", "nico-r", "mel", "soraya"})


def test_all_answers_to_where_do_you_work_are_there_and_one_person_of_the_story_gave_none():
    assert Counter(person.get("works") for person in SMALL.people.values()) == {
        "employed": 8,
        "own": 5,
        "looking": 1,
        "student": 1,
        None: 1,
    }


def test_the_story_is_in_the_file(play):
    """Two years ago Jérémie met Karine; his employer and its sister company know nothing of it, nor of his search."""
    answers = {answer["person"]: answer for answer in play.evenings["apero-47"]["answers"]}
    search = next(need for need in play.data["needs"] if need["owner"] == "jeremie")
    book = {contact.get("person"): contact for contact in play.data["contacts"] if contact["owner"] == "jeremie"}
    behind = {
        person["handle"]
        for person, position in play.positions
        if position["organisation"] in {"filao", "piton-numerique"}
        and day(position.get("to", TODAY)) > TODAY - timedelta(days=90)
    }
    assert play.evenings["apero-40"]["on"] == {"days": -730}
    assert (play.evenings["apero-47"]["on"], play.evenings["apero-47"]["time"]) == ({"days": 4}, time(18, 30))
    assert (book["karine"]["notes"][0]["evening"], answers["jeremie"]["discreet"]) == ("apero-40", True)
    assert behind & SMALL.people.keys() == {"jeremie", "patrick", "aurelie", "mickael", "severine"}
    assert behind & set(search["named"]) == set()
    assert {"aurelie", "mickael", "severine"} < answers.keys()
    assert play.people["jeremie"]["willing"] is False


def test_the_small_one_says_what_the_full_one_says():
    for table in ("organisations", "needs", "bonds"):
        assert [entry for entry in SMALL.data[table] if entry not in FULL.data[table]] == []
    firms = {position["organisation"] for _person, position in SMALL.positions}
    assert firms == SMALL.firms
