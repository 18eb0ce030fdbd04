"""What somebody promised people in their notebook: listed, and said to be done."""

from uuid import UUID

from entregent.cli import answers, printing, show
from entregent.cli.language import _
from entregent.common import errors
from entregent.encounters import followups, promises
from entregent.encounters.followups import Promise


def list_all(who: str, *, as_json: bool) -> None:
    """What WHO still has to do, by the day."""
    with show.timed():
        found = followups.open_ones(answers.viewer(who))
    if as_json:
        printing.json_of({"promises": [_told(one) for one in found]})
        return
    for one in found:
        show.line(_line(one))
        show.line(f"   {one.uid}")
    if not found:
        show.line(_("Nothing is promised."))


def done(who: str, promise: UUID) -> None:
    """Have WHO say that something is done."""
    actor = answers.viewer(who)
    try:
        promises.keep_promise(actor, promise=promise)
    except errors.NotFound as error:
        raise errors.NotFound(_("{who} promised nothing under {id}.").format(who=who, id=promise)) from error
    show.line(_("It is done."))


def _line(one: Promise) -> str:
    by = _("by {day}").format(day=printing.day(one.due_on)) if one.due_on else _("some day")
    return f"{printing.clean(one.text)} · {printing.clean(one.name)} · {by}"


def _told(one: Promise) -> dict[str, object]:
    contact = {"id": one.contact, "name": one.name}
    return {"id": one.uid, "text": one.text, "said_on": one.on, "due_on": one.due_on, "contact": contact}
