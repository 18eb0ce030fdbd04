"""What the demonstration is played on: its data, its days, and the people, evenings and contacts there are so far."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from entregent.common import clock
from entregent.communities import queries as communities
from entregent.discretion import actions as discretion
from entregent.discretion.viewer import Viewer
from entregent.people import queries as people

Data = Mapping[str, Any]
Act = Callable[[], object]
#: The hour at which something happens whose day alone is known.
NOON = time(12)


@dataclass(slots=True)
class Stage:
    """One playing of the demonstration, on the day `on`.

    `cast` is by handle, `codes` of evenings by key, `positions` by handle and organisation, `contacts` by owner and
    whom they are about, `promises` by these and their text; `here` holds what the table says at an evening, by its key.
    """

    data: Data
    on: date
    acts: list[tuple[datetime, Act]] = field(default_factory=list)
    cast: dict[str, Viewer] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    positions: dict[tuple[str, str], UUID] = field(default_factory=dict)
    contacts: dict[tuple[str, str], UUID] = field(default_factory=dict)
    promises: dict[tuple[str, str, str], UUID] = field(default_factory=dict)
    here: dict[str, str] = field(default_factory=dict)
    circle: int | None = None

    @property
    def community(self) -> Data:
        """The community that everybody is in."""
        return dict(self.data["communities"][0])

    @property
    def zone(self) -> ZoneInfo:
        """Where it all happens."""
        return ZoneInfo(self.community["zone"])

    def day(self, said: date | Data) -> date:
        """A day of the data: a date, or so many days after the one of the demonstration."""
        return said if isinstance(said, date) else self.on + timedelta(days=said["days"])

    def moment(self, said: date | Data, at: time = NOON) -> datetime:
        """A moment of a day of the data, in UTC."""
        return datetime.combine(self.day(said), at, self.zone).astimezone(UTC)

    def person(self, handle: str) -> Data:
        """What the data says of a person."""
        return next(person for person in self.data["people"] if person["handle"] == handle)

    def evening(self, key: str) -> Data:
        """What the data says of an evening."""
        return next(evening for evening in self.data["evenings"] if evening["key"] == key)

    def organisation(self, slug: str) -> str:
        """The name of an organisation."""
        return str(next(firm["name"] for firm in self.data["organisations"] if firm["slug"] == slug))

    def came(self, handle: str) -> datetime:
        """When somebody opened their account."""
        return self.moment(self.person(handle)["since"])

    def joined(self, *handles: str) -> datetime:
        """When the last of these people had joined the community."""
        founder = self.community["stewards"][0]
        opened = self.moment(self.community["since"])
        return max(max(self.came(handle), opened + timedelta(minutes=handle != founder)) for handle in handles)

    def uid(self, handle: str) -> UUID:
        """The public id of a person on stage."""
        return people.uid_of(person=self.cast[handle].me)

    def audience(self, need: Data) -> int | None:
        """The circle that the data names: nobody, people by handle, or the community."""
        if need["audience"] == "named":
            named = [self.cast[handle].me for handle in need["named"]]
            return discretion.name_people(self.cast[need["owner"]], people=named)
        return self.members() if need["audience"] == "community" else None

    def members(self) -> int:
        """The circle of the community's members."""
        if self.circle is None:
            first = self.cast[self.community["stewards"][0]]
            self.circle = communities.community(first, self.community["slug"]).members_circle
        return self.circle

    def then(self, moment: datetime, act: Act) -> None:
        """Let `act` happen at `moment`, after what was said before for the same moment."""
        self.acts.append((moment, act))

    def play(self) -> None:
        """Let everything happen in the order of time, each with the clock of its moment."""
        for moment, act in sorted(self.acts, key=lambda dated: dated[0]):
            with clock.at(moment):
                act()
