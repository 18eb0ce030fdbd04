"""What is one's own alone, in the product and in the model: needs that are kept, the address that a calendar reads."""

from datetime import datetime, time, timedelta

from entregent.mail import news
from entregent.meetups import feeds
from entregent.recall import actions as recall
from entregent.recall import kept
from tests.laws.revoked import model
from tests.laws.revoked.model import HOME, Fact
from tests.laws.revoked.scene import Scene

#: For how long a need is kept, to the end of its last day at home.
LASTS = timedelta(days=90)


def keep_need(scene: Scene, who: str, word: str) -> None:
    """Have oneself told when somebody answers a word; whoever answers it now is no news."""
    uid, until = recall.keep(scene.viewers[who], text=word), _last(scene.world.now)
    scene.world.facts["kept", who, word] = Fact("kept", who, (word,), None, until=until)
    scene.keys["kept", who, word] = uid
    _look(scene, who, word)


def _last(now: datetime) -> datetime:
    return datetime.combine(now.astimezone(HOME).date() + LASTS, time.max, HOME)


def look(scene: Scene, who: str, word: str) -> None:
    """See who answers it."""
    viewer = scene.viewers[who]
    recall.look(viewer, need=scene.keys["kept", who, word], answers=kept.answers(viewer, word))
    _look(scene, who, word)


def _look(scene: Scene, who: str, word: str) -> None:
    known = set().union(*model.answering_need(scene.world, who, word))
    for seen in (scene.world.told, scene.world.looked):
        seen[who, word] = seen.get((who, word), set()) | known


def end_need(scene: Scene, who: str, word: str) -> None:
    recall.end(scene.viewers[who], need=scene.keys["kept", who, word])
    for seen in (scene.world.told, scene.world.looked):
        seen.pop((who, word))
    scene.world.facts.pop(("kept", who, word))


def be_written_to(scene: Scene, who: str) -> None:
    """The mail leaves, if there is one: of whom it tells is told."""
    letter = news.letter(scene.viewers[who].me)
    if letter is not None:
        letter.left()
    for word in kept_by(scene, who):
        scene.world.told[who, word] |= answering_newly(scene, who, word, scene.world.told)


def kept_by(scene: Scene, who: str) -> list[str]:
    """The words that somebody keeps."""
    return [fact.words[0] for fact in scene.world.of("kept", who)]


def answering_newly(scene: Scene, who: str, word: str, seen: dict[tuple[str, str], set[str]]) -> set[str]:
    """Who says a word that somebody keeps, and is not among those of whom they were told, or whom they saw."""
    world = scene.world
    if not model.lasts(world, world.facts["kept", who, word].until):
        return set()
    return model.answering_need(world, who, word)[0] - seen[who, word]


def open_feed(scene: Scene, who: str, *, busy: bool) -> None:
    """A new address; an earlier one ends."""
    secret = feeds.open_feed(scene.viewers[who], busy=busy)
    _close(scene, who)
    scene.world.facts["feed", secret] = Fact("feed", who, (), None, said="busy" if busy else "")
    scene.keys["feed", secret] = who


def close_feed(scene: Scene, who: str) -> None:
    feeds.close_feed(scene.viewers[who])
    _close(scene, who)


def _close(scene: Scene, who: str) -> None:
    facts = scene.world.facts.items()
    scene.world.facts = {key: fact for key, fact in facts if (fact.kind, fact.owner) != ("feed", who)}
