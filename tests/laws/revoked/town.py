"""The town in which every run begins: two communities, four houses, an evening last autumn, three to come, books."""

from datetime import datetime, timedelta
from typing import Any

from django.test import Client

from entregent.circles import actions as circles
from entregent.circles import fixed
from entregent.common import clock
from entregent.communities import actions as communities
from entregent.communities import queries as community_of
from entregent.discretion import actions as discretion
from entregent.discretion.viewer import ANYBODY, Viewer
from entregent.market import actions as market
from entregent.people import actions as people
from entregent.people import queries as who
from tests.laws.revoked import deeds, deeds_cards, deeds_hosting, deeds_own, model
from tests.laws.revoked.model import EVERYONE, NOBODY, World
from tests.laws.revoked.scene import HOME, HOUSES, NOW, PEOPLE, WORK, Scene
from tests.web import browser

COMMUNITY = ("members", "web")


def built(draw: Any) -> Scene:
    """The town, with a browser of everybody's and a visitor's, signed in and opened before anything is taken back."""
    then = NOW - timedelta(days=150)
    scene = Scene(World(then, list(PEOPLE)), draw, viewers={NOBODY: ANYBODY})
    with clock.at(then):
        _people(scene)
        _circles(scene)
        _words(scene)
    _past(scene, then + timedelta(days=60))
    scene.world.now = NOW
    with clock.at(NOW):
        _ahead(scene)
        _books(scene)
        _own(scene)
    scene.browsers = {one: browser.of(scene.viewers[one]) for one in PEOPLE} | {NOBODY: Client()}
    for client in scene.browsers.values():
        assert client.get("/serveur/").status_code == 200
    return scene


def _people(scene: Scene) -> None:
    for one in PEOPLE:
        domain = WORK if one == "fred" else HOME
        viewer = Viewer(person=people.person_of(account=people.open_account(email=f"{one}@{domain}")))
        scene.viewers[one], scene.uids[one] = viewer, who.uid_of(person=viewer.me)
        scene.world.mail[one] = domain
    for place, steward in zip(HOUSES, ("alice", "erin"), strict=True):
        communities.found(scene.viewers[steward], name=place, slug=place, entry="open")
        scene.world.come(place, steward)
        scene.world.stewards.add((place, steward))
        for one in scene.draw.sample(sorted(set(PEOPLE) - {steward}), 4):
            deeds.ask_in(scene, one, place)
        communities.edit(scene.viewers[steward], slug=place, entry=HOUSES[place])


def _circles(scene: Scene) -> None:
    scene.keys[EVERYONE] = fixed.EVERYONE
    for place, steward in zip(HOUSES, ("alice", "erin"), strict=True):
        page = community_of.community(scene.viewers[steward], place)
        scene.keys["members", place] = page.members_circle
    for one in PEOPLE:
        scene.keys["chosen", one] = discretion.name_people(scene.viewers[one], people=[])
        scene.keys["connections", one] = circles.circle(kind="connections", about=scene.uids[one])
    for one in PEOPLE:
        deeds.name(scene, one, scene.one(set(PEOPLE) - {one}))
        deeds_cards.cross(scene, one, scene.one(set(PEOPLE) - {one}))
    for _ in range(4):
        firm = scene.word(NOBODY)
        scene.keys["firm", firm] = market.register(scene.viewers["alice"], name=firm)


def _words(scene: Scene) -> None:
    for one in PEOPLE:
        deeds.call(scene, one, COMMUNITY, discreet=False)
        deeds.headline(scene, one, scene.audience(one), discreet=False)
        deeds.let_ask(scene, one, COMMUNITY, yes=True)
        if scene.draw.random() < 0.8:
            firm, shown = scene.one(scene.firms()), scene.audience(one, discreet=True)
            deeds.work(scene, one, firm, shown, discreet=scene.draw.random() < 0.4, ends_on=None, client=False)
        wish = scene.audience(one, discreet=True)
        deeds.state(scene, one, wish, kind="other", discreet=scene.draw.random() < 0.5, until=None)


def _past(scene: Scene, starts_at: datetime) -> None:
    """Last autumn most came, and said so: evidence for ties."""
    with clock.at(starts_at - timedelta(days=20)):
        code = deeds.announce(scene, "alice", "web", starts_at)
    scene.world.now = starts_at
    with clock.at(starts_at):
        for one in _some(scene, 5):
            deeds.answer(scene, one, code, "community", discreet=False)
            deeds.arrive(scene, one, code, seen=True, discreet=False)
        deeds_hosting.add_picture(scene, "alice", code)


def _ahead(scene: Scene) -> None:
    """Everybody who sees tonight's evening comes, and answers what it asks: enough for shares, and not one too many."""
    tonight = deeds.announce(scene, "alice", "web", NOW + timedelta(hours=2), asks=True)
    full = deeds.announce(scene, "alice", "web", NOW + timedelta(days=5), capacity=2)
    other = deeds.announce(scene, "erin", "data", NOW + timedelta(days=120))
    member = scene.one({who for place, who in scene.world.belongs if place == "web"} - {"alice"})
    by_a_member = deeds.announce(scene, member, "web", NOW + timedelta(days=9))
    for one in PEOPLE:
        deeds.answer(scene, one, tonight, scene.draw.choice(["going", "community"]), discreet=False, pick=0)
    for code in (full, other, by_a_member):
        for one in _some(scene, 4):
            deeds.answer(scene, one, code, scene.draw.choice(["going", "community"]), discreet=False)
    for one in _some(scene, 3):
        deeds.arrive(scene, one, tonight, seen=True, discreet=False)


def _books(scene: Scene) -> None:
    code = scene.evenings()[0]
    for _ in range(4):
        one, other = scene.two()
        if model.named(scene.world, one, other):
            deeds.note(scene, one, other, code)


def _own(scene: Scene) -> None:
    """Everybody has a card, and keeps one of two needs, which somebody else answers, or not; half have a feed."""
    said = [(who, next(scene.world.of("headline", who)).words[0]) for who in _some(scene, 2)]
    for one in PEOPLE:
        deeds_cards.keep(scene, one)
        deeds_own.keep_need(scene, one, scene.one([word for whose, word in said if whose != one]))
    for one in _some(scene, 3):
        deeds_own.open_feed(scene, one, busy=scene.draw.random() < 0.5)


def _some(scene: Scene, count: int) -> list[str]:
    chosen: list[str] = scene.draw.sample(PEOPLE, count)
    return chosen
