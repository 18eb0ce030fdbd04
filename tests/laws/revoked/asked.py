"""What somebody obtains from a page, in the browser that they had open, against what the model lets them see.

Each check yields what is wrong: what is hidden is a 404 or leaves no word, what is visible is there.
"""

from collections.abc import Iterable
from typing import Any

from entregent.meetups import queries as meetups
from entregent.profiles import queries as profiles
from entregent.search import queries as search
from entregent.search import stems
from tests.laws.revoked import asked_given, asked_hosting, asked_own, model
from tests.laws.revoked.model import NOBODY, OWN, Fact
from tests.laws.revoked.obtained import Check, Complaints, equal, get, status, told
from tests.laws.revoked.scene import HOUSES, Scene

#: The answers of somebody who wants to come and has no seat.
WISHES = ("waiting", "offered")
#: Pages that somebody without account asks for.
PUBLIC = frozenset({"evening", "community", "cards", "card", "picture", "feed"})
#: What there is beside these pages, which are about what people publish, and how often any page is one of these.
BESIDE, PEOPLE = (asked_given, asked_own, asked_hosting), 0.6


def person(scene: Scene, viewer: str, who: str) -> Complaints:
    """A member's page: no page at all without the name."""
    world, called = scene.world, model.named(scene.world, viewer, who)
    page = get(scene, viewer, f"/p/{scene.uids[who]}/")
    yield from status(page, 200 if called else 404)
    yield from told(scene, viewer, page, _published(scene, viewer, who, OWN) if called else set())
    if called and page.status_code == 200:
        mine = {fact.about for fact in world.of("answer", viewer) if fact.said in {"going", *WISHES}}
        both = {code for code in mine if not model.over(world, code) and who in model.answering(world, viewer, code)}
        yield from equal("evenings", _titles(page.context["evenings"]), _called(scene, both))
        shared = model.there(world, viewer, viewer) & model.there(world, viewer, who)
        begun = {code for code in shared if model.starts_at(world, code) <= world.now}
        yield from equal("together", _titles(page.context["together"]), _called(scene, begun))


def ways(scene: Scene, viewer: str, who: str) -> Complaints:
    """The ways to a member: whoever is between lets others ask, and shows their name and what ties them."""
    page = get(scene, viewer, f"/p/{scene.uids[who]}/chemins/")
    called, blocked = model.named(scene.world, viewer, who), (viewer, who) in scene.world.blocks
    yield from status(page, 404 if not called else 302 if blocked else 200)
    yield from told(scene, viewer, page, {called} if called and not blocked else set())
    for way in page.context["ways"] if page.status_code == 200 else ():
        between = next(one for one, uid in scene.uids.items() if uid == way["through"]["person"])
        if not _may_be_between(scene, viewer, between, who):
            yield f"{between} is between {viewer} and {who}"


def evening(scene: Scene, viewer: str, code: str) -> Complaints:
    """An evening: who organises, whom one knows there, whom one might meet; and who comes, as a query says."""
    world, seen = scene.world, model.sees_evening(scene.world, viewer, code)
    page, me = get(scene, viewer, f"/s/{code}/"), scene.viewers[viewer]
    going = {scene.viewers[one].me for one in model.answering(world, viewer, code, "going")}
    yield from equal("going", set(meetups.coming(me, code)), going)
    yield from status(page, 200 if seen else 404)
    fact = world.facts["evening", code]
    yield from told(scene, viewer, page, {*fact.words} if seen else set())
    if page.status_code == 200:
        hosts = sorted(one["name"] for one in page.context["hosts"])
        yield from equal("hosts", hosts, asked_hosting.hosts_named(scene, viewer, code))
        log = [one["by"] for one in page.context["exports"]]
        yield from equal("exports", log, asked_hosting.exports(scene, viewer, code))
        pick = world.facts.get(("pick", viewer, code))
        chosen = [str(one.mine) for one in page.context["questions"] if one.mine is not None]
        yield from equal("chosen", chosen, [pick.said] if pick else [])
        yield from _company(scene, viewer, code, page)


