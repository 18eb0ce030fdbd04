"""Organisations of the sector from a source: compared with what is here, and written in one transaction.

What a source no longer lists is kept and dated. What the operator took out does not come back by importing it again.
Nothing here reads or writes what anybody stated: who works where is not asked, and no organisation of theirs is made.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from itertools import islice
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _

from entregent.common import chance, days, errors, wording
from entregent.directory.models import Listing, Source, Tag
from entregent.directory.wording import key_of
from entregent.exchange import plans
from entregent.exchange.features import Said
from entregent.search.stems import stems

#: How many organisations are compared and written at once.
BATCH = 500
#: Longest name of a source, and longest line about its licence, in characters.
NAME, LICENCE = 80, 200
#: What is compared of a listing, as its columns are called.
COMPARED = ("name", "category", "tags", "description", "address", "postcode", "town", "url", "said_on")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many listings are new, say something else than before, say the same, are listed no longer, were taken out."""

    new: int = 0
    changed: int = 0
    same: int = 0
    gone: int = 0
    away: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """A source of which there is something here: how many it lists, how many no longer, and when it was last new."""

    name: str
    licence: str
    listed: int
    gone: int
    read_on: date


@dataclass(slots=True)
class _Here:
    """What earlier imports brought of one source (0: nothing), and which of that the file lists."""

    source: int
    today: date
    seen: set[int] = field(default_factory=set)
    counts: Counts = field(default_factory=Counts)

    def add(self, **more: int) -> None:
        self.counts = replace(self.counts, **{name: getattr(self.counts, name) + many for name, many in more.items()})


@dataclass(frozen=True, slots=True)
class _Difference:
    """Of some organisations, those that are new, and those that say something else than the row here."""

    new: list[Said]
    changed: list[tuple[int, Said]]


def compare(said: Iterable[Said], *, source: str) -> Counts:
    """What bringing these in would change. Nothing is written."""
    known = Source.objects.filter(name=_named(source)).values_list("pk", flat=True).first()
    here = _Here(known or 0, days.today(settings.HOME_ZONE))
    for _batch in _differences(said, here):
        pass
    here.add(gone=len(_gone(here)))
    return here.counts


def bring_in(said: Iterable[Said], *, source: str, licence: str = "") -> Counts:
    """Write what is new or says something else; a source that is here keeps its licence where none is given.

    Doing it twice changes nothing. Raises `Invalid`, and whatever reading raises; nothing is written then.
    """
    name, line = _named(source), wording.line(licence)
    if len(line) > LICENCE:
        raise errors.Invalid("licence", _("A licence is told in %d characters at most.") % LICENCE)
    counts = _bring_in(said, name, line)
    if counts.new:
        plans.look_again(Source, Listing, Tag)
    return counts


@transaction.atomic
def take_out(uid: UUID) -> str:
    """Take a listing out for good, and say what it was called. Raises `NotFound`.

    What the source calls it may hold a name: a digest stays, by which it is known should it come again.
    """
    listing = Listing.objects.select_for_update().filter(uid=uid, away_on=None).first()
    if listing is None:
        raise errors.NotFound(_("No organisation here has the id %s.") % uid)
    Tag.objects.filter(listing=listing).delete()
    empty = Listing(pk=listing.pk, uid=listing.uid, source_id=listing.source_id, key=_digest(listing.key))
    empty.read_on, empty.away_on = listing.read_on, days.today(settings.HOME_ZONE)
    empty.save(force_update=True)
    return listing.name


def sources() -> list[Known]:
    """Every source, by name."""
    rows = (
        Listing.objects.filter(away_on=None)
        .values_list("source__name", "source__licence")
        .annotate(listed=Count("pk", filter=Q(gone_on=None)), gone=Count("gone_on"), read_on=Max("read_on"))
    )
    return [Known(*row) for row in rows.order_by("source__name")]


