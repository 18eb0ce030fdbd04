"""How answers look: in a terminal with what is said and when, as JSON with the names that the documentation gives."""

import json
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from babel.dates import format_date
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from entregent.cli import show
from entregent.cli.language import _, spoken
from entregent.directory.queries import Listed
from entregent.ties.queries import Reason, Way

#: Babel's name of each language; English is written day first, as on the pages.
LOCALES = {"fr": "fr", "en": "en_GB"}
#: What each kind of reason is called.
KINDS = {
    "met": _("met"),
    "said": _("said"),
    "promised": _("promised"),
    "kept": _("kept"),
    "does": _("does"),
    "knows": _("knows"),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """Somebody who was found: a member (`person`) or an entry of an address book (`contact`), and why."""

    kind: str
    id: UUID
    name: str
    score: float
    reasons: Sequence[Reason]
    ways: Sequence[Way]


def json_of(answer: Mapping[str, object]) -> None:
    """Print as JSON in UTF-8, with a line end: text, answers and ways, by the names of the documentation."""
    words = json.dumps(answer, default=_plain, ensure_ascii=False, indent=2)
    sys.stdout.buffer.write(f"{words}\n".encode())


def _plain(value: object) -> object:
    match value:
        case Answer():
            names = ("kind", "id", "name", "score", "reasons", "ways")
            return {name: getattr(value, name) for name in names}
        case Reason(kind=kind, text=text, on=on):
            return {"kind": kind, "text": text, "on": on}
        case Way(people=people, strength=strength):
            return {"people": [{"id": card.uid, "name": card.name} for card in people], "strength": strength}
        case Listed():
            said = ("name", "category", "town", "does")
            return {"id": value.uid, **{name: getattr(value, name) for name in said}}
        case _:
            return str(value)


def list_of(answers: Sequence[Answer], nobody: str = "") -> None:
    """Print answers, best first, each with its reasons and the ways to it; what is said where there is nobody."""
    for place, answer in enumerate(answers, start=1):
        show.out.print(Text.assemble((f"{place}. ", "dim"), (clean(answer.name), "bold"), *_book(answer)))
        show.out.print(Padding(_details(answer), (0, 0, 0, 3)), soft_wrap=False)
    if not answers:
        show.line(nobody or _("Nobody, for now."))


def organisations(found: Sequence[Listed]) -> None:
    """Print the organisations of the sector that answer, best first; nothing where none does."""
    if found:
        show.line(_("Organisations of the sector:"))
    for one in found:
        head = Text.assemble((clean(one.name), "bold"), f"  {clean(one.town)}", (f"  {one.uid}", "dim"))
        show.out.print(Padding(head, (0, 0, 0, 3)), soft_wrap=True)
        show.out.print(Padding(Text(clean(one.does)), (0, 0, 0, 6)), soft_wrap=False)


def _book(answer: Answer) -> Iterator[tuple[str, str]]:
    if answer.kind == "contact":
        yield "  ", ""
        yield _("in the address book"), "italic"


def _details(answer: Answer) -> Table:
    drawn = Table.grid(padding=(0, 2))
    drawn.add_column(style="dim", no_wrap=True)
    drawn.add_column(ratio=1)
    drawn.add_column(style="dim", no_wrap=True, justify="right")
    for reason in answer.reasons:
        drawn.add_row(KINDS.get(reason.kind, reason.kind), Text(clean(reason.text)), day(reason.on))
    for way in answer.ways:
        drawn.add_row(_("by way of"), _through(way), f"{way.strength:.2f}")
    return drawn


def ways(found: Iterable[Way]) -> None:
    """Print ways, strongest first."""
    drawn = Table.grid(padding=(0, 2))
    for way in found:
        drawn.add_row(_through(way), Text(f"{way.strength:.2f}", style="dim"))
    if drawn.row_count:
        show.out.print(drawn)
    else:
        show.line(_("Nobody to go through, for now."))


def _through(way: Way) -> Text:
    return Text(" → ").join(Text(clean(card.name), style="bold") for card in way.people)


def day(on: date | None) -> str:
    """A day in a few letters, in the language of the terminal."""
    return format_date(on, "d MMM y", locale=LOCALES[spoken()]) if on else ""


def clean(text: str) -> str:
    r"""What somebody wrote, on one line and without the control characters that a terminal would obey.

    >>> clean("Karine\n\x1b[31mPayet")
    'Karine [31mPayet'
    """
    return "".join(c for c in " ".join(text.split()) if not unicodedata.category(c).startswith("C"))
