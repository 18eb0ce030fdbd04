"""The reports that no steward hears: listed for the operator, and taken off the list."""

from uuid import UUID

from django.conf import settings
from rich.padding import Padding
from rich.text import Text

from entregent.cli import database, printing, show
from entregent.cli.language import _
from entregent.common import days
from entregent.exchange import reports
from entregent.exchange.reports import Unheard


def list_all(*, as_json: bool) -> None:
    """Print them, the oldest first."""
    database.require()
    found = reports.unheard()
    if as_json:
        printing.json_of({"reports": [_plain(one) for one in found]})
        return
    for one in found:
        _print(one)
    if not found:
        show.line(_("Nothing: each report is heard by somebody who looks after the community."))


def see_to(uid: UUID) -> None:
    """Take one off the list."""
    database.require()
    reports.see_to(uid)
    show.line(_("{uid} is off the list.").format(uid=uid))


def take_out(uid: UUID) -> None:
    """Take whom one names out of its community."""
    database.require()
    reports.take_out(uid)
    show.line(_("Whom {uid} names is out of the community.").format(uid=uid))


def _print(one: Unheard) -> None:
    about = _("an evening, {called}") if one.kind == "evening" else _("somebody, {called}")
    head = about.format(called=printing.clean(one.called))
    show.out.print(Text.assemble((head, "bold"), f"  {one.about}"), soft_wrap=True)
    said = _("{day}, {community}, by {name}").format(
        day=printing.day(days.of(one.said_at, settings.HOME_ZONE)),
        community=printing.clean(one.community),
        name=printing.clean(one.by_name) or one.by,
    )
    lines = (f"{said}  {one.uid}", *map(printing.clean, one.words.splitlines()))
    show.out.print(Padding(Text("\n".join(lines)), (0, 0, 0, 3)))


def _plain(one: Unheard) -> dict[str, object]:
    return {
        "id": one.uid,
        "said_at": one.said_at.isoformat(),
        "community": one.community,
        "about": {"kind": one.kind, "id": one.about, "name": one.called},
        "by": {"id": one.by, "name": one.by_name},
        "words": one.words,
    }
