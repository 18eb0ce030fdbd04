"""One world in the database: acts done through the product's actions, each after a savepoint that one can return to.

`become` makes the world hold a given history: it goes back to where that one parts from what was played, and plays on.
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp

from django.conf import settings
from django.core import mail
from django.core.mail import EmailMessage
from django.db import transaction
from django.test.utils import override_settings

from entregent.common import clock, errors
from entregent.discretion.viewer import Viewer
from tests.laws.worlds.acting.acts import KINDS, Act
from tests.laws.worlds.playing import (
    deeds,
    deeds_cards,
    deeds_door,
    deeds_evenings,
    deeds_kept,
    deeds_people,
    deeds_pictures,
    deeds_promises,
    deeds_series,
    deeds_sharing,
    deeds_words,
    draws,
    imports,
)
from tests.laws.worlds.playing.things import Sent, Thing

#: Importing them puts their deeds among the deeds.
DEEDS = (
    *(deeds_people, deeds_evenings, deeds_series, deeds_sharing, deeds_door, deeds_pictures),
    *(deeds_kept, deeds_promises, deeds_words, deeds_cards),
)


@dataclass(frozen=True, slots=True)
class _Mark:
    """Where one can return to: the savepoint before an act, and what was known then."""

    savepoint: str
    act: Act
    cast: dict[str, Viewer]
    people: dict[str, Thing]
    things: dict[str, Thing]
    graph: Path
    sent: int


@dataclass(slots=True)
class Played:
    """One world, inside a transaction that `opened` undoes.

    `cast` is by handle (a guest is known from their first act on), `people` are they as things; `things` are by the key
    of the act that made them; `outcomes` by the key of the act. `graph` is the folder of this world's graphs.
    `known` are all acts ever played here, `every_thing` and `everybody` what they made.
    """

    cast: dict[str, Viewer] = field(default_factory=dict)
    people: dict[str, Thing] = field(default_factory=dict)
    things: dict[str, Thing] = field(default_factory=dict)
    outcomes: dict[str, str] = field(default_factory=dict)
    sent: list[Sent] = field(default_factory=list)
    graph: Path = field(default_factory=Path)
    root: Path = field(default_factory=Path)
    folders: int = 0
    marks: list[_Mark] = field(default_factory=list)
    known: set[tuple[object, ...]] = field(default_factory=set)
    every_thing: dict[str, Thing] = field(default_factory=dict)
    everybody: dict[str, Thing] = field(default_factory=dict)

    def become(self, acts: Sequence[Act]) -> None:
        """Hold exactly these acts, in their order."""
        same = 0
        while same < min(len(acts), len(self.marks)) and self.marks[same].act == acts[same]:
            same += 1
        self._return(same)
        for act in acts[same:]:
            self._mark(act)
            play(self, act)
        self.known.update(map(_told_apart, acts))
        self.every_thing |= self.things
        self.everybody |= self.people

    def knows(self, acts: Sequence[Act], after: Sequence[Act] = ()) -> bool:
        """Whether what all these acts make is known: they have been played here before, or are once `after` was."""
        return self.known.union(map(_told_apart, after)).issuperset(map(_told_apart, acts))

    def _mark(self, act: Act) -> None:
        savepoint = transaction.savepoint()
        known = (dict(self.cast), dict(self.people), dict(self.things))
        self.marks.append(_Mark(str(savepoint), act, *known, self.graph, len(self.sent)))

    def _return(self, place: int) -> None:
        if place == len(self.marks):
            return
        mark = self.marks[place]
        transaction.savepoint_rollback(mark.savepoint)
        transaction.savepoint_commit(mark.savepoint)
        for later in self.marks[place:]:
            self.outcomes.pop(later.act.key, None)
        self.cast, self.people, self.things = dict(mark.cast), dict(mark.people), dict(mark.things)
        self.graph = mark.graph
        settings.GRAPH_ROOT = mark.graph
        del self.marks[place:], self.sent[mark.sent :]

    def own_graph(self) -> None:
        """Go on with a copy of the stored graphs, so that those of now are still there when one returns."""
        self.folders += 1
        fresh = self.root / str(self.folders)
        shutil.copytree(self.graph, fresh, copy_function=os.link) if self.graph.is_dir() else fresh.mkdir(parents=True)
        self.graph = fresh
        settings.GRAPH_ROOT = fresh


def _told_apart(act: Act) -> tuple[object, ...]:
    return act.key, act.at, act.who, act.do


def play(played: Played, act: Act) -> None:
    """Do one act at its moment, its draws keyed by it, and note the outcome and the mails that left."""
    if act.do in {"tick", "import_evening"}:
        played.own_graph()
    with clock.at(act.at), draws.keyed(act.key, apart=act.do == "tick"):
        played.outcomes[act.key] = _outcome(played, act)
    played.sent += outgoing(act.at)


def _outcome(played: Played, act: Act) -> str:
    try:
        with transaction.atomic():
            made = deeds.done(played, act)
    except errors.DomainError as error:
        return type(error).__name__
    except deeds.Unknown:
        return "NotFound"
    if made:
        played.things[act.key] = Thing(KINDS[act.do].makes, **made)
    return "done"


def outgoing(at: datetime) -> list[Sent]:
    """The mails that left since this was asked the last time."""
    box = list(mail.outbox)
    mail.outbox.clear()
    return [_sent(at, one) for one in box]


def _sent(at: datetime, one: EmailMessage) -> Sent:
    head = {"Subject": str(one.subject), "From": one.from_email, **one.extra_headers}
    html = "".join(str(part.content) for part in getattr(one, "alternatives", ()))
    return Sent(at, one.to[0], tuple(sorted((name, str(value)) for name, value in head.items())), str(one.body), html)


@contextmanager
def opened() -> Iterator[Played]:
    """A world in which nobody has done anything and a source lists organisations, undone when the block ends."""
    root = Path(mkdtemp(prefix="entregent-world-"))
    mail.outbox = []
    memory = "django.core.mail.backends.locmem.EmailBackend"
    try:
        with override_settings(EMAIL_BACKEND=memory, GRAPH_ROOT=root / "0"), transaction.atomic():
            yield Played(things=imports.list_organisations(), graph=root / "0", root=root)
            transaction.set_rollback(True)
    finally:
        shutil.rmtree(root, ignore_errors=True)
