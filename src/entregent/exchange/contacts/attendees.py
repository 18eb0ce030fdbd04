"""Lists of attendees as other tools export them: Meetup, Luma, Eventbrite, HelloAsso, Mobilizon, Hi.Events. Pure.

Columns are found by their names, in French and English, in whatever order; so is any other table that names people.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from entregent.exchange.contacts import archives, columns, tables
from entregent.exchange.contacts.said import NAME, TABLE_BYTES, Skipped, Unreadable
from entregent.exchange.contacts.texts import LONGEST, bounded, cut, decoded, folded

#: The most people whom a list holds.
PEOPLE = 2_000
#: Among how many rows the one with the columns' names is looked for.
HEAD = 10

_HEADERS = {
    "name": """name|full name|nom complet|attendee|attendee name|participant|participant name|guest|guest name|
        nom et prenom|prenom et nom|nom du participant|nom du ou de la participant e|nom du ou de la participant·e""",
    "first": "first name|first_name|firstname|given name|prenom|prenom participant|prenom du participant",
    "last": "last name|last_name|lastname|surname|family name|nom|nom de famille|nom participant",
    "mail": """email|e-mail|mail|email address|e-mail address|attendee email|adresse e-mail|adresse email|adresse mail|
        courriel|email participant|e-mail du participant""",
    "payer_first": "prenom payeur|prenom acheteur|buyer first name",
    "payer_last": "nom payeur|nom acheteur|buyer last name",
    "payer_mail": "email payeur|e-mail payeur|email acheteur|buyer email",
    "status": """status|statut|approval_status|attendee status|rsvp|response|reponse|participant status|etat|
        statut de la commande|statut du participant|statut de la participation""",
}
_KNOWN = {" ".join(name.split()): field for field, names in _HEADERS.items() for name in names.split("|")}
#: Columns by which an export says which tool it comes from: all of a set.
_MARKS = (
    ("luma", {"api_id", "approval_status"}),
    ("eventbrite", {"order #", "attendee status"}),
    ("helloasso", {"numero de billet", "billet"}),
    ("helloasso", {"reference commande", "nom participant"}),
    ("meetup", {"member id", "joined group on"}),
    ("meetup", {"member.id", "joined group on"}),
    ("mobilizon", {"participant name", "participant status"}),
    ("hievents", {"is checked in", "public id"}),
)
#: A standing by which somebody has no seat: asked, refused, waiting, or no longer coming.
_NO_SEAT = re.compile(
    r"no|non|(not[ _]|non )\w.*|.*(reject|rejet|declin|refus|cancel|annul|delet|refund|rembours).*"
    r"|.*(pending|wait|attente|invited|absent|no.show).*"
)


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody whom a list names: the line on which they stand, their name, the address that they had given, if any."""

    line: int
    name: str
    mail: str = ""

    @property
    def key(self) -> str:
        """What tells them from others of an evening: their address, else their name."""
        return self.mail or folded(self.name)


@dataclass(frozen=True, slots=True)
class Roll:
    """What a file says: of which tool it is (or table), who is on it, once each, and which lines were not taken."""

    source: str
    people: tuple[Attendee, ...]
    skipped: tuple[Skipped, ...]


@dataclass(frozen=True, slots=True)
class _Head:
    delimiter: str
    line: int
    cells: list[str]
    fields: Mapping[int, str]

    @property
    def names(self) -> bool:
        return bool({"name", "first", "last"} & set(self.fields.values()))


def read(data: bytes) -> Roll:
    """What a list of attendees says. Raises `Unreadable`.

    >>> lines = ["Nom participant;Prénom participant;Billet;Numéro de billet", "Payet;Karine;Entrée;7"]
    >>> read(chr(10).join(lines).encode())
    Roll(source='helloasso', people=(Attendee(line=2, name='Karine Payet', mail=''),), skipped=())
    """
    if len(data) > TABLE_BYTES:
        raise Unreadable("too_big")
    if not data.strip():
        raise Unreadable("empty")
    # What is called .xls may be text, as Meetup's is; what is a spreadsheet or an archive says so by its first bytes.
    if data.startswith((archives.OLD_EXCEL, archives.MAGIC)):
        raise Unreadable("spreadsheet")
    text = bounded(decoded(data).replace("\r\n", "\n").replace("\r", "\n"))
    head = max((_head(text, delimiter) for delimiter in tables.DELIMITERS), key=_certainty)
    if not head.names:
        raise Unreadable("nobody_named")
    return _roll(text, head)


def _certainty(head: _Head) -> tuple[bool, int, int]:
    return head.names, len(head.fields), len(head.cells)


def _head(text: str, delimiter: str) -> _Head:
    rows = [row for row, _ in zip(tables.each_row(text, delimiter), range(HEAD), strict=False)]
    if not rows:
        raise Unreadable("empty")
    return max((_Head(delimiter, line, cells, _fields(cells)) for line, cells in rows), key=_certainty)


def _fields(cells: Sequence[str]) -> dict[int, str]:
    return {number: _KNOWN[name] for number, cell in enumerate(cells) if (name := columns.heading(cell)) in _KNOWN}


def _roll(text: str, head: _Head) -> Roll:
    marks = set(map(columns.heading, head.cells))
    source = next((name for name, those in _MARKS if those <= marks), "table")
    people, skipped = dict[str, Attendee](), list[Skipped]()
    for line, cells in _below(text, head):
        found = _attendee(line, cells, head)
        if isinstance(found, Skipped):
            skipped.append(found)
        elif found.key in people:
            skipped.append(Skipped(line, "twice"))
        else:
            people[found.key] = found
        if len(people) > PEOPLE:
            raise Unreadable("too_many_attendees")
    return Roll(source, tuple(people.values()), tuple(skipped))


def _below(text: str, head: _Head) -> Iterator[tables.Row]:
    return ((line, cells) for line, cells in tables.each_row(text, head.delimiter) if line > head.line)


def _attendee(line: int, cells: Sequence[str], head: _Head) -> Attendee | Skipped:
    if any(len(cell) > LONGEST // 2 for cell in cells):
        return Skipped(line, "long_cell")
    if len(cells) < 2 < len(head.cells):
        return Skipped(line, "not_a_row")
    values = _values(cells, head)
    name = _name(values, "first", "last") or cut(values.get("name", ""), NAME)
    if not name:
        return Skipped(line, "nameless")
    if _NO_SEAT.fullmatch(folded(values.get("status", ""))):
        return Skipped(line, "no_seat")
    return Attendee(line, name, _mail(values, name))


def _values(cells: Sequence[str], head: _Head) -> dict[str, str]:
    """What stands in each known column, in the first one of a kind; a list may be wide, and a line of it narrow."""
    held = reversed([*enumerate(map(str.strip, cells))])
    return {field: cell for number, cell in held if (field := head.fields.get(number))}


def _name(values: Mapping[str, str], *parts: str) -> str:
    return cut(" ".join(filter(None, (values.get(part, "") for part in parts))), NAME)


def _mail(values: Mapping[str, str], name: str) -> str:
    """The address that is a guest's own: whoever paid for them is somebody else, unless the two have one name."""
    paid = folded(_name(values, "payer_first", "payer_last")) == folded(name)
    return next(iter(tables.mails([values.get("mail", "") or (values.get("payer_mail", "") if paid else "")])), "")
