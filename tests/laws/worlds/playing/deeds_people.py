"""Deeds of people: coming in, communities, what one says of oneself, work, shields and blocks."""

import io
from typing import TYPE_CHECKING

from PIL import Image

from entregent.communities import actions as communities
from entregent.communities import queries as pages
from entregent.communities.models import Report, Request
from entregent.discretion import actions as discretion
from entregent.discretion.viewer import Viewer
from entregent.exchange import accounts
from entregent.exchange import actions as exchange
from entregent.market import actions as market
from entregent.market.models import Organisation
from entregent.meetups import actions as meetups
from entregent.meetups import departures
from entregent.people import actions as people
from entregent.people.models import Person
from entregent.profiles import actions as profiles
from entregent.search.stems import fold
from entregent.ties import actions as ties
from tests.laws.worlds.acting.acts import Act
from tests.laws.worlds.playing import deeds, imports
from tests.laws.worlds.playing.draws import keyed

if TYPE_CHECKING:
    from tests.laws.worlds.playing.played import Played


def _address(who: str, act: Act) -> str:
    return f"{who}@{act.said.get('domain') or 'example.net'}"


@deeds.deed
def enter(played: "Played", act: Act) -> deeds.Made:
    account = people.open_account(email=_address(act.who, act), language=act.said.get("language") or "fr")
    person = people.person_of(account=account)
    Person.objects.filter(pk=person).update(handle=act.who)
    played.cast[act.who] = actor = Viewer(person=person)
    played.people[act.who] = imports.somebody(person)
    exchange.take_imported(actor)
    market.recognise(actor)
    return None


@deeds.deed
def erase(played: "Played", act: Act) -> deeds.Made:
    exchange.erase_me(deeds.actor_of(played, act))
    return None


@deeds.deed
def give_address(played: "Played", act: Act) -> deeds.Made:
    who = act.said["person"]
    accounts.give_address(who, email=_address(who, act), tell=lambda _before: True)
    return None


@deeds.deed
def found(played: "Played", act: Act) -> deeds.Made:
    actor = deeds.actor_of(played, act)
    page = pages.community(actor, communities.found(actor, **deeds.said_of(act, "name", "entry")))
    return {"slug": page.slug, "uid": page.uid, "invite": page.invite or ""}


@deeds.deed
def join(played: "Played", act: Act) -> deeds.Made:
    actor, home = deeds.actor_of(played, act), deeds.thing_of(played, act, "community")
    said = {"slug": home.slug, "invite": home.invite, "name": act.said.get("name") or act.who}
    if communities.join(actor, **said) == "in":
        return None
    return {"uid": Request.ledger.values_list("uid", flat=True).get(owner=actor.me, community__slug=home.slug)}


@deeds.deed
def withdraw_request(played: "Played", act: Act) -> deeds.Made:
    communities.withdraw_request(deeds.actor_of(played, act), slug=deeds.thing_of(played, act, "community").slug)
    return None


@deeds.deed
def approve(played: "Played", act: Act) -> deeds.Made:
    communities.approve(deeds.actor_of(played, act), request=deeds.uid_of(deeds.thing_of(played, act, "request")))
    return None


@deeds.deed
def decline(played: "Played", act: Act) -> deeds.Made:
    communities.decline(deeds.actor_of(played, act), request=deeds.uid_of(deeds.thing_of(played, act, "request")))
    return None


@deeds.deed
def leave(played: "Played", act: Act) -> deeds.Made:
    departures.leave(deeds.actor_of(played, act), slug=deeds.thing_of(played, act, "community").slug)
    return None


@deeds.deed
def remove(played: "Played", act: Act) -> deeds.Made:
    said = {"slug": deeds.thing_of(played, act, "community").slug, "person": deeds.uid_of(deeds.about(played, act))}
    departures.remove(deeds.actor_of(played, act), **said)
    return None


@deeds.deed
def appoint(played: "Played", act: Act) -> deeds.Made:
    said = {"slug": deeds.thing_of(played, act, "community").slug, "person": deeds.uid_of(deeds.about(played, act))}
    communities.appoint(deeds.actor_of(played, act), **said)
    return None


@deeds.deed
def call_me(played: "Played", act: Act) -> deeds.Made:
    profiles.call_me(deeds.actor_of(played, act), text=act.said["text"], **deeds.terms_of(played, act))
    return {}


@deeds.deed
def say_headline(played: "Played", act: Act) -> deeds.Made:
    profiles.say_headline(deeds.actor_of(played, act), text=act.said["text"], **deeds.terms_of(played, act))
    return {}


@deeds.deed
def say_words(played: "Played", act: Act) -> deeds.Made:
    said = {"kind": act.said["what"], "text": act.said["text"]}
    profiles.say(deeds.actor_of(played, act), **said, **deeds.terms_of(played, act))
    return {}


@deeds.deed
def portray(played: "Played", act: Act) -> deeds.Made:
    actor = deeds.actor_of(played, act)
    if act.said["picture"]:
        profiles.portray(actor, picture=_drawn(act.said["picture"]), **deeds.terms_of(played, act))
    else:
        profiles.take_portrait_back(actor)
    return {}


def _drawn(number: int) -> bytes:
    """A picture all of one colour."""
    held = io.BytesIO()
    Image.new("RGB", (40, 30), f"#{number:06x}").save(held, "PNG")
    return held.getvalue()


