"""The demonstration's file as it is played: what it leaves out is said, and the small one is what `[small]` names."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

Data = dict[str, Any]
FILE = Path(__file__).with_name("demonstration.toml")
#: What the file says of who answered an evening, and the answer that this is.
ANSWERS = {"going": "going", "came": "going", "missed": "going", "declined": "not_going"}


@cache
def full() -> Data:
    """All of the demonstration; the file's head says what is in which table.

    Evenings have `answers` (person, answer, discreet, and where they are over came and seen), and books are flat
    `contacts` with an `owner`, `met`, `notes` and `promises`.
    """
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    people = [{"email": f"{each['handle']}@example.org", "language": "fr", **each} for each in data["people"]]
    evenings = [{**each, "answers": list(_answers(each))} for each in data["evenings"]]
    return {**data, "people": people, "evenings": evenings, "contacts": list(_contacts(data["books"]))}


@cache
def small() -> Data:
    """The story alone: the people, organisations and evenings that `[small]` names, and what speaks of no other."""
    data = full()
    cast, firms, keys = (set(data["small"][name]) for name in ("people", "organisations", "evenings"))
    organisations = [each for each in data["organisations"] if each["slug"] in firms]
    contacts = [
        _within(each, keys) for each in data["contacts"] if {each["owner"], each.get("person")} <= {*cast, None}
    ]
    return {
        **data,
        "communities": data["communities"][:1],
        "organisations": organisations,
        "bonds": [each for each in data["bonds"] if {each["one"], each["other"]} <= firms],
        "people": [_employed(each, firms) for each in data["people"] if each["handle"] in cast],
        "evenings": [_attended(each, cast) for each in data["evenings"] if each["key"] in keys],
        "contacts": [each for each in contacts if each["met"]],
        "needs": [each for each in data["needs"] if {each["owner"], *each.get("named", ())} <= cast],
    }


def _answers(evening: Data) -> Iterator[Data]:
    for said, answer in ANSWERS.items():
        for person in evening.get(said, ()):
            told = {"person": person, "answer": answer, "discreet": person in evening.get("discreet", ())}
            if said in {"came", "missed"}:
                told |= {"came": said == "came", "seen": person not in evening.get("unseen", ())}
            yield told


def _contacts(books: list[Data]) -> Iterator[Data]:
    for book in books:
        for line in book["about"]:
            noted = [_note(met) for met in line["met"] if "note" in met]
            yield {**line, "owner": book["owner"], "notes": [*noted, *line.get("notes", ())]}


def _note(met: Data) -> Data:
    """What was written on the day of a meeting, as a note of that day."""
    when = "evening" if "evening" in met else "on"
    return {"text": met["note"], when: met[when]}


def _within(contact: Data, evenings: set[str]) -> Data:
    """A contact with what is said of these evenings, or of none."""
    kept = dict(contact)
    for key in kept.keys() & {"met", "notes", "promises"}:
        kept[key] = [each for each in contact[key] if each.get("evening") in {*evenings, None}]
    return kept


def _employed(person: Data, firms: set[str]) -> Data:
    held = [each for each in person.get("positions", ()) if each["organisation"] in firms]
    return {**person, "positions": held}


def _attended(evening: Data, cast: set[str]) -> Data:
    return {**evening, "answers": [each for each in evening["answers"] if each["person"] in cast]}
