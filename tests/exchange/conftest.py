"""Small histories in files and the community that they make, all there is in the database, and where real data are."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.utils import translation

from entregent.common import clock
from entregent.communities import actions as communities
from entregent.communities import queries as community_of
from entregent.communities.models import Claim
from entregent.discretion.models import Fact
from entregent.discretion.viewer import Viewer
from entregent.exchange import actions, due, history, origins, records, stewards
from entregent.exchange.history import Comparison
from entregent.exchange.models import Origin
from entregent.people import queries as people
from entregent.people.models import Person
from entregent.profiles import actions as profiles

#: Beside the repository, unless the environment names another place.
SHARED = Path(os.environ.get("ENTREGENT_TEST_DATA", Path(__file__).parents[3] / "shared" / "data"))
NOW = datetime.fromisoformat("2026-11-22T08:00:00+00:00")

GROUPS = """group_id,group_name,category,organizer_id
g1,Web Developers,Tech,m1
g2,Trail Runners,Outdoors,m9
"""
MEMBERS = """member_id,city,state
m1,Nashville,TN
m2,Franklin,TN
m3,Nashville,TN
"""
EVENTS = """event_id,group_id,name,time,yes_rsvp_count
e1,g1,Django by night,2016-02-03 00:30:00,2
e2,g1,"Tea, and CSS",2016-03-02 00:30:00,1
e3,g2,Up the hill,2016-03-05 15:00:00,0
"""
RSVPS = """event_id,member_id
e1,m1
e1,m2
e2,m2
e2,m4
"""


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """What is said is compared in the language of the sources."""
    with translation.override("en"):
        yield


@dataclass
class Source:
    """Four files of a history, each with the bytes that a test gives it, else those above."""

    folder: Path
    skipped: list[records.Skipped] = field(default_factory=list)

    def files(self, **said: str | bytes) -> records.Files:
        """The files on disk."""
        usual: dict[str, str | bytes] = {"groups": GROUPS, "members": MEMBERS, "events": EVENTS, "rsvps": RSVPS}
        for name, content in {**usual, **said}.items():
            (self.folder / f"{name}.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
        return records.Files(**{name: self.folder / f"{name}.csv" for name in usual})

    def read(self, **said: str | bytes) -> records.History:
        """What the files say; skipped lines are kept in `skipped`."""
        told = records.Told(advance=lambda _read: None, skip=self.skipped.append)
        return records.read(self.files(**said), told, history.known_events("Nashville"))

    def bring_in(self, **said: str | bytes) -> Comparison:
        """Bring them into the community of Nashville."""
        said_there = self.read(**said)
        with clock.at(NOW):
            return history.bring_in(
                said_there, community="Nashville", zone="America/Chicago", tell=lambda _d, _of: None
            )


@pytest.fixture
def source(db: None, tmp_path: Path) -> Source:
    """A small history."""
    return Source(tmp_path)


Dump = dict[str, list[tuple[Any, ...]]]


def everything() -> Dump:
    """Every row of every table of the product."""
    kinds = [kind for kind in apps.get_models() if kind.__module__.startswith("entregent.")]
    return {
        kind.__name__: list(
            (kind.ledger if issubclass(kind, Fact) else kind._default_manager).order_by("pk").values_list()
        )
        for kind in kinds
        if kind.__name__ != "Stored"
    }


@pytest.fixture
def dump(db: None) -> Callable[[], Dump]:
    """The whole content of the database, but for where the graph is stored."""
    return everything


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder with real data sets; the test is skipped where there is none."""
    if not SHARED.is_dir():
        pytest.skip(f"no real data at {SHARED}: ENTREGENT_TEST_DATA names another folder")
    return SHARED


#: The community that `source` brings in.
SLUG = "nashville"


@pytest.fixture
def nashville(source: Source, alice: Viewer, bob: Viewer, charlie: Viewer) -> Iterator[str]:
    """The imported community, which Alice looks after, with Bob and Charlie in it by their names."""
    with clock.at(NOW):
        source.bring_in()
        Person.objects.filter(pk=alice.me).update(handle="alice")
        stewards.appoint("alice", community="Nashville")
        key, circle = community_of.community(alice, SLUG).key, community_of.community(alice, SLUG).members_circle
        communities.enrol(community=key, people=[bob.me, charlie.me])
        for viewer, name in ((alice, "Alice"), (bob, "Bob"), (charlie, "Charlie")):
            profiles.call_me(viewer, text=name, audience=circle)
        yield SLUG


def uid(key: str) -> UUID:
    """The public id of somebody by whatever the operator calls them."""
    return people.uid_of(person=origins.person(key))


def brought(key: str) -> int:
    """Who somebody of a file is here by now."""
    return Person.objects.get(uid__in=Origin.objects.filter(kind="member", key=key).values("about")).pk


def pending() -> UUID:
    """The public id of the one claim that there is."""
    return Claim.ledger.values_list("uid", flat=True).get()


def agreed(steward: Viewer) -> str:
    """What a steward agreed to of the one claim that there is, made so by the worker; the slug of the community."""
    slug = actions.accept_claim(steward, claim=pending())
    assert due.give_claimed(clock.now()) == 1
    return slug
