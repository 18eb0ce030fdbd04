"""What the door of an evening shows: a line for each who comes, who is inside, and why somebody is not let in."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from entregent.common import chance, ids
from entregent.discretion.viewer import Viewer
from entregent.meetups import declassified
from entregent.meetups.shown import Entry, Evening
from entregent.profiles import queries as profiles
from entregent.search.stems import fold
from entregent.web.middleware import Request
from entregent.web.templatetags import look


@dataclass(frozen=True, slots=True)
class Line:
    """One line at the door. `line` names whose name is seen, and is empty for a borrowed one, whom a ticket lets in.

    `guest` says that the name was given without account, `key` is the ticket, which nobody can read from it.
    """

    line: str
    name: str
    guest: bool
    key: str
    entry: Entry | None

    @property
    def borrowed(self) -> bool:
        """Whether the name is drawn."""
        return not self.line


@dataclass(frozen=True, slots=True)
class List:
    """The door's list, by all that it shows: the place of a borrowed name says nothing."""

    lines: tuple[Line, ...]
    walkers: tuple[tuple[str, Entry], ...]
    inside: int

    def searched(self, words: str) -> "List":
        """What fits some letters, without accents."""
        wanted = fold(words)
        lines = tuple(one for one in self.lines if wanted in fold(one.name) and (one.line or not wanted))
        walkers = tuple(one for one in self.walkers if wanted in fold(one[0]))
        return replace(self, lines=lines, walkers=walkers)


def this_door(request: Request) -> str:
    """Which of the doors a browser is, for the server alone."""
    return chance.digest(settings.SECRET_KEY, "door", request.session.session_key)[:16]


def listed(viewer: Viewer, code: str, *, salt: str = "", door: str = "") -> List:
    """The list as the viewer may know it. Raises `NotFound` for whoever does not organise the evening."""
    found = declassified.door(viewer, code, salt=salt, door=door)
    lines = list(_lines(viewer, found))
    named = sorted((one for one in lines if one.line), key=lambda one: (fold(one.name), one.name, one.guest, one.line))
    borrowed = sorted((one for one in lines if not one.line), key=lambda one: str(one.entry.at if one.entry else "~"))
    renamed = (replace(one, name=alias) for one, alias in zip(borrowed, found.aliases, strict=False))
    waiting = sorted(renamed, key=lambda one: (one.entry is None, str(one.entry.at if one.entry else ""), one.name))
    return List((*named, *waiting), found.walkers, found.inside)


def _lines(viewer: Viewer, found: declassified.Door) -> Iterator[Line]:
    people = [one.person for one in found.lines if one.person is not None and not one.name]
    cards = profiles.cards(viewer, people)
    for one in found.lines:
        card = cards.get(one.person or 0)
        name = card.name if card else one.name
        yield Line(str(one.seat) if name else "", name, not card, one.key, one.entry)


def called(viewer: Viewer, seat: declassified.Presented) -> str:
    """Under which name a seat is known at the door, empty where that is not shown; as much is asked either way."""
    person = seat.person or ids.NO_KEY
    card = profiles.cards(viewer, [person]).get(person)
    return seat.name or (card.name if card else "")


def words(entry: Entry, name: str, zone: str) -> str:
    """What the door reads of somebody: that they come in, or why not."""
    hour = look.hour(entry.at, zone) if entry.at else ""
    return _pattern(entry.outcome, here=entry.here) % {"name": name or _("Under a borrowed name"), "hour": hour}


def _pattern(outcome: str, *, here: bool = True) -> str:
    match outcome:
        case "in":
            return pgettext("at the door", "%(name)s: let them in.")
        case "already" if here:
            return _("%(name)s: inside already, since %(hour)s, by this door.")
        case "already":
            return _("%(name)s: inside already, since %(hour)s, by the other door.")
        case "given_back":
            return _("This seat was given back: the ticket is no good any more.")
        case "waiting":
            return _("No seat yet: they wait for one.")
        case "elsewhere":
            return _("This is a ticket for another evening.")
    return _("Not a ticket for this evening: try again, or let them in without one.")


def scripted() -> dict[str, str]:
    """What a door says by itself while it has no network; a script fills in what stands in braces."""
    said = {"name": "{name}", "hour": "{hour}", "count": "{count}"}
    return {
        "in": _pattern("in") % said,
        "already_here": _pattern("already") % said,
        "already": _pattern("already", here=False) % said,
        "elsewhere": _pattern("elsewhere"),
        "borrowed": _("Under a borrowed name"),
        "other": _("other door"),
        "unsent": _("to be sent"),
        "unlisted": _("Not on the list of %(hour)s: of another evening, given back, or answered since.") % said,
        "offline": _("Without network. The list is of %(hour)s; waiting to be sent: %(count)s.") % said,
        "signed_out": _("You are signed out. Sign in again on this phone; waiting to be sent: %(count)s.") % said,
        "refused": _("The door of this evening is closed."),
    }


def data(found: List, zone: str) -> dict[str, Any]:
    """A list as a script takes it."""
    lines = [
        {"key": one.key, "line": one.line, "name": one.name, "guest": one.guest, **entered(one.entry, zone)}
        for one in found.lines
    ]
    walkers = [{"name": name, **entered(entry, zone)} for name, entry in found.walkers]
    return {"lines": lines, "walkers": walkers, "inside": found.inside, "coming": len(found.lines)}


def told(evening: Evening, entry: Entry, name: str) -> dict[str, Any]:
    """The same for a script at the door."""
    return {"outcome": entry.outcome, "words": words(entry, name, evening.zone), **entered(entry, evening.zone)}


def entered(entry: Entry | None, zone: str) -> dict[str, Any]:
    """When somebody was let in, as scripts take it."""
    if entry is None or entry.at is None:
        return {"entry": None, "hour": "", "here": True}
    return {"entry": str(entry.uid), "hour": look.hour(entry.at, zone), "here": entry.here}