def _company(scene: Scene, viewer: str, code: str, page: Any) -> Complaints:
    world = scene.world
    coming = set() if model.over(world, code) or viewer == NOBODY else model.answering(world, viewer, code) - {viewer}
    named = {one for one in coming if model.named(world, viewer, one)}
    known = {scene.uids[one] for one in named if (viewer, one) in world.notes}
    yield from equal("known", {line["person"] for line in page.context["known"]}, known)
    suggested = {line["person"] for line in page.context["to_meet"]}
    proposed = {scene.uids[one] for one in named if (viewer, one) not in world.blocks}
    yield from equal("to meet", suggested - proposed, set())


def organising(scene: Scene, viewer: str, code: str) -> Complaints:
    """What is for whoever organises an evening: no page at all for everybody else."""
    hosts = asked_hosting.hosts(scene, viewer, code)
    yield from status(get(scene, viewer, f"/s/{code}/liste/"), 200 if hosts else 404)


def room(scene: Scene, viewer: str, code: str) -> Complaints:
    """The room, for whoever is or was there."""
    world, seen = scene.world, model.sees_evening(scene.world, viewer, code)
    was = seen and any(world.of("presence", viewer, code))
    page = get(scene, viewer, f"/s/{code}/salle/")
    yield from status(page, 200 if was else 302 if seen else 404)
    if was and page.status_code == 200:
        present = model.present(world, viewer, code) - {viewer}
        names = {model.named(world, viewer, one) for one in present} - {None}
        yield from told(scene, viewer, page, {name for name in names if name})
        yield from equal("room", {line["name"] for line in page.context["here"]}, names)


def community(scene: Scene, viewer: str, place: str) -> Complaints:
    """A community: its evenings, and for its stewards who asks to be let in."""
    world, page = scene.world, get(scene, viewer, f"/c/{place}/")
    seen = {code for code in scene.evenings() if model.sees_evening(world, viewer, code)}
    held = {code for code in seen if world.facts["evening", code].said == place}
    past = {code for code in held if model.over(world, code)}
    yield from status(page, 200)
    yield from equal("coming", _titles(page.context["coming"]), _called(scene, held - past))
    yield from equal("past", _titles(page.context["past"]), _called(scene, past))
    yield from equal("member", page.context["member"], (place, viewer) in world.belongs)
    steward = (place, viewer) in world.stewards
    asking = {one.words[0] for one in world.of("request", about=place) if steward and model.sees(world, viewer, one)}
    yield from equal("requests", {one["name"] for one in page.context["requests"]}, asking)
    yield from told(scene, viewer, page, asking)


def members(scene: Scene, viewer: str, place: str) -> Complaints:
    """Who is in a community, for its stewards."""
    world, page = scene.world, get(scene, viewer, f"/c/{place}/modifier/")
    steward = (place, viewer) in world.stewards
    yield from status(page, 200 if steward else 404)
    names = {model.named(world, viewer, who) for slug, who in world.belongs if slug == place and who != viewer}
    shown = {name for name in names if name and steward}
    yield from told(scene, viewer, page, shown)
    if steward and page.status_code == 200:
        yield from equal("members", {one.name for one in page.context["people"]}, shown)


def need(scene: Scene, viewer: str, word: str) -> Complaints:
    """A word, asked: whoever says it to the viewer and shows them their name answers, but nobody whom they block.

    Whoever is in the viewer's book is found by the name under which they were noted, too.
    """
    world, me = scene.world, scene.viewers[viewer]
    saying = {fact for fact in world.facts.values() if fact.kind in OWN and word in fact.words}
    owners = {fact.owner for fact in saying if model.sees(world, viewer, fact)}
    hits = [hit for hit in search.lines(me, stems.query(word)) if hit.contact is None]
    yield from equal("lines", {hit.subject for hit in hits}, {scene.viewers[one].me for one in owners})
    page = scene.browsers[viewer].post("/besoin/", {"q": word})
    answering = set().union(*model.answering_need(world, viewer, word))
    answers = {line["person"] for line in page.context["answers"]} - {None}
    yield from equal("answers", answers, {scene.uids[one] for one in answering})
    yield from told(scene, viewer, page, {word} | {str(model.named(world, viewer, one)) for one in answering}, {word})


