"""Whether somebody of a file is in the book already: by key, by mail, by name and organisation. Pure.

It looks at one owner's own contacts and nobody else's.
"""

import heapq
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

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


#: A name and an organisation, folded.
Who = tuple[str, str]
#: Whether mails and whether numbers are known of somebody.
Says = tuple[bool, bool]


@dataclass(slots=True)
class Known:
    """The contacts of one owner, each by whatever finds it: looking for one goes through no list of others.

    Of several that answer, the first is found. `silent` holds those who say no mails, no numbers or neither, by what
    they say: a line may add to them what they lack, and `grow` moves them on once it did. What moved on stays in
    its heap until it comes to the top.
    """

    keys: dict[str, int] = field(default_factory=dict)
    mails: dict[tuple[str, str], int] = field(default_factory=dict)
    ways: dict[tuple[Who, str], int] = field(default_factory=dict)
    names: dict[Who, int] = field(default_factory=dict)
    silent: dict[tuple[Who, Says], list[tuple[int, int]]] = field(default_factory=dict)
    says: dict[int, tuple[int, Who, Says]] = field(default_factory=dict)

    @classmethod
    def of(cls, contacts: Iterable[Held]) -> "Known":
        """Contacts, to be found again."""
        known = cls()
        for contact in contacts:
            known.add(contact)
        return known

    def add(self, held: Held) -> None:
        """Another contact."""
        who = _who(held.name, held.organisation)
        if held.key:
            self.keys.setdefault(held.key, held.at)
        self.names.setdefault(who, held.at)
        self.says[held.at] = (len(self.says), who, (False, False))
        self._reach(held.at, held.mails, held.telephones)
        self._place(held.at, (bool(held.mails), bool(held.telephones)))

    def grow(self, at: int, said: Said) -> None:
        """A contact holds from now on how a line says that they are reached."""
        _order, _who, (mails, telephones) = self.says[at]
        self._reach(at, said.mails, numbers(said.telephones))
        says = mails or bool(said.mails), telephones or bool(said.telephones)
        if says != (mails, telephones):
            self._place(at, says)

    def find(self, said: Said) -> int | None:
        """Whom a line is about, or nobody known.

        A mail leads to somebody of that address whose name has a word in common with the line's: several people
        may read one mailbox. Two of one name are one where a way is the same, or where nothing says that they are two.
        """
        held = self.keys.get(key(said))
        if held is None:
            held = _first(self.mails, ((mail, word) for mail in said.mails for word in words(said.name)))
        if held is None:
            held = self._of_the_name(said)
        return held

    def _of_the_name(self, said: Said) -> int | None:
        who, dialled = _who(said.name, said.organisation), numbers(said.telephones)
        if who not in self.names or not (said.mails or dialled):
            return self.names.get(who)
        same = _first(self.ways, ((who, way) for way in (*said.mails, *sorted(dialled))))
        return same if same is not None else self._unlike_none(who, said)

    def _unlike_none(self, who: Who, said: Said) -> int | None:
        """The first of a name that says no mails if the line does, and no numbers if the line does."""
        mails, telephones = (False,) if said.mails else (False, True), (False,) if said.telephones else (False, True)
        tops = (self._top(who, (mail, telephone)) for mail in mails for telephone in telephones)
        found = [top for top in tops if top is not None]
        return min(found)[1] if found else None

    def _top(self, who: Who, says: Says) -> tuple[int, int] | None:
        heap = self.silent.get((who, says), [])
        while heap and self.says[heap[0][1]][2] != says:
            heapq.heappop(heap)
        return heap[0] if heap else None

    def _place(self, at: int, says: Says) -> None:
        order, who, _before = self.says[at]
        self.says[at] = (order, who, says)
        if says != (True, True):
            heapq.heappush(self.silent.setdefault((who, says), []), (order, at))

    def _reach(self, at: int, mails: Iterable[str], telephones: Iterable[str]) -> None:
        _order, who, _says = self.says[at]
        for mail in mails:
            for word in words(who[0]):
                self.mails.setdefault((mail, word), at)
            self.ways.setdefault((who, mail), at)
        for number in telephones:
            self.ways.setdefault((who, number), at)


def _first(held: Mapping[Any, int], wanted: Iterable[Any]) -> int | None:
    return next((held[one] for one in wanted if one in held), None)


def _who(name: str, organisation: str) -> Who:
    return folded(name), folded(organisation)


def words(name: str) -> list[str]:
    """The words by which a name is known again, folded: initials alone are none.

    >>> words("Zoé L. Payet"), words("Z.")
    (['zoe', 'payet'], ['z.'])
    """
    plain = folded(name)
    return [word for word in re.findall(r"\w+", plain) if len(word) > 1] or [plain]


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
