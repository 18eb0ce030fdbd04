"""Deeds around evenings: themselves, answers, presence; needs, the book, imports and claims; time."""

from typing import TYPE_CHECKING, Any

from entregent.common import errors
from entregent.communities.models import Claim
from entregent.config import worker
from entregent.discretion.viewer import ANYBODY, Viewer
from entregent.encounters import actions as encounters
from entregent.encounters.models import Channel, Label
from entregent.exchange import actions as exchange
from entregent.exchange import attendees, books, uploads
from entregent.exchange import evenings as past
from entregent.exchange.contacts.attendees import Attendee
from entregent.exchange.contacts.said import Book, Evening, Said
from entregent.meetups import actions as meetups
from entregent.meetups import feeds, hosts, presences, releases, tally
from entregent.meetups.models import Listed, Meetup, Organising, Presence, Rsvp
from entregent.needs import actions as needs
from entregent.people import queries as who
from entregent.web import export_log
from tests.laws.worlds.acting.acts import BROUGHT_ON, TERMS, Act
from tests.laws.worlds.playing import deeds, imports
from tests.laws.worlds.playing.things import Thing

if TYPE_CHECKING:
    from tests.laws.worlds.playing.played import Played


@deeds.deed
def announce(played: "Played", act: Act) -> deeds.Made:
    actor, home = deeds.actor_of(played, act), deeds.thing_of(played, act, "community")
    fields = ("title", "place", "starts_at", "ends_at", "audience", "capacity", "shows_band", "pictures", *TERMS)
    code = meetups.announce(actor, community=home.slug, **deeds.said_of(act, *fields))
    return imports.evening(code)


@deeds.deed
def edit(played: "Played", act: Act) -> deeds.Made:
    said = deeds.said_of(act, "title", "place", "capacity", "audience", "shows_band", "pictures", *TERMS)
    meetups.edit(deeds.actor_of(played, act), code=deeds.thing_of(played, act, "evening").code, **said)
    return None


@deeds.deed
def cancel(played: "Played", act: Act) -> deeds.Made:
    code = deeds.thing_of(played, act, "evening").code
    meetups.cancel(deeds.actor_of(played, act), code=code, farewell=act.said.get("text", ""))
    return None


@deeds.deed
def ask_for_help(played: "Played", act: Act) -> deeds.Made:
    code = deeds.thing_of(played, act, "evening").code
    return {"invite": hosts.ask_for_help(deeds.actor_of(played, act), code=code), "owner": act.who}


@deeds.deed
def ask_no_help(played: "Played", act: Act) -> deeds.Made:
    hosts.ask_no_help(deeds.actor_of(played, act), code=deeds.thing_of(played, act, "evening").code)
    return None


@deeds.deed
def co_organise(played: "Played", act: Act) -> deeds.Made:
    actor, code = deeds.actor_of(played, act), deeds.thing_of(played, act, "evening").code
    together = Meetup.ledger.values_list("together", flat=True).filter(code=code).first()
    hosts.co_organise(actor, code=code, together=together or "")
    uid = Organising.ledger.values_list("uid", flat=True).filter(owner=actor.me, meetup__code=code).first()
    return {"uid": uid} if uid else None  # whoever announced it comes to no help


@deeds.deed
def stand_down(played: "Played", act: Act) -> deeds.Made:
    hosts.stand_down(deeds.actor_of(played, act), code=deeds.thing_of(played, act, "evening").code)
    return None


@deeds.deed
def thank(played: "Played", act: Act) -> deeds.Made:
    code, uid = deeds.thing_of(played, act, "evening").code, deeds.uid_of(deeds.thing_of(played, act, "organising"))
    hosts.thank(deeds.actor_of(played, act), code=code, organising_uid=uid)
    return None


@deeds.deed
def organise_alone(played: "Played", act: Act) -> deeds.Made:
    hosts.organise_alone(deeds.actor_of(played, act), code=deeds.thing_of(played, act, "evening").code)
    return None


@deeds.deed
def export(played: "Played", act: Act) -> deeds.Made:
    code = deeds.thing_of(played, act, "evening").code
    meetups.export(deeds.actor_of(played, act), code=code, fields=export_log.FIELDS)
    return None


