"""A card as a file that a telephone takes for a contact: vCard 3.0 (RFC 2426), which all of them read. Pure."""

from collections.abc import Iterator

from entregent.cards.queries import Face

#: What has a meaning of its own within a value, and how it is written.
_ESCAPED = str.maketrans({"\\": "\\\\", ",": "\\,", ";": "\\;", "\n": "\\n"})
#: Longest line, in octets.
WIDTH = 75


def card(face: Face) -> bytes:
    r"""The file.

    >>> print(card(Face("Zoé", "Cartes, plans", telephone="0692 1")).decode().replace("\r", ""), end="")
    BEGIN:VCARD
    VERSION:3.0
    FN:Zoé
    N:;Zoé;;;
    TITLE:Cartes\, plans
    TEL;TYPE=CELL:0692 1
    END:VCARD
    """
    return "".join(f"{line}\r\n" for said in _lines(face) for line in _folded(said)).encode()


def _lines(face: Face) -> Iterator[str]:
    first, _, last = face.name.rpartition(" ") if " " in face.name else (face.name, "", "")
    told = (("TITLE", face.does), ("ORG", face.organisation), ("TEL;TYPE=CELL", face.telephone))
    addresses = (("EMAIL;TYPE=INTERNET", face.mail), ("URL", face.link))
    yield from ("BEGIN:VCARD", "VERSION:3.0", f"FN:{_text(face.name)}", f"N:{_text(last)};{_text(first)};;;")
    yield from (f"{field}:{_text(value)}" for field, value in told if value)
    yield from (f"{field}:{value}" for field, value in addresses if value)
    yield "END:VCARD"


def _text(value: str) -> str:
    return value.translate(_ESCAPED)


def _folded(line: str) -> Iterator[str]:
    """The line in parts that are short enough, no character cut in two; all but the first begin with a blank."""
    part = ""
    for one in line:
        if len((part + one).encode()) > WIDTH:
            yield part
            part = " "
        part += one
    yield part
