"""Random acts of those who hand over cards. As in `drawn`."""

from tests.laws.revoked import deeds_cards, model
from tests.laws.revoked.scene import Scene

Told = tuple[object, ...]


def keeps_a_card(scene: Scene) -> Told:
    who = scene.anybody()
    deeds_cards.keep(scene, who)
    return (who,)


def drops_a_card(scene: Scene) -> Told:
    uid = scene.one([uid for who in scene.world.alive() for uid in _cards(scene, who)])
    who = scene.world.facts["card", uid].owner
    deeds_cards.drop(scene, uid)
    return (who,)


def shows_a_card(scene: Scene) -> Told:
    who = scene.anybody()
    return who, deeds_cards.show(scene, scene.one(_cards(scene, who)))


def hides_a_card(scene: Scene) -> Told:
    secret = scene.one(_shown(scene))
    deeds_cards.hide(scene, secret)
    return (secret,)


def exchanges(scene: Scene) -> Told:
    """Two phones and one square, which may have been shown to somebody else before."""
    who, other = scene.two()
    if {(who, other), (other, who)} & scene.world.blocks:
        raise IndexError
    mine, theirs = scene.one(_cards(scene, who)), scene.one(_cards(scene, other))
    before = [secret for secret in _shown(scene) if scene.world.facts["showing", secret].owner == other]
    secret = scene.one(before) if before else deeds_cards.show(scene, theirs)
    deeds_cards.exchange(scene, who, secret, mine)
    return who, other


def takes_a_card(scene: Scene) -> Told:
    who, secret = scene.anybody(), scene.one(_shown(scene))
    shown = scene.world.facts["showing", secret]
    if who == shown.owner or (who, shown.owner) in scene.world.blocks or not model.sees(scene.world, who, shown):
        raise IndexError
    deeds_cards.take(scene, who, secret)
    return who, shown.owner


def leaves_a_name(scene: Scene) -> Told:
    secret = scene.one(_shown(scene))
    deeds_cards.leave(scene, secret)
    return (scene.world.facts["showing", secret].owner,)


def cards_enter_books(scene: Scene) -> Told:
    waiting = deeds_cards.waiting(scene)
    scene.one(waiting)
    deeds_cards.enter(scene)
    return tuple(waiting)


def takes_a_card_back(scene: Scene) -> Told:
    owner, other = scene.one(_crossings(scene, withdrawn=False))
    deeds_cards.withdraw(scene, owner, other)
    return owner, other


def gives_it_again(scene: Scene) -> Told:
    owner, other = scene.one(_crossings(scene, withdrawn=True))
    deeds_cards.rejoin(scene, owner, other)
    return owner, other


def _cards(scene: Scene, who: str) -> list[object]:
    return [key[1] for key, fact in scene.world.facts.items() if (fact.kind, fact.owner) == ("card", who)]  # type: ignore[index]


def _shown(scene: Scene) -> list[str]:
    """The secrets of the cards that are shown at this moment."""
    facts = [(key, fact) for key, fact in scene.world.facts.items() if fact.kind == "showing"]
    return [key[1] for key, fact in facts if model.lasts(scene.world, fact.until)]  # type: ignore[index]


def _crossings(scene: Scene, *, withdrawn: bool) -> list[tuple[str, str]]:
    facts = [fact for fact in scene.world.of("crossing") if (fact.said == "withdrawn") == withdrawn]
    return [(fact.owner, fact.about) for fact in facts if fact.about not in scene.world.gone]


#: As in `drawn`.
ACTS = {
    keeps_a_card: 1, drops_a_card: 1, shows_a_card: 3, hides_a_card: 2, exchanges: 5, takes_a_card: 2,
    leaves_a_name: 1, cards_enter_books: 2, takes_a_card_back: 4, gives_it_again: 2,
}  # fmt: skip
