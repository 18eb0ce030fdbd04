"""What acts of the address book leave behind: somebody met, where and when, a line about them; their owner's alone."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from tests.laws.worlds.acting.acts import BROUGHT_ON, Act
from tests.laws.worlds.knowing.coming import on, visible
from tests.laws.worlds.knowing.saying import named, put
from tests.laws.worlds.knowing.standing import HOME, Fact, Invalid, NotFound, Sight, World

#: How long one may change one's mind about what was forgotten.
PATIENCE = timedelta(hours=1)
#: What is about a contact, and goes with it.
ABOUT = ("note", "encounter", "channel", "label", "promise")
#: From which hour on one is reminded of what one promised; how far ahead one promises, in days.
HOUR, AHEAD = 8, 5 * 366


def note_somebody(world: World, act: Act) -> None:
    """A member whom one sees, or a name; where they were met, and a few words."""
    held = _contact(world, act)
    occasion = _occasion(world, act)
    if held is not None and held.said["forgotten_at"]:
        purge(world, held)
        held = None
    keep = held or _begin(world, act)
    if held is None:
        put(world, act, keep, act.key)
    world.made[act.key] = keep.key
    keep.said["does"] = act.said.get("does") or keep.said["does"]
    if any(act.said.get(name) for name in ("evening", "on", "place", "through")):
        meet(world, f"{act.key}/met", keep, occasion)
    if act.said.get("text"):
        _write(world, act, keep, occasion)


def meet_again(world: World, act: Act) -> None:
    """Once for an evening or a day."""
    held = _own(world, act)
    meet(world, f"{act.key}/met", held, _occasion(world, act))


def add_note(world: World, act: Act) -> None:
    """A line about a contact."""
    if not act.said["text"]:
        raise Invalid
    held = _own(world, act)
    _write(world, act, held, _occasion(world, act))
    world.made[act.key] = act.key


def drop_note(world: World, act: Act) -> None:
    """Struck out."""
    note = world.thing("note", act.said["note"])
    if note is None or note.owner != act.who or note.said["forgotten_at"]:
        raise NotFound
    contact = world.of("contact").get(note.said["contact"])
    if contact is None or contact.said["forgotten_at"]:
        raise NotFound
    note.said["forgotten_at"] = act.at


def promise(world: World, act: Act) -> None:
    """Something to do for a contact, by a day or some day."""
    contact, due_on = _own(world, act), _coming(world, act)
    told = {"text": act.said["text"], "on": world.today(), "due_on": due_on}
    later = {"done_at": None, "reminded_on": None, "forgotten_at": None}
    put(world, act, _about("promise", act, act.key, contact, **told, **later), act.key)


def keep_promise(world: World, act: Act) -> None:
    """It is done."""
    _open(world, act).said["done_at"] = act.at


def put_off_promise(world: World, act: Act) -> None:
    """By another day: there is another mail then."""
    held, due_on = _open(world, act), _coming(world, act)
    reminded = held.said["reminded_on"] if due_on == world.today() else None
    held.said |= {"due_on": due_on, "reminded_on": reminded}


def drop_promise(world: World, act: Act) -> None:
    """Struck out."""
    _open(world, act).said["forgotten_at"] = act.at


def resume_promise(world: World, act: Act) -> None:
    """It was not done, or is not to be struck out, after all."""
    _promised(world, act).said.update(done_at=None, forgotten_at=None)


def remind(world: World) -> None:
    """Whoever has to do something by this day is told so, once a day."""
    if world.now.astimezone(HOME).hour < HOUR:
        return
    held, today = list(world.of("promise").values()), world.today()
    told = {one.owner for one in held if one.said["reminded_on"] == today}
    for one in held:
        due_on, over = one.said["due_on"], one.said["done_at"] or one.said["forgotten_at"] or one.said["reminded_on"]
        there = not world.of("contact")[one.said["contact"]].said["forgotten_at"]
        if due_on and due_on <= today and there and not over and one.owner not in told:
            one.said["reminded_on"] = today


def _promised(world: World, act: Act) -> Fact:
    held = world.thing("promise", act.said["promise"])
    if held is None or held.owner != act.who or world.of("contact")[held.said["contact"]].said["forgotten_at"]:
        raise NotFound
    return held


def _open(world: World, act: Act) -> Fact:
    held = _promised(world, act)
    if held.said["done_at"] or held.said["forgotten_at"]:
        raise NotFound
    return held


def _coming(world: World, act: Act) -> date | None:
    due_on: date | None = act.said.get("due_on")
    if due_on is not None and not 0 <= (due_on - world.today()).days <= AHEAD:
        raise Invalid
    return due_on


def edit_contact(world: World, act: Act) -> None:
    """What one calls them, and says that they do."""
    held = _own(world, act)
    if not act.said["name"]:
        raise Invalid
    held.said |= {"name": act.said["name"], "does": act.said.get("does", "")}


def forget_contact(world: World, act: Act) -> None:
    """Out of the book."""
    _own(world, act).said["forgotten_at"] = act.at


def add_channel(world: World, act: Act) -> None:
    """How somebody is reached."""
    _once(world, act, "channel", value=act.said["value"])


def label(world: World, act: Act) -> None:
    """A word by which one knows them again."""
    _once(world, act, "label", text=act.said["text"])


def _once(world: World, act: Act, kind: str, **said: str) -> None:
    """What is on a page already stays as it is."""
    contact = _own(world, act)
    fact = _about(kind, act, act.key, contact, **said)
    there = next((one for one in world.of(kind).values() if {**one.said, **fact.said} == {**one.said}), None)
    put(world, act, there or fact, there.key if there else act.key)


def drop_channel(world: World, act: Act) -> None:
    """Struck out."""
    _drop(world, act, "channel")


def drop_label(world: World, act: Act) -> None:
    """Taken off."""
    _drop(world, act, "label")


def _drop(world: World, act: Act, kind: str) -> None:
    held = world.thing(kind, act.said[kind])
    if held is None or held.owner != act.who or world.of("contact")[held.said["contact"]].said["forgotten_at"]:
        raise NotFound
    del world.of(kind)[world.made[act.said[kind]]]


def bring(world: World, act: Act) -> None:
    """A file of one person, who was in no book of the owner's."""
    said = act.said
    put(world, act, Fact("import", act.key, act.who, None, said={"at": act.at, "evening": said["label"]}), act.key)
    name = {"person": None, "name": said["name"], "does": "", "forgotten_at": None, "brought": act.key}
    contact = Fact("contact", f"{act.key}/contact", act.who, None, said=name)
    written = {"text": said["text"], "on": world.today(), "evening": None, "at": act.at, "forgotten_at": None}
    rows = (
        contact,
        _about("channel", act, f"{act.key}/channel", contact, value=said["value"]),
        _about("label", act, f"{act.key}/label", contact, text=said["label"]),
        _about("note", act, f"{act.key}/note", contact, **written),
    )
    for fact in rows:
        world.of(fact.kind)[fact.key] = fact


