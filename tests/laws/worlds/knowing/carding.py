"""What acts about cards leave behind: those that one keeps, shows, hands over; with whom they were crossed.

A card that is shown is everyone's who has its address: here, whoever it was shown to.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from tests.laws.worlds.acting.acts import Act
from tests.laws.worlds.knowing import remembering
from tests.laws.worlds.knowing.coming import DOORS_CLOSE, DOORS_OPEN, on, visible
from tests.laws.worlds.knowing.saying import own, put
from tests.laws.worlds.knowing.standing import EVERYONE, HOME, Fact, Invalid, NotFound, Refused, Sight, World

#: How long one may change one's mind, and how many cards one keeps.
PATIENCE, MOST = timedelta(hours=1), 12
#: How long a card is shown.
LASTS = timedelta(minutes=10)
#: What stands on a card.
PRINTED = ("name", "does", "value")


def keep_card(world: World, act: Act) -> None:
    """One more, for an occasion."""
    _keep_few(world, act)
    said = {"at": act.at, "used_at": act.at, "forgotten_at": None, **_said(act)}
    put(world, act, Fact("card", act.key, act.who, None, said=said), act.key)


def edit_card(world: World, act: Act) -> None:
    """Otherwise, from now on."""
    _held(world, act).said |= _said(act)


def drop_card(world: World, act: Act) -> None:
    """No longer."""
    _held(world, act).said["forgotten_at"] = act.at


def show_card(world: World, act: Act) -> None:
    """As it is by then, for ten minutes, to whoever has the address; the evening while it goes on."""
    held = _held(world, act)
    here = act.said["evening"] and _here(world, act)
    said = {**_face(held), "evening": here, "person": act.said["person"], "card": held.key, "at": act.at}
    put(world, act, Fact("showing", act.key, act.who, EVERYONE, until=act.at + LASTS, said=said), act.key)
    held.said["used_at"] = act.at


def _here(world: World, act: Act) -> str:
    evening = visible(world, act.who, act.said["evening"])
    opens, closes = evening.said["starts_at"] - DOORS_OPEN, evening.said["ends_at"] + DOORS_CLOSE
    return str(evening.key) if opens <= act.at <= closes else ""


def hide_showing(world: World, act: Act) -> None:
    """No longer."""
    held = own(world, act, "showing")
    if held.until is None or held.until <= world.now:
        raise NotFound
    held.until = act.at


def exchange_cards(world: World, act: Act) -> None:
    """Each has the card of the other, and stands in their circle."""
    shown, mine = _given(world, act), _held(world, act)
    other = shown.owner
    gift = _hand(world, f"{act.key}/theirs", act.who, other, _face(shown), shown)
    _hand(world, f"{act.key}/mine", other, act.who, _face(mine), shown)
    world.of("crossing")[act.who, other] = _crossing(world, act.key, act.who, other, shown.said["name"])
    world.made[act.key], world.ids[act.key] = (act.who, other), act.key
    cross(world, other, act.who, mine.said["name"], f"{act.key}/other")
    mine.said["used_at"] = act.at
    _note(world, gift, act.key)


def take_card(world: World, act: Act) -> None:
    """And give none."""
    shown = _given(world, act)
    _note(world, _hand(world, f"{act.key}/theirs", act.who, shown.owner, _face(shown), shown), act.key)


def leave_card(world: World, act: Act) -> None:
    """Without an account: with whoever shows theirs, and nowhere else."""
    shown = _shown(world, act)
    if not act.said["value"] or not act.said["name"]:
        raise Invalid
    face = {"name": act.said["name"], "does": "", "value": act.said["value"]}
    put(world, act, _gift(world, act.key, shown.owner, None, face, shown), act.key)


def _shown(world: World, act: Act) -> Fact:
    shown = world.thing("showing", act.said["showing"])
    if shown is None or not Sight(world, act.who).sees(shown):
        raise NotFound
    return shown


def _given(world: World, act: Act) -> Fact:
    shown = _shown(world, act)
    if shown.owner == act.who or (act.who, shown.owner) in world.blocks:
        raise Refused
    return shown


def _hand(world: World, key: str, to: str, by: str, face: dict[str, Any], shown: Fact) -> Fact:
    """Once by a showing."""
    handed = world.of("handed").values()
    same = (one for one in handed if (one.owner, one.said["person"], one.said["showing"]) == (to, by, shown.key))
    gift = next(same, None) or _gift(world, key, to, by, face, shown)
    world.of("handed").setdefault(gift.key, gift)
    return gift


def _gift(world: World, key: str, to: str, by: str | None, face: dict[str, Any], shown: Fact) -> Fact:
    """A card, with the evening where whoever has it sees that one; `first` is the first that they have of its giver."""
    at = shown.said["evening"]
    evening = world.of("evening").get(at)
    seen = to == shown.owner or (evening is not None and Sight(world, to).sees(evening))
    mine = (one for one in world.of("handed").values() if (one.owner, one.said["person"]) == (to, by))
    first = next((one.said["first"] for one in mine), key) if by else ""
    said = {**face, "person": by, "showing": shown.key, "evening": at if seen else "", "at": world.now, "contact": None}
    return Fact("handed", key, to, None, said={**said, "first": first})


def _note(world: World, gift: Fact, key: str) -> None:
    """A card enters the book of whoever was handed it, with where that was."""
    held = world.of("contact").get(gift.said["contact"])
    if held is None or held.said["forgotten_at"]:
        held = _enter(world, gift, key)
    said = {"contact": held.key, "value": gift.said["value"]}
    if said["value"] and all(one.said != said for one in world.of("channel").values()):
        world.of("channel")[f"{key}/way"] = Fact("channel", f"{key}/way", gift.owner, None, said=said)
    gift.said["contact"] = held.key


def _enter(world: World, gift: Fact, key: str) -> Fact:
    """On the page of whoever shows their name, else on that of the giver's last card, else on one of its own.

    That is theirs once they show their name, unless another page is, be it struck out.
    """
    person = gift.said["person"]
    mine = [one for one in world.of("contact").values() if person and one.owner == gift.owner]
    theirs = next((one for one in mine if one.said["person"] == person), None)
    name = world.of("name").get(person)
    shown = theirs if name is not None and Sight(world, gift.owner).sees(name) else None
    held = _living(shown) or _last(world, gift)
    if held is None:
        if shown is not None:
            remembering.purge(world, shown)
            theirs = None
        said = {"person": person if theirs is None else None, "name": gift.said["name"], "does": gift.said["does"]}
        held = Fact("contact", f"{key}/contact", gift.owner, None, said={**said, "forgotten_at": None})
        world.of("contact")[held.key] = held
    remembering.meet(world, f"{key}/met", held, _occasion(world, gift))
    return held


def _living(contact: Fact | None) -> Fact | None:
    return None if contact is None or contact.said["forgotten_at"] else contact


def _last(world: World, gift: Fact) -> Fact | None:
    """The page that is there of the last card that came from the same giver."""
    first, contacts = gift.said["first"], world.of("contact")
    cards = [one for one in world.of("handed").values() if first and one.said["first"] == first]
    there = [one for one in cards if _living(contacts.get(one.said["contact"]))]
    return contacts[max(there, key=lambda one: one.said["at"]).said["contact"]] if there else None


def _occasion(world: World, gift: Fact) -> dict[str, Any]:
    """At the evening where that is seen and was not put off meanwhile, else on the day."""
    evening = world.of("evening").get(gift.said["evening"])
    late = evening is not None and evening.said["starts_at"] - DOORS_OPEN > gift.said["at"]
    if evening is None or late or not Sight(world, gift.owner).sees(evening):
        day = gift.said["at"].astimezone(HOME).date()
        return {"on": day, "place": "", "through": "", "evening": None, "title": ""}
    said = {"on": on(evening), "place": evening.said["place"], "through": ""}
    return {**said, "evening": evening.key, "title": evening.said["title"]}


def withdraw_card(world: World, act: Act) -> None:
    """Out of the circle, whoever they are; they keep the card."""
    held = world.of("crossing").get((act.who, act.said["person"]))
    if held is None:
        raise NotFound
    held.said["withdrawn"] = True


def cross(world: World, owner: str, person: str, name: str, key: str) -> None:
    """Somebody is let into the circle of those with whom a person crossed cards; `key` names it where it is new."""
    before = world.of("crossing").get((owner, person))
    world.of("crossing")[owner, person] = _crossing(world, before.key if before else key, owner, person, name)


def _crossing(world: World, key: str, owner: str, person: str, name: str) -> Fact:
    said = {"person": person, "name": name, "at": world.now, "withdrawn": False}
    return Fact("crossing", key, owner, None, said=said)


def pass_time(world: World) -> None:
    """What was taken out, or had been shown, an hour ago goes; what members handed over enters the book."""
    for gift in list(world.of("handed").values()):
        if gift.said["contact"] is None and gift.said["first"]:
            _note(world, gift, gift.key)
    world.facts["showing"] = {
        at: one for at, one in world.of("showing").items() if one.until is None or one.until > world.now - PATIENCE
    }
    gone = world.now - PATIENCE
    cards = world.of("card").items()
    world.facts["card"] = {
        at: one for at, one in cards if not (one.said["forgotten_at"] and one.said["forgotten_at"] <= gone)
    }


def _face(held: Fact) -> dict[str, Any]:
    return {field: held.said[field] for field in PRINTED}


def _said(act: Act) -> dict[str, Any]:
    if not (act.said["title"] and act.said["name"]):
        raise Invalid
    return {field: act.said[field] for field in ("title", *PRINTED)}


def _held(world: World, act: Act) -> Fact:
    held = own(world, act, "card")
    if held.said["forgotten_at"]:
        raise NotFound
    return held


def _keep_few(world: World, act: Act) -> None:
    if sum(one.owner == act.who and not one.said["forgotten_at"] for one in world.of("card").values()) >= MOST:
        raise Refused


WORDS: Mapping[str, Any] = {
    word.__name__: word
    for word in (
        *(keep_card, edit_card, drop_card, withdraw_card),
        *(show_card, hide_showing, exchange_cards, take_card, leave_card),
    )
}
