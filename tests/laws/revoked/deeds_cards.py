"""Cards, in the product and in the model: kept, shown, exchanged, taken, left without account, withdrawn."""

from datetime import timedelta

from entregent.cards import actions as cards
from entregent.cards import due
from entregent.cards import queries as kept
from entregent.discretion.viewer import ANYBODY
from entregent.encounters import queries as book
from tests.laws.revoked.model import EVERYONE, NOBODY, Fact
from tests.laws.revoked.scene import Scene

#: How long a card is shown.
LASTS = timedelta(minutes=10)


def keep(scene: Scene, who: str) -> None:
    """A card with a name and an address that are said nowhere else."""
    title, name, (mail, address) = scene.word(who), scene.word(who), scene.reach(who)
    uid = cards.keep(scene.viewers[who], title=title, name=name, mail=address)
    scene.world.facts["card", uid] = Fact("card", who, (title, name, mail), None)


def drop(scene: Scene, uid: object) -> None:
    cards.drop(scene.viewers[scene.world.facts["card", uid].owner], card=uid)  # type: ignore[arg-type]
    scene.world.facts.pop(("card", uid))


def show(scene: Scene, uid: object) -> str:
    """The secret of the address that the square says."""
    held, until = scene.world.facts["card", uid], scene.world.now + LASTS
    secret = cards.show(scene.viewers[held.owner], card=uid)  # type: ignore[arg-type]
    scene.world.facts["showing", secret] = Fact("showing", held.owner, held.words[1:], EVERYONE, until=until)
    scene.keys["showing", secret] = held.owner
    return secret


def hide(scene: Scene, secret: str) -> None:
    cards.hide(scene.viewers[scene.world.facts["showing", secret].owner], secret=secret)
    scene.world.change(("showing", secret), until=scene.world.now)


def exchange(scene: Scene, who: str, secret: str, uid: object) -> None:
    """Each has the card of the other, in the book at once for whoever did it, and when the worker comes by."""
    shown, mine = scene.world.facts["showing", secret], scene.world.facts["card", uid].words[1:]
    contact = cards.exchange(scene.viewers[who], secret=secret, card=uid)  # type: ignore[arg-type]
    _hand(scene, shown.owner, who, mine, secret)
    let_in(scene, who, shown.owner, shown.words[0])
    let_in(scene, shown.owner, who, mine[0])
    _noted(scene, _hand(scene, who, shown.owner, shown.words, secret), contact)


def take(scene: Scene, who: str, secret: str) -> None:
    """Take a card and give none."""
    shown = scene.world.facts["showing", secret]
    contact = cards.take(scene.viewers[who], secret=secret)
    _noted(scene, _hand(scene, who, shown.owner, shown.words, secret), contact)


def leave(scene: Scene, secret: str) -> None:
    """Somebody without account leaves a first name and an address."""
    owner, name, (mail, address) = scene.world.facts["showing", secret].owner, scene.word(NOBODY), scene.reach(NOBODY)
    cards.leave(ANYBODY, secret=secret, name=name, mail=address)
    scene.world.facts["handed", owner, secret, name] = Fact("handed", owner, (name, mail), None, said="waits")


def enter(scene: Scene) -> None:
    """The worker comes by: cards that members handed over enter books."""
    due.enter(scene.world.now)
    for key in waiting(scene):
        held = scene.world.facts[key]
        [entry] = book.entries(scene.viewers[held.owner], people=[scene.viewers[held.about].me])
        _noted(scene, key, entry.uid)


def waiting(scene: Scene) -> list[object]:
    """The cards that members handed over and that stand in no book yet."""
    held = [(key, fact) for key, fact in scene.world.facts.items() if fact.kind == "handed" and fact.said == "waits"]
    return [key for key, fact in held if fact.about and fact.about not in scene.world.gone]


def _hand(scene: Scene, to: str, by: str, words: tuple[str, ...], secret: str) -> object:
    """One card by one square: handed over again, it is the same."""
    key = ("handed", to, secret, by)
    scene.world.facts.setdefault(key, Fact("handed", to, words, None, about=by, said="waits"))
    return key


def _noted(scene: Scene, key: object, contact: object) -> None:
    """A card stands in a book: on the page of whoever handed it, which keeps the name under which it was begun."""
    held, world = scene.world.facts[key], scene.world
    name, mail = held.words
    world.notes.setdefault((held.owner, held.about), {name}).add(mail)
    world.change(key, said="noted")
    scene.keys["contact", held.owner, held.about] = contact


def cross(scene: Scene, who: str, other: str) -> None:
    """Cards were crossed, whatever led to it."""
    names = {one: scene.word(one) for one in (who, other)}
    me, them = scene.viewers[who].me, scene.viewers[other].me
    cards.cross_both((me, them, names[other]), (them, me, names[who]))
    let_in(scene, who, other, names[other])
    let_in(scene, other, who, names[who])


def let_in(scene: Scene, owner: str, other: str, name: str) -> None:
    """Somebody stands in the circle of those with whom the owner's cards were crossed."""
    scene.world.facts["crossing", owner, other] = Fact("crossing", owner, (name,), None, about=other)


def withdraw(scene: Scene, owner: str, other: str) -> None:
    viewer = scene.viewers[owner]
    crossing = kept.crossed_with(viewer, scene.viewers[other].me)
    assert crossing is not None
    cards.withdraw(viewer, crossing=crossing)
    scene.keys["crossing", owner, other] = crossing
    scene.world.change(("crossing", owner, other), said="withdrawn")


def rejoin(scene: Scene, owner: str, other: str) -> None:
    cards.rejoin(scene.viewers[owner], crossing=scene.keys["crossing", owner, other])
    scene.world.change(("crossing", owner, other), said="")