def attach_evening(world: World, act: Act) -> None:
    """Somebody was there: once for a day, with a label that is on a page once; both go with the import."""
    brought = world.thing("import", act.said["import"])
    if brought is None or brought.owner != act.who:
        raise NotFound
    contact, tied = _own(world, act), {"brought": brought.key}
    evening = {"on": BROUGHT_ON, "title": brought.said["evening"], "place": "", "through": "", "evening": None}
    meet(world, f"{act.key}/met", contact, {**evening, **tied})
    held = [one.said["text"] for one in world.of("label").values() if one.said["contact"] == contact.key]
    if act.said["text"] not in held:
        key = f"{act.key}/label"
        world.of("label")[key] = _about("label", act, key, contact, text=act.said["text"], **tied)


def undo_import(world: World, act: Act) -> None:
    """It goes, with those whom it made, as nobody wrote on their pages, and with what it says of others."""
    held = world.thing("import", act.said["import"])
    if held is None or held.owner != act.who:
        raise NotFound
    del world.of("import")[world.made[act.said["import"]]]
    for contact in [one for one in world.of("contact").values() if one.said.get("brought") == held.key]:
        purge(world, contact)
    for kind in ("encounter", "label"):
        rows = world.of(kind).items()
        world.facts[kind] = {key: fact for key, fact in rows if fact.said.get("brought") != held.key}


def hand_over(world: World, act: Act) -> None:
    """A file waits for an hour; the one before goes."""
    world.of("upload").pop(act.who, None)
    said = {"name": act.said["name"]}
    put(world, act, Fact("upload", act.key, act.who, None, until=act.at + PATIENCE, said=said), act.who)


