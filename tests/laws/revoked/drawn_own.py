"""Random acts that concern nobody else: needs that are kept, the address that a calendar reads. As in `drawn`."""

from tests.laws.revoked import deeds_own
from tests.laws.revoked.model import OWN
from tests.laws.revoked.scene import Scene

Told = tuple[object, ...]


def keeps_a_need(scene: Scene) -> Told:
    """A word that somebody else says to somebody."""
    who = scene.anybody()
    word = scene.one([fact.words[0] for kind in OWN for fact in scene.world.of(kind) if fact.owner != who])
    deeds_own.keep_need(scene, who, word)
    return who, word


def looks_who_answers(scene: Scene) -> Told:
    who, word = _kept(scene)
    deeds_own.look(scene, who, word)
    return who, word


def watches_no_longer(scene: Scene) -> Told:
    who, word = _kept(scene)
    deeds_own.end_need(scene, who, word)
    return who, word


def is_written_to(scene: Scene) -> Told:
    who, _word = _kept(scene)
    deeds_own.be_written_to(scene, who)
    return (who,)


def lets_a_calendar_read(scene: Scene) -> Told:
    who, busy = scene.anybody(), scene.draw.random() < 0.5
    deeds_own.open_feed(scene, who, busy=busy)
    return who, busy


def lets_no_calendar_read(scene: Scene) -> Told:
    who = scene.one([fact.owner for fact in scene.world.of("feed")])
    deeds_own.close_feed(scene, who)
    return (who,)


def _kept(scene: Scene) -> tuple[str, str]:
    return scene.one([(fact.owner, fact.words[0]) for fact in scene.world.of("kept")])


#: As in `drawn`.
ACTS = {
    keeps_a_need: 2, looks_who_answers: 2, watches_no_longer: 1, is_written_to: 2,
    lets_a_calendar_read: 2, lets_no_calendar_read: 2,
}  # fmt: skip
