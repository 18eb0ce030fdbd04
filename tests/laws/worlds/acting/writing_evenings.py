"""Proposals about evenings, reports and the address book."""

from datetime import datetime, timedelta
from typing import Any

from tests.laws.worlds.acting.pen import END, Pen, Proposal, Stuck, proposal
from tests.laws.worlds.knowing.coming import (
    DOORS_CLOSE,
    DOORS_OPEN,
    HOPEFUL,
    joints,
    on,
    organises,
    taken,
    told_no_more,
)
from tests.laws.worlds.knowing.standing import Fact, Sight


@proposal
def announce(pen: Pen) -> Proposal:
    who = pen.who()
    community = pen.community(who).key
    starts_at, ends_at = _times(pen)
    said = {"title": pen.text().title(), "place": pen.word(3).title(), "starts_at": starts_at, "ends_at": ends_at}
    said["audience"] = pen.pick(["everyone", "everyone", "community", "community"])
    said |= {"capacity": pen.pick([None, 1, 2, 3]), "shows_band": pen.chance(0.7), "pictures": pen.chance(0.5)}
    said |= _window(pen, ends_at) if pen.chance(0.3) else {}
    said |= {"guests": pen.pick([1, 2])} if pen.chance(0.5) else {}
    said |= {"questions": _questions(pen)} if pen.chance(0.6 if pen.hides_from is None else 0.9) else {}
    return who, {"community": community, **said}


def _times(pen: Pen) -> Any:
    """In a few days; or so that it runs when the history ends, ends then, or is still to come."""
    hour = timedelta(hours=1)
    soon = pen.at + timedelta(days=pen.draw.randint(3, 25), minutes=pen.draw.randint(0, 600))
    choices = [(soon, soon + 3 * hour), (END - hour, END + 3 * hour), (END - 3 * hour, END)]
    later = END + timedelta(days=pen.draw.randint(1, 20))
    starts_at, ends_at = pen.pick([*choices, *choices[:2], (later, later + 4 * hour)])
    if starts_at <= pen.at:
        raise Stuck
    return starts_at, ends_at


def _window(pen: Pen, ends_at: datetime) -> dict[str, Any]:
    """From when and until when one answers: from soon on, or until the end nears; now and then not now."""
    left = ends_at - pen.at
    opens_at, closes_at = (pen.at + left * pen.draw.random() ** power for power in (3, 0.3))
    said = {"opens_at": pen.pick([None, opens_at]), "closes_at": pen.pick([None, closes_at, closes_at])}
    return {name: at and at.replace(microsecond=0) for name, at in said.items()}


@proposal
def edit(pen: Pen) -> Proposal:
    evening = pen.own("evening")
    held = taken(pen.world, evening.key)
    said: dict[str, Any] = {"title": pen.text().title(), "place": pen.word(3).title()}
    said |= {"capacity": pen.pick([None, held + 1, held + 2]), "audience": pen.pick(["everyone", "community"])}
    said |= {"shows_band": pen.chance(0.5), **_window(pen, evening.said["ends_at"])}
    said |= {"pictures": pen.chance(0.5), "guests": pen.pick([0, 1, 2])}
    said |= {"guests": pen.pick([0, 1, 2]), "questions": pen.pick([evening.said["questions"][:1], _questions(pen)])}
    kept = pen.draw.sample(sorted(said), 2)
    return evening.owner, {"evening": evening.key, **{name: said[name] for name in kept}}


@proposal
def cancel(pen: Pen) -> Proposal:
    evening = pen.own("evening")
    if evening.said["cancelled"] or evening.said["ends_at"] <= pen.at:
        raise Stuck
    return evening.owner, {"evening": evening.key, **({"text": pen.text()} if pen.chance(0.5) else {})}


@proposal
def ask_for_help(pen: Pen) -> Proposal:
    evening = _organised(pen)
    return _organiser(pen, evening), {"evening": evening.key}


@proposal
def ask_no_help(pen: Pen) -> Proposal:
    evening = pen.own("evening")
    return evening.owner, {"evening": evening.key}


