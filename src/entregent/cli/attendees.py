"""Brings the list of an evening from another tool: a preview or the real thing, and every line that was not taken."""

from pathlib import Path

from entregent.cli import database, show
from entregent.cli.failures import Failure
from entregent.cli.language import _, ngettext
from entregent.common import errors
from entregent.discretion.viewer import Viewer
from entregent.exchange import attendees, origins, reasons
from entregent.exchange.contacts.attendees import Roll
from entregent.exchange.contacts.said import TABLE_BYTES
from entregent.meetups import queries

#: How many people a preview shows.
SHOWN = 20


def read(file: Path) -> Roll:
    """What the file says. Raises `Failure`."""
    if file.stat().st_size > TABLE_BYTES:
        raise Failure(f"{file.name}: {reasons.told('too_big')}")
    try:
        return attendees.read(file.read_bytes())
    except errors.Invalid as error:
        raise Failure(f"{file.name}: {error.message}") from error


def preview(who: str, code: str, roll: Roll) -> None:
    """Say who would be on the list and who is there already; write nothing."""
    held = {one.key for one in queries.listed(_organiser(who, code), code)}
    for one in roll.people[:SHOWN]:
        show.line(f"  {'=' if one.key in held else '+'} {one.name}{f' · {one.mail}' if one.mail else ''}")
    if len(roll.people) > SHOWN:
        show.line("  …")
    _report(roll, sum(one.key not in held for one in roll.people))
    show.line(_("Nothing was written: this was a rehearsal."))


def bring(who: str, code: str, roll: Roll) -> None:
    """Keep the list for who organises, and say what came of it."""
    viewer = _organiser(who, code)
    with show.timed():
        fresh = attendees.bring(viewer, code=code, people_of_it=roll.people)
    _report(roll, fresh)


def _organiser(who: str, code: str) -> Viewer:
    database.require()
    viewer = origins.viewer(who)
    try:
        organises = queries.evening(viewer, code).organises
    except errors.NotFound:
        organises = False
    if not organises:
        raise Failure(_("{who} organises no evening with the code {code}.").format(who=who, code=code))
    return viewer


def _report(roll: Roll, fresh: int) -> None:
    show.line(
        ngettext("{count} person is new on the list", "{count} people are new on the list", fresh).format(count=fresh)
    )
    known = len(roll.people) - fresh
    show.line(ngettext("{count} there already", "{count} there already", known).format(count=known))
    if roll.skipped:
        words = ngettext("{count} line was not taken", "{count} lines were not taken", len(roll.skipped))
        show.line(words.format(count=len(roll.skipped)), show.err)
    for skipped in roll.skipped:
        show.line(f"  {reasons.told(skipped.reason, skipped.line)}", show.err)
