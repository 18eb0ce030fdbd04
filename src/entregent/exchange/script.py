"""The demonstration's acts, written on a stage in any order and played in the order of time, each through an action.

Every function writes what one table of the data says.
"""

from datetime import datetime, time, timedelta
from functools import partial

from django.conf import settings

from entregent.common import days
from entregent.communities import actions as communities
from entregent.communities import queries as pages
from entregent.discretion.viewer import Viewer
from entregent.encounters import actions as encounters
from entregent.encounters import promises
from entregent.exchange import erasing
from entregent.exchange.stage import Data, Stage
from entregent.market import actions as market
from entregent.meetups import actions as meetups
from entregent.meetups import presences
from entregent.meetups import queries as evenings
from entregent.needs import actions as needs
from entregent.people import actions as people
from entregent.people.models import Person
from entregent.profiles import actions as profiles
from entregent.ties import actions as ties

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
#: How long before an evening it is announced, and people begin to answer.
ANNOUNCED, ANSWERED = 21 * DAY, 6 * DAY
#: How long after the start the first ones say that they are there; when one writes down whom one met.
ARRIVED, HOME = 15 * MINUTE, time(23, 30)


def write(stage: Stage) -> None:
    """Write all acts, table by table: what has the same moment happens in this order."""
    for table, written in TABLES:
        for entry in stage.data[table]:
            written(stage, entry)


def _account(stage: Stage, person: Data) -> None:
    stage.then(stage.came(person["handle"]), partial(_enter, stage, person))


def _community(stage: Stage, said: Data) -> None:
    """Founded by its first steward, and joined by the others."""
    founder, others = said["stewards"][0], said["stewards"][1:]
    stage.then(stage.moment(said["since"]), partial(_found, stage, said))
    for steward in others:
        stage.then(stage.joined(steward) + DAY, partial(_appoint, stage, said, steward))
    for handle, first in _guests(stage, said).items() if said != stage.community else ():
        if handle != founder:
            stage.then(first, partial(_join, stage, said, handle))


def _guests(stage: Stage, said: Data) -> dict[str, datetime]:
    """Who answers the evenings of a community, and when they get into it: well before the first of these."""
    known: dict[str, datetime] = {}
    for evening in stage.data["evenings"]:
        for answered in evening["answers"] if evening.get("community") == said["slug"] else ():
            before = stage.moment(evening["on"]) - ANSWERED - DAY
            known.setdefault(answered["person"], max(before, stage.came(answered["person"]) + MINUTE))
    return known


def _found(stage: Stage, said: Data) -> None:
    fields = {name: said[name] for name in ("name", "slug", "town", "words", "entry", "zone")}
    communities.found(stage.cast[said["stewards"][0]], **fields)


def _appoint(stage: Stage, said: Data, steward: str) -> None:
    communities.appoint(stage.cast[said["stewards"][0]], slug=said["slug"], person=stage.uid(steward))


def _organisation(stage: Stage, firm: Data) -> None:
    stage.then(stage.moment(stage.community["since"]), partial(_register, stage, firm))


def _register(stage: Stage, firm: Data) -> None:
    founder = stage.cast[stage.community["stewards"][0]]
    market.register(founder, name=firm["name"], town=firm["town"], words=firm["words"])
    market.know_domain(organisation=firm["name"], domain=firm["domain"])


def _person(stage: Stage, person: Data) -> None:
    joined = stage.joined(person["handle"])
    if person["handle"] != stage.community["stewards"][0]:
        stage.then(joined, partial(_join, stage, stage.community, person["handle"]))
    stage.then(joined, partial(_call, stage, person))
    for position in person.get("positions", ()):
        _position(stage, person, position)
    if person.get("works", "employed") != "employed":
        stage.then(_settled(stage, person), partial(_situate, stage, person))
    if "willing" in person:
        stage.then(joined + HOUR, partial(_let_ask, stage, person))
    if "left" in person:
        stage.then(stage.moment(person["left"]), lambda: erasing.erase(stage.cast[person["handle"]].me))


def _enter(stage: Stage, person: Data) -> None:
    account = people.open_account(email=person["email"], language=person["language"])
    key = people.person_of(account=account)
    Person.objects.filter(pk=key).update(handle=person["handle"])
    stage.cast[person["handle"]] = Viewer(person=key)