def _organised(pen: Pen) -> Fact:
    """An evening to come that somebody who may act organises, or announced."""
    helped = [pen.world.of("evening")[one.said["evening"]] for one in _helping(pen)]
    found: Fact = pen.pick([pen.own("evening"), *(one for one in helped if one.said["ends_at"] > pen.at)])
    return found


def _helping(pen: Pen) -> list[Fact]:
    return [one for one in pen.world.of("organising").values() if not pen.among or one.owner in pen.among]


def _organiser(pen: Pen, evening: Fact) -> str:
    helping = [one.owner for one in _helping(pen) if one.said["evening"] == evening.key]
    may = [evening.owner] if not pen.among or evening.owner in pen.among else []
    return str(pen.pick([*may, *helping]))


@proposal
def co_organise(pen: Pen) -> Proposal:
    """Whoever is sent a link is of the community, or not."""
    asking = [one for one in pen.world.of("evening").values() if one.said.get("together")]
    return pen.who(), {"evening": pen.pick(asking).key}


@proposal
def stand_down(pen: Pen) -> Proposal:
    held = pen.own("organising")
    return held.owner, {"evening": held.said["evening"]}


@proposal
def thank(pen: Pen) -> Proposal:
    announced = {pen.own("evening").key}
    held = pen.pick([one for one in pen.world.of("organising").values() if one.said["evening"] in announced])
    return pen.world.of("evening")[held.said["evening"]].owner, {
        "evening": held.said["evening"],
        "organising": held.key,
    }


@proposal
def organise_alone(pen: Pen) -> Proposal:
    evening = pen.own("evening")
    return evening.owner, {"evening": evening.key}


@proposal
def export(pen: Pen) -> Proposal:
    evening = pen.own("evening")
    if told_no_more(pen.world, evening):
        raise Stuck
    return evening.owner, {"evening": evening.key}


@proposal
def list_attendee(pen: Pen) -> Proposal:
    """Now and then by the very address of somebody who is here."""
    evening = pen.own("evening")
    value = f"{pen.other(evening.owner)}@example.net" if pen.chance(0.5) else f"{pen.word()}@example.net"
    return evening.owner, {"evening": evening.key, "name": pen.word(4).title(), "value": value}


@proposal
def drop_list(pen: Pen) -> Proposal:
    held = pen.own("listed")
    return held.owner, {"evening": held.said["evening"]}


@proposal
def answer(pen: Pen) -> Proposal:
    who = pen.who()
    evening = _answered(pen, who)
    said: dict[str, Any] = {"evening": evening.key}
    if pen.chance(0.2):
        return who, {**said, "answer": "not_going"}
    said |= _company(pen, evening)
    if pen.chance(0.85):
        said["audience"] = pen.pick(["going", "going", "community", "community", "organisers", "me"])
        said["discreet"] = pen.chance(0.5)
    return who, said


@proposal
def say_pictured(pen: Pen) -> Proposal:
    held = pen.own("answer")
    return held.owner, {"evening": held.said["evening"], "yes": pen.chance(0.4)}


@proposal
def answer_as_guest(pen: Pen) -> Proposal:
    who = _guest(pen)
    mail = {"mail_to": f"{who}@example.com"} if pen.chance(0.5) else {}
    evening = _answered(pen, "")
    return who, {"evening": evening.key, "name": pen.word(2).title(), **mail, **_company(pen, evening)}


@proposal
def release(pen: Pen) -> Proposal:
    """The seat of somebody without account, or their place on the list, by one of those who organise."""
    hoping = [one for one in pen.world.of("answer").values() if one.said["name"] and one.said["answer"] in HOPEFUL]
    live = [one for one in hoping if pen.world.of("evening")[one.said["evening"]].said["ends_at"] > pen.at]
    held = pen.pick(live)
    evening = pen.world.of("evening")[held.said["evening"]]
    return _organiser(pen, evening), {"evening": evening.key, "person": held.owner}


def _answered(pen: Pen, who: str) -> Fact:
    """An evening to come that somebody sees; of several the first that asks something, now and then."""
    found = [pen.evening(who) for _ in range(5 if pen.hides_from is not None else 1)]
    return next((one for one in found if one.said["questions"]), found[0])