@deeds.deed
def list_attendee(played: "Played", act: Act) -> deeds.Made:
    actor, code, mail = deeds.actor_of(played, act), deeds.thing_of(played, act, "evening").code, act.said["value"]
    attendees.bring(actor, code=code, people_of_it=[Attendee(2, act.said["name"], mail)])
    return {"uid": Listed.ledger.values_list("uid", flat=True).get(owner=actor.me, meetup__code=code, mail=mail)}


@deeds.deed
def drop_list(played: "Played", act: Act) -> deeds.Made:
    attendees.drop(deeds.actor_of(played, act), code=deeds.thing_of(played, act, "evening").code)
    return None


@deeds.deed
def answer(played: "Played", act: Act) -> deeds.Made:
    actor, evening = deeds.actor_of(played, act), deeds.thing_of(played, act, "evening")
    meetups.answer(actor, code=evening.code, **_answered(act, evening, "answer", "audience", "discreet", "guests"))
    return {"uid": Rsvp.ledger.values_list("uid", flat=True).get(owner=actor.me, meetup__code=evening.code)}


@deeds.deed
def say_pictured(played: "Played", act: Act) -> deeds.Made:
    evening = deeds.thing_of(played, act, "evening")
    meetups.say_pictured(deeds.actor_of(played, act), code=evening.code, yes=act.said["yes"])
    return None


@deeds.deed
def release(played: "Played", act: Act) -> deeds.Made:
    actor, code = deeds.actor_of(played, act), deeds.thing_of(played, act, "evening").code
    guest = deeds.known(played.cast, act.said["person"])
    uid = Rsvp.ledger.values_list("uid", flat=True).filter(owner=guest.me, meetup__code=code).first()
    if uid is None:
        raise errors.NotFound
    releases.release(actor, code=code, answers=[uid])
    return None


@deeds.deed
def answer_as_guest(played: "Played", act: Act) -> deeds.Made:
    evening = deeds.thing_of(played, act, "evening")
    seat = meetups.answer_as_guest(
        played.cast.get(act.who, ANYBODY),
        code=evening.code,
        name=act.said["name"],
        **_answered(act, evening, "mail_to", "guests"),
    )
    made = _guest(played, act, seat.secret)
    mine = Rsvp.ledger.filter(owner=played.cast[act.who].me, meetup__code=evening.code)
    return {**made, "uid": mine.values_list("uid", flat=True).get()}


def _answered(act: Act, evening: Thing, *fields: str) -> dict[str, Any]:
    """What is said in an answer; what is chosen by the key of each question, as its page has it."""
    said, picks = deeds.said_of(act, *fields), act.said.get("picks", ())
    asked = [tally.key_of(*one) for one in Meetup.ledger.values_list("questions", flat=True).get(code=evening.code)]
    keys = [*asked, *("none",) * len(picks)]
    return {**said, "picks": {key: one for key, one in zip(keys, picks, strict=False) if one is not None}}


def _guest(played: "Played", act: Act, secret: str) -> dict[str, Any]:
    person = who.holder_of(secret=secret)
    assert person is not None
    played.cast[act.who] = Viewer(person=person)
    played.people[act.who] = imports.somebody(person, secret=secret)
    return {"secret": secret}


@deeds.deed
def arrive(played: "Played", act: Act) -> deeds.Made:
    actor, evening = deeds.actor_of(played, act), deeds.thing_of(played, act, "evening")
    presences.arrive(actor, here=evening.here, **deeds.said_of(act, "seen", "discreet"))
    return {"uid": Presence.ledger.values_list("uid", flat=True).get(owner=actor.me, meetup__code=evening.code)}


@deeds.deed
def arrive_as_guest(played: "Played", act: Act) -> deeds.Made:
    evening = deeds.thing_of(played, act, "evening")
    seat = presences.arrive_as_guest(
        played.cast.get(act.who, ANYBODY), here=evening.here, name=act.said["name"], seen=act.said.get("seen", False)
    )
    return _guest(played, act, seat.secret)


@deeds.deed
def show_presence(played: "Played", act: Act) -> deeds.Made:
    code = deeds.thing_of(played, act, "evening").code
    presences.show_presence(deeds.actor_of(played, act), code=code, **deeds.said_of(act, "seen", "discreet"))
    return None


@deeds.deed
def ask_who_was_there(played: "Played", act: Act) -> deeds.Made:
    actor, code = deeds.actor_of(played, act), deeds.thing_of(played, act, "evening").code
    return {
        "invite": presences.ask_who_was_there(actor, code=code),
        "owner": act.who,
        "shown": act.said["person"],
    }


