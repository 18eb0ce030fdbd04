"""Whether somebody of a file is in the book already: by key, by mail, by name and organisation. Pure.

It looks at one owner's own contacts and nobody else's.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from entregent.common import chance
from entregent.exchange.contacts.said import VALUE, Said
from entregent.exchange.contacts.texts import folded

#: How many digits of a telephone number tell it from another, whatever stands before them.
DIGITS = 8


@dataclass(frozen=True, slots=True)
class Held:
    """A contact as it is looked for: `at` is what it is called by whoever looks."""

    at: int
    name: str
    organisation: str
    key: str
    mails: frozenset[str]
    telephones: frozenset[str]


@dataclass(slots=True)
class Known:
    """The contacts of one owner."""

    keys: dict[str, Held] = field(default_factory=dict)
    mails: dict[str, Held] = field(default_factory=dict)
    names: dict[tuple[str, str], list[Held]] = field(default_factory=dict)

    @classmethod
    def of(cls, contacts: Iterable[Held]) -> "Known":
        """Contacts, to be found again."""
        known = cls()
        for contact in contacts:
            known.add(contact)
        return known

    def add(self, held: Held) -> None:
        """Another contact; of two with one mail the first is found."""
        if held.key:
            self.keys.setdefault(held.key, held)
        for mail in held.mails:
            self.mails.setdefault(mail, held)
        self.names.setdefault((folded(held.name), folded(held.organisation)), []).append(held)

    def find(self, said: Said) -> int | None:
        """Whom a line is about, or nobody known."""
        if held := self.keys.get(key(said)):
            return held.at
        mine = next((self.mails[mail] for mail in said.mails if mail in self.mails), None)
        if mine is not None:
            return mine.at
        same = self.names.get((folded(said.name), folded(said.organisation)), ())
        return next((held.at for held in same if _agree(held, said)), None)


def _agree(held: Held, said: Said) -> bool:
    """Two of one name are one where nothing says that they are two."""
    mails, telephones = frozenset(said.mails), numbers(said.telephones)
    if held.mails & mails or held.telephones & telephones:
        return True
    return not (held.mails and mails) and not (held.telephones and telephones)


def as_held(at: int, said: Said) -> Held:
    """A line as a contact that is looked for by later lines."""
    return Held(at, said.name, said.organisation, key(said), frozenset(said.mails), numbers(said.telephones))


def key(said: Said) -> str:
    """What names a line: what its file calls it, else all that it says of who it is.

    >>> key(Said(1, "Zoé", key="vcard:1")), key(Said(1, "Zoé")) == key(Said(9, "Zoé")) != key(Said(1, "Ève"))
    ('vcard:1', True)
    """
    if said.key:
        return said.key[:VALUE]
    return f"line:{chance.digest(said.name, said.organisation, *said.mails, *said.telephones)[:40]}"


def numbers(telephones: Iterable[str]) -> frozenset[str]:
    """Telephone numbers as they are compared.

    >>> numbers(["0692 12 34 56"]) == numbers(["+262 692 12 34 56"])
    True
    """
    return frozenset("".join(c for c in text if c.isdecimal())[-DIGITS:] for text in telephones)