def _about(kind: str, act: Act, key: str, contact: Fact, **said: Any) -> Fact:
    return Fact(kind, key, act.who, None, said={"contact": contact.key, **said})


def forget_for_good(world: World) -> None:
    """What was forgotten a while ago can no longer be taken back, and no file waits for longer."""
    world.facts["upload"] = {who: held for who, held in world.of("upload").items() if not _has_ended(world, held)}
    contacts = {key for key, held in world.of("contact").items() if _is_gone(world, held)}
    for kind in ABOUT:
        world.facts[kind] = {
            key: fact
            for key, fact in world.of(kind).items()
            if fact.said["contact"] not in contacts and not _is_gone(world, fact)
        }
    world.facts["contact"] = {key: held for key, held in world.of("contact").items() if key not in contacts}


def _has_ended(world: World, fact: Fact) -> bool:
    return fact.until is not None and fact.until <= world.now


def _is_gone(world: World, fact: Fact) -> bool:
    at = fact.said.get("forgotten_at")
    return at is not None and at <= world.now - PATIENCE


def _contact(world: World, act: Act) -> Fact | None:
    """The contact that a member is already; whoever was just forgotten begins anew."""
    person = act.said.get("person")
    if person is None:
        if not act.said.get("name"):
            raise Invalid
        return None
    named(Sight(world, act.who), person)
    if person == act.who:
        raise Invalid
    mine = (held for held in world.of("contact").values() if held.owner == act.who and held.said["person"] == person)
    return next(mine, None)


def _begin(world: World, act: Act) -> Fact:
    person = act.said.get("person")
    name = act.said.get("name") or world.of("name")[person].said["text"]
    said = {"person": person, "name": name, "does": "", "forgotten_at": None}
    return Fact("contact", act.key, act.who, None, said=said)


def purge(world: World, held: Fact) -> None:
    """It goes, with all about it."""
    del world.of("contact")[held.key]
    for kind in ABOUT:
        rows = world.of(kind).items()
        world.facts[kind] = {key: fact for key, fact in rows if fact.said["contact"] != held.key}


def _own(world: World, act: Act) -> Fact:
    held = world.thing("contact", act.said["contact"])
    if held is None or held.owner != act.who or held.said["forgotten_at"]:
        raise NotFound
    return held


def _occasion(world: World, act: Act) -> dict[str, Any]:
    through = act.said.get("through", "")
    if not act.said.get("evening"):
        said = {"on": _past(world, act.said.get("on")), "place": act.said.get("place", ""), "through": through}
        return {**said, "evening": None, "title": ""}
    evening = visible(world, act.who, act.said["evening"])
    said = {"on": _past(world, on(evening)), "place": evening.said["place"], "through": through}
    return {**said, "evening": evening.key, "title": evening.said["title"]}


def _past(world: World, day: date | None) -> date:
    if day is not None and not date(1900, 1, 1) <= day <= world.today() + timedelta(days=1):
        raise Invalid
    return day or world.today()


def meet(world: World, key: str, contact: Fact, occasion: Mapping[str, Any]) -> None:
    """Once for an evening or a day."""
    same = "on" if occasion["evening"] is None else "evening"
    met = (one for one in world.of("encounter").values() if one.said["contact"] == contact.key)
    if any(one.said[same] == occasion[same] for one in met):
        return
    world.of("encounter")[key] = Fact("encounter", key, contact.owner, None, said={**occasion, "contact": contact.key})


def _write(world: World, act: Act, contact: Fact, occasion: Mapping[str, Any]) -> None:
    key = act.key if act.do == "add_note" else f"{act.key}/note"
    said = {"contact": contact.key, "text": act.said["text"], "on": occasion["on"], "evening": occasion["evening"]}
    world.of("note")[key] = Fact("note", key, act.who, None, said={**said, "at": act.at, "forgotten_at": None})


WORDS: Mapping[str, Any] = {
    word.__name__: word
    for word in (
        *(note_somebody, meet_again, add_note, drop_note, edit_contact, forget_contact),
        *(add_channel, drop_channel, label, drop_label, bring, attach_evening, undo_import, hand_over),
        *(promise, keep_promise, put_off_promise, drop_promise, resume_promise),
    )
}