@deeds.deed
def ask_no_more(played: "Played", act: Act) -> deeds.Made:
    presences.ask_no_more(deeds.actor_of(played, act), code=deeds.thing_of(played, act, "evening").code)
    return None


@deeds.deed
def confirm(played: "Played", act: Act) -> deeds.Made:
    actor, code = deeds.actor_of(played, act), deeds.thing_of(played, act, "evening").code
    recalled = Meetup.ledger.values_list("recalled", flat=True).filter(code=code).first()
    presences.confirm(actor, code=code, recalled=recalled or "", **deeds.said_of(act, "seen", "discreet"))
    return {"uid": Presence.ledger.values_list("uid", flat=True).get(owner=actor.me, meetup__code=code)}


@deeds.deed
def state_need(played: "Played", act: Act) -> deeds.Made:
    said = deeds.said_of(act, "text", "kind", "offered", "place", "until")
    return {"uid": needs.state(deeds.actor_of(played, act), **said, **deeds.terms_of(played, act))}


@deeds.deed
def edit_need(played: "Played", act: Act) -> deeds.Made:
    need, actor = deeds.uid_of(deeds.thing_of(played, act, "need")), deeds.actor_of(played, act)
    said = deeds.said_of(act, "text", "kind", "offered", "place", "until")
    needs.edit(actor, need=need, **said, **deeds.terms_of(played, act))
    return None


@deeds.deed
def renew_need(played: "Played", act: Act) -> deeds.Made:
    need = deeds.uid_of(deeds.thing_of(played, act, "need"))
    needs.renew(deeds.actor_of(played, act), need=need, until=act.said["until"])
    return None


@deeds.deed
def close_need(played: "Played", act: Act) -> deeds.Made:
    needs.close(deeds.actor_of(played, act), need=deeds.uid_of(deeds.thing_of(played, act, "need")))
    return None


@deeds.deed
def withdraw_need(played: "Played", act: Act) -> deeds.Made:
    needs.withdraw(deeds.actor_of(played, act), need=deeds.uid_of(deeds.thing_of(played, act, "need")))
    return None


@deeds.deed
def note_somebody(played: "Played", act: Act) -> deeds.Made:
    said = deeds.said_of(act, "name", "does", "text", "on", "place", "through")
    if act.said.get("person"):
        said["person"] = deeds.uid_of(deeds.about(played, act))
    return {"uid": encounters.note_somebody(deeds.actor_of(played, act), **said, **_met_at(played, act))}


def _met_at(played: "Played", act: Act) -> dict[str, Any]:
    return {"meetup": deeds.thing_of(played, act, "evening").code} if act.said.get("evening") else {}


@deeds.deed
def meet_again(played: "Played", act: Act) -> deeds.Made:
    said = {**deeds.said_of(act, "on", "place", "through"), **_met_at(played, act)}
    encounters.meet_again(
        deeds.actor_of(played, act), contact=deeds.uid_of(deeds.thing_of(played, act, "contact")), **said
    )
    return None


@deeds.deed
def add_note(played: "Played", act: Act) -> deeds.Made:
    actor, said = deeds.actor_of(played, act), deeds.said_of(act, "text", "on")
    if act.said.get("evening"):
        said["meetup"] = deeds.thing_of(played, act, "evening").code
    return {"uid": encounters.add_note(actor, contact=deeds.uid_of(deeds.thing_of(played, act, "contact")), **said)}


@deeds.deed
def drop_note(played: "Played", act: Act) -> deeds.Made:
    encounters.drop_note(deeds.actor_of(played, act), note=deeds.uid_of(deeds.thing_of(played, act, "note")))
    return None


@deeds.deed
def edit_contact(played: "Played", act: Act) -> deeds.Made:
    contact = deeds.uid_of(deeds.thing_of(played, act, "contact"))
    encounters.edit_contact(deeds.actor_of(played, act), contact=contact, **deeds.said_of(act, "name", "does"))
    return None


@deeds.deed
def forget_contact(played: "Played", act: Act) -> deeds.Made:
    encounters.forget_contact(deeds.actor_of(played, act), contact=deeds.uid_of(deeds.thing_of(played, act, "contact")))
    return None


