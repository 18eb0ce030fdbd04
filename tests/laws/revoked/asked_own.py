"""What is one's own alone: needs that are kept, the mail about them, the calendar's address. As in `asked`."""

from datetime import timedelta

from entregent.mail import news as letters
from tests.laws.revoked import deeds_own, model
from tests.laws.revoked.model import NOBODY, OWN, Fact
from tests.laws.revoked.obtained import Check, Complaints, equal, found, get, said, status, told
from tests.laws.revoked.scene import Scene

#: How many needs a page shows, the last first.
SHOWN = 3
#: How many a letter names for each need, and for how long a calendar reads of what is over.
NAMED, LOOKING_BACK = 4, timedelta(days=90)
#: Answers by which an evening is one's own.
MINE = ("going", "offered", "waiting")


def kept(scene: Scene, viewer: str, _about: str) -> Complaints:
    """The needs that somebody keeps, each with those who newly answer it."""
    page, last = get(scene, viewer, "/besoin/gardes/"), deeds_own.kept_by(scene, viewer)[-SHOWN:]
    newly = {word: people for word, people in _newly(scene, viewer, scene.world.looked).items() if word in last}
    yield from status(page, 200)
    told_of = {one["held"].text: {line["person"] for line in one["people"]} for one in page.context["needs"]}
    yield from equal("news", told_of, {word: {scene.uids[one] for one in people} for word, people in newly.items()})
    yield from told(scene, viewer, page, {*newly} | _names(scene, viewer, newly), {*newly})


def news(scene: Scene, viewer: str, _about: str) -> Complaints:
    """The mail that would leave at this moment, if any."""
    letter = letters.letter(scene.viewers[viewer].me)
    newly = {word: people for word, people in _newly(scene, viewer, scene.world.told).items() if people}
    yield from equal("mail", letter is not None, bool(newly))
    if letter is not None:
        few = {word: people for word, people in newly.items() if len(people) <= NAMED}
        yield from said(scene, viewer, letter.text, {*newly} | _names(scene, viewer, few), {*newly})
        yield from said(scene, viewer, letter.subject, set())


def _newly(scene: Scene, viewer: str, seen: dict[tuple[str, str], set[str]]) -> dict[str, set[str]]:
    words = deeds_own.kept_by(scene, viewer)
    return {word: deeds_own.answering_newly(scene, viewer, word, seen) for word in words}


def _names(scene: Scene, viewer: str, newly: dict[str, set[str]]) -> set[str]:
    return {str(model.named(scene.world, viewer, one)) for people in newly.values() for one in people}


def feed(scene: Scene, _viewer: str, secret: str) -> Complaints:
    """What a calendar reads at an address, whoever asks: what its owner sees, until it is closed."""
    page, live = get(scene, NOBODY, f"/agenda/{secret}.ics"), scene.world.facts.get(("feed", secret))
    yield from status(page, 200 if live else 404)
    titles = _planned(scene, live.owner) if live is not None else set()
    yield from equal("titles", found(scene, page.content.decode()), titles)


def _planned(scene: Scene, who: str) -> set[str]:
    """What the evenings of somebody are called that they keep from nobody."""
    world, titles = scene.world, set()
    for code in scene.evenings():
        mine = world.facts.get(("answer", who, code))
        comes = mine is not None and mine.said in MINE
        hidden = comes and mine is not None and (mine.discreet or mine.audience is None)
        recent = model.starts_at(world, code) + model.LONG > world.now - LOOKING_BACK
        own = comes or model.organises(world, who, code)
        if own and recent and not hidden and model.sees_evening(world, who, code):
            titles |= {*world.facts["evening", code].words}
    return titles


def about(scene: Scene, viewer: str, key: object, fact: Fact) -> list[Check]:
    """Where a fact shows to somebody, or would."""
    needs: list[Check] = [(kept, ""), (news, "")]
    if fact.kind == "kept":
        return needs
    if fact.kind == "feed" and isinstance(key, tuple):
        return [(feed, str(key[1]))]
    if fact.kind in OWN and {*fact.words} & {*deeds_own.kept_by(scene, viewer)}:
        return needs
    if fact.kind in {"answer", "evening", "organising"}:
        return [(feed, secret) for secret in _secrets(scene, viewer)]
    return []


def _secrets(scene: Scene, who: str) -> list[str]:
    facts = scene.world.facts.items()
    return [key[1] for key, fact in facts if (fact.kind, fact.owner) == ("feed", who)]  # type: ignore[index]


def anything(scene: Scene, viewer: str) -> list[Check]:
    """Pages of which any may be asked for."""
    secrets = [key[1] for key in scene.keys if key[0] == "feed"]
    pages: list[Check] = [(feed, scene.draw.choice(secrets))] if secrets else []
    return pages if viewer == NOBODY else [*pages, (kept, ""), (news, "")]
