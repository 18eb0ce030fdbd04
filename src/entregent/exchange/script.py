"""The demonstration's acts, written on a stage in any order and played in the order of time, each through an action.

Every function writes what one table of the data says.
"""

from datetime import datetime, time, timedelta
from functools import partial

from entregent.common import clock
from entregent.communities import actions as communities
from entregent.communities import queries as pages
from entregent.discretion.viewer import Viewer
from entregent.encounters import actions as encounters
from entregent.exchange.stage import Data, Stage
from entregent.market import actions as market
from entregent.meetups import actions as meetups
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
    """Write all acts."""
    _community(stage)
    for person in stage.data["people"]:
        _person(stage, person)
    for bond in stage.data["bonds"]:
        _bond(stage, bond)
    for evening in stage.data["evenings"]:
        _evening(stage, evening)
    for contact in stage.data["contacts"]:
        _contact(stage, contact)
    for need in stage.data["needs"]:
        _need(stage, need)


def _community(stage: Stage) -> None:
    said, founder = stage.community, stage.community["stewards"][0]
    founded = stage.moment(said["since"])
    stage.then(founded, partial(_enter, stage, stage.person(founder)))
    stage.then(founded, lambda: _found(stage, founder))
    for steward in said["stewards"][1:]:
        stage.then(stage.joined(steward) + DAY, partial(_appoint, stage, steward))
    for firm in stage.data["organisations"]:
        stage.then(founded, partial(_register, stage, firm))


def _found(stage: Stage, founder: str) -> None:
    said = stage.community
    fields = {name: said[name] for name in ("name", "slug", "town", "words", "entry", "zone")}
    communities.found(stage.cast[founder], **fields)


def _appoint(stage: Stage, steward: str) -> None:
    founder = stage.cast[stage.community["stewards"][0]]
    communities.appoint(founder, slug=stage.community["slug"], person=stage.uid(steward))


def _register(stage: Stage, firm: Data) -> None:
    founder = stage.cast[stage.community["stewards"][0]]
    slug = market.register(founder, name=firm["name"], town=firm["town"], words=firm["words"])
    market.know_domain(organisation=slug, domain=firm["domain"])


def _person(stage: Stage, person: Data) -> None:
    joined = stage.joined(person["handle"])
    if person["handle"] != stage.community["stewards"][0]:
        stage.then(joined, partial(_enter, stage, person))
        stage.then(joined, partial(_join, stage, person["handle"]))
    stage.then(joined, partial(_call, stage, person))
    for position in person.get("positions", ()):
        _position(stage, person, position)
    if person.get("works", "employed") != "employed":
        stage.then(_settled(stage, person), partial(_situate, stage, person))
    if "willing" in person:
        stage.then(joined + HOUR, partial(_let_ask, stage, person))


def _enter(stage: Stage, person: Data) -> None:
    account = people.open_account(email=person["email"], language=person["language"])
    key = people.person_of(account=account)
    Person.objects.filter(pk=key).update(handle=person["handle"])
    stage.cast[person["handle"]] = Viewer(person=key)


def _join(stage: Stage, handle: str) -> None:
    slug, founder = stage.community["slug"], stage.cast[stage.community["stewards"][0]]
    communities.join(stage.cast[handle], slug=slug, invite=pages.community(founder, slug).invite or "")


def _call(stage: Stage, person: Data) -> None:
    actor, members = stage.cast[person["handle"]], stage.members()
    profiles.call_me(actor, text=person["name"], audience=members)
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
        ends_on=ends_on if ends_on and ends_on <= clock.now().date() else None,
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
    announced = max(starts - ANNOUNCED, stage.joined(evening["organiser"]) + HOUR)
    stage.then(announced, partial(_announce, stage, evening))
    for place, said in enumerate(evening["answers"], start=1):
        joined = stage.joined(said["person"]) + HOUR
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
        community=stage.community["slug"],
        starts_at=stage.moment(evening["on"], evening["time"]),
        ends_at=stage.moment(evening["on"], evening["ends"]),
        audience=evening.get("audience", "community"),
        **said,
    )


def _answer(stage: Stage, key: str, said: Data) -> None:
    terms = {"audience": "going", "discreet": said["discreet"]}
    meetups.answer(stage.cast[said["person"]], code=stage.codes[key], answer=said["answer"], **terms)


def _arrive(stage: Stage, evening: Data, said: Data) -> None:
    organiser = stage.cast[evening["organiser"]]
    here = evenings.evening(organiser, stage.codes[evening["key"]]).here or ""
    meetups.arrive(stage.cast[said["person"]], here=here, seen=True, discreet=said["discreet"])


def _contact(stage: Stage, contact: Data) -> None:
    known = stage.joined(contact["owner"], *([contact["person"]] if "person" in contact else [])) + 2 * HOUR
    notes = [*contact.get("notes", ()), *map(_promise, contact.get("promises", ()))]
    for met in contact["met"]:
        said = [note["text"] for note in notes if "evening" in note and note["evening"] == met.get("evening")]
        stage.then(max(known, _home(stage, met)), partial(_meet, stage, contact, met, said))
    for note in notes:
        if "on" in note:
            stage.then(max(known, _home(stage, note)) + MINUTE, partial(_note, stage, contact, note))


def _home(stage: Stage, said: Data) -> datetime:
    """When something about a contact is written down: at home, the same evening."""
    return stage.moment(stage.evening(said["evening"])["on"] if "evening" in said else said["on"], HOME)


def _promise(promise: Data) -> Data:
    """A promise, as the note that the book can hold."""
    return {**promise, "text": f"Promis\u202f: {promise['text'][0].lower()}{promise['text'][1:]}."}


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