@deeds.deed
def let_ask(played: "Played", act: Act) -> deeds.Made:
    ties.let_ask(deeds.actor_of(played, act), yes=act.said["yes"], audience=deeds.terms_of(played, act)["audience"])
    return None


@deeds.deed
def say_situation(played: "Played", act: Act) -> deeds.Made:
    market.say_situation(deeds.actor_of(played, act), answer=act.said["answer"])
    return None


@deeds.deed
def state_position(played: "Played", act: Act) -> deeds.Made:
    said = deeds.said_of(act, "organisation", "title", "starts_on", "ends_on", "client")
    with keyed(fold(said["organisation"])):
        market.register(deeds.actor_of(played, act), name=said["organisation"])
    return {"uid": market.state_position(deeds.actor_of(played, act), **said, **deeds.terms_of(played, act))}


@deeds.deed
def end_position(played: "Played", act: Act) -> deeds.Made:
    position = deeds.uid_of(deeds.thing_of(played, act, "position"))
    market.end_position(deeds.actor_of(played, act), position=position, ends_on=act.said["ends_on"])
    return None


@deeds.deed
def show_position(played: "Played", act: Act) -> deeds.Made:
    position = deeds.uid_of(deeds.thing_of(played, act, "position"))
    market.show_position(deeds.actor_of(played, act), position=position, **deeds.terms_of(played, act))
    return None


@deeds.deed
def withdraw_position(played: "Played", act: Act) -> deeds.Made:
    market.withdraw_position(
        deeds.actor_of(played, act), position=deeds.uid_of(deeds.thing_of(played, act, "position"))
    )
    return None


def _slug(name: str) -> str:
    """The organisation of a name, as addresses have it; one that is not there for a name that nobody typed."""
    return Organisation.objects.filter(folded=fold(name)[:120]).values_list("slug", flat=True).first() or "nobody-s"


@deeds.deed
def shield(played: "Played", act: Act) -> deeds.Made:
    with keyed(fold(act.said["organisation"])):
        market.shield(deeds.actor_of(played, act), organisation=act.said["organisation"])
    return None


@deeds.deed
def unshield(played: "Played", act: Act) -> deeds.Made:
    market.unshield(deeds.actor_of(played, act), organisation=_slug(act.said["organisation"]))
    return None


@deeds.deed
def shield_person(played: "Played", act: Act) -> deeds.Made:
    discretion.shield(deeds.actor_of(played, act), person=deeds.known(played.cast, act.said["person"]).me)
    return None


@deeds.deed
def unshield_person(played: "Played", act: Act) -> deeds.Made:
    discretion.unshield(deeds.actor_of(played, act), person=deeds.known(played.cast, act.said["person"]).me)
    return None


@deeds.deed
def tie_firms(played: "Played", act: Act) -> deeds.Made:
    market.tie(deeds.actor_of(played, act), one=act.said["one"], other=act.said["other"])
    return None


@deeds.deed
def confirm_tie(played: "Played", act: Act) -> deeds.Made:
    market.confirm_tie(deeds.actor_of(played, act), one=act.said["one"], other=act.said["other"])
    return None


@deeds.deed
def lift_tie(played: "Played", act: Act) -> deeds.Made:
    market.lift_tie(deeds.actor_of(played, act), one=act.said["one"], other=act.said["other"])
    return None


@deeds.deed
def know_domain(played: "Played", act: Act) -> deeds.Made:
    market.know_domain(organisation=act.said["organisation"], domain=act.said["domain"])
    return None


@deeds.deed
def forget_domain(played: "Played", act: Act) -> deeds.Made:
    market.forget_domain(domain=act.said["domain"])
    return None


@deeds.deed
def report(played: "Played", act: Act) -> deeds.Made:
    actor, words = deeds.actor_of(played, act), act.said["text"]
    if act.said.get("evening"):
        place = deeds.thing_of(played, act, "community").slug if act.said.get("community") else ""
        meetups.report(actor, code=deeds.thing_of(played, act, "evening").code, words=words, community=place)
    else:
        said = {"person": deeds.uid_of(deeds.about(played, act)), "words": words}
        profiles.report(actor, community=deeds.thing_of(played, act, "community").slug, **said)
    return {"uid": Report.ledger.filter(owner=actor.me).order_by("-said_at").values_list("uid", flat=True)[0]}


@deeds.deed
def withdraw_report(played: "Played", act: Act) -> deeds.Made:
    communities.withdraw_report(deeds.actor_of(played, act), report=deeds.uid_of(deeds.thing_of(played, act, "report")))
    return None


@deeds.deed
def see_to(played: "Played", act: Act) -> deeds.Made:
    communities.see_to(deeds.actor_of(played, act), report=deeds.uid_of(deeds.thing_of(played, act, "report")))
    return None


@deeds.deed
def block(played: "Played", act: Act) -> deeds.Made:
    profiles.block(deeds.actor_of(played, act), person=deeds.uid_of(deeds.about(played, act)))
    return None


@deeds.deed
def unblock(played: "Played", act: Act) -> deeds.Made:
    profiles.unblock(deeds.actor_of(played, act), person=deeds.uid_of(deeds.about(played, act)))
    return None
