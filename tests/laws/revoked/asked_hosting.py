"""Pages of those who organise an evening, and its pictures. As in `asked`."""

from typing import Any

from tests.laws.revoked import deeds_hosting, model
from tests.laws.revoked.drawn_hosting import CLOSES, OPENS
from tests.laws.revoked.model import NOBODY, Fact
from tests.laws.revoked.obtained import Check, Complaints, equal, get, status, told
from tests.laws.revoked.scene import Scene

#: Answers of whoever waits; of how many people's answers shares are told.
WISHES, ENOUGH = ("waiting", "offered"), 5


def sharing(scene: Scene, viewer: str, code: str) -> Complaints:
    """What who organises an evening sends, and knows of those who come: names where they see them."""
    world, page = scene.world, get(scene, viewer, f"/s/{code}/organiser/")
    organises = hosts(scene, viewer, code)
    yield from status(page, 200 if organises else 404)
    if not organises or page.status_code != 200:
        yield from told(scene, viewer, page, set())
        return
    helping = {str(model.named(world, viewer, one)) for one in _helping(scene, viewer, code)}
    yield from equal("helpers", {one["name"] for one in page.context["helpers"]}, helping)
    if model.is_told(world, code):
        yield from _known(scene, viewer, code, page)
        helping |= _named(scene, viewer, code)
    yield from equal("told", "coming" in page.context, model.is_told(world, code))
    yield from told(scene, viewer, page, helping | {*world.facts["evening", code].words})


def _known(scene: Scene, viewer: str, code: str, page: Any) -> Complaints:
    """D5: how many, and a line for each who comes."""
    world = scene.world
    said = list(world.of("answer", about=code))
    going = {fact.owner for fact in said if fact.said == "going"}
    inside = [one.said for one in world.of("admission", about=code)]
    came = {fact.owner for fact in world.of("presence", about=code)} | {*inside} - {""}
    counts = {
        "coming": len(going),
        "waiting": sum(fact.said in WISHES for fact in said),
        "came": len(came) + inside.count(""),
        "stayed_away": len(going - came) if model.over(world, code) else 0,
    }
    yield from equal("counts", {name: page.context.get(name) for name in counts}, counts)
    lines = {one["name"] for one in page.context["seats"] if not one["alias"]}
    yield from equal("lines", (lines, len(page.context["seats"])), (_named(scene, viewer, code), len(going)))
    yield from equal("shares", [rows for _text, rows in page.context["shares"]], _shares(scene, code, going))