def _company(pen: Pen, evening: Fact) -> dict[str, Any]:
    """How many people somebody brings, where one may; what they choose, where something is asked."""
    may, asked = evening.said["guests"], evening.said["questions"]
    said: dict[str, Any] = {"guests": pen.draw.randint(0, may)} if may and pen.chance(0.6) else {}
    if asked and (pen.hides_from is not None or pen.chance(0.8)):
        said["picks"] = tuple(pen.pick([None, *range(len(choices))]) for _text, choices in asked)
    return said


def _questions(pen: Pen) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(
        (pen.word(), tuple(pen.word() for _ in range(pen.draw.randint(2, 3)))) for _ in range(pen.pick([1, 2]))
    )


def _guest(pen: Pen) -> str:
    return str(pen.pick(["zoe", "zoe", "yann"]))


@proposal
def arrive(pen: Pen) -> Proposal:
    who = pen.who()
    return who, {"evening": _going_on(pen, who).key, "seen": pen.chance(0.75), "discreet": pen.chance(0.4)}


@proposal
def arrive_as_guest(pen: Pen) -> Proposal:
    return _guest(pen), {"evening": _going_on(pen, "").key, "name": pen.word(2).title(), "seen": pen.chance(0.7)}


def _going_on(pen: Pen, who: str) -> Fact:
    """The evening in whose hours the moment lies."""
    for _ in range(4):
        evening = pen.evening(who, over=True)
        if evening.said["starts_at"] - DOORS_OPEN <= pen.at <= evening.said["ends_at"] + DOORS_CLOSE:
            return evening
    raise Stuck


@proposal
def show_presence(pen: Pen) -> Proposal:
    there = pen.own("presence")
    return there.owner, {"evening": there.said["evening"], "seen": pen.chance(0.5), "discreet": pen.chance(0.5)}


@proposal
def ask_who_was_there(pen: Pen) -> Proposal:
    """Where something is hidden from somebody, they are mostly sent the link: it lets them see no evening."""
    evening, who = _looked_back_at(pen)
    kept_from = pen.hides_from if pen.hides_from in pen.accounts() and pen.chance(0.7) else None
    return who, {"evening": evening.key, "person": kept_from or pen.other(who)}


@proposal
def ask_no_more(pen: Pen) -> Proposal:
    evening, who = _looked_back_at(pen, asking=True)
    return who, {"evening": evening.key}


def _looked_back_at(pen: Pen, *, asking: bool = False) -> tuple[Fact, str]:
    """An evening that is over, of which people are asked about it or may be, and one of those who organise it."""
    over = [one for one in pen.world.of("evening").values() if one.said["ends_at"] <= pen.at]
    over = [one for one in over if not one.said["cancelled"] and bool(one.said.get("recalled")) >= asking]
    hosts = [(one, who) for one in over for who in pen.able() if organises(pen.world, one, who)]
    found: tuple[Fact, str] = pen.pick(hosts)
    return found


@proposal
def confirm(pen: Pen) -> Proposal:
    """Mostly whoever was sent the link."""
    evening = pen.pick([one for one in pen.world.of("evening").values() if one.said.get("recalled")])
    sent = [who for who in pen.able() if who == evening.said["recalled_to"]]
    who = pen.pick(sent) if sent and pen.chance(0.7) else pen.who()
    return who, {"evening": evening.key, "seen": pen.chance(0.75), "discreet": pen.chance(0.4)}


@proposal
def open_feed(pen: Pen) -> Proposal:
    return pen.who(), {"busy": pen.chance(0.5), "promises": pen.chance(0.5)}


@proposal
def close_feed(pen: Pen) -> Proposal:
    return pen.own("feed").owner, {}


@proposal
def report(pen: Pen) -> Proposal:
    who = pen.who()
    if pen.chance(0.4):
        evening = pen.evening(who, over=True)
        seen = [one.said["community"] for one in joints(pen.world, evening) if Sight(pen.world, who).sees(one)]
        told = {"community": pen.pick(seen)} if seen and pen.chance(0.5) else {}
        return who, {"evening": evening.key, **told, "text": pen.text()}
    return who, {"person": pen.seen(who), "community": pen.community(who).key, "text": pen.text()}