def _join(stage: Stage, said: Data, handle: str) -> None:
    slug, founder = said["slug"], stage.cast[said["stewards"][0]]
    communities.join(stage.cast[handle], slug=slug, invite=pages.community(founder, slug).invite or "")


def _call(stage: Stage, person: Data) -> None:
    actor, members = stage.cast[person["handle"]], stage.members()
    profiles.call_me(actor, text=person["name"], audience=members)
    if "headline" in person:
        profiles.say_headline(actor, text=person["headline"], audience=members)


def _settled(stage: Stage, person: Data) -> datetime:
    """When somebody answers where they work: as they join, or when what they had before has ended."""
    ends = [stage.moment(each["to"]) for each in person.get("positions", ()) if "to" in each]
    return max([stage.joined(person["handle"]), *ends]) + HOUR


def _position(stage: Stage, person: Data, position: Data) -> None:
    stated = max(stage.moment(position["from"]), stage.joined(person["handle"]) + MINUTE)
    stage.then(stated, partial(_state, stage, person["handle"], position))
    if "to" in position and stage.moment(position["to"]) > stated:
        stage.then(stage.moment(position["to"]), partial(_end, stage, person["handle"], position))


def _state(stage: Stage, handle: str, position: Data) -> None:
    ends_on = stage.day(position["to"]) if "to" in position else None
    stage.positions[handle, position["organisation"]] = market.state_position(
        stage.cast[handle],
        organisation=stage.organisation(position["organisation"]),
        title=position["title"],
        starts_on=stage.day(position["from"]),
        ends_on=ends_on if ends_on and ends_on <= days.today(settings.HOME_ZONE) else None,
        audience=stage.members(),
        client=position.get("client", False),
    )


def _end(stage: Stage, handle: str, position: Data) -> None:
    held = stage.positions[handle, position["organisation"]]
    market.end_position(stage.cast[handle], position=held, ends_on=stage.day(position["to"]))


def _situate(stage: Stage, person: Data) -> None:
    market.say_situation(stage.cast[person["handle"]], answer=person["works"])


def _let_ask(stage: Stage, person: Data) -> None:
    ties.let_ask(stage.cast[person["handle"]], yes=person["willing"], audience=stage.members())


def _bond(stage: Stage, bond: Data) -> None:
    stated = stage.joined(bond["stated_by"]) + DAY
    stage.then(stated, partial(_tie, stage, bond))
    if bond["confirmed"]:
        stage.then(stated + DAY, partial(_confirm, stage, bond))


def _tie(stage: Stage, bond: Data) -> None:
    market.tie(stage.cast[bond["stated_by"]], kind=bond["kind"], **_named(stage, bond))


def _confirm(stage: Stage, bond: Data) -> None:
    market.confirm_tie(stage.cast[stage.community["stewards"][0]], **_named(stage, bond))


def _named(stage: Stage, bond: Data) -> dict[str, str]:
    return {end: stage.organisation(bond[end]) for end in ("one", "other")}


def _evening(stage: Stage, evening: Data) -> None:
    starts = stage.moment(evening["on"], evening["time"])
    announced = max(starts - ANNOUNCED, stage.came(evening["organiser"]) + 2 * HOUR)
    stage.then(announced, partial(_announce, stage, evening))
    for place, said in enumerate(evening["answers"], start=1):
        joined = stage.came(said["person"]) + HOUR
        answered = max(starts - ANSWERED, announced, joined) + place * HOUR
        stage.then(answered, partial(_answer, stage, evening["key"], said))
        if said.get("came"):
            stage.then(starts + ARRIVED + place * MINUTE, partial(_arrive, stage, evening, said))


def _announce(stage: Stage, evening: Data) -> None:
    said = {
        name: evening[name] for name in ("title", "place", "address", "town", "words", "capacity") if name in evening
    }
    stage.codes[evening["key"]] = meetups.announce(
        stage.cast[evening["organiser"]],
        community=evening.get("community", stage.community["slug"]),
        starts_at=stage.moment(evening["on"], evening["time"]),
        ends_at=stage.moment(evening["on"], evening["ends"]),
        audience=evening.get("audience", "community"),
        **said,
    )
    stage.here[evening["key"]] = (
        evenings.evening(stage.cast[evening["organiser"]], stage.codes[evening["key"]]).here or ""
    )


