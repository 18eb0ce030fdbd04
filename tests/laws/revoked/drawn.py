"""Random acts: somebody does something that they could do here and now."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from tests.laws.revoked import deeds, drawn_cards, drawn_hosting, drawn_own, drawn_words
from tests.laws.revoked.scene import HOUSES, WORK, Scene

#: An act that was drawn: what it is called, between whom, and the act itself. IndexError where there is nobody for it.
Act = Callable[[Scene], tuple[object, ...]]

#: Words in which an answer says who sees it.
SHOWN = ("going", "community", "organisers", "me")


def goes_in(scene: Scene) -> tuple[object, ...]:
    who, place = scene.anybody(), scene.draw.choice([*HOUSES])
    deeds.ask_in(scene, who, place)
    return who, place


def is_let_in(scene: Scene) -> tuple[object, ...]:
    asked = scene.one(list(scene.world.of("request")))
    done = scene.draw.choice([deeds.let_in, deeds.let_in, deeds.turn_down])
    done(scene, asked.owner, asked.about)
    return done.__name__, asked.owner, asked.about


def goes_out(scene: Scene) -> tuple[object, ...]:
    place, who = scene.one(scene.world.belongs)
    done = scene.draw.choice([deeds.leave, deeds.remove])
    done(scene, who, place)
    return done.__name__, who, place


def is_appointed(scene: Scene) -> tuple[object, ...]:
    place, who = scene.one(scene.world.belongs)
    deeds.appoint(scene, who, place)
    return who, place


def blocks(scene: Scene) -> tuple[object, ...]:
    who, other = scene.two()
    deeds.block(scene, who, other)
    return who, other


def unblocks(scene: Scene) -> tuple[object, ...]:
    who, other = scene.one(scene.world.blocks)
    deeds.unblock(scene, who, other)
    return who, other


def shields(scene: Scene) -> tuple[object, ...]:
    who, other = scene.two()
    deeds.shield(scene, who, other)
    return who, other


def unshields(scene: Scene) -> tuple[object, ...]:
    who, other = scene.one(scene.world.shields)
    deeds.unshield(scene, who, other)
    return who, other


def shields_from_a_house(scene: Scene) -> tuple[object, ...]:
    who, firm = scene.anybody(), scene.one(scene.firms())
    deeds.shield_firm(scene, who, firm)
    return who, firm


def unshields_from_a_house(scene: Scene) -> tuple[object, ...]:
    who, firm = scene.one(scene.world.firms)
    deeds.unshield_firm(scene, who, firm)
    return who, firm


def names(scene: Scene) -> tuple[object, ...]:
    who, other = scene.two()
    deeds.name(scene, who, other)
    return who, other


def takes_out(scene: Scene) -> tuple[object, ...]:
    who, other = scene.one(scene.world.named)
    deeds.unname(scene, who, other)
    return who, other


def is_called(scene: Scene) -> tuple[object, ...]:
    who, discreet = scene.anybody(), _discreet(scene, 0.3)
    audience = scene.audience(who, discreet=discreet)
    deeds.call(scene, who, audience, discreet=discreet)
    return who, audience, discreet


def says_what_they_do(scene: Scene) -> tuple[object, ...]:
    who, discreet = scene.anybody(), _discreet(scene, 0.4)
    audience = scene.audience(who, discreet=discreet)
    if scene.draw.random() < 0.2:
        deeds.unsay_headline(scene, who)
        return who, "unsaid"
    deeds.headline(scene, who, audience, discreet=discreet)
    return who, audience, discreet


def needs(scene: Scene) -> tuple[object, ...]:
    who, kind = scene.anybody(), scene.draw.choice(["job", "other", "room"])
    discreet = kind == "job" or _discreet(scene, 0.5)
    audience = scene.audience(who, discreet=discreet, narrow=kind == "job")
    until = scene.draw.choice([None, None, timedelta(hours=5), timedelta(days=30)])
    end = None if until is None else scene.world.now + until
    deeds.state(scene, who, audience, kind=kind, discreet=discreet, until=end)
    return who, kind, audience, discreet, until


def needs_no_longer(scene: Scene) -> tuple[object, ...]:
    key = _key(scene, "need")
    who = scene.world.facts[key].owner
    deeds.withdraw(scene, key)
    return who, key


def works(scene: Scene) -> tuple[object, ...]:
    who, firm, discreet = scene.anybody(), scene.one(scene.firms()), _discreet(scene, 0.5)
    audience = scene.audience(who, discreet=discreet)
    ended = scene.draw.choice([None, None, 20, 100])
    ends_on = None if ended is None else (scene.world.now - timedelta(days=ended)).date()
    client = scene.draw.random() < 0.15
    deeds.work(scene, who, firm, audience, discreet=discreet, ends_on=ends_on, client=client)
    return who, firm, audience, discreet, ended, client


def works_there_no_longer(scene: Scene) -> tuple[object, ...]:
    key = _key(scene, "position")
    ended = scene.draw.choice([0, 0, 89, 91, -10])
    deeds.end_work(scene, key, (scene.world.now - timedelta(days=ended)).date())
    return (*_whose(scene, key), ended)


def changes_employer(scene: Scene) -> tuple[object, ...]:
    """The last day here was a while ago, the first day there is today."""
    key = _key(scene, "position")
    who, left = _whose(scene, key)
    ended = scene.draw.choice([0, 60, 95])
    deeds.end_work(scene, key, (scene.world.now - timedelta(days=ended)).date())
    firm = scene.one(set(scene.firms()) - {left})
    deeds.work(scene, who, firm, scene.audience(who), discreet=False, ends_on=None, client=False)
    return who, left, ended, firm


def never_worked_there(scene: Scene) -> tuple[object, ...]:
    key = _key(scene, "position")
    told = _whose(scene, key)
    deeds.unsay_work(scene, key)
    return told


def shows_work(scene: Scene) -> tuple[object, ...]:
    key, discreet = _key(scene, "position"), _discreet(scene, 0.5)
    audience = scene.audience(scene.world.facts[key].owner, discreet=discreet)
    deeds.show_work(scene, key, audience, discreet=discreet)
    return (*_whose(scene, key), audience, discreet)


def answers_where(scene: Scene) -> tuple[object, ...]:
    who, answer = scene.anybody(), scene.draw.choice(["own", "looking", "student", "retired"])
    deeds.answer_where(scene, who, answer)
    return who, answer


def ties(scene: Scene) -> tuple[object, ...]:
    who, (one, other) = scene.anybody(), scene.draw.sample(scene.firms(), 2)
    deeds.tie(scene, who, one, other)
    return who, one, other


def is_confirmed(scene: Scene) -> tuple[object, ...]:
    one, other = sorted(scene.one([pair for pair, known in scene.world.ties.items() if not known]))
    deeds.confirm(scene, one, other)
    return one, other


def is_lifted(scene: Scene) -> tuple[object, ...]:
    one, other = sorted(scene.one([*scene.world.ties]))
    deeds.lift(scene, one, other)
    return one, other


def has_a_domain(scene: Scene) -> tuple[object, ...]:
    firm = scene.one(set(scene.firms()) - scene.world.domains.keys())
    deeds.know_domain(scene, firm, WORK)
    return firm, WORK


def comes(scene: Scene) -> tuple[object, ...]:
    who, code, shown = scene.anybody(), scene.one(scene.evenings()), scene.draw.choice(SHOWN)
    discreet = _discreet(scene, 0.4)
    deeds.answer(scene, who, code, shown, discreet=discreet)
    return who, code, shown, discreet


def comes_no_longer(scene: Scene) -> tuple[object, ...]:
    coming = scene.one([fact for fact in scene.world.of("answer") if fact.said != "not_going"])
    deeds.decline(scene, coming.owner, coming.about)
    return coming.owner, coming.about


def is_there(scene: Scene) -> tuple[object, ...]:
    who, code, seen, discreet = scene.anybody(), _tonight(scene), _discreet(scene, 0.8), _discreet(scene, 0.4)
    deeds.arrive(scene, who, code, seen=seen, discreet=discreet)
    return who, code, seen, discreet


def shows_presence(scene: Scene) -> tuple[object, ...]:
    there = scene.one(list(scene.world.of("presence")))
    seen, discreet = _discreet(scene, 0.5), _discreet(scene, 0.4)
    deeds.show_presence(scene, there.owner, there.about, seen=seen, discreet=discreet)
    return there.owner, there.about, seen, discreet


def is_opened_to(scene: Scene) -> tuple[object, ...]:
    code, audience = scene.one(scene.evenings()), scene.draw.choice(["everyone", "community", "community"])
    deeds.open_to(scene, code, audience)
    return code, audience


def notes(scene: Scene) -> tuple[object, ...]:
    who, other = scene.two()
    code = scene.draw.choice([None, scene.evenings()[0]])
    deeds.note(scene, who, other, code)
    return who, other, code


def lets_ask(scene: Scene) -> tuple[object, ...]:
    who, yes = scene.anybody(), _discreet(scene, 0.6)
    audience = scene.audience(who)
    deeds.let_ask(scene, who, audience, yes=yes)
    return who, audience, yes


def time_passes(scene: Scene) -> tuple[object, ...]:
    passed = scene.draw.choice([timedelta(hours=6), timedelta(days=20), timedelta(days=89), timedelta(days=91)])
    scene.world.now += passed
    return (passed,)


def is_erased(scene: Scene) -> tuple[object, ...]:
    """Whoever neither looks after a community nor organises: what they leave behind is nobody else's to keep."""
    keeping = {who for _, who in scene.world.stewards} | {fact.owner for fact in scene.world.of("evening")}
    who = scene.one(set(scene.world.alive()) - keeping)
    deeds.erase(scene, who)
    return (who,)


