"""A form as a page draws it, sent with the words that somebody types and whatever stands in it beforehand."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client

Fields = dict[str, list[str]]


class _Forms(HTMLParser):
    """Every form of a page: its address, and what a browser would send of it untouched."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, Fields]] = []
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a form, or a field of the last one."""
        found = {name: value or "" for name, value in attrs}
        name = found.get("name", "")
        if tag == "form":
            self.forms.append((found.get("action", ""), {}))
        elif tag == "input" and name:
            self._input(found, checked="checked" in found)
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and ("selected" in found or self._select not in self._fields):
            self._fields[self._select] = [found.get("value", "")]
        elif tag == "textarea":
            self._area = name

    def handle_endtag(self, tag: str) -> None:
        """Leave a field."""
        self._select, self._area = ("" if tag == "select" else self._select), ("" if tag == "textarea" else self._area)

    def handle_data(self, data: str) -> None:
        """Take the words of a larger field."""
        if self._area:
            self._fields.setdefault(self._area, []).append(data.strip("\n"))

    @property
    def _fields(self) -> Fields:
        return self.forms[-1][1]

    def _input(self, found: dict[str, str], *, checked: bool) -> None:
        if found.get("type") not in {"radio", "checkbox"}:
            self._fields[found["name"]] = [found.get("value", "")]
        elif checked:
            self._fields.setdefault(found["name"], []).append(found.get("value", "on"))


def sent(client: Client, page: str, action: str = "", **typed: Any) -> Any:
    """The answer to the form of `page` that goes to `action` (the page itself where it says none)."""
    forms = _Forms()
    forms.feed(client.get(page).content.decode())
    fields = next(fields for address, fields in forms.forms if address == action)
    return client.post(action or page, {**fields, **{name: [words] for name, words in typed.items()}})
