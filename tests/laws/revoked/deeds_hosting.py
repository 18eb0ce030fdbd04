"""What those do who organise an evening, in the product and in the model: helping, the door, lists taken out, pictures.

And "take me off", of those who are on them.
"""

from entregent.meetups import actions as meetups
from entregent.meetups import admissions, hosts, pictures, presences
from entregent.meetups import declassified as told
from entregent.meetups import queries as evenings
from tests.laws.revoked.model import Fact
from tests.laws.revoked.scene import Scene
from tests.pictures import drawn

#: A photograph, as small as one can be.
FILE = drawn("JPEG", size=(8, 8))
#: What is taken out of a list.
FIELDS = ("name", "account")


def ask_for_help(scene: Scene, who: str, code: str) -> None:
    """A new link by which others come to organise an evening."""
    scene.world.together[code] = hosts.ask_for_help(scene.viewers[who], code=code)
    scene.keys.setdefault(("together", code), [])
    scene.keys["together", code] = [*scene.keys["together", code], scene.world.together[code]]


def want_no_help(scene: Scene, who: str, code: str) -> None:
    hosts.ask_no_help(scene.viewers[who], code=code)
    scene.world.together[code] = ""


def help_out(scene: Scene, who: str, code: str) -> None:
    """Organise it, too, by the link."""
    world, audience = scene.world, scene.world.facts["evening", code].audience
    hosts.co_organise(scene.viewers[who], code=code, together=world.together[code])
    world.facts["organising", who, code] = Fact("organising", who, (), audience, about=code)


def ask_who_was_there(scene: Scene, who: str, code: str) -> None:
    """A new link by which people say that they were there."""
    scene.world.recalled[code] = presences.ask_who_was_there(scene.viewers[who], code=code)
    scene.keys["recalled", code] = [*scene.keys.get(("recalled", code), []), scene.world.recalled[code]]


def ask_no_more(scene: Scene, who: str, code: str) -> None:
    presences.ask_no_more(scene.viewers[who], code=code)
    scene.world.recalled[code] = ""


def stand_down(scene: Scene, who: str, code: str) -> None:
    hosts.stand_down(scene.viewers[who], code=code)
    scene.world.facts.pop(("organising", who, code))


def thank(scene: Scene, who: str, code: str) -> None:
    """Whoever announced it has somebody organise no longer, nor again by the same link."""
    owner = scene.viewers[scene.world.facts["evening", code].owner]
    [row] = [one.uid for one in evenings.hosts(owner, code) if one.person == scene.viewers[who].me]
    hosts.thank(owner, code=code, organising_uid=row)
    scene.world.facts.pop(("organising", who, code))
    scene.world.together[code] = ""


def organise_alone(scene: Scene, code: str) -> None:
    world = scene.world
    hosts.organise_alone(scene.viewers[world.facts["evening", code].owner], code=code)
    for helping in list(world.of("organising", about=code)):
        world.facts.pop(("organising", helping.owner, code))
    world.together[code] = ""


def let_in(scene: Scene, who: str, code: str, person: str) -> None:
    """By their line of the list."""
    viewer, key = scene.viewers[who], scene.viewers[person].me
    [seat] = [one.seat for one in told.door(viewer, code).lines if one.person == key]
    entry = admissions.let_in(viewer, code=code, line=seat)
    assert entry.outcome == "in", entry
    _admitted(scene, who, code, entry.uid, said=person)


def let_walk_in(scene: Scene, who: str, code: str) -> None:
    """By a first name."""
    name = scene.word(who)
    entry = admissions.let_walk_in(scene.viewers[who], code=code, name=name)
    _admitted(scene, who, code, entry.uid, words=(name,))


def _admitted(scene: Scene, who: str, code: str, uid: object, *, said: str = "", words: tuple[str, ...] = ()) -> None:
    fact = Fact("admission", who, words, ("organisers", code), about=code, said=said)
    scene.world.facts["admission", uid] = fact


def let_out(scene: Scene, who: str, uid: object) -> None:
    code = scene.world.facts["admission", uid].about
    admissions.let_out(scene.viewers[who], code=code, entry=uid)  # type: ignore[arg-type]
    scene.world.facts.pop(("admission", uid))


def export(scene: Scene, who: str, code: str) -> None:
    """The list of those who come is taken out as a file, and its log says so."""
    meetups.export(scene.viewers[who], code=code, fields=FIELDS)
    scene.world.exports.setdefault(code, []).append((who, "list"))


def keep_list(scene: Scene, who: str, code: str) -> None:
    """Whoever opens the door has its list on their telephone: the first time stands in the log."""
    log = scene.world.exports.setdefault(code, [])
    if (who, "door") not in log:
        log.append((who, "door"))


def add_picture(scene: Scene, who: str, code: str) -> None:
    uid = pictures.add_picture(scene.viewers[who], code=code, file=FILE)
    scene.world.facts["picture", uid] = Fact("picture", who, (), ("attended", code), about=code, said=str(uid))
    scene.keys["picture", uid] = code


def delete_picture(scene: Scene, uid: object) -> None:
    pictures.delete_picture(scene.viewers[scene.world.facts["picture", uid].owner], picture=uid)  # type: ignore[arg-type]
    scene.world.facts.pop(("picture", uid))
    _forget_askings(scene, str(uid))


def take_down(scene: Scene, who: str, uid: object) -> None:
    """Retirez-moi: it is hidden from everybody but whoever put it there."""
    code = scene.world.facts["picture", uid].about
    asked = pictures.take_picture_down(scene.viewers[who], picture=uid)  # type: ignore[arg-type]
    scene.world.facts["takedown", asked] = Fact("takedown", who, (), None, about=code, said=str(uid))
    scene.world.change(("picture", uid), audience=None)


def put_back(scene: Scene, asked: object) -> None:
    """Only whoever asked takes it back; it is shown again once nobody wants it down."""
    world, held = scene.world, scene.world.facts["takedown", asked]
    pictures.put_picture_back(scene.viewers[held.owner], takedown=asked)  # type: ignore[arg-type]
    world.facts.pop(("takedown", asked))
    if held.said not in world.down | {one.said for one in world.of("takedown")}:
        [key] = [key for key, fact in world.facts.items() if fact.kind == "picture" and fact.said == held.said]
        world.change(key, audience=("attended", held.about))


def forget(scene: Scene, who: str) -> None:
    """What becomes of it when somebody is erased: what they asked for holds, whom they let in stays let in."""
    world = scene.world
    for picture in list(world.of("picture", who)):
        _forget_askings(scene, picture.said)
    world.down |= {asked.said for asked in world.of("takedown", who)}
    for key, fact in [(key, fact) for key, fact in world.facts.items() if fact.kind == "admission"]:
        if fact.said == who:
            world.facts.pop(key)
        elif fact.owner == who:
            world.change(key, owner=world.facts["evening", fact.about].owner)
    world.exports = {code: [("" if by == who else by, what) for by, what in log] for code, log in world.exports.items()}


def _forget_askings(scene: Scene, picture: str) -> None:
    world = scene.world
    for key in [key for key, fact in world.facts.items() if fact.kind == "takedown" and fact.said == picture]:
        world.facts.pop(key)
