"""Random acts of those who organise an evening, and of those who are on its pictures. As in `drawn`."""

from datetime import timedelta

from tests.laws.revoked import deeds, deeds_hosting, model
from tests.laws.revoked.scene import Scene

Told = tuple[object, ...]

#: From how long before the start, until how long after the end, the door has its list.
OPENS, CLOSES = timedelta(hours=24), timedelta(hours=6)


def asks_for_help(scene: Scene) -> Told:
    who, code = scene.one(_hosts(scene, _to_come(scene)))
    deeds_hosting.ask_for_help(scene, who, code)
    return who, code


def wants_no_help(scene: Scene) -> Told:
    who, code = scene.one(
        [(who, code) for who, code in _hosts(scene, _to_come(scene)) if scene.world.together.get(code)]
    )
    deeds_hosting.want_no_help(scene, who, code)
    return who, code


def helps_out(scene: Scene) -> Told:
    """By the link, which is asked for where there is none."""
    world, (who, code) = scene.world, (scene.anybody(), scene.one(_to_come(scene)))
    home, owner = world.facts["evening", code].said, world.facts["evening", code].owner
    able = model.sees_evening(world, who, code) and (home, who) in world.belongs
    if not able or model.organises(world, who, code) or not model.sees_evening(world, owner, code):
        raise IndexError
    if not world.together.get(code):
        deeds_hosting.ask_for_help(scene, owner, code)
    deeds_hosting.help_out(scene, who, code)
    return who, code


def asks_who_was_there(scene: Scene) -> Told:
    """Anew, or no more."""
    world = scene.world
    who, code = scene.one(_hosts(scene, [code for code in scene.evenings() if model.over(world, code)]))
    if world.recalled.get(code) and scene.draw.random() < 0.4:
        deeds_hosting.ask_no_more(scene, who, code)
    else:
        deeds_hosting.ask_who_was_there(scene, who, code)
    return who, code, world.recalled[code]


def was_there(scene: Scene) -> Told:
    """Said afterwards, by that link, where one sees the evening."""
    world, (seen, discreet) = scene.world, (scene.draw.random() < share for share in (0.8, 0.4))
    asked = [(who, code) for who in world.alive() for code, link in world.recalled.items() if link]
    who, code = scene.one([one for one in asked if _sees(scene, *one)])
    deeds.was_there(scene, who, code, seen=seen, discreet=discreet)
    return who, code, seen, discreet


def stands_down(scene: Scene) -> Told:
    helping = scene.one([one for one in scene.world.of("organising") if _sees(scene, one.owner, one.about)])
    deeds_hosting.stand_down(scene, helping.owner, helping.about)
    return helping.owner, helping.about


def is_thanked(scene: Scene) -> Told:
    world = scene.world
    seen = [one for one in world.of("organising") if model.sees(world, _owner(scene, one.about), one)]
    helping = scene.one([one for one in seen if _sees(scene, _owner(scene, one.about), one.about)])
    deeds_hosting.thank(scene, helping.owner, helping.about)
    return helping.owner, helping.about


def organises_alone(scene: Scene) -> Told:
    code = scene.one([one.about for one in scene.world.of("organising")])
    if not _sees(scene, _owner(scene, code), code):
        raise IndexError
    deeds_hosting.organise_alone(scene, code)
    return (code,)


def lets_somebody_in(scene: Scene) -> Told:
    world, (who, code) = scene.world, scene.one(_hosts(scene, _at_the_door(scene)))
    inside = {one.said for one in world.of("admission", about=code)}
    person = scene.one(model.answering(world, who, code) - inside)
    deeds_hosting.let_in(scene, who, code, person)
    return who, code, person


def lets_somebody_walk_in(scene: Scene) -> Told:
    who, code = scene.one(_hosts(scene, _at_the_door(scene)))
    deeds_hosting.let_walk_in(scene, who, code)
    return who, code


