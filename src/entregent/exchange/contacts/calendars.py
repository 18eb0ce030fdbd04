"""Calendars (RFC 5545), read leniently and in linear time: events that are over, and whoever was asked to them. Pure.

Lines are those of `cards`. A rule by which an event comes again is not followed: whoever was asked to it was so on its
first day, and a rule without an end costs nothing. Several calendars of one owner are read as one.
"""

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import cache, partial
from operator import attrgetter
from typing import NamedTuple
from zoneinfo import ZoneInfo

from entregent.common import clock
from entregent.exchange.contacts import cards, days, naming, tables
from entregent.exchange.contacts.said import (
    ASKED,
    EVENINGS,
    GUESTS,
    LABEL,
    LABELS,
    LINES,
    NAME,
    PEOPLE,
    VALUE,
    Book,
    Evening,
    Said,
    Skipped,
    Unreadable,
)
from entregent.exchange.contacts.texts import cut, folded

_BEGIN, _END = re.compile(r"\s*BEGIN:VEVENT\s*", re.IGNORECASE), re.compile(r"\s*END:VEVENT\s*", re.IGNORECASE)
_READ = frozenset("SUMMARY LOCATION DTSTART STATUS ATTENDEE ORGANIZER".split())
_CALLED = re.compile(r';CN=("[^"]*"|[^;:"]*)', re.IGNORECASE)
#: Who was asked and is nobody, or did not come.
_AWAY = re.compile(r";(?:CUTYPE=(?:ROOM|RESOURCE|GROUP)|PARTSTAT=DECLINED)\b", re.IGNORECASE)
#: Whatever has an address there is a calendar of Google's, or nobody that it names: no person.
_NOBODY = "calendar.google.com"
_MAILTO = re.compile(r"^\s*mailto:", re.IGNORECASE)
_MOMENT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?")
_OF_ALL = re.compile(r"(?im)^X-WR-(CALNAME|TIMEZONE)[^:\r\n]{0,200}:([^\r\n]{0,200})")
#: What `cards` calls what is wrong with a card.
_REASONS = {"torn_card": "torn_event", "long_card": "long_event"}


#: Why events that are whole are left out: a calendar has thousands of them, which are counted.
_COUNTED = ("no_guests", "to_come", "called_off")


class _Line(NamedTuple):
    """A line of an event: what stands between its name and the colon, and its value, as they stand."""

    parameters: str
    value: str