def _discreet(scene: Scene, share: float) -> bool:
    return bool(scene.draw.random() < share)


def _key(scene: Scene, kind: str) -> tuple[str, object]:
    return scene.one([key for key, fact in scene.world.facts.items() if fact.kind == kind])  # type: ignore[return-value]


def _whose(scene: Scene, key: tuple[str, object]) -> tuple[str, str]:
    held = scene.world.facts[key]
    return held.owner, held.about


def _tonight(scene: Scene) -> str:
    return scene.evenings()[1]


#: The acts here, and how often each is drawn beside the others.
HERE: dict[Act, int] = {
    goes_in: 4, is_let_in: 6, goes_out: 6, is_appointed: 1, blocks: 5, unblocks: 4, shields: 3, unshields: 2,
    shields_from_a_house: 3, unshields_from_a_house: 3, names: 4, takes_out: 4, is_called: 5, says_what_they_do: 3,
    needs: 5, needs_no_longer: 2, works: 4, works_there_no_longer: 4, changes_employer: 4, never_worked_there: 3,
    shows_work: 4, answers_where: 2, ties: 2, is_confirmed: 2, is_lifted: 2, has_a_domain: 1, comes: 6,
    comes_no_longer: 4, is_there: 4, shows_presence: 4, is_opened_to: 2, notes: 3, lets_ask: 2, time_passes: 5,
    is_erased: 2,
}  # fmt: skip
#: Every act.
ACTS: Mapping[Act, int] = {**HERE, **drawn_words.ACTS, **drawn_cards.ACTS, **drawn_own.ACTS, **drawn_hosting.ACTS}