def _answer(stage: Stage, key: str, said: Data) -> None:
    terms = {"audience": "going", "discreet": said["discreet"]}
    meetups.answer(stage.cast[said["person"]], code=stage.codes[key], answer=said["answer"], **terms)


def _arrive(stage: Stage, evening: Data, said: Data) -> None:
    here = stage.here[evening["key"]]
    presences.arrive(stage.cast[said["person"]], here=here, seen=said["seen"], discreet=said["discreet"])


def _contact(stage: Stage, contact: Data) -> None:
    known = stage.joined(contact["owner"], *([contact["person"]] if "person" in contact else [])) + 2 * HOUR
    notes = contact.get("notes", ())
    for met in contact["met"]:
        said = [note["text"] for note in notes if "evening" in note and note["evening"] == met.get("evening")]
        stage.then(max(known, _home(stage, met)), partial(_meet, stage, contact, met, said))
    for note in notes:
        if "on" in note:
            stage.then(max(known, _home(stage, note)) + MINUTE, partial(_note, stage, contact, note))
    for promise in contact.get("promises", ()):
        stage.then(max(known, _home(stage, promise)) + 2 * MINUTE, partial(_promise, stage, contact, promise))
        if "kept" in promise:
            stage.then(stage.moment(promise["kept"]), partial(_keep, stage, contact, promise))


def _home(stage: Stage, said: Data) -> datetime:
    """When something about a contact is written down: at home, the same evening."""
    return stage.moment(stage.evening(said["evening"])["on"] if "evening" in said else said["on"], HOME)


def _meet(stage: Stage, contact: Data, met: Data, said: list[str]) -> None:
    owner, key = stage.cast[contact["owner"]], _key(contact)
    where = {"meetup": stage.codes[met["evening"]]} if "evening" in met else {"place": met["place"]}
    where |= {} if "evening" in met else {"on": stage.day(met["on"])}
    who = {"person": stage.uid(contact["person"])} if "person" in contact else {"name": contact["name"]}
    for text in said or [""]:
        through = met.get("through", "")
        stage.contacts[key] = encounters.note_somebody(owner, text=text, through=through, **who, **where)
    if "does" in contact:
        encounters.edit_contact(owner, contact=stage.contacts[key], name=contact["name"], does=contact["does"])


def _note(stage: Stage, contact: Data, note: Data) -> None:
    owner, held = stage.cast[contact["owner"]], stage.contacts[_key(contact)]
    encounters.add_note(owner, contact=held, text=note["text"], on=stage.day(note["on"]))


def _promise(stage: Stage, contact: Data, promise: Data) -> None:
    owner, held = stage.cast[contact["owner"]], stage.contacts[_key(contact)]
    due_on = stage.day(promise["due"]) if "due" in promise else None
    made = promises.promise(owner, contact=held, text=promise["text"], due_on=due_on)
    stage.promises[(*_key(contact), promise["text"])] = made


def _keep(stage: Stage, contact: Data, promise: Data) -> None:
    made = stage.promises[(*_key(contact), promise["text"])]
    promises.keep_promise(stage.cast[contact["owner"]], promise=made)


def _key(contact: Data) -> tuple[str, str]:
    return contact["owner"], contact.get("person") or contact["name"]


def _need(stage: Stage, need: Data) -> None:
    stage.then(stage.moment(need["on"]), partial(_state_need, stage, need))


def _state_need(stage: Stage, need: Data) -> None:
    needs.state(
        stage.cast[need["owner"]],
        text=need["text"],
        kind=need["kind"],
        offered=need["offered"],
        audience=stage.audience(need),
        discreet=need.get("discreet", False),
        until=stage.moment(need["until"], time(23, 59)),
    )


#: What writes the entries of each table, in the order of writing.
TABLES = (
    ("people", _account),
    ("communities", _community),
    ("organisations", _organisation),
    ("people", _person),
    ("bonds", _bond),
    ("evenings", _evening),
    ("contacts", _contact),
    ("needs", _need),
)