def _shares(scene: Scene, code: str, going: set[str]) -> list[list[tuple[str, int | None]]]:
    """How many in ten chose what, of those who come; of too few nothing, and never all or none."""
    if not scene.keys["question", code]:
        return []
    picks = [fact for fact in scene.world.of("pick", about=code) if fact.owner in going]
    counted = sum(not model.organises(scene.world, fact.owner, code) for fact in picks)
    chosen = [sum(fact.said == place for fact in picks) for place in ("0", "1")]
    tenths = [min(max((20 * one + len(picks)) // (2 * len(picks)), 1), 9) for one in chosen] if picks else [1, 1]
    return [list(zip(("oui", "non"), tenths if counted >= ENOUGH else [None, None], strict=True))]


def door(scene: Scene, viewer: str, code: str) -> Complaints:
    """The door of an evening: names of whoever shows them, and who was let in."""
    world, page, organises = scene.world, get(scene, viewer, f"/s/{code}/porte/"), hosts(scene, viewer, code)
    yield from status(page, 200 if organises else 404)
    found = page.context.get("list") if page.status_code == 200 else None
    start = model.starts_at(world, code)
    is_open = organises and start - OPENS <= world.now < start + model.LONG + CLOSES
    yield from equal("open", found is not None, is_open)
    walkers = {word for one in world.of("admission", about=code) for word in one.words} if is_open else set()
    names = _named(scene, viewer, code) if is_open else set()
    yield from told(scene, viewer, page, names | walkers, walkers)
    if found is not None:
        deeds_hosting.keep_list(scene, viewer, code)
        going = [fact for fact in world.of("answer", about=code) if fact.said == "going"]
        yield from equal(
            "lines", ({one.name for one in found.lines if one.line}, len(found.lines)), (names, len(going))
        )
        yield from equal("inside", found.inside, len(list(world.of("admission", about=code))))


def helping(scene: Scene, viewer: str, code: str) -> Complaints:
    """The link by which others come to organise an evening, the last that was drawn and those before."""
    links = scene.keys.get(("together", code), [])
    for link in links[-2:]:
        page = get(scene, viewer, f"/s/{code}/organiser-avec/{link}/")
        there = model.sees_evening(scene.world, viewer, code) and link == scene.world.together[code]
        organises = model.organises(scene.world, viewer, code)
        yield from status(page, 404 if not there else 302 if organises else 200)
        yield from told(scene, viewer, page, set())


def recalling(scene: Scene, viewer: str, code: str) -> Complaints:
    """The link by which people say that they were at an evening, the last that was drawn and those before."""
    links, world = scene.keys.get(("recalled", code), []), scene.world
    for link in links[-2:]:
        page = get(scene, viewer, f"/s/{code}/j-y-etais/{link}/")
        there = model.sees_evening(world, viewer, code) and link == world.recalled[code]
        came = any(world.of("presence", viewer, code))
        yield from status(page, 404 if not there else 302 if came else 200)
        yield from told(scene, viewer, page, {*world.facts["evening", code].words} if there and not came else set())


def pictures(scene: Scene, viewer: str, code: str) -> Complaints:
    """The pictures of an evening, for whoever came or organises it; what one wants down."""
    world, page = scene.world, get(scene, viewer, f"/s/{code}/photos/")
    seen, came = model.sees_evening(world, viewer, code), any(world.of("presence", viewer, code))
    inside = seen and (came or model.organises(world, viewer, code))
    yield from status(page, 200 if inside else 302 if seen else 404)
    yield from told(scene, viewer, page, set())
    if page.status_code == 200:
        shown = [one for one in world.of("picture", about=code) if model.sees(world, viewer, one)]
        expected = {(one.said, one.owner == viewer, one.audience is None) for one in shown}
        found = {(str(one.uid), one.mine, one.down) for one in page.context["pictures"]}
        yield from equal("pictures", found, expected)
        asked = list(world.of("takedown", viewer, code))
        yield from equal("down", len(page.context["down"]), len(asked))


def picture(scene: Scene, viewer: str, uid: str) -> Complaints:
    """The file itself."""
    world = scene.world
    facts = [one for one in world.of("picture") if one.said == uid]
    seen = any(model.sees(world, viewer, one) and model.sees_evening(world, viewer, one.about) for one in facts)
    page = get(scene, viewer, f"/photos/{uid}.jpg")
    yield from status(page, 200 if seen else 404)


def exports(scene: Scene, viewer: str, code: str) -> list[str]:
    """By whom the list was taken out, as far as somebody may know; for those who come or came."""
    world = scene.world
    circles = [("going", code), ("attended", code)]
    if not model.sees_evening(world, viewer, code) or not any(model.stands_in(world, viewer, one) for one in circles):
        return []
    return [model.named(world, viewer, by) or "" for by, _what in reversed(world.exports.get(code, []))]


def hosts_named(scene: Scene, viewer: str, code: str) -> list[str]:
    """Who organises an evening, as far as somebody may know."""
    people = {scene.world.facts["evening", code].owner, *_helping(scene, viewer, code)}
    return sorted(filter(None, (model.named(scene.world, viewer, one) for one in people)))


def _helping(scene: Scene, viewer: str, code: str) -> list[str]:
    world = scene.world
    seen = [one.owner for one in world.of("organising", about=code) if model.sees(world, viewer, one)]
    return [one for one in seen if model.named(world, viewer, one)]


def hosts(scene: Scene, viewer: str, code: str) -> bool:
    """Whether somebody organises an evening, and sees it."""
    return model.sees_evening(scene.world, viewer, code) and model.organises(scene.world, viewer, code)


def _named(scene: Scene, viewer: str, code: str) -> set[str]:
    """The names of those who come, whose answer and name somebody sees."""
    names = {model.named(scene.world, viewer, one) for one in model.answering(scene.world, viewer, code)}
    return {name for name in names if name}


def about(scene: Scene, viewer: str, _key: object, fact: Fact) -> list[Check]:
    """Where a fact shows to somebody, or would."""
    if fact.kind == "organising":
        return [(sharing, fact.about), (door, fact.about), (helping, fact.about)]
    if fact.kind in {"admission", "pick"} or (fact.kind == "answer" and hosts(scene, viewer, fact.about)):
        return [(sharing, fact.about), (door, fact.about)]
    if fact.kind in {"picture", "takedown"}:
        return [(pictures, fact.about), (picture, fact.said)]
    if fact.kind == "presence" and fact.owner == viewer:
        return [(pictures, fact.about), (recalling, fact.about)]
    return []


def anything(scene: Scene, viewer: str) -> list[Check]:
    """Pages of which any may be asked for."""
    drawn = [str(key[1]) for key in scene.keys if key[0] == "picture"]
    pages: list[Check] = [(picture, scene.draw.choice(drawn))] if drawn else []
    if viewer == NOBODY:
        return pages
    every = (sharing, door, helping, recalling, pictures)
    return [*pages, *((page, scene.draw.choice(scene.evenings())) for page in every)]
