"""Pages of what people hand to each other: words, and cards that cross. As in `asked`."""

from tests.laws.revoked import model
from tests.laws.revoked.model import NOBODY, Fact
from tests.laws.revoked.obtained import Check, Complaints, equal, get, status, told
from tests.laws.revoked.scene import Scene


def words(scene: Scene, viewer: str, _about: str) -> Complaints:
    """What somebody was given and wrote: it stays, whoever hides since; the way to them goes."""
    page, world = get(scene, viewer, "/mots/"), scene.world
    yield from status(page, 200)
    facts = [(key, fact) for key, fact in world.facts.items() if fact.owner == viewer]
    given = {key[1]: fact for key, fact in facts if fact.kind == "given"}  # type: ignore[index]
    written = {key[1]: fact for key, fact in facts if fact.kind == "written"}  # type: ignore[index]
    got = {one.uid: (one.member, one.waits) for one in [*page.context["waiting"], *page.context["others"]]}
    expected = {uid: (_member(scene, viewer, fact.about), fact.said == "waits") for uid, fact in given.items()}
    yield from equal("given", got, expected)
    sent = {one.uid: (one.member, one.gone, one.answered) for one in page.context["sent"]}
    yield from equal("written", sent, {uid: _sent(scene, viewer, uid) for uid in written})
    yield from equal("closed", page.context["closed"], ("closed", viewer) in world.facts)
    yield from told(
        scene, viewer, page, {word for fact in [*given.values(), *written.values()] for word in fact.words[:2]}
    )


def _sent(scene: Scene, viewer: str, uid: object) -> tuple[object, bool, bool]:
    word = scene.world.letters[uid]
    return _member(scene, viewer, word.to), word.gone, word.answered


def word(scene: Scene, viewer: str, uid: str) -> Complaints:
    """One word, for whoever wrote it and whoever was given it: the card that came along once it is open."""
    page = get(scene, viewer, f"/mots/{uid}/")
    facts = [(key, fact) for key, fact in scene.world.facts.items() if fact.owner == viewer]
    mine = [fact for key, fact in facts if fact.kind in {"given", "written"} and str(key[1]) == uid]  # type: ignore[index]
    yield from status(page, 200 if mine else 404)
    yield from told(scene, viewer, page, {word for fact in mine for word in fact.words})


def writing(scene: Scene, viewer: str, who: str) -> Complaints:
    """Where somebody is written to: not there without the name, and no form for whom one blocks."""
    page, called = get(scene, viewer, f"/ecrire/{scene.uids[who]}/"), model.named(scene.world, viewer, who)
    yield from status(page, 200 if called else 404)
    yield from told(scene, viewer, page, {called} if called else set())
    if page.status_code == 200:
        yield from equal("blocked", page.context["blocked"], (viewer, who) in scene.world.blocks)


def my_cards(scene: Scene, viewer: str, _about: str) -> Complaints:
    """One's cards, those that one was handed, and with whom they were crossed: the way to whoever hides goes."""
    page, world = get(scene, viewer, "/moi/cartes/"), scene.world
    yield from status(page, 200)
    mine = {key[1]: fact for key, fact in world.facts.items() if (fact.kind, fact.owner) == ("card", viewer)}  # type: ignore[index]
    yield from equal("kept", {one.uid for one in page.context["cards"]}, set(mine))
    handed = {fact.words[0] for fact in world.of("handed", viewer) if fact.said == "waits"}
    yield from equal("handed", {one.face.name for one in page.context["handed"]}, handed)
    crossed = list(world.of("crossing", viewer))
    members = {(_member(scene, viewer, fact.about), fact.said == "withdrawn") for fact in crossed}
    found = {(one.member, one.withdrawn) for one in page.context["crossed"]}
    yield from equal("crossed", {one for one in found if one[0]}, {one for one in members if one[0]})
    own = {word for fact in mine.values() for word in fact.words}
    yield from told(scene, viewer, page, own | handed | {fact.words[0] for fact in crossed})


def card(scene: Scene, viewer: str, secret: str) -> Complaints:
    """A square: for whoever shows it, and for others until it ends, or whoever shows it blocks them."""
    page, fact = get(scene, viewer, f"/carte/{secret}/"), scene.world.facts.get(("showing", secret))
    shown = fact is not None and model.sees(scene.world, viewer, fact)
    yield from status(page, 200 if shown else 404)
    face = {*fact.words} if fact is not None and shown else set()
    yield from told(scene, viewer, page, face if fact is not None and viewer != fact.owner else set(), face)


def _member(scene: Scene, viewer: str, who: str) -> object:
    """The public id of somebody who shows their name."""
    return scene.uids[who] if who and model.named(scene.world, viewer, who) else None


def about(scene: Scene, viewer: str, key: object, fact: Fact) -> list[Check]:
    """Where a fact shows to somebody, or would."""
    uid = str(key[1]) if isinstance(key, tuple) else ""
    if fact.kind in {"written", "given"}:
        return [(words, ""), (word, uid)]
    if fact.kind == "closed":
        return [(words, "")]
    if fact.kind in {"card", "crossing", "handed"}:
        return [(my_cards, "")]
    if fact.kind == "showing":
        return [(card, uid)]
    return _hiding(scene, viewer, fact.owner) if fact.kind == "name" else []


def _hiding(scene: Scene, viewer: str, who: str) -> list[Check]:
    """Where it shows that somebody's name is hidden, or is not."""
    kept = [fact for fact in scene.world.facts.values() if (fact.owner, fact.about) == (viewer, who)]
    pages: list[Check] = [(writing, who)]
    pages += [(words, "")] if any(fact.kind in {"written", "given"} for fact in kept) else []
    return pages + ([(my_cards, "")] if any(fact.kind == "crossing" for fact in kept) else [])


def anything(scene: Scene, viewer: str) -> list[Check]:
    """Pages of which any may be asked for."""
    secrets = [key[1] for key in scene.keys if key[0] == "showing"]
    pages: list[Check] = [(card, scene.draw.choice(secrets))] if secrets else []
    if viewer == NOBODY:
        return pages
    others = sorted(set(scene.world.people) - {viewer})
    pages += [(words, ""), (my_cards, ""), (writing, scene.draw.choice(others))]
    letters = [str(uid) for uid in scene.world.letters]
    return pages + ([(word, scene.draw.choice(letters))] if letters else [])
