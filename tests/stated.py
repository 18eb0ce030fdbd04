"""What the facts in the tables say, of every kind there is, and who may see each as the words of the policy have it.

Read past the product: by one statement of our own over all texts, and by the rows of `discretion` in plain Python.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from django.apps import apps
from django.db import connections, models

from entregent.circles.fixed import DECLARED
from entregent.circles.models import Member, Within
from entregent.common import clock
from entregent.communities.models import Community
from entregent.directory.models import Listing, Source, Tag
from entregent.discretion.models import Fact, Shield
from entregent.discretion.viewer import Viewer
from entregent.exchange.models import Origin
from entregent.meetups.models import Feed
from entregent.people import keys
from entregent.people.models import Account, Key, Person
from tests.discretion import sentence
from tests.discretion.worlds import NOW, Kept, Place, Stated, World

#: Tables that are no fact of anybody's, and that whoever finds the thing may read.
PUBLIC: tuple[type[models.Model], ...] = (Community,)
#: Such that whoever is somebody here may read: what sources say of organisations.
COMMON: tuple[type[models.Model], ...] = (Source, Listing, Tag)

#: Columns with no word in them: public ids of others, which whoever sees those people has as well; and codes that the
#: log holds as part of an address.
IDS = {"recall.Kept": ("told", "looked"), "meetups.Meetup": ("together", "recalled")}

#: A fact by its kind and its key.
Named = tuple[str, int]


class Text(NamedTuple):
    """What one column of one fact holds: the kind of fact, its key, the column, the text."""

    kind: str
    key: int
    column: str
    text: str


class Row(NamedTuple):
    """What the policy looks at, and the facts that a fact is about."""

    fact: Stated
    about: list[Named]


@dataclass(frozen=True, slots=True)
class Tables:
    """The facts in one database."""

    alias: str = "default"

    def texts(self, *, drawn: bool = True) -> list[Text]:
        """What every fact says; with `drawn`, also ids and codes, which nobody typed."""
        with self._unnoticed() as cursor:
            cursor.execute(_everything(connections[self.alias].vendor, drawn))
            return [Text(*row) for row in cursor.fetchall()]

    def seen(self, person: int | None, of: set[Text]) -> set[Text]:
        """Of some texts, those whose fact a person, or the anonymous visitor, may see now."""
        with self._unnoticed():
            sight = _Sight(self.alias, person, {(text.kind, text.key) for text in of})
            return {text for text in of if sight.reaches((text.kind, text.key))}

    def open_to(self, person: int | None) -> list[str]:
        """What is nobody's fact and no secret to a person: communities, the directory, and what else is their own."""
        with self._unnoticed():
            free = (*PUBLIC, *(COMMON if person is not None else ()))
            rows = [model._default_manager.using(self.alias) for model in free]
            own = [
                model._default_manager.using(self.alias).filter(**{name: person})
                for model, name in (_own_tables() if person is not None else [])
            ]
            found = [texts for query in (*rows, *own) for texts in query.values_list(*_plain(query.model))]
            me = Person.objects.using(self.alias).filter(pk__in=[] if person is None else [person])
            mine = Account.objects.using(self.alias).filter(pk__in=me.values("account"))
            return [text for texts in [*found, *mine.values_list("email")] for text in texts if text]

    def person_of(self, *, account: UUID | None = None, secrets: Iterable[str] = ()) -> set[int]:
        """Who signs in with an account, who without one carries a secret link, whose calendar reads by an address."""
        with self._unnoticed():
            held = Key.objects.using(self.alias).filter(digest__in=[keys.digest(secret) for secret in secrets])
            holders = held.filter(person__account=None).values_list("person", flat=True)
            plain = [keys.digest(secret.removesuffix(".ics")) for secret in secrets]
            readers = Feed.objects.using(self.alias).filter(digest__in=plain).values_list("person", flat=True)
            signed_in = Person.objects.using(self.alias).filter(account=account) if account else Person.objects.none()
            return {*holders, *readers, *signed_in.values_list("pk", flat=True)}

    def written_to(self, address: str) -> set[int]:
        """Who reads the mail of an address."""
        with self._unnoticed():
            reading = models.Q(account__email__iexact=address) | models.Q(account=None, mail_to__iexact=address)
            return set(Person.objects.using(self.alias).filter(reading).values_list("pk", flat=True))

    def called(self, name: str) -> set[int]:
        """Whom the operator calls by a name: a handle, an address, the key of an imported file."""
        with self._unnoticed():
            brought = Origin.objects.using(self.alias).filter(kind="member", key=name).values("about")
            meant = models.Q(handle=name) | models.Q(account__email__iexact=name) | models.Q(uid__in=brought)
            return set(Person.objects.using(self.alias).filter(meant).values_list("pk", flat=True))

    def readable(self) -> bool:
        """Whether the test may read the database, and can now."""
        try:
            connections[self.alias].ensure_connection()
        except RuntimeError:
            return False
        return not connections[self.alias].needs_rollback

    @contextmanager
    def _unnoticed(self) -> Iterator[Any]:
        """A cursor whose statements no test counts."""
        connection = connections[self.alias]
        before, wrappers = connection.force_debug_cursor, connection.execute_wrappers
        connection.force_debug_cursor, connection.execute_wrappers = False, []
        try:
            with connection.cursor() as cursor:
                yield cursor
        finally:
            connection.force_debug_cursor, connection.execute_wrappers = before, wrappers