@deeds.deed
def add_channel(played: "Played", act: Act) -> deeds.Made:
    actor, contact = deeds.actor_of(played, act), deeds.uid_of(deeds.thing_of(played, act, "contact"))
    encounters.add_channel(actor, contact=contact, kind="mail", value=act.said["value"])
    held = Channel.ledger.get(owner=actor.me, contact__uid=contact, value=act.said["value"])
    return {"uid": held.uid}


@deeds.deed
def drop_channel(played: "Played", act: Act) -> deeds.Made:
    encounters.drop_channel(deeds.actor_of(played, act), channel=deeds.uid_of(deeds.thing_of(played, act, "channel")))
    return None


@deeds.deed
def label(played: "Played", act: Act) -> deeds.Made:
    actor, contact = deeds.actor_of(played, act), deeds.uid_of(deeds.thing_of(played, act, "contact"))
    encounters.label(actor, contacts=[contact], text=act.said["text"])
    return {"uid": Label.ledger.get(owner=actor.me, contact__uid=contact, text=act.said["text"]).uid}


@deeds.deed
def drop_label(played: "Played", act: Act) -> deeds.Made:
    encounters.drop_label(deeds.actor_of(played, act), label=deeds.uid_of(deeds.thing_of(played, act, "label")))
    return None


@deeds.deed
def bring(played: "Played", act: Act) -> deeds.Made:
    said = Said(
        line=1,
        name=act.said["name"],
        labels=(act.said["label"],),
        mails=(act.said["value"],),
        words=act.said["text"],
    )
    book = Book("calendar", (said,), evenings=(Evening(BROUGHT_ON, act.said["label"], ""),))
    return {"uid": books.bring(deeds.actor_of(played, act), book=book, file="agenda.ics")}


@deeds.deed
def attach_evening(played: "Played", act: Act) -> deeds.Made:
    brought, contact = (deeds.uid_of(deeds.thing_of(played, act, name)) for name in ("import", "contact"))
    actor, text = deeds.actor_of(played, act), act.said["text"]
    past.attach(actor, brought=brought, evening=0, contacts=[contact], label=text)
    return None


@deeds.deed
def undo_import(played: "Played", act: Act) -> deeds.Made:
    books.undo(deeds.actor_of(played, act), brought=deeds.uid_of(deeds.thing_of(played, act, "import")))
    return None


@deeds.deed
def hand_over(played: "Played", act: Act) -> deeds.Made:
    data = f"Nom,Poste\n{act.said['name']},Graphiste\n".encode()
    return {"uid": uploads.hand_over(deeds.actor_of(played, act), file="carnet.csv", data=data)}


@deeds.deed
def import_evening(played: "Played", act: Act) -> deeds.Made:
    made = imports.bring_in(act, community=deeds.thing_of(played, act, "community"))
    for handle in act.said["people"]:
        played.cast[handle], played.people[handle] = imports.brought(handle)
    return made


@deeds.deed
def claim(played: "Played", act: Act) -> deeds.Made:
    actor, about = deeds.actor_of(played, act), deeds.uid_of(deeds.about(played, act))
    exchange.claim(actor, person=about)
    return {"uid": Claim.ledger.values_list("uid", flat=True).get(owner=actor.me, person__uid=about)}


@deeds.deed
def withdraw_claim(played: "Played", act: Act) -> deeds.Made:
    exchange.withdraw_claim(deeds.actor_of(played, act), person=deeds.uid_of(deeds.about(played, act)))
    return None


@deeds.deed
def accept_claim(played: "Played", act: Act) -> deeds.Made:
    exchange.accept_claim(deeds.actor_of(played, act), claim=deeds.uid_of(deeds.thing_of(played, act, "claim")))
    return None


@deeds.deed
def decline_claim(played: "Played", act: Act) -> deeds.Made:
    exchange.decline_claim(deeds.actor_of(played, act), claim=deeds.uid_of(deeds.thing_of(played, act, "claim")))
    return None


@deeds.deed
def open_feed(played: "Played", act: Act) -> deeds.Made:
    secret = feeds.open_feed(deeds.actor_of(played, act), **deeds.said_of(act, "busy", "promises"))
    return {"secret": secret, "owner": act.who}


@deeds.deed
def close_feed(played: "Played", act: Act) -> deeds.Made:
    feeds.close_feed(deeds.actor_of(played, act))
    return None


@deeds.deed
def tick(_played: "Played", act: Act) -> deeds.Made:
    worker.tick(act.at)
    return None