@proposal
def withdraw_report(pen: Pen) -> Proposal:
    held = pen.own("report")
    return held.owner, {"report": held.key}


@proposal
def see_to(pen: Pen) -> Proposal:
    who, community = pen.steward()
    said = [one for one in pen.world.of("report").values() if one.said["community"] == community.key]
    return who, {"report": pen.pick([one for one in said if one.owner != who]).key}


@proposal
def note_somebody(pen: Pen) -> Proposal:
    who = pen.who()
    said: dict[str, Any] = {"person": pen.seen(who)} if pen.chance(0.8) else {"name": pen.word(3).title()}
    if pen.chance(0.8):
        said["text"] = pen.text()
    if pen.chance(0.3):
        said["does"] = pen.word()
    return who, {**said, **_met(pen, who)}


def _met(pen: Pen, who: str) -> dict[str, Any]:
    if pen.chance(0.5):
        return {"on": pen.day(60, 0), "place": pen.word(3).title(), "through": pen.word(3).title()}
    try:
        evening = pen.evening(who, over=True)
    except Stuck:
        return {}
    return {"evening": evening.key} if on(evening) <= pen.world.today() else {}


@proposal
def meet_again(pen: Pen) -> Proposal:
    contact = by_hand(pen, "contact")
    return contact.owner, {"contact": contact.key, **(_met(pen, contact.owner) or {"on": pen.day(30, 0)})}


@proposal
def add_note(pen: Pen) -> Proposal:
    contact = by_hand(pen, "contact")
    said = {"contact": contact.key, "text": pen.text()}
    met = _met(pen, contact.owner) if pen.chance(0.3) else {}
    return contact.owner, {**said, **({"evening": met["evening"]} if "evening" in met else {"on": pen.day(30, 0)})}


@proposal
def drop_note(pen: Pen) -> Proposal:
    note = by_hand(pen, "note")
    return note.owner, {"note": note.key}


@proposal
def edit_contact(pen: Pen) -> Proposal:
    contact = by_hand(pen, "contact")
    return contact.owner, {"contact": contact.key, "name": pen.word(3).title(), "does": pen.word()}


@proposal
def add_channel(pen: Pen) -> Proposal:
    contact = by_hand(pen, "contact")
    return contact.owner, {"contact": contact.key, "value": f"{pen.word()}@example.net"}


@proposal
def drop_channel(pen: Pen) -> Proposal:
    channel = by_hand(pen, "channel")
    return channel.owner, {"channel": channel.key}


@proposal
def label(pen: Pen) -> Proposal:
    contact = by_hand(pen, "contact")
    return contact.owner, {"contact": contact.key, "text": pen.word()}


@proposal
def drop_label(pen: Pen) -> Proposal:
    label = by_hand(pen, "label")
    return label.owner, {"label": label.key}


def by_hand(pen: Pen, kind: str) -> Fact:
    """What neither a file nor a card brought: an act's key names it."""
    noted = [fact for fact in pen.world.of(kind).values() if "/" not in fact.key and fact.owner in pen.able()]
    found: Fact = pen.pick([fact for fact in noted if not fact.said.get("forgotten_at")])
    return found


@proposal
def bring(pen: Pen) -> Proposal:
    said = {"value": f"{pen.word()}@example.net", "label": pen.word(), "text": pen.text()}
    return pen.who(), {"name": pen.word(4).title(), **said}


@proposal
def attach_evening(pen: Pen) -> Proposal:
    contact = by_hand(pen, "contact")
    brought = pen.pick([one for one in pen.world.of("import").values() if one.owner == contact.owner])
    return contact.owner, {"import": brought.key, "contact": contact.key, "text": pen.word()}


@proposal
def undo_import(pen: Pen) -> Proposal:
    brought = pen.own("import")
    return brought.owner, {"import": brought.key}


@proposal
def hand_over(pen: Pen) -> Proposal:
    return pen.who(), {"name": pen.word(4).title()}


@proposal
def forget_contact(pen: Pen) -> Proposal:
    contact = by_hand(pen, "contact")
    return contact.owner, {"contact": contact.key}