def lets_somebody_out(scene: Scene) -> Told:
    who, code = scene.one(_hosts(scene, _at_the_door(scene)))
    facts = scene.world.facts.items()
    uid = scene.one([key[1] for key, fact in facts if (fact.kind, fact.about) == ("admission", code)])  # type: ignore[index]
    deeds_hosting.let_out(scene, who, uid)
    return who, code


def takes_the_list_out(scene: Scene) -> Told:
    told = [code for code in scene.evenings() if model.is_told(scene.world, code)]
    who, code = scene.one(_hosts(scene, told))
    deeds_hosting.export(scene, who, code)
    return who, code


def chooses(scene: Scene) -> Told:
    """An answer to what an evening asks; it goes with the answer to the evening."""
    who, code = scene.anybody(), scene.one([code for code in _to_come(scene) if scene.keys["question", code]])
    pick, shown = scene.draw.choice([0, 1]), scene.draw.choice(["going", "community"])
    deeds.answer(scene, who, code, shown, discreet=False, pick=pick)
    return who, code, pick


def adds_a_picture(scene: Scene) -> Told:
    begun = [code for code in scene.evenings() if model.starts_at(scene.world, code) <= scene.world.now]
    who, code = scene.one(_hosts(scene, begun))
    deeds_hosting.add_picture(scene, who, code)
    return who, code


def wants_off_a_picture(scene: Scene) -> Told:
    world, who = scene.world, scene.anybody()
    facts = [(key, fact) for key, fact in world.facts.items() if fact.kind == "picture" and fact.owner != who]
    seen = [key[1] for key, fact in facts if model.sees(world, who, fact) and _sees(scene, who, fact.about)]  # type: ignore[index]
    uid = scene.one(seen)
    deeds_hosting.take_down(scene, who, uid)
    return who, uid


def is_shown_after_all(scene: Scene) -> Told:
    asked = scene.one([key[1] for key, fact in scene.world.facts.items() if fact.kind == "takedown"])  # type: ignore[index]
    who = scene.world.facts["takedown", asked].owner
    deeds_hosting.put_back(scene, asked)
    return (who,)


def deletes_a_picture(scene: Scene) -> Told:
    uid = scene.one([key[1] for key, fact in scene.world.facts.items() if fact.kind == "picture"])  # type: ignore[index]
    deeds_hosting.delete_picture(scene, uid)
    return (uid,)


def _sees(scene: Scene, who: str, code: str) -> bool:
    return model.sees_evening(scene.world, who, code)


def _owner(scene: Scene, code: str) -> str:
    return scene.world.facts["evening", code].owner


def _to_come(scene: Scene) -> list[str]:
    return [code for code in scene.evenings() if not model.over(scene.world, code)]


def _at_the_door(scene: Scene) -> list[str]:
    now, ends = scene.world.now, model.LONG + CLOSES
    starts = {code: model.starts_at(scene.world, code) for code in scene.evenings()}
    return [code for code, start in starts.items() if start - OPENS <= now < start + ends]


def _hosts(scene: Scene, codes: list[str]) -> list[tuple[str, str]]:
    """Who organises which of these evenings, and sees it."""
    world, people = scene.world, scene.world.alive()
    both = [(who, code) for code in codes for who in people if model.organises(world, who, code)]
    return [(who, code) for who, code in both if _sees(scene, who, code)]


#: As in `drawn`.
ACTS = {
    asks_who_was_there: 3, was_there: 3,
    asks_for_help: 1, wants_no_help: 1, helps_out: 6, stands_down: 3, is_thanked: 3, organises_alone: 1,
    lets_somebody_in: 3, lets_somebody_walk_in: 1, lets_somebody_out: 1, takes_the_list_out: 2, chooses: 3,
    adds_a_picture: 4, wants_off_a_picture: 4, is_shown_after_all: 3, deletes_a_picture: 1,
}  # fmt: skip
