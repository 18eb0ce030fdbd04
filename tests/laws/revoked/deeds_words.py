"""Relayed words, in the product and in the model: written, taken back, gone, answered, laid aside, wanted or not."""

from dataclasses import replace
from datetime import timedelta

from entregent.writing import actions as writing
from entregent.writing import due
from entregent.writing import queries as words
from tests.laws.revoked import deeds_cards, model
from tests.laws.revoked.model import Fact, Letter
from tests.laws.revoked.scene import Scene

#: How long a first word waits, so that whoever wrote it may take it back.
PATIENCE = timedelta(minutes=1)


def write(scene: Scene, who: str, other: str, *, card: bool) -> None:
    """One word, perhaps with a card that opens with its answer."""
    world, text, (mail, address) = scene.world, scene.word(who), _card(scene, who, card=card)
    uid = writing.write(scene.viewers[who], person=scene.uids[other], text=text, mail=address)
    called = str(model.named(world, who, other))
    world.letters[uid] = Letter(who, other, called, text, mail, world.now)
    world.facts["written", uid] = Fact("written", who, (called, text), None, about=other)


def _card(scene: Scene, who: str, *, card: bool) -> tuple[str, str]:
    return scene.reach(who) if card else ("", "")


def take_back(scene: Scene, uid: object) -> None:
    writing.take_back(scene.viewers[scene.world.letters[uid].by], word=uid)  # type: ignore[arg-type]
    scene.world.letters.pop(uid)
    scene.world.facts.pop(("written", uid))


def answer(scene: Scene, uid: object, *, card: bool) -> None:
    """An answer to a word that was given: what came along with that one is open from now on."""
    world, held = scene.world, scene.world.facts["given", uid]
    who, name = held.owner, held.words[0]
    text, (mail, address) = scene.word(who), _card(scene, who, card=card)
    writing.answer(scene.viewers[who], word=uid, text=text, mail=address)  # type: ignore[arg-type]
    mine = next(one.uid for one in words.sent(scene.viewers[who]) if one.answers == uid)
    world.letters[mine] = Letter(who, held.about, name, text, mail, world.now, answers=uid)
    world.facts["written", mine] = Fact("written", who, (name, text), None, about=held.about)
    world.change(("given", uid), said="answered", words=(*held.words, *filter(None, [world.letters[uid].mail])))


def let_be(scene: Scene, uid: object) -> None:
    writing.let_be(scene.viewers[scene.world.facts["given", uid].owner], word=uid)  # type: ignore[arg-type]
    scene.world.change(("given", uid), said="left")


def take_words(scene: Scene, who: str, *, yes: bool) -> None:
    writing.take_words(scene.viewers[who], yes=yes)
    if yes:
        scene.world.facts.pop(("closed", who), None)
    else:
        scene.world.facts["closed", who] = Fact("closed", who, (), None)


def ready(scene: Scene) -> list[tuple[object, Letter]]:
    """The words that go when the worker comes by, the oldest first."""
    world = scene.world
    waiting = [(uid, word) for uid, word in world.letters.items() if not word.gone]
    waits = [one for one in waiting if one[1].answers is not None or one[1].at <= world.now - PATIENCE]
    return sorted(waits, key=lambda one: one[1].at)


def go(scene: Scene) -> None:
    """The worker comes by."""
    going = ready(scene)
    due.relay(scene.world.now)
    for uid, word in going:
        _go(scene, uid, word)


def _go(scene: Scene, uid: object, word: Letter) -> None:
    """To whoever it is for, or to nobody; an answer with a card, to a word that came with one, crosses them."""
    world, first = scene.world, scene.world.letters.get(word.answers)
    world.letters[uid], name = replace(word, gone=True), model.signed(world, word)
    if first is not None and first.mail and word.mail:
        deeds_cards.let_in(scene, word.by, word.to, word.name)
        if name:
            deeds_cards.let_in(scene, word.to, word.by, name)
    if name is None:
        return
    open_card = (word.mail,) if first is not None and word.mail else ()
    said = "waits" if first is None else "answer"
    world.facts["given", uid] = Fact("given", word.to, (name, word.text, *open_card), None, about=word.by, said=said)
    if first is not None:
        world.letters[word.answers] = replace(first, answered=True)