#: Whom a line of those who were asked names: what tells them from others, a name, an address.
_Known = Callable[[_Line], tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class _Calendar:
    """One calendar: its name in an archive, its text, how many lines the ones before have, where it is and whose."""

    name: str
    text: str
    before: int
    zone: ZoneInfo
    own: str


@dataclass(frozen=True, slots=True)
class _Guest:
    """Somebody who was asked to an event: `line` is one that nobody else has, `who` tells them from others."""

    line: int
    who: str
    name: str
    mail: str


@dataclass(frozen=True, slots=True)
class _Event:
    """An event that is over, with whoever was asked to it, if anybody was."""

    on: date
    title: str
    place: str
    guests: tuple[_Guest, ...]


def looks_like(text: str) -> bool:
    """Whether a text is a calendar."""
    return bool(re.search(r"(?im)^\s{0,8}BEGIN:VCALENDAR", text[:4000]))


def read(data: bytes) -> Book:
    """Who was asked to events that are over, each once, with a label for each event. Raises `Unreadable`."""
    return together([("", data)])


def together(files: Sequence[tuple[str, bytes]]) -> Book:
    """What the calendars of one owner say together, each a name and its bytes: whoever is in several is one person.

    One that cannot be taken is skipped where another can. Raises `Unreadable`.
    """
    opened, refused = _opened(files)
    # The same are asked again and again: each line of theirs is read once.
    known = cache(partial(_known, frozenset(one.own for one in opened)))
    events, skipped, guests = list[_Event](), list[Skipped](), 0
    for one in opened:
        before = len(events) + len(skipped)
        for block in cards.blocks(one.text, _BEGIN, _END):
            found = _event(block, one, known)
            if isinstance(found, Skipped):
                skipped.append(found)
            else:
                events.append(found)
                guests += len(found.guests)
            if len(events) + len(skipped) > LINES:
                raise Unreadable("too_many_events")
            if guests > GUESTS:
                raise Unreadable("too_many_guests")
        if len(events) + len(skipped) == before:
            refused.append(Skipped(0, "no_events", one.name))
    if not events and not skipped:
        raise Unreadable(refused[0].reason, refused[0].line)
    evenings = _evenings(event for event in events if not event.guests)
    older = len(evenings) - EVENINGS
    refused = [Skipped(0, "old_evenings", count=older), *refused] if older > 0 else refused
    skips = (*_counted(skipped), *refused)
    return Book("calendar", _people(events), skips, evenings=tuple(evenings[:EVENINGS]))


def _counted(skipped: Sequence[Skipped]) -> Iterator[Skipped]:
    """How many whole events were left out, of all calendars, for each reason; then whatever is wrong, one by one."""
    many = Counter(one.reason for one in skipped)
    yield from (Skipped(0, reason, count=many[reason]) for reason in _COUNTED if many[reason])
    yield from (one for one in skipped if one.reason not in _COUNTED)


def _opened(files: Iterable[tuple[str, bytes]]) -> tuple[list[_Calendar], list[Skipped]]:
    """Calendars as text, and those that are none. Together they have no more lines than one may."""
    opened, refused, lines = list[_Calendar](), list[Skipped](), 0
    for name, data in files:
        try:
            text = cards.bounded(data)
        except Unreadable as error:
            refused.append(Skipped(error.line, error.reason, name))
            continue
        of_all = {word.upper(): value.strip() for word, value in _OF_ALL.findall(text[:20_000])}
        zone, own = _zone(of_all.get("TIMEZONE", "")), of_all.get("CALNAME", "").casefold()
        opened.append(_Calendar(name, text, lines, zone, own))
        lines += max(text.count("\n"), text.count("\r")) + 1
        if lines > cards.FILE_LINES + 1:
            raise Unreadable("bomb")
    return opened, refused


def _event(block: cards.Block, calendar: _Calendar, known: _Known) -> _Event | Skipped:
    """An event that is over; or why it is left out."""
    if block.reason:
        return Skipped(block.line, _REASONS.get(block.reason, block.reason), calendar.name)
    held: dict[str, list[_Line]] = {}
    for name, line in filter(None, map(_line, map(str, block.lines))):
        held.setdefault(name, []).append(line)
    on = _day(held.get("DTSTART", ()), calendar.zone)
    reason = "dateless" if on is None else _left_out(held, on > _today(calendar))
    if on is None or reason:
        return Skipped(block.line, reason, calendar.name)
    asked = (*held.get("ATTENDEE", ()), *held.get("ORGANIZER", ()))
    guests, title = tuple(_guests(calendar.before + block.line, asked, known)), _words(held, "SUMMARY")
    if not guests and not title:
        return Skipped(block.line, "no_guests", calendar.name)
    return _Event(on, title, _words(held, "LOCATION"), guests)


def _left_out(held: dict[str, list[_Line]], ahead: bool) -> str:
    """Why an event is left out whoever was asked to it, or ""."""
    if _words(held, "STATUS").upper() == "CANCELLED":
        return "called_off"
    if ahead:
        return "to_come"
    return "crowd" if len(held.get("ATTENDEE", ())) > ASKED else ""


def _today(calendar: _Calendar) -> date:
    """The present day where the calendar is at home."""
    return clock.now().astimezone(calendar.zone).date()


def _line(line: str) -> tuple[str, _Line] | None:
    match = cards.HEAD.match(line)
    if match is None or match[1].upper() not in _READ:
        return None
    return match[1].upper(), _Line(match[2] or "", line[match.end() :].replace("\0", ""))


def _words(held: dict[str, list[_Line]], name: str) -> str:
    """The first words of a kind, on one line."""
    return next((cut(cards.plain(one.value), NAME) for one in held.get(name, ()) if one.value.strip()), "")


def _day(lines: Iterable[_Line], zone: ZoneInfo) -> date | None:
    """The day on which it began: where it says so, else where the calendar is at home."""
    match = next((found for found in (_MOMENT.match(one.value.strip()) for one in lines) if found), None)
    if match is None:
        return None
    year, month, number, *hours = match.groups()
    with suppress(ValueError, OverflowError):
        on = date(int(year), int(month), int(number))
        if hours[3] and on.year in days.YEARS:
            hour, minute, second = map(int, hours[:3])
            on = datetime.combine(on, time(hour, minute, second), UTC).astimezone(zone).date()
        return on if on.year in days.YEARS else None
    return None


def _zone(name: str) -> ZoneInfo:
    with suppress(KeyError, ValueError, OSError):
        return ZoneInfo(name)
    return ZoneInfo("UTC")


def _guests(first: int, lines: Iterable[_Line], known: _Known) -> Iterator[_Guest]:
    """Each once, but for whose calendars these are; numbered within the lines of the event."""
    seen = set[str]()
    for number, line in enumerate(lines, start=first):
        who, name, mail = known(line)
        if who and who not in seen:
            seen.add(who)
            yield _Guest(number, who, name, mail)


def _known(own: Container[str], line: _Line) -> tuple[str, str, str]:
    """What tells whom a line names from others, their name and their address; nothing tells nobody, nor an owner."""
    mail = cut(tables.mail(_MAILTO.sub("", line.value)), VALUE)
    called = _CALLED.search(line.parameters)
    name = called[1].strip('" ') if called else ""
    name = (name if "@" not in name else "") or mail.partition("@")[0].replace(".", " ").title()
    who = mail.casefold() or folded(name)
    nobody = who in own or who.endswith(_NOBODY) or _AWAY.search(line.parameters)
    return "" if nobody else who, name, mail


def _evenings(events: Iterable[_Event]) -> list[Evening]:
    """Events as evenings, each once, the last first."""
    found = {Evening(event.on, event.title, event.place) for event in events}
    return sorted(found, key=lambda one: (-one.on.toordinal(), one.title, one.place))


def _people(events: Iterable[_Event]) -> tuple[Said, ...]:
    """Everybody who was asked, with a label for each event and where the last was, the last events first."""
    found: dict[str, Said] = {}
    for event in sorted(events, key=attrgetter("on"), reverse=True):
        label, place = _label(event), cut(", ".join(filter(None, (event.title, event.place))), NAME)
        for guest in event.guests:
            said = found.get(guest.who) or _said(guest, event.on, place)
            if said is not None:
                found[guest.who] = _labelled(said, label)
        if len(found) > PEOPLE:
            raise Unreadable("too_many")
    return tuple(sorted(found.values(), key=attrgetter("line")))


def _said(guest: _Guest, on: date, place: str) -> Said | None:
    name = naming.named(guest.name)
    if not name.name:
        return None
    reached = (guest.mail[:VALUE],) if guest.mail else ()
    return Said(guest.line, name.name, labels=name.labels, mails=reached, on=on, place=place)


def _labelled(said: Said, label: str) -> Said:
    """Somebody with one label more, unless they have it, or as many as they may."""
    if len(said.labels) >= LABELS or label in said.labels:
        return said
    return replace(said, labels=(*said.labels, label))


def _label(event: _Event) -> str:
    """An evening of somebody's own: what it was called, and its day."""
    return cut(f"{cut(event.title, LABEL - 11)} {event.on:%d/%m/%Y}", LABEL)
