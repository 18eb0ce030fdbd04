"""Random acts of those who write to somebody. As in `drawn`."""

from tests.laws.revoked import deeds_words, model
from tests.laws.revoked.scene import Scene

Told = tuple[object, ...]


def writes(scene: Scene) -> Told:
    people, card = scene.world.alive(), scene.draw.random() < 0.7
    who, other = scene.one([(one, two) for one in people for two in people if _may_write(scene, one, two)])
    deeds_words.write(scene, who, other, card=card)
    return who, other, card


def _may_write(scene: Scene, who: str, other: str) -> bool:
    """One word, until it is answered, signed with a name that somebody sees."""
    world, name = scene.world, scene.world.facts.get(("name", who))
    waits = any((word.by, word.to) == (who, other) and _waits(word) for word in world.letters.values())
    signed = name is not None and name.audience is not None
    apart = who == other or waits or (who, other) in world.blocks
    return signed and not apart and model.named(world, who, other) is not None


def _waits(word: model.Letter) -> bool:
    return word.answers is None and not word.answered


def takes_a_word_back(scene: Scene) -> Told:
    waiting = [uid for uid, word in scene.world.letters.items() if not word.gone and word.answers is None]
    uid = scene.one(waiting)
    told = scene.world.letters[uid]
    deeds_words.take_back(scene, uid)
    return told.by, told.to


def words_go(scene: Scene) -> Told:
    going = [word for _uid, word in deeds_words.ready(scene)]
    scene.one(going)
    deeds_words.go(scene)
    return tuple((word.by, word.to) for word in going)


def answers_a_word(scene: Scene) -> Told:
    uid, card = scene.one(_given(scene, {"waits", "left"})), scene.draw.random() < 0.7
    held = scene.world.facts["given", uid]
    if (held.owner, held.about) in scene.world.blocks:
        raise IndexError
    deeds_words.answer(scene, uid, card=card)
    return held.owner, held.about, card


def lays_a_word_aside(scene: Scene) -> Told:
    uid = scene.one(_given(scene, {"waits"}))
    deeds_words.let_be(scene, uid)
    return (scene.world.facts["given", uid].owner,)


def wants_words(scene: Scene) -> Told:
    who, yes = scene.anybody(), scene.draw.random() < 0.4
    deeds_words.take_words(scene, who, yes=yes)
    return who, yes


def _given(scene: Scene, said: set[str]) -> list[object]:
    return [key[1] for key, fact in scene.world.facts.items() if fact.kind == "given" and fact.said in said]  # type: ignore[index]


#: As in `drawn`.
ACTS = {writes: 5, takes_a_word_back: 1, words_go: 5, answers_a_word: 4, lays_a_word_aside: 1, wants_words: 2}
