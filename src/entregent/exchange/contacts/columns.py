"""The columns of the tables that people export, in French and English, by what they hold. Pure."""

import re
from collections.abc import Iterable, Sequence

from entregent.exchange.contacts.said import NAME, Columns
from entregent.exchange.contacts.texts import folded

_HEADERS = {
    "name": "name|full name|display name|nom complet|nom et prenom|prenom et nom|contact|contact name|nom affiche",
    "first": "first name|given name|prenom|firstname|connection first name|middle name|additional name",
    "last": "last name|family name|nom de famille|nom|lastname|surname|connection last name",
    "organisation": """companies|company|organization|organisation|organization name|organization 1 - name|societe|
        entreprise|structure|employeur|employer|raison sociale""",
    "title": """position|job title|title|organization title|organization 1 - title|titre|fonction|poste|metier|role|
        occupation""",
    "mail": """email|emails|e-mail|mail|email address|e-mail address|adresse e-mail|adresse email|adresse mail|
        adresse de messagerie|courriel|e-mail 2 address|e-mail 3 address|adresse de messagerie 2|
        adresse de messagerie 3""",
    "telephone": """phonenumbers|phone numbers|phone|telephone|tel|mobile|mobile phone|portable|gsm|home phone|
        home phone 2|business phone|business phone 2|primary phone|other phone|car phone|phone number|phone_number|
        numero|numero de telephone|tel. mobile|telephone mobile|telephone portable|telephone personnel|
        telephone (bureau)|telephone (domicile)|
        tel. portable|tel mobile""",
    "link": "url|web page|website|site|site web|page web|connection profile url|profile url|linkedin|profil",
    "labels": "labels|group membership|categories|categorie|etiquettes|groupes|tags",
    "words": "notes|note|remarques|commentaire|commentaires|comments",
    "on": "connected on|created on|rencontre le|date de rencontre|met on",
}
_KNOWN = {" ".join(name.split()): field for field, names in _HEADERS.items() for name in names.split("|")}
_NUMBERED = (
    (re.compile(r"e-mail \d{1,2} - value"), "mail"),
    (re.compile(r"phone \d{1,2} - value"), "telephone"),
    (re.compile(r"website \d{1,2} - value"), "link"),
)
#: Columns by which an export says where it comes from: all of a set.
_MARKS = (
    ("notes", {"connection first name", "note"}),
    ("linkedin", {"first name", "connected on"}),
    ("google", {"e-mail 1 - value", "phonetic first name"}),
    ("google", {"given name", "group membership"}),
    ("google", {"first name", "labels"}),
    ("outlook", {"first name", "e-mail address"}),
    ("outlook", {"prenom", "adresse de messagerie"}),
)
#: Without one of these, nobody is named.
NAMES = frozenset({"name", "first", "last"})


def fields(header: Sequence[str]) -> Columns:
    """What each known column holds, by its number.

    >>> fields(["First Name", "Last Name", "Anniversaire", "E-mail 1 - Value"])
    {0: 'first', 1: 'last', 3: 'mail'}
    """
    found = {number: _field(heading(name)) for number, name in enumerate(header)}
    known = {number: field for number, field in found.items() if field}
    if "name" in known.values() and NAMES - {"name"} & set(known.values()):
        return _without_doubles(known)
    return known


def heading(cell: str) -> str:
    """A cell as the name of a column; none is long, and a cell may be."""
    return folded(cell) if len(cell) <= NAME else ""


def _field(name: str) -> str:
    return _KNOWN.get(name, "") or next((field for shape, field in _NUMBERED if shape.fullmatch(name)), "")


def _without_doubles(known: dict[int, str]) -> Columns:
    """A whole name says what its parts say."""
    return {number: field for number, field in known.items() if field not in {"first", "last"}}


def source(header: Iterable[str]) -> str:
    """Where a table with these columns comes from: linkedin, notes, google, outlook, or table."""
    names = set(map(heading, header))
    return next((name for name, marks in _MARKS if marks <= names), "table")
