"""Reads what is judged: one JSON object a line, and one clear error, with its line, where a file cannot be judged."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path
from typing import Any

from entregent.common import errors


@dataclass(frozen=True, slots=True)
class Text:
    """One text that may be found; `lang` is "fr", "en" or ""."""

    id: str
    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and the ids of the texts that are right."""

    text: str
    relevant: frozenset[str]


class Bad(errors.DomainError):
    """A file that cannot be judged: where, and what is wanted."""


def corpus(path: Path) -> list[Text]:
    """The texts of a file, by their ids. Raises `Bad` for a line that is none, an id said twice, or no text at all."""
    texts: dict[str, Text] = {}
    for place, said in _objects(path):
        one = Text(_words(said, "id", place), _words(said, "text", place), _words(said, "lang", place, ""))
        if one.id in texts:
            raise Bad(_("{place}: the id {id!r} stands on a line before.").format(place=place, id=one.id))
        texts[one.id] = one
    if not texts:
        raise Bad(_("{file}: there is nothing in it.").format(file=path))
    return [texts[each] for each in sorted(texts)]


def questions(path: Path) -> list[Question]:
    """The questions of a file, in its order. Raises `Bad` for a line that is none, or where there is none."""
    asked = [Question(_words(said, "text", place), _ids(said, place)) for place, said in _objects(path)]
    if not asked:
        raise Bad(_("{file}: there is nothing in it.").format(file=path))
    return asked


def _objects(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each object of the file with the words for its place; empty lines are passed over."""
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            place = _("{file}, line {line}").format(file=path, line=number)
            if line.strip():
                yield place, _object(line, place)


def _object(line: bytes, place: str) -> dict[str, Any]:
    try:
        said = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Bad(_("{place}: this is no JSON in UTF-8.").format(place=place)) from error
    if not isinstance(said, dict):
        raise Bad(_("{place}: an object is wanted, as {{...}}.").format(place=place))
    return said


def _words(said: dict[str, Any], name: str, place: str, default: str | None = None) -> str:
    words = said.get(name, default)
    if not isinstance(words, str):
        raise Bad(_("{place}: {name!r} has to be a text.").format(place=place, name=name))
    return words.encode(errors="replace").decode()


def _ids(said: dict[str, Any], place: str) -> frozenset[str]:
    ids = said.get("relevant")
    if not isinstance(ids, list) or not ids or not all(isinstance(one, str) for one in ids):
        raise Bad(_("{place}: 'relevant' has to be a list of ids, which are texts.").format(place=place))
    return frozenset(ids)
