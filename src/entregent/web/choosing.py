"""Choosing among hundreds of people without a script: by first letters, by words, page by page, all or none."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator

from entregent.exchange.contacts.texts import folded

#: How many people a page shows: each is a field of its form.
SHOWN = 100


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody to choose: `value` names them in the form, `fact` is a line about them, `ticked` how it begins."""

    value: str
    name: str
    fact: str
    ticked: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """People to choose from, by the words and the letter of `asked`; `kept` are other words of the page's address."""

    rows: Sequence[Row]
    asked: Mapping[str, Any]
    kept: Mapping[str, str]

    def found(self) -> list[Row]:
        """Whom the words find."""
        wanted = folded(self.asked.get("q", ""))
        return [row for row in self.rows if wanted in folded(f"{row.name} {row.fact}")]

    def shown(self, found: Sequence[Row]) -> list[Row]:
        """Of those whom the words find, whom the letter finds."""
        letter = self.asked.get("lettre", "")
        return [row for row in found if letter in {"", initial(row.name)}]

    def chosen(self) -> list[str]:
        """Whom a form that was sent means: everybody, whoever is found, or those who are ticked."""
        match self.asked.get("what"):
            case "all":
                return [row.value for row in self.rows]
            case "shown":
                return [row.value for row in self.shown(self.found())]
        ticked = set(self.asked.getlist("who"))  # type: ignore[attr-defined]
        return [row.value for row in self.rows if row.value in ticked]

    def context(self) -> dict[str, Any]:
        """What `includes/choice.html` draws."""
        found = self.found()
        shown = self.shown(found)
        page = Paginator(shown, SHOWN).get_page(self.asked.get("page"))
        letters = Counter(initial(row.name) for row in found)
        said = {**self.kept, **{name: self.asked[name] for name in ("q", "lettre") if self.asked.get(name)}}
        return {
            "page": page,
            "total": len(self.rows),
            "shown": len(shown),
            "query": self.asked.get("q", ""),
            "letter": self.asked.get("lettre", ""),
            "letters": [
                {"letter": letter, "count": letters[letter], "address": self._address(said, lettre=letter)}
                for letter in sorted(letters)
            ],
            "everybody": f"?{urlencode(self.kept)}",
            "previous": self._address(said, page=page.previous_page_number()) if page.has_previous() else "",
            "following": self._address(said, page=page.next_page_number()) if page.has_next() else "",
            "kept": list(said.items()),
            "own": list(self.kept.items()),
        }

    def _address(self, said: Mapping[str, str], **more: object) -> str:
        return f"?{urlencode({**said, **more})}"


def initial(name: str) -> str:
    """The letter under which somebody stands.

    >>> initial("Émilie"), initial("2 chaises")
    ('E', '#')
    """
    first = folded(name)[:1].upper()
    return first if first.isalpha() else "#"
