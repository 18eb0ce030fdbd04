"""What the operator brings in, evenings and organisations; and the names of things, where no action returns them."""

from collections.abc import Iterator
from typing import Any

from entregent.communities import queries as pages
from entregent.directory.models import Listing
from entregent.discretion.viewer import ANYBODY, Viewer
from entregent.exchange import history, organisations
from entregent.exchange.features import Said
from entregent.exchange.models import Origin
from entregent.exchange.origins import EVENT, MEMBER
from entregent.exchange.records import Event, Group, History
from entregent.meetups.models import Meetup
from entregent.people import queries as who
from entregent.people.models import Person
from tests.laws.worlds.acting.acts import Act, listing
from tests.laws.worlds.acting.pen import FIRMS
from tests.laws.worlds.playing.draws import keyed
from tests.laws.worlds.playing.things import Thing


def bring_in(act: Act, *, community: Thing) -> dict[str, Any]:
    """Bring in a past evening with those who were there, the first of whom organised it; its names.

    Each person comes in by themselves at first, so that their id does not depend on who else was there.
    """
    page = pages.community(ANYBODY, community.slug)
    people, title = act.said["people"], act.said["title"]
    for handle in people:
        with keyed(f"brought in: {handle}"):
            _write(History(members={handle: ""}), page)
    whole = History(
        groups={act.key: Group(title, "", people[0])},
        members=dict.fromkeys(people, ""),
        events={act.key: Event(act.key, title, act.said["starts_at"])},
        answers={(act.key, handle): None for handle in people},
    )
    _write(whole, page)
    uid = Origin.objects.values_list("about", flat=True).get(kind=EVENT, key=act.key)
    return evening(Meetup.ledger.values_list("code", flat=True).get(uid=uid))


def _write(said: History, page: pages.Page) -> None:
    history.bring_in(said, community=page.name, zone=page.zone, tell=lambda _done, _of: None)


def list_organisations() -> dict[str, Thing]:
    """Bring in what a source says of every firm that anybody may name, and of one more; as things by key."""
    with keyed("organisations"):
        organisations.bring_in(_said(), source="Annuaire", licence="ODbL")
    return {listing(name): Thing("listing", uid=uid) for uid, name in Listing.objects.values_list("uid", "name")}


def _said() -> Iterator[Said]:
    for name in (*FIRMS, "Badamier"):
        yield Said(
            key=name,
            name=name,
            category="Entreprise",
            tags=("cartographie", name),
            description=f"{name} dessine des cartes et cherche un plombier.",
            address="1 rue de la Plage",
            postcode="97400",
            town="Saint-Denis",
            url=f"https://{name.lower()}.example",
            said_on=None,
        )


def brought(handle: str) -> tuple[Viewer, Thing]:
    """Somebody who was brought in, or who they turned out to be."""
    uid = Origin.objects.filter(kind=MEMBER, key=handle).order_by("-pk").values_list("about", flat=True)[0]
    person = Person.objects.values_list("pk", flat=True).get(uid=uid)
    return Viewer(person=person), somebody(person)


def somebody(person: int, secret: str = "") -> Thing:
    """A person as a thing; `secret` is that of a guest's link."""
    return Thing("person", uid=who.uid_of(person=person), secret=secret)


def evening(code: str) -> dict[str, Any]:
    """The names of an evening."""
    uid, here = Meetup.ledger.values_list("uid", "here").get(code=code)
    return {"uid": uid, "code": code, "here": here}
