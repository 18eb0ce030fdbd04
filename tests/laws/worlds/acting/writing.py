"""What somebody could do next, word by word: proposals for acts. `history` writes them one after another.

Those about evenings and the address book are in `writing_evenings`.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from tests.laws.worlds.acting.acts import OPERATOR, TIME, Audience
from tests.laws.worlds.acting.pen import DOMAINS, END, FIRMS, NEEDS, WORDS, Pen, Proposal, proposal

#: How often each is tried; what is not here is tried once in a while.
WEIGHTS: Mapping[str, int] = {
    "forget_domain": 1,
    "state_need": 8,
    "edit_need": 4,
    "keep_need": 3,
    "answer": 10,
    "add_picture": 8,
    "block": 5,
    "note_somebody": 6,
    "add_note": 5,
    "attach_evening": 8,
    "drop_note": 4,
    "promise": 5,
    "take_back_word": 6,
    "show_position": 4,
    "state_position": 5,
    "shield": 3,
    "shield_person": 3,
    "say_headline": 4,
    "say_words": 5,
    "portray": 4,
    "call_me": 3,
    "give_address": 1,
    "announce": 6,
    "announce_series": 5,
    "edit_following": 4,
    "end_series": 1,
    "answer_as_guest": 8,
    "ask_for_help": 14,
    "co_organise": 24,
    "ask_who_was_there": 3,
    "ask_no_more": 1,
    "confirm": 3,
    "stand_down": 6,
    "thank": 12,
    "organise_alone": 4,
    "release": 24,
    "stand_in": 10,
    "stand_alone": 3,
    "take_off": 3,
    "tie_firms": 3,
    "confirm_tie": 3,
    "import_evening": 2,
    "claim": 3,
    "decline_claim": 4,
    "edit": 3,
    "export": 3,
    "list_attendee": 3,
    "found": 0,
    "tick": 0,
    "enter": 0,
    "arrive": 1,
    "arrive_as_guest": 1,
    "let_in": 1,
    "let_walk_in": 1,
    "let_out": 1,
    "keep_list": 1,
    "join": 4,
    "let_ask": 4,
    "open_feed": 4,
    "close_feed": 1,
    "write_word": 6,
    "answer_word": 4,
    "keep_card": 7,
    "show_card": 8,
    "hide_showing": 1,
    "exchange_cards": 2,
    "take_card": 1,
    "leave_card": 1,
    "withdraw_card": 4,
}


@proposal
def found(pen: Pen) -> Proposal:
    return pen.who(), {"name": pen.word(5).title(), "entry": pen.pick(["open", "link", "approved", "approved"])}


@proposal
def join(pen: Pen) -> Proposal:
    who = pen.who()
    out = [one.key for one in pen.world.communities.values() if who not in one.members]
    return who, {"community": pen.pick(out), "name": pen.word(3).title()}


@proposal
def ask(pen: Pen) -> Proposal:
    """To join where the stewards decide."""
    asked = [one for one in pen.world.communities.values() if one.entry == "approved"]
    who, home = pen.pick([(who, one.key) for one in asked for who in pen.able() if who not in one.members])
    return who, {"community": home, "name": pen.word(3).title()}


@proposal
def withdraw_request(pen: Pen) -> Proposal:
    asking = pen.own("request")
    return asking.owner, {"community": asking.said["community"]}


@proposal
def approve(pen: Pen) -> Proposal:
    who, community = pen.steward()
    asked = [one for one in pen.world.of("request").values() if one.said["community"] == community.key]
    return who, {"request": pen.pick(asked).key}


@proposal
def decline(pen: Pen) -> Proposal:
    return approve(pen)


@proposal
def leave(pen: Pen) -> Proposal:
    who = pen.who()
    return who, {"community": pen.community(who).key}


@proposal
def remove(pen: Pen) -> Proposal:
    who, community = pen.steward()
    return who, {"community": community.key, "person": pen.pick([one for one in community.members if one != who])}


@proposal
def appoint(pen: Pen) -> Proposal:
    who, community = pen.steward()
    return who, {"community": community.key, "person": pen.pick([one for one in community.members if one != who])}


@proposal
def erase(pen: Pen) -> Proposal:
    return pen.who(), {}


@proposal
def call_me(pen: Pen) -> Proposal:
    who = pen.who()
    return who, {"text": pen.word(3).title(), **pen.terms(who, 0.15, named=True)}


@proposal
def say_headline(pen: Pen) -> Proposal:
    who = pen.who()
    return who, {"text": "" if pen.chance(0.1) else pen.text(), **pen.terms(who)}


@proposal
def say_words(pen: Pen) -> Proposal:
    who, what = pen.who(), pen.pick(WORDS)
    text = f"https://{pen.word()}.example" if what == "links" else pen.text()
    return who, {"what": what, "text": "" if pen.chance(0.1) else text, **pen.terms(who)}


@proposal
def portray(pen: Pen) -> Proposal:
    who = pen.who()
    return who, {"picture": 0 if pen.chance(0.1) else pen.draw.randint(1, 2**24 - 1), **pen.terms(who)}


@proposal
def let_ask(pen: Pen) -> Proposal:
    who = pen.who()
    return who, {"yes": pen.chance(0.8), "audience": pen.audience(who)}


@proposal
def say_situation(pen: Pen) -> Proposal:
    return pen.who(), {"answer": pen.pick(["own", "looking", "student", "retired", "employed"])}


@proposal
def state_position(pen: Pen) -> Proposal:
    who = pen.who()
    ended = {"ends_on": pen.day(200, 30)} if pen.chance(0.4) else {}
    said = {"organisation": pen.spelt(pen.pick(FIRMS)), "title": pen.word(3), "starts_on": pen.day(900, -201), **ended}
    return who, {**said, **pen.terms(who), "client": pen.chance(0.15)}


@proposal
def end_position(pen: Pen) -> Proposal:
    held = pen.own("position")
    return held.owner, {"position": held.key, "ends_on": pen.day(120, 20)}


@proposal
def show_position(pen: Pen) -> Proposal:
    held = pen.own("position")
    return held.owner, {"position": held.key, **pen.terms(held.owner, 0.5)}


@proposal
def withdraw_position(pen: Pen) -> Proposal:
    held = pen.own("position")
    return held.owner, {"position": held.key}


@proposal
def shield(pen: Pen) -> Proposal:
    return pen.who(), {"organisation": pen.pick(FIRMS)}


@proposal
def unshield(pen: Pen) -> Proposal:
    who, firm = pen.pick(sorted(kept for kept in pen.world.shields if not pen.among or kept[0] in pen.among))
    return who, {"organisation": firm.title()}


@proposal
def shield_person(pen: Pen) -> Proposal:
    who = pen.who()
    return who, {"person": pen.other(who)}


@proposal
def unshield_person(pen: Pen) -> Proposal:
    kept = pen.world.shielded_people
    who, person = pen.pick(sorted(pair for pair in kept if not pen.among or pair[0] in pen.among))
    return who, {"person": person}


@proposal
def block(pen: Pen) -> Proposal:
    who = pen.who()
    return who, {"person": pen.seen(who)}


@proposal
def give_address(pen: Pen) -> Proposal:
    who = pen.who()
    before = pen.world.people[who].domain
    return OPERATOR, {"person": who, "domain": pen.pick([one for one in ("", *DOMAINS) if one != before])}


@proposal
def unblock(pen: Pen) -> Proposal:
    who, person = pen.pick(sorted(pair for pair in pen.world.blocks if not pen.among or pair[0] in pen.among))
    return who, {"person": person}


@proposal
def tie_firms(pen: Pen) -> Proposal:
    one, other = pen.draw.sample(FIRMS, 2)
    return pen.who(), {"one": one, "other": other}


@proposal
def confirm_tie(pen: Pen) -> Proposal:
    who, _community = pen.steward()
    one, other = sorted(pen.pick(sorted(pen.world.bonds, key=sorted)))
    return who, {"one": one.title(), "other": other.title()}


@proposal
def lift_tie(pen: Pen) -> Proposal:
    return confirm_tie(pen)


@proposal
def know_domain(pen: Pen) -> Proposal:
    firm = pen.pick(pen.world.firms)
    return OPERATOR, {"organisation": firm.title(), "domain": pen.pick([*DOMAINS, f"{firm}.example"])}


@proposal
def forget_domain(pen: Pen) -> Proposal:
    return OPERATOR, {"domain": pen.pick(sorted({*filter(None, pen.world.firms.values())}))}


@proposal
def state_need(pen: Pen) -> Proposal:
    who = pen.who()
    return who, _need(pen, who)


def _need(pen: Pen, who: str) -> dict[str, Any]:
    kind, offered = pen.pick(NEEDS), pen.chance(0.3)
    terms = pen.terms(who, 0.4)
    if kind == "job" and not offered and terms["audience"].kind not in {"me", "named", "crossed"}:
        terms["audience"] = Audience("named", people=(pen.other(who),))
    until = {"until": pen.at + timedelta(days=pen.draw.randint(2, 60))} if pen.chance(0.25) else {}
    if pen.chance(0.05):
        until = {"until": END}
    place = {"place": pen.word(3).title()} if pen.chance(0.4) else {}
    return {"text": pen.text(), "kind": kind, "offered": offered, **place, **terms, **until}


@proposal
def edit_need(pen: Pen) -> Proposal:
    held = pen.own("need")
    said = _need(pen, held.owner)
    return held.owner, {"need": held.key, **said}


@proposal
def renew_need(pen: Pen) -> Proposal:
    held = pen.own("need")
    until = None if pen.chance(0.2) else pen.at + timedelta(days=pen.draw.randint(2, 60))
    return held.owner, {"need": held.key, "until": until}


@proposal
def close_need(pen: Pen) -> Proposal:
    held = pen.own("need")
    return held.owner, {"need": held.key}


@proposal
def withdraw_need(pen: Pen) -> Proposal:
    held = pen.own("need")
    return held.owner, {"need": held.key}


@proposal
def import_evening(pen: Pen) -> Proposal:
    community = pen.pick(pen.world.communities.values())
    known = [who for who, one in pen.world.people.items() if one.came_with == community.key]
    fresh = [pen.word(3) for _ in range(pen.draw.randint(1, 2))]
    people = (*known[:1], *fresh)
    starts_at = END - timedelta(days=pen.draw.randint(200, 900))
    return OPERATOR, {"community": community.key, "title": pen.text(), "starts_at": starts_at, "people": people}


@proposal
def claim(pen: Pen) -> Proposal:
    imported = [one for one in pen.world.people.values() if one.came_with]
    members = {one.handle: pen.world.communities[one.came_with].members for one in imported}
    who, person = pen.pick([(who, one) for one, here in members.items() for who in pen.able() if who in here])
    return who, {"person": person}


@proposal
def withdraw_claim(pen: Pen) -> Proposal:
    asking = pen.own("claim")
    return asking.owner, {"person": asking.said["person"]}


@proposal
def accept_claim(pen: Pen) -> Proposal:
    who, community = pen.steward()
    asked = [one for one in pen.world.of("claim").values() if one.said["community"] == community.key]
    return who, {"claim": pen.pick([one for one in asked if one.owner != who]).key}


@proposal
def decline_claim(pen: Pen) -> Proposal:
    return accept_claim(pen)


@proposal
def tick(_pen: Pen) -> Proposal:
    return TIME, {}