def contact(scene: Scene, viewer: str, who: str) -> Complaints:
    """A page of the book: one's own words for good, and what the other still publishes."""
    if (viewer, who) not in scene.world.notes:
        return
    page = get(scene, viewer, f"/carnet/{scene.keys['contact', viewer, who]}/")
    called = model.named(scene.world, viewer, who)
    yield from status(page, 200)
    yield from equal("member", page.context["person"], scene.uids[who] if called else None)
    theirs = _published(scene, viewer, who, ("position", "need")) if called else set()
    yield from told(scene, viewer, page, theirs | scene.world.notes[viewer, who])


def cards(scene: Scene, viewer: str, _about: str) -> Complaints:
    """Everybody's name, as one query tells it."""
    found = profiles.cards(scene.viewers[viewer], [one.me for name, one in scene.viewers.items() if name != NOBODY])
    names = {scene.viewers[one].me: model.named(scene.world, viewer, one) for one in scene.world.people}
    expected = {person: name for person, name in names.items() if name}
    yield from equal("cards", {one: card.name for one, card in found.items()}, expected)


def signed_out(scene: Scene, viewer: str, _about: str) -> Complaints:
    """The browser of somebody who was erased knows nobody any more."""
    yield from status(get(scene, viewer, "/moi/"), 302)


def about(scene: Scene, viewer: str, key: object, fact: Fact) -> Iterable[Check]:
    """Where a fact shows to somebody, or would."""
    pages = [*_about(viewer, fact), *(page for part in BESIDE for page in part.about(scene, viewer, key, fact))]
    if fact.kind == "name":
        pages += [(room, one) for one in scene.evenings()]
    return [page for page in pages if viewer != NOBODY or page[0].__name__ in PUBLIC]


def _about(viewer: str, fact: Fact) -> list[Check]:
    pages: list[Check] = []
    if fact.kind == "evening":
        pages = [(evening, fact.about), (community, fact.said), (organising, fact.about)]
    elif fact.kind in {"organising", "pick"}:
        pages = [(evening, fact.about), (organising, fact.about)]
    elif fact.kind in {"answer", "presence"}:
        pages = [(evening, fact.about), (room, fact.about), (person, fact.owner)]
    elif fact.kind in {"request", "member", "steward"}:
        pages = [(community, fact.about), (members, fact.about)]
    elif fact.kind in OWN:
        pages = [(person, fact.owner), (contact, fact.owner), (need, fact.words[0]), (ways, fact.owner)]
    if fact.kind == "name":
        pages += [(cards, ""), *((members, place) for place in HOUSES)]
    return pages


def anything(scene: Scene, viewer: str) -> Check:
    """Any page, for anybody."""
    others, draw = sorted(set(scene.world.people) - {viewer}), scene.draw
    pages: list[Check] = [(evening, draw.choice(scene.evenings())), (community, draw.choice([*HOUSES])), (cards, "")]
    if viewer != NOBODY:
        pages += [(page, draw.choice(others)) for page in (person, ways, contact)]
        pages += [(page, draw.choice(scene.evenings())) for page in (room, organising)]
        pages += [(members, draw.choice([*HOUSES]))]
    beside = [page for part in BESIDE for page in part.anything(scene, viewer)]
    chosen: Check = draw.choice(pages if not beside or draw.random() < PEOPLE else beside)
    return chosen


def _published(scene: Scene, viewer: str, who: str, kinds: Iterable[str]) -> set[str]:
    facts = (fact for kind in kinds for fact in scene.world.of(kind, who) if model.sees(scene.world, viewer, fact))
    return {word for fact in facts for word in fact.words}


def _titles(rows: Iterable[dict[str, Any]]) -> set[str]:
    return {row["meetup"]["name"] for row in rows}


def _called(scene: Scene, codes: Iterable[str]) -> set[str]:
    return {scene.world.facts["evening", code].words[0] for code in codes}


def _may_be_between(scene: Scene, viewer: str, between: str, who: str) -> bool:
    """Both halves of what ties them are open to the viewer, and so are their name and that one may ask."""
    world = scene.world
    if (viewer, between) in world.blocks:
        return False
    willing = any(model.sees(world, viewer, fact) for fact in world.of("willing", between) if fact.said == "yes")
    evenings = model.there(world, viewer, between) & model.there(world, viewer, who)
    houses = [{f.about for f in world.of("position", one) if model.sees(world, viewer, f)} for one in (between, who)]
    return willing and bool(model.named(world, viewer, between)) and bool(evenings or houses[0] & houses[1])