@cache
def kinds() -> dict[str, Any]:
    """Every kind of fact, by its label."""
    return {model._meta.label: model for model in apps.get_models() if issubclass(model, Fact)}


def typed(model: Any) -> list[str]:
    """The columns that hold what somebody typed: text, neither one of a few choices nor made up by the machine."""
    return [field.attname for field in _texts(model) if not field.has_default()]


def _texts(model: Any) -> list[Any]:
    texts = (models.CharField, models.TextField)
    columns = [field for field in model._meta.concrete_fields if isinstance(field, texts) and not field.choices]
    return [field for field in columns if field.name not in IDS.get(model._meta.label, ())]


@cache
def _everything(vendor: str, drawn: bool) -> str:
    """One statement that reads every text of every fact."""
    return " UNION ALL ".join(
        f"SELECT '{label}', id, '{column}', CAST({kind._meta.db_table}.\"{column}\" AS text) "
        f"FROM {kind._meta.db_table} WHERE CAST(\"{column}\" AS text) <> ''"
        for label, kind in kinds().items()
        for column in (["uid", *(field.column for field in _texts(kind))] if drawn else typed(kind))
    )


@cache
def _own_tables() -> list[tuple[Any, str]]:
    """Tables that are no facts, with the field that says whose a row is."""
    others = [model for model in apps.get_models() if not issubclass(model, Fact)]
    return [
        (model, field.name)
        for model in others
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model is Person and _plain(model)
    ]


def _plain(model: Any) -> list[str]:
    return [field.attname for field in _texts(model)]


class _Sight:
    """What one person may see of some facts, and of what these are about, read row by row."""

    def __init__(self, alias: str, person: int | None, facts: set[Named]) -> None:
        self.alias, self.viewer = alias, Viewer(person=person)
        self.rows: dict[Named, Row] = {}
        while wanted := facts - self.rows.keys():
            self.rows |= {name: row for kind in kinds() for name, row in self._read(kind, wanted)}
            facts = {about for row in self.rows.values() for about in row.about}
        self.world = self._world({row.fact.owner for row in self.rows.values()})

    def reaches(self, name: Named) -> bool:
        """Whether they may see a fact: by itself, and with what it is about; what is theirs, whatever it is about."""
        row = self.rows[name]
        if row.fact.owner == self.viewer.person:
            return True
        return sentence.may_see(self.world, self.viewer, row.fact) and all(self.reaches(about) for about in row.about)

    def _read(self, kind: str, wanted: set[Named]) -> Iterator[tuple[Named, Row]]:
        keys = [key for label, key in wanted if label == kind]
        links = _links(kind)
        columns = ("pk", "owner", "audience", "discreet", "until", *(name for name, _ in links))
        facts = kinds()[kind].ledger.using(self.alias).filter(pk__in=keys).values_list(*columns)
        for key, owner, audience, discreet, until, *others in facts if keys else ():
            about = [(label, other) for (_, label), other in zip(links, others, strict=True) if other is not None]
            yield (kind, key), Row(Stated(key, owner, audience, discreet, _end(until)), about)

    def _world(self, owners: set[int]) -> World:
        """What the sentence has to know of the viewer and of the owners."""
        me = models.Q(person=self.viewer.person, person__isnull=False)
        places = Member.objects.using(self.alias).filter(me | models.Q(person__in=owners, circle=DECLARED))
        kept = Shield.objects.using(self.alias).filter(owner__in=owners)
        return World(
            people=[],
            circles=[],
            places=[Place(c, person, how, _end(until)) for c, person, how, until in places.values_list(*_PLACE)],
            within=list(Within.objects.using(self.alias).values_list("inner", "outer")),
            kept=[Kept(*row) for row in kept.values_list("owner", "circle", "person", "over")],
        )


_PLACE = ("circle", "person", "how", "until")


@cache
def _links(kind: str) -> list[tuple[str, str]]:
    """The facts that a kind of fact is about: the field, and the kind it leads to."""
    fields = [field for field in kinds()[kind]._meta.concrete_fields if isinstance(field, models.ForeignKey)]
    return [(f.name, f.related_model._meta.label) for f in fields if f.related_model._meta.label in kinds()]


def _end(until: datetime | None) -> datetime | None:
    """An end in the time of the sentence's worlds: over at their present, or none."""
    return None if until is None or until > clock.now() else NOW
