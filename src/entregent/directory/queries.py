"""Reads of the directory: every member finds the same there, whoever they are; nobody else finds anything."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, F, QuerySet

from entregent.common import errors
from entregent.directory import relevance
from entregent.directory.models import Listing, Tag
from entregent.directory.wording import key_of
from entregent.discretion.viewer import Viewer
from entregent.search import stems
from entregent.search.queries import Matches

#: How much of a description stands in a list, in characters.
SHORT = 160
#: How many listings that hold a word of a question are read and compared, at most.
READ = 1_000


@dataclass(frozen=True, slots=True)
class Listed:
    """A listing in a list: `does` is the beginning of what its source says that it does."""

    uid: UUID
    name: str
    category: str
    town: str
    does: str
    tags: tuple[str, ...]
    gone_on: date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that a source says of an organisation, where that comes from and since when."""

    uid: UUID
    name: str
    category: str
    tags: tuple[str, ...]
    description: str
    address: str
    postcode: str
    town: str
    url: str
    source: str
    licence: str
    said_on: date | None
    read_on: date
    gone_on: date | None


@dataclass(frozen=True, slots=True)
class Found:
    """Some of the listings that answer, in their order, and how many do."""

    lines: tuple[Listed, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """A tag or a town as most sources write it, and how many listings are under it."""

    words: str
    count: int


LISTED = ("uid", "name", "category", "town", "description", "tags", "gone_on")
SHEET = ("uid", "name", "category", "tags", "description", "address", "postcode", "town", "url")
ORIGIN = ("source__name", "source__licence", "said_on", "read_on", "gone_on")


def sheet(viewer: Viewer, uid: UUID) -> Sheet:
    """What a source says of an organisation. Raises `NotFound`."""
    row = _here(viewer).filter(uid=uid).values_list(*SHEET, *ORIGIN).first()
    if row is None:
        raise errors.NotFound
    uid, name, category, words, *rest = row
    return Sheet(uid, name, category, tuple(words), *rest)


def size(viewer: Viewer) -> int:
    """How many listings there are."""
    return _here(viewer).count()


def find(viewer: Viewer, *, words: str = "", tag: str = "", town: str = "", first: int = 0, many: int = 40) -> Found:
    """The listings under a tag, in a town, that words find, `many` from the one at `first` on.

    By name; those that words find, best first.
    """
    rows = _here(viewer)
    if tag:
        rows = rows.filter(pk__in=Tag.objects.filter(folded=key_of(tag)).values("listing"))
    if town:
        rows = rows.filter(town_key=key_of(town))
    if not words:
        page = rows.order_by("folded", "uid").values_list(*LISTED)[first : first + many]
        return Found(tuple(map(_listed, page)), rows.count())
    order = _best(rows, stems.query(words))
    return Found(_in_order(rows, order[first : first + many]), len(order))


def answering(viewer: Viewer, text: str, *, limit: int = 3) -> list[Listed]:
    """The organisations that answer a need in plain words best; none that its source no longer lists."""
    rows = _here(viewer).filter(gone_on=None)
    return list(_in_order(rows, _best(rows, stems.query(text))[:limit]))


def tags(viewer: Viewer, *, limit: int = 24) -> list[Shelf]:
    """The commonest tags."""
    return _shelves(Tag.objects.filter(listing__in=_here(viewer)), "folded", "word", limit)


def towns(viewer: Viewer, *, limit: int = 24) -> list[Shelf]:
    """The towns with most listings."""
    return _shelves(_here(viewer).exclude(town_key=""), "town_key", "town", limit)


def _here(viewer: Viewer) -> "QuerySet[Listing]":
    """The listings that were not taken out; none for somebody who is nobody here."""
    rows = Listing.objects.filter(away_on=None)
    return rows if viewer.person is not None else rows.none()


def _best(rows: "QuerySet[Listing]", terms: Sequence[stems.Term]) -> list[UUID]:
    question = stems.fts5(terms) if connection.vendor == "sqlite" else stems.tsquery(terms)
    if not question:
        return []
    reading = stems.Reading(terms)
    graded = (_graded(reading, *row) for row in _answering(rows, question))
    return relevance.best(each for each in graded if each.head or each.body or each.place)


def _answering(rows: "QuerySet[Listing]", question: str) -> Iterable[tuple[Any, ...]]:
    """The stems of the listings that hold a word of the question; of too many, those first that are about it.

    Which of the others are read hangs on their public ids, which are random, and so on nothing that is said.
    """
    sqlite = connection.vendor == "sqlite"
    matches = Matches(*map(F, ("pk", "heads", "body", "place")), question=question, table="directory_fts")
    in_heads = f"heads : ({question})" if sqlite else question
    about = Matches(F("pk"), F("heads"), question=in_heads, table="directory_fts")
    told = rows.filter(matches).order_by(about.desc(), "uid")
    return told.values_list("uid", "heads", "body", "place")[:READ]


def _graded(reading: stems.Reading, uid: UUID, *texts: str) -> relevance.Graded:
    head, body, place = (reading(text).grades for text in texts)
    return relevance.Graded(uid, head, body, place, length=len(texts[1].split()))


def _in_order(rows: "QuerySet[Listing]", order: Sequence[UUID]) -> tuple[Listed, ...]:
    held = {row[0]: _listed(row) for row in rows.filter(uid__in=order).values_list(*LISTED)}
    return tuple(held[uid] for uid in order if uid in held)


def _listed(row: tuple[Any, ...]) -> Listed:
    uid, name, category, town, description, words, gone_on = row
    return Listed(uid, name, category, town, _short(description), tuple(words), gone_on)


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= SHORT else f"{plain[:SHORT].rsplit(' ', 1)[0].rstrip(',;:.')}…"


def _shelves(rows: "QuerySet[Any, Any]", key: str, word: str, limit: int) -> list[Shelf]:
    """The values of `key` that most rows have, each as most of its rows write it in `word`; counted by the database."""
    counted = rows.values_list(key).annotate(many=Count("pk")).order_by("-many", key)
    many = dict(counted[:limit])
    spellings = rows.filter(**{f"{key}__in": many}).values_list(key, word).annotate(times=Count("pk"))
    written: dict[str, str] = {}
    for one, spelling, _times in sorted(spellings, key=lambda each: (-each[2], each[1])):
        written.setdefault(one, spelling)
    return [Shelf(written[one], count) for one, count in many.items()]