@transaction.atomic
def _bring_in(said: Iterable[Said], name: str, licence: str) -> Counts:
    source, _made = Source.objects.select_for_update().get_or_create(name=name)
    if licence and licence != source.licence:
        Source.objects.filter(pk=source.pk).update(licence=licence)
    here = _Here(source.pk, days.today(settings.HOME_ZONE))
    for difference in _differences(said, here):
        _add(difference.new, here)
        _change(difference.changed, here)
    gone = _gone(here)
    for some in _batches(iter(gone)):
        Listing.objects.filter(pk__in=some).update(gone_on=here.today)
    here.add(gone=len(gone))
    return here.counts


def _named(source: str) -> str:
    name = wording.line(source)
    if not name or len(name) > NAME:
        raise errors.Invalid("source", _("A source needs a name of %d characters at most.") % NAME)
    return name


def _differences(said: Iterable[Said], here: _Here) -> Iterator[_Difference]:
    for some in _batches(iter(said)):
        away = {_digest(each.key): each.key for each in some}
        rows = Listing.objects.filter(source=here.source, key__in=[*away, *away.values()])
        told = rows.values_list("key", "pk", "away_on", "gone_on", *COMPARED)
        held = {away.get(row[0], row[0]): row[1:] for row in told}
        yield _difference(some, held, here)


def _digest(key: str) -> str:
    """What stays of a source's key once its listing was taken out."""
    return chance.digest("taken out", key)


def _difference(some: list[Said], held: dict[str, tuple[Any, ...]], here: _Here) -> _Difference:
    new = [each for each in some if each.key not in held]
    known = [(each, *held[each.key]) for each in some if each.key in held]
    here.seen.update(row[1] for row in known)
    open_ones = [row for row in known if row[2] is None]
    changed = [(row[1], row[0]) for row in open_ones if row[3] is not None or tuple(row[4:]) != _values(row[0])]
    here.add(new=len(new), changed=len(changed), same=len(open_ones) - len(changed), away=len(known) - len(open_ones))
    return _Difference(new, changed)


def _values(said: Said) -> tuple[Any, ...]:
    return tuple(list(said.tags) if name == "tags" else getattr(said, name) for name in COMPARED)


def _gone(here: _Here) -> list[int]:
    """The listings of the source that the file does not list, and that were listed before."""
    rows = Listing.objects.filter(source=here.source, gone_on=None, away_on=None).order_by("pk")
    return [key for key in rows.values_list("pk", flat=True) if key not in here.seen]


def _add(new: list[Said], here: _Here) -> None:
    rows = [Listing(source_id=here.source, key=said.key, **_columns(said, here.today)) for said in new]
    made = Listing.objects.bulk_create(rows)
    here.seen.update(listing.pk for listing in made)
    _tag((listing.pk, said) for listing, said in zip(made, new, strict=True))


def _change(changed: list[tuple[int, Said]], here: _Here) -> None:
    for key, said in changed:
        Listing.objects.filter(pk=key).update(gone_on=None, **_columns(said, here.today))
    Tag.objects.filter(listing__in=[key for key, _said in changed]).delete()
    _tag(changed)


def _columns(said: Said, today: date) -> dict[str, Any]:
    told = {name: value for name, value in asdict(said).items() if name != "key"}
    return {
        **told,
        "tags": list(said.tags),
        "folded": key_of(said.name),
        "town_key": key_of(said.town),
        "read_on": today,
        "heads": stems(" . ".join((said.name, said.category, *said.tags))),
        "body": stems(said.description),
        "place": stems(f"{said.town} {said.postcode}"),
    }


def _tag(said: Iterable[tuple[int, Said]]) -> None:
    """Put listings under their tags; two spellings of one tag are one."""
    found = {(key, key_of(word)): word for key, each in said for word in reversed(each.tags)}
    Tag.objects.bulk_create(Tag(listing_id=key, word=word, folded=folded) for (key, folded), word in found.items())


def _batches(every: Iterator[Any]) -> Iterator[list[Any]]:
    while some := list(islice(every, BATCH)):
        yield some
