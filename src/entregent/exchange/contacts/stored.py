"""What a file says, as text that waits in a table, and back. Pure."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, astuple
from datetime import date
from typing import Any

from entregent.exchange.contacts.said import Book, Evening, Said, Skipped

#: How many skipped lines are kept.
REPORTED = 1000


def said_json(said: Sequence[Said]) -> str:
    """Lines as text."""
    rows = ({name: value for name, value in asdict(one).items() if value} for one in said)
    return json.dumps(list(rows), ensure_ascii=False, default=str)


def said_of(text: str) -> Iterator[Said]:
    """Lines from their text."""
    row: dict[str, Any]
    for row in json.loads(text):
        said: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
        if "on" in said:
            said["on"] = date.fromisoformat(said["on"])
        yield Said(**said)


def headers_json(book: Book) -> str:
    """The columns that nobody knows, as text."""
    return json.dumps({"headers": book.headers, "sample": book.sample}, ensure_ascii=False)


def headers_of(text: str) -> list[tuple[str, list[str]]]:
    """The columns that nobody knows, from their text: what stands above each, and its first cells."""
    said = json.loads(text)
    rows = said["sample"]
    return [(head, [row[at] for row in rows if at < len(row)]) for at, head in enumerate(said["headers"])]


def evenings_json(evenings: Sequence[Evening]) -> str:
    """Evenings as text."""
    return json.dumps([astuple(one) for one in evenings], ensure_ascii=False, default=str)


def evenings_of(text: str) -> list[Evening]:
    """Evenings from their text."""
    return [Evening(date.fromisoformat(on), title, place) for on, title, place in json.loads(text)]


def skipped_json(skipped: Sequence[Skipped]) -> str:
    """Skipped lines as text: how many, and the first of them."""
    rows = [astuple(one) for one in skipped[:REPORTED]]
    return json.dumps({"count": counted(skipped), "first": rows}, ensure_ascii=False)


def counted(skipped: Sequence[Skipped]) -> int:
    """How many lines or events were skipped."""
    return sum(one.count for one in skipped)


def skipped_count(text: str) -> int:
    """How many, from their text."""
    return int(json.loads(text)["count"])


def skipped_of(text: str) -> list[Skipped]:
    """The first skipped lines, from their text."""
    return [Skipped(*row) for row in json.loads(text)["first"]]
