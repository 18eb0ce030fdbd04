"""What the four files of a history say, before it is compared with what is here: groups, members, events, answers.

Nothing here reads or writes a table. A line that says nothing usable is skipped with its reason.
"""

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from django.utils.translation import gettext as _

from entregent.common import wording
from entregent.exchange import delimited

#: Longest identifier of a file, longest title and longest e-mail address, in characters.
KEY, TITLE, ADDRESS = 80, 160, 254
#: The years in which an evening may lie.
YEARS = range(1900, 2200)


@dataclass(frozen=True, slots=True)
class Files:
    """The four files of a history."""

    groups: Path
    members: Path
    events: Path
    rsvps: Path


@dataclass(frozen=True, slots=True)
class Skipped:
    """A line that was not taken, and why."""

    file: str
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Group:
    """Evenings under one name, and the member who organises them."""

    name: str
    category: str
    organiser: str


@dataclass(frozen=True, slots=True)
class Event:
    """One evening of a group; `at` is in UTC."""

    group: str
    title: str
    at: datetime


@dataclass(slots=True)
class History:
    """What the files say, by the keys that they use. `answers` holds pairs of an event and a member, each once.

    `members` has the e-mail address of each, in small letters, empty where the file says none.
    `known` are events that an earlier import brought: answers may speak of them.
    """

    known: frozenset[str] = frozenset()
    groups: dict[str, Group] = field(default_factory=dict)
    members: dict[str, str] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    answers: dict[tuple[str, str], None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Told:
    """Whom to tell, while files are read, about the bytes read and about each line that is skipped."""

    advance: Callable[[int], None]
    skip: Callable[[Skipped], None]


class _Unusable(Exception):
    """A line is skipped, for the reason given."""


def read(files: Files, told: Told, known: frozenset[str] = frozenset()) -> History:
    """The history in `files`. Raises `delimited.Unreadable` for a file that cannot be taken as a whole."""
    history = History(known)
    for line in _Source(files.groups, ("group_id", "group_name", "category", "organizer_id"), told):
        line.take(_group, history)
    for line in _Source(files.members, ("member_id",), told):
        line.take(_member, history)
    for line in _Source(files.events, ("event_id", "group_id", "name", "time"), told):
        line.take(_event, history)
    for line in _Source(files.rsvps, ("event_id", "member_id"), told):
        line.take(_answer, history)
    return history


@dataclass(frozen=True, slots=True)
class _Line:
    file: Path
    record: delimited.Record
    told: Told

    def __getitem__(self, column: str) -> str:
        if self.record.values is None:
            raise _Unusable(_("another number of columns than the first line"))
        return self.record.values[column]

    def key(self, column: str) -> str:
        value = self[column]
        if not value:
            raise _Unusable(_("%s is empty") % column)
        if len(value) > KEY:
            raise _Unusable(_("%s is too long") % column)
        return value

    def title(self, column: str) -> str:
        value = wording.line(self[column])
        if not value:
            raise _Unusable(_("%s is empty") % column)
        return value if len(value) <= TITLE else value[: TITLE - 1] + "…"

    def address(self, column: str) -> str:
        """An e-mail address, from a column that need not be there. What is none can be proven by nobody."""
        value = (self.record.values or {}).get(column, "").lower()
        return value if "@" in value and len(value) <= ADDRESS else ""

    def instant(self, column: str) -> datetime:
        """A time, in UTC unless it says otherwise. What is none makes the whole file doubtful."""
        try:
            moment = datetime.fromisoformat(self[column])
            moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
        except (ValueError, OverflowError):
            moment = None
        if moment is None or moment.year not in YEARS:
            reason = _("“%s” is no time; 2026-11-26 18:30:00 is wanted.") % self[column][:40]
            raise delimited.Unreadable(self.file, self.record.line, reason)
        return moment

    def take(self, step: Callable[[History, "_Line"], None], history: History) -> None:
        try:
            step(history, self)
        except _Unusable as unusable:
            self.told.skip(Skipped(self.file.name, self.record.line, str(unusable)))


@dataclass(frozen=True, slots=True)
class _Source:
    file: Path
    columns: Sequence[str]
    told: Told

    def __iter__(self) -> Iterator[_Line]:
        for record in delimited.records(self.file, self.columns, self.told.advance):
            yield _Line(self.file, record, self.told)


def _group(history: History, line: _Line) -> None:
    key = _once(history.groups, line.key("group_id"))
    group = Group(line.title("group_name"), line["category"][:60], line.key("organizer_id"))
    history.groups[key] = group


def _member(history: History, line: _Line) -> None:
    history.members[_once(history.members, line.key("member_id"))] = line.address("email")


def _event(history: History, line: _Line) -> None:
    key, group = _once(history.events, line.key("event_id")), line.key("group_id")
    if group not in history.groups:
        raise _Unusable(_("the group %s is unknown") % group)
    history.events[key] = Event(group, line.title("name"), line.instant("time"))


def _answer(history: History, line: _Line) -> None:
    event, member = line.key("event_id"), line.key("member_id")
    if event not in history.events and event not in history.known:
        raise _Unusable(_("the event %s is unknown") % event)
    if (event, member) in history.answers:
        raise _Unusable(_("this answer was given above"))
    history.answers[event, member] = None


def _once(held: Container[str], key: str) -> str:
    if key in held:
        raise _Unusable(_("%s was given above") % key)
    return key
