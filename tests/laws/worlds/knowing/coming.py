"""What acts about evenings leave behind: announced, answered, attended; seats, and the queue for them."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from tests.laws.worlds.acting.acts import TERMS, Act
from tests.laws.worlds.knowing.saying import put
from tests.laws.worlds.knowing.standing import (
    EVERYONE,
    HOME,
    Circle,
    Fact,
    Invalid,
    NotFound,
    Person,
    Refused,
    Sight,
    World,
    stated,
)

#: How long before the start, and after the end, somebody can say that they are there; how long the longest evening is.
DOORS_OPEN, DOORS_CLOSE, LONGEST = timedelta(hours=3), timedelta(hours=6), timedelta(days=14)
BAND = 10
#: How long after an evening who organises it is told who came.
TOLD = timedelta(days=15)
#: How long somebody stays on a list from elsewhere.
LISTED = timedelta(days=90)
#: Of how many answers shares are told; from how many on that it was all or nobody; how many questions there can be.
ENOUGH, MANY, MOST_QUESTIONS = 5, 10, 3
#: Most people that somebody can be let bring.
MOST_GUESTS = 5
#: How long a seat is kept for whoever waits first: days before, and on the day itself; from when it is kept for nobody.
AT_LEISURE, IN_HASTE, FIRST_TAP = timedelta(hours=12), timedelta(minutes=30), timedelta(hours=2)
#: How many people without account may newly come at least, within how long.
VISITORS, AN_HOUR = 200, timedelta(hours=1)
#: Answers that count as a seat, and those of people who hope to come.
HOLDING, HOPEFUL = ("going", "offered"), ("going", "offered", "waiting")
SAID = ("title", "place", "capacity", "shows_band", "pictures", *TERMS)


def announce(world: World, act: Act) -> None:
    """For people of the community; an evening is announced before it begins."""
    community = world.communities.get(act.said["community"])
    if community is None:
        raise NotFound
    if act.who not in community.members:
        raise Refused
    said: dict[str, Any] = {"capacity": None, "shows_band": True, "community": community.key, "cancelled": False}
    said |= TERMS
    said["pictures"] = False
    said |= {name: act.said[name] for name in (*SAID, "starts_at", "ends_at") if name in act.said}
    _check(said, taken=0)
    if not act.at < said["starts_at"] < said["ends_at"] <= said["starts_at"] + LONGEST:
        raise Invalid
    _check_window(said)
    closed = act.said.get("audience", "everyone") != "everyone"
    audience = ("invited", act.key) if closed else EVERYONE
    said |= {"band": 0, "band_on": world.today(), "revised_at": act.at}
    put(world, act, Fact("evening", act.key, act.who, audience, said=said), act.key)


def edit(world: World, act: Act) -> None:
    """More seats are offered to those who wait."""
    evening = organised(world, act)
    new = told(act)
    check(world, evening, new)
    change(world, act, evening, new)


def told(act: Act) -> dict[str, Any]:
    """What an act says of an evening; its audience in a word."""
    return {name: act.said[name] for name in (*SAID, "audience") if name in act.said}


def says(evening: Fact, name: str) -> Any:
    """What an evening says so far."""
    return word(evening) if name == "audience" else evening.said[name]


def word(evening: Fact) -> str:
    """For whom an evening is: everyone, or those who are in its communities."""
    return "everyone" if evening.audience == EVERYONE else "community"


def joints(world: World, evening: Fact) -> list[Fact]:
    """In which further communities an evening stands."""
    return [one for one in world.of("joint").values() if one.said["evening"] == evening.key]


def show(world: World, evening: Fact, audience: str) -> None:
    """Let those see an evening for whom it is, who organises it, and in which communities that are open it stands."""
    evening.audience = EVERYONE if audience == "everyone" else ("invited", evening.key)
    for fact in helping(world, evening.key):
        fact.audience = evening.audience
    for fact in joints(world, evening):
        place = fact.said["community"]
        fact.audience = evening.audience if world.communities[place].entry == "open" else ("members", place)


def part_with_strangers(world: World, evening: Fact) -> None:
    """Nobody helps who is in none of its communities, unless it is over."""
    here = {who for place in places(world, evening) for who in world.communities[place].members}
    for one in helping(world, evening.key):
        if one.owner not in here and evening.said["ends_at"] > world.now:
            del world.of("organising")[evening.key, one.owner]


def places(world: World, evening: Fact) -> list[str]:
    """The communities in which an evening stands, its own first."""
    return [evening.said["community"], *(one.said["community"] for one in joints(world, evening))]


def check(world: World, evening: Fact, new: Mapping[str, Any]) -> None:
    """Whether that can be said of it; once nobody is told who came, it keeps its seats."""
    capacity = evening.said["capacity"]
    if told_no_more(world, evening) and new.get("capacity", capacity) != capacity:
        raise Invalid
    said = {**evening.said, **new}
    _check(said, taken(world, evening.key))
    _check_window(said)


def change(world: World, act: Act, evening: Fact, new: Mapping[str, Any]) -> None:
    """Say it; what calendars show is revised, and so it is by that it is for everyone from now on."""
    before = evening.said["capacity"]
    said = evening.said | {name: new[name] for name in SAID if name in new}
    was, after = word(evening), new.get("audience", word(evening))
    opened = (was, after) == ("community", "everyone")
    if opened or any(said[name] != evening.said[name] for name in ("title", "place")):
        said |= {"revised_at": act.at}
    evening.said = said
    show(world, evening, after)
    if before != said["capacity"]:
        fill(world, evening)


def cancel(world: World, act: Act) -> None:
    """Called off, for good; what is over was."""
    evening = organised(world, act)
    if not evening.said["cancelled"]:
        _unless_done(world, evening)
        call_off(act, evening)


def call_off(act: Act, evening: Fact) -> None:
    """Nobody meets."""
    evening.said |= {"cancelled": True, "revised_at": act.at}
    evening.said |= {"farewell": act.said.get("text", "")}


def ask_for_help(world: World, act: Act) -> None:
    """A new link; an earlier one leads nowhere."""
    evening = organised(world, act)
    _unless_done(world, evening)
    evening.said = evening.said | {"together": act.key}
    world.made[act.key] = act.key


def ask_no_help(world: World, act: Act) -> None:
    """The link leads nowhere."""
    evening = organised(world, act)
    evening.said = evening.said | {"together": ""}


def co_organise(world: World, act: Act) -> None:
    """By the link, for people of the community; whoever sees the evening may know."""
    evening = visible(world, act.who, act.said["evening"])
    if not evening.said.get("together"):
        raise NotFound
    _unless_done(world, evening)
    if not any(act.who in world.communities[place].members for place in places(world, evening)):
        raise Refused
    at = (evening.key, act.who)
    if act.who == evening.owner or at in world.of("organising"):
        world.made[act.key] = at
        return
    put(world, act, Fact("organising", act.key, act.who, evening.audience, said=_helps(evening, act)), at)
    world.concerned.add((evening.key, act.who))


def _helps(evening: Fact, act: Act) -> dict[str, Any]:
    return {"evening": evening.key, "since": act.at}


def stand_down(world: World, act: Act) -> None:
    """Not for whoever announced it."""
    evening = organised(world, act)
    if act.who == evening.owner:
        raise Refused
    del world.of("organising")[evening.key, act.who]


def thank(world: World, act: Act) -> None:
    """For whoever announced it, of somebody who came to help."""
    evening, held = organised(world, act), world.thing("organising", act.said["organising"])
    if held is None or held.said["evening"] != evening.key or not Sight(world, act.who).sees(held):
        raise NotFound
    if act.who != evening.owner:
        raise Refused
    del world.of("organising")[evening.key, held.owner]
    evening.said = evening.said | {"together": ""}


def organise_alone(world: World, act: Act) -> None:
    """For whoever announced it: of all who help, seen or not."""
    evening = organised(world, act)
    if act.who != evening.owner:
        raise Refused
    for one in helping(world, evening.key):
        del world.of("organising")[evening.key, one.owner]
    evening.said = evening.said | {"together": ""}


def helping(world: World, evening: str) -> list[Fact]:
    """Who organises an evening with whoever announced it, the longest first."""
    held = [one for one in world.of("organising").values() if one.said["evening"] == evening]
    return sorted(held, key=lambda one: one.said["since"])


def organises(world: World, evening: Fact, person: str) -> bool:
    """Whether somebody organises an evening, alone or with others."""
    return evening.owner == person or (evening.key, person) in world.of("organising")


def export(world: World, act: Act) -> None:
    """The list of those who come is taken out, while it is told: noted for all of them, whoever leaves."""
    evening = _own_evening(world, act)
    if told_no_more(world, evening):
        raise Refused
    said = {"evening": evening.key, "at": act.at, "by": act.who}
    put(world, act, Fact("export", act.key, "", None, said=said), act.key)


def list_attendee(world: World, act: Act) -> None:
    """On the organiser's own list for ninety days; twice changes nothing."""
    evening = _own_evening(world, act)
    at = (evening.key, act.who, act.said["value"])
    said = {"evening": evening.key, "name": act.said["name"], "value": act.said["value"]}
    fresh = Fact("listed", act.key, act.who, None, until=act.at + LISTED, said=said)
    put(world, act, world.of("listed").get(at, fresh), at)


def drop_list(world: World, act: Act) -> None:
    """One's own, of one evening."""
    evening = _own_evening(world, act)
    world.facts["listed"] = {
        at: one for at, one in world.of("listed").items() if (one.owner, one.said["evening"]) != (act.who, evening.key)
    }


def _own_evening(world: World, act: Act) -> Fact:
    """For others there is no such list."""
    evening = visible(world, act.who, act.said["evening"])
    if not organises(world, evening, act.who):
        raise NotFound
    return evening


def forget_listed(world: World) -> None:
    """Whose time is over are on no list any more."""
    world.facts["listed"] = {
        at: one for at, one in world.of("listed").items() if one.until is None or one.until > world.now
    }


def told_no_more(world: World, evening: Fact) -> bool:
    """Whether the fifteenth day after an evening is over: who organises it is told of it until then (D5)."""
    last: date = evening.said["ends_at"].astimezone(HOME).date() + TOLD
    return world.today() > last


def answer(world: World, act: Act) -> None:
    """That one comes, to whoever one lets see it; or that one does not."""
    evening = _open(world, act)
    if act.said.get("answer", "going") == "not_going":
        _decline(world, act, evening)
    else:
        _in_time(world, act, evening)
        _check_picks(act, evening)
        _check_party(world, act, evening)
        _take(world, act, evening, _terms(world, act, evening.key), "")
        _pick(world, act, evening)


def say_pictured(world: World, act: Act) -> None:
    """Whether one wants to be on pictures: for whoever comes, or hopes to."""
    evening = _open(world, act)
    row = world.of("answer").get((evening.key, act.who))
    if row is None or row.said["answer"] not in HOPEFUL:
        raise NotFound
    row.said = row.said | {"pictured": act.said["yes"]}


def release(world: World, act: Act) -> None:
    """Of somebody without account, for those who organise; they are not kept out."""
    evening = organised(world, act)
    _unless_done(world, evening)
    row = world.of("answer").get((evening.key, act.said["person"]))
    if row is None or not row.said["name"] or not Sight(world, act.who).sees(row):
        raise NotFound
    hoped, freed = row.said["answer"], _hope(world, evening, row.owner) is not None
    if freed:
        row.said.update(answer="released", offered_until=None, guests=0)
        world.of("pick").pop((evening.key, row.owner), None)
        freed = hoped in HOLDING or _offered_until(world, evening) is not None
    if freed or any(is_over(world, one) for one in answers_to(world, evening.key)):
        fill(world, evening)


def answer_as_guest(world: World, act: Act) -> None:
    """Known to the organisers alone."""
    if not act.said["name"]:
        raise Invalid
    evening = _open(world, act)
    _in_time(world, act, evening)
    _check_picks(act, evening)
    _check_party(world, act, evening)
    if _hope(world, evening, act.who) is None and not takes_visitors(world, evening, _wanted(act, None)):
        raise Refused
    _welcome(world, act)
    _take(world, act, evening, (("organisers", evening.key), False), act.said["name"])
    _pick(world, act, evening)


def arrive(world: World, act: Act) -> None:
    """One is there; unseen at first."""
    evening = _going_on(world, act)
    before = world.of("presence").get((evening.key, act.who))
    if act.said.get("seen") is None and before is not None:
        world.made[act.key] = (evening.key, act.who)
        return
    _be_there(world, act, evening.key, _seen_terms(world, act, evening.key))


def arrive_as_guest(world: World, act: Act) -> None:
    """With a first name."""
    if not act.said["name"]:
        raise Invalid
    evening = _going_on(world, act)
    _welcome(world, act)
    circle = ("attended", evening.key) if act.said.get("seen") else None
    _be_there(world, act, evening.key, (circle, False), act.said["name"])


def show_presence(world: World, act: Act) -> None:
    """To those present, or no longer."""
    evening = visible(world, act.who, act.said["evening"])
    if (evening.key, act.who) not in world.of("presence"):
        raise NotFound
    _be_there(world, act, evening.key, _seen_terms(world, act, evening.key))


def ask_who_was_there(world: World, act: Act) -> None:
    """A new link, sent to somebody; an earlier one leads nowhere. Of an evening that took place."""
    evening = organised(world, act)
    if evening.said["cancelled"] or evening.said["ends_at"] > world.now:
        raise Refused
    evening.said = evening.said | {"recalled": act.key, "recalled_to": act.said["person"]}
    world.made[act.key] = act.key


def ask_no_more(world: World, act: Act) -> None:
    """The link leads nowhere."""
    evening = organised(world, act)
    evening.said = evening.said | {"recalled": "", "recalled_to": ""}


def confirm(world: World, act: Act) -> None:
    """One was there, by the link; on the terms of who is there."""
    evening = visible(world, act.who, act.said["evening"])
    if not evening.said.get("recalled"):
        raise NotFound
    _be_there(world, act, evening.key, _seen_terms(world, act, evening.key))


def visible(world: World, viewer: str, key: str) -> Fact:
    """An evening that somebody sees."""
    evening = world.thing("evening", key)
    if evening is None or not Sight(world, viewer).sees(evening):
        raise NotFound
    return evening


def organised(world: World, act: Act) -> Fact:
    """An evening that the actor organises."""
    evening = visible(world, act.who, act.said["evening"])
    if not organises(world, evening, act.who):
        raise Refused
    return evening


def taken(world: World, evening: str) -> int:
    """How many seats are taken, or offered."""
    return sum(party(one) for one in answers_to(world, evening) if one.said["answer"] in HOLDING)


def party(answer: Fact) -> int:
    """How many people an answer is for."""
    return 1 + int(answer.said["guests"])


def answers_to(world: World, evening: str) -> list[Fact]:
    """What was answered to an evening."""
    return [one for one in world.of("answer").values() if one.said["evening"] == evening]


def queue(world: World, evening: str) -> list[Fact]:
    """Those who wait, the first first."""
    waiting = (one for one in answers_to(world, evening) if one.said["answer"] == "waiting")
    return sorted(waiting, key=lambda one: one.said["answered_at"])


def fill(world: World, evening: Fact) -> None:
    """Offers that are over end, and what is free is offered to whoever waits first, while the evening is to come."""
    if evening.said["cancelled"] or evening.said["ends_at"] <= world.now:
        return
    for person, (answer, until) in passed_on(world, evening).items():
        row = world.of("answer")[evening.key, person]
        row.said.update(answer=answer, offered_until=until)
        row.said["guests"] = 0 if answer == "lapsed" else row.said["guests"]


def passed_on(world: World, evening: Fact) -> dict[str, tuple[str, datetime | None]]:
    """What answers become whose seat is passed on now, by person; and until when one is offered."""
    changed: dict[str, tuple[str, datetime | None]] = {}
    over = [one for one in answers_to(world, evening.key) if is_over(world, one)]
    changed |= {one.owner: ("lapsed", None) for one in over}
    capacity, waiting = evening.said["capacity"], queue(world, evening.key)
    if capacity is None:
        hoping = [one for one in answers_to(world, evening.key) if one.said["answer"] in {"waiting", "offered"}]
        return changed | {one.owner: ("going", None) for one in hoping if one.owner not in changed}
    until = _offered_until(world, evening)
    free = capacity - taken(world, evening.key) + sum(party(one) for one in over)
    for one in waiting if until else ():
        if party(one) > capacity:
            continue
        if party(one) > free:
            break
        free -= party(one)
        changed[one.owner] = ("offered", until)
    return changed


def room(world: World, evening: Fact, then: Mapping[str, tuple[str, datetime | None]] | None = None) -> int | None:
    """How many people may newly come together, None without a limit; `then`: once answers have become this.

    Nobody may while a free seat is kept for a party that waits for more of them.
    """
    capacity, answers = evening.said["capacity"], answers_to(world, evening.key)
    if capacity is None:
        return None
    said = {one.owner: (then or {}).get(one.owner, (one.said["answer"], None))[0] for one in answers}
    free = capacity - sum(party(one) for one in answers if said[one.owner] in HOLDING)
    waits = any(said[one.owner] == "waiting" and party(one) <= capacity for one in answers)
    return 0 if waits and _offered_until(world, evening) else min(free, 1 + evening.said["guests"])


def takes_visitors(world: World, evening: Fact, party_of: int) -> bool:
    """Whether a party may newly come without an account: so many do within an hour, or twice as many as have seats."""
    answers = (one for one in answers_to(world, evening.key) if one.said["name"])
    people = sum(party(one) for one in answers if one.said["answered_at"] > world.now - AN_HOUR)
    return people + party_of <= max(VISITORS, 2 * (evening.said["capacity"] or 0))


def within_reach(
    world: World, evening: Fact, viewer: str, then: Mapping[str, tuple[str, datetime | None]] | None = None
) -> int:
    """Of the seats that somebody waits for, how many are free for them; `then` as in `room`."""
    capacity, answers = (
        evening.said["capacity"],
        sorted(answers_to(world, evening.key), key=lambda one: one.said["answered_at"]),
    )
    if capacity is None or evening.said["cancelled"] or evening.said["ends_at"] <= world.now:
        return 0
    said = {one.owner: (then or {}).get(one.owner, (one.said["answer"], None))[0] for one in answers}
    free = int(capacity) - sum(party(one) for one in answers if said[one.owner] in HOLDING)
    waiting = [one for one in answers if said[one.owner] == "waiting"]
    first = next((one.owner for one in waiting if party(one) <= capacity), "")
    if _offered_until(world, evening) and first != viewer:
        return 0
    mine: int = next(party(one) for one in waiting if one.owner == viewer)
    least: int = min(free, mine)
    return least


def is_over(world: World, answer: Fact) -> bool:
    """Whether somebody was offered a seat and did not take it in time."""
    until = answer.said["offered_until"]
    return answer.said["answer"] == "offered" and until is not None and until <= world.now


def _offered_until(world: World, evening: Fact) -> datetime | None:
    """Until when a seat that gets free now is kept for the next one; None where the first tap has it."""
    left = evening.said["starts_at"] - world.now
    if left < FIRST_TAP:
        return None
    today = evening.said["starts_at"].astimezone(HOME).date() == world.now.astimezone(HOME).date()
    return world.now + (IN_HASTE if today or left < AT_LEISURE + FIRST_TAP else AT_LEISURE)


def end_offers(world: World) -> None:
    """A seat that was offered and not taken in time goes on."""
    for evening in world.of("evening").values():
        if any(is_over(world, one) for one in answers_to(world, evening.key)):
            fill(world, evening)


def stand_back(world: World, evening: Fact, person: str) -> None:
    """Somebody does not come; a seat that gets free, or was kept while they waited, is offered to the next."""
    row = world.of("answer").get((evening.key, person))
    before = row.said["answer"] if row is not None else ""
    if row is not None:
        row.said.update(answer="not_going", offered_until=None, guests=0)
    if before in HOLDING or (before == "waiting" and _offered_until(world, evening)):
        fill(world, evening)


def refresh_bands(world: World) -> None:
    """Once a day, the band of those who come is counted again."""
    for evening in world.of("evening").values():
        said = evening.said
        if said["ends_at"] > world.now and not said["cancelled"] and said["band_on"] != world.today():
            going = sum(party(one) for one in answers_to(world, evening.key) if one.said["answer"] == "going")
            said["band"], said["band_on"] = going // BAND * BAND, world.today()


def on(evening: Fact) -> Any:
    """The day of an evening."""
    return local(evening.said["starts_at"])


def local(moment: datetime) -> date:
    """The day of a moment, at home."""
    return moment.astimezone(HOME).date()


def _check(said: Mapping[str, Any], taken: int) -> None:
    if not (said["title"] and said["place"]):
        raise Invalid
    if said["capacity"] is not None and said["capacity"] < max(taken, 1):
        raise Invalid
    if not 0 <= said["guests"] <= MOST_GUESTS or len(said["questions"]) > MOST_QUESTIONS:
        raise Invalid


def _check_window(said: Mapping[str, Any]) -> None:
    opens_at, closes_at, ends_at = said["opens_at"], said["closes_at"], said["ends_at"]
    if (opens_at and opens_at >= (closes_at or ends_at)) or (closes_at and closes_at > ends_at):
        raise Invalid


def _open(world: World, act: Act) -> Fact:
    evening = visible(world, act.who, act.said["evening"])
    _unless_done(world, evening)
    return evening


def _unless_done(world: World, evening: Fact) -> None:
    if evening.said["cancelled"] or evening.said["ends_at"] <= world.now:
        raise Refused


def window(world: World, evening: Fact) -> str:
    """Whether one may newly answer: open, early (not yet) or closed (no longer)."""
    opens_at, closes_at = evening.said["opens_at"], evening.said["closes_at"]
    if opens_at and world.now < opens_at:
        return "early"
    return "closed" if closes_at and closes_at <= world.now else "open"


def _in_time(world: World, act: Act, evening: Fact) -> None:
    row = world.of("answer").get((evening.key, act.who))
    hopes = row is not None and row.said["answer"] in HOPEFUL and not is_over(world, row)
    if window(world, evening) != "open" and not hopes:
        raise Refused


def _going_on(world: World, act: Act) -> Fact:
    evening = visible(world, act.who, act.said["evening"])
    said = evening.said
    if said["cancelled"] or not said["starts_at"] - DOORS_OPEN <= world.now <= said["ends_at"] + DOORS_CLOSE:
        raise Refused
    return evening


def _welcome(world: World, act: Act) -> None:
    world.people.setdefault(act.who, Person(act.who))
    world.made.setdefault(act.key, act.key)


def _hope(world: World, evening: Fact, person: str) -> Fact | None:
    """The answer of somebody who comes, is offered a seat in time, or waits."""
    row = world.of("answer").get((evening.key, person))
    return row if row is not None and row.said["answer"] in HOPEFUL and not is_over(world, row) else None


def _held(row: Fact | None) -> int:
    """How many seats are somebody's to keep or to take."""
    return party(row) if row is not None and row.said["answer"] in HOLDING else 0


def _wanted(act: Act, row: Fact | None) -> int:
    """How many somebody comes with, themselves included."""
    said = act.said.get("guests")
    return 1 + said if said is not None else party(row) if row is not None else 1


def _fits(world: World, evening: Fact, seats: int) -> bool:
    capacity = evening.said["capacity"]
    if seats <= 0 or capacity is None:
        return True
    return seats <= capacity - taken(world, evening.key) and room(world, evening) != 0


def _check_picks(act: Act, evening: Fact) -> None:
    asked = evening.said["questions"]
    for place, choice in enumerate(act.said.get("picks", ())):
        if choice is not None and not (place < len(asked) and 0 <= choice < len(asked[place][1])):
            raise Invalid


def _pick(world: World, act: Act, evening: Fact) -> None:
    """What somebody chose, which nobody else sees; what was asked in other words is kept as it was."""
    chosen = {evening.said["questions"][at]: one for at, one in enumerate(act.said.get("picks", ())) if one is not None}
    at = (evening.key, act.who)
    if chosen:
        before = world.of("pick").get(at)
        picks = frozenset({**dict(before.said["picks"] if before else ()), **chosen}.items())
        key = before.key if before else f"{act.key}/pick"
        world.of("pick")[at] = Fact("pick", key, act.who, None, said={"evening": evening.key, "picks": picks})


def shares(world: World, evening: Fact) -> list[tuple[int, ...] | None]:
    """Of each question, how many in ten of those who come and answered chose what; None where too few did."""
    going = {one.owner for one in answers_to(world, evening.key) if one.said["answer"] == "going"}
    there = [one for one in world.of("pick").values() if one.said["evening"] == evening.key and one.owner in going]
    asked = evening.said["questions"]
    return [_tenths([one for one in there if text in dict(one.said["picks"])], text, world, evening) for text in asked]


def _tenths(there: list[Fact], asked: Any, world: World, evening: Fact) -> tuple[int, ...] | None:
    """Members who do not organise it have to be enough: guests can be invented, and organisers know what they said."""
    people = [one.owner for one in there if world.people[one.owner].account]
    others = sum(not organises(world, evening, who) for who in people)
    if others < ENOUGH:
        return None
    chosen = [dict(one.said["picks"])[asked] for one in there]
    whole = [int(10 * chosen.count(choice) / len(chosen) + 0.5) for choice in range(len(asked[1]))]
    return tuple(whole if others >= MANY else (min(max(one, 1), 9) for one in whole))


def _check_party(world: World, act: Act, evening: Fact) -> None:
    """No more than one may bring, than the room holds, or than are free for whoever has a seat."""
    row = _hope(world, evening, act.who)
    before, wanted, said = party(row) if row else 1, _wanted(act, row), evening.said
    if not 1 <= wanted <= max(1 + said["guests"], before):
        raise Invalid
    if said["capacity"] is not None and before < wanted > said["capacity"]:
        raise Invalid
    held = _held(row)
    if held and not _fits(world, evening, wanted - held):
        raise Refused


def _take(world: World, act: Act, evening: Fact, terms: tuple[Circle | None, bool], name: str) -> None:
    """Whoever was offered a seat takes it; whoever waits takes one that is kept for nobody. A party comes whole."""
    at = (evening.key, act.who)
    row = _hope(world, evening, act.who)
    wanted = _wanted(act, row)
    known = world.of("answer").get(at)
    lapses = known is not None and is_over(world, known)
    if lapses or not _fits(world, evening, max(wanted - _held(row), 1)):
        fill(world, evening)
        row = _hope(world, evening, act.who)
    gets = "going" if _fits(world, evening, wanted - _held(row)) else "waiting"
    said: dict[str, Any] = {"evening": evening.key, "answer": gets, "answered_at": act.at, "name": name}
    said |= {"offered_until": None, "guests": wanted - 1}
    before = party(row) if row is not None else 0
    if row is not None and row.said["answer"] == "offered" and gets == "waiting":
        said |= {one: row.said[one] for one in ("answer", "offered_until", "guests")}
    if row is not None:
        said["answered_at"] = row.said["answered_at"]
    if known is not None and not name:
        said["name"] = known.said["name"]
    said["pictured"] = known.said.get("pictured") if known is not None else None
    put(world, act, Fact("answer", act.key, act.who, *terms, said=said), at)
    if before > party(world.of("answer")[at]):
        fill(world, evening)


def _decline(world: World, act: Act, evening: Fact) -> None:
    stand_back(world, evening, act.who)
    world.of("pick").pop((evening.key, act.who), None)
    at = (evening.key, act.who)
    if at not in world.of("answer"):
        said = {"evening": evening.key, "answer": "not_going", "answered_at": act.at, "name": "", "offered_until": None}
        said["guests"] = 0
        put(world, act, Fact("answer", act.key, act.who, None, said=said), at)
    world.made[act.key] = at


def _terms(world: World, act: Act, evening: str) -> tuple[Circle | None, bool]:
    row = world.of("answer").get((evening, act.who))
    if row is not None and row.said["name"]:
        return ("organisers", evening), False
    said, told = act.said.get("audience"), act.said.get("discreet")
    if row is not None and row.said["answer"] != "not_going" and said is None and told is None:
        return row.audience, row.discreet
    audience, discreet = _known_terms(world, act.who, evening)
    audience = said or audience
    discreet = discreet if told is None else told
    if audience != "me" and discreet is None:
        raise Invalid
    terms: tuple[Circle | None, bool] = (None, False)
    if audience != "me":
        circle = _of_community(world, act.who, evening) if audience == "community" else (audience, evening)
        terms = stated(world, act.who, circle, bool(discreet))
    _remember(world, act.who, audience, told)
    return terms


def _of_community(world: World, who: str, key: str) -> Circle:
    """The one in which one is, of those in which it stands; all one's own, where one is in several of them."""
    evening, sight = world.of("evening")[key], Sight(world, who)
    further = [one.said["community"] for one in joints(world, evening) if sight.sees(one)]
    mine = [place for place in (evening.said["community"], *further) if who in world.communities[place].members]
    if len(mine) > 1:
        return "around", who
    return "members", mine[0] if mine else evening.said["community"]


def _known_terms(world: World, person: str, evening: str) -> tuple[str, bool | None]:
    """Who sees an answer, as last chosen. Whoever has no employer is not asked whether colleagues may."""
    audience, discreet = world.habits.get(person, ("going", None))
    row = world.of("answer").get((evening, person))
    if row is not None and row.said["answer"] != "not_going":
        kind = row.audience[0] if row.audience else "me"
        audience = "community" if kind in {"members", "around"} else kind
        discreet = row.discreet if row.audience else discreet
    if discreet is None and not _employed(world, person):
        discreet = False
    return audience, discreet


def _remember(world: World, person: str, audience: str, discreet: bool | None) -> None:
    before = world.habits.get(person, ("", None))[1]
    world.habits[person] = (audience, before if discreet is None else discreet)


def _employed(world: World, person: str) -> bool:
    today = world.today()
    return any(
        held.owner == person
        and not held.said["client"]
        and (held.said["starts_on"] is None or held.said["starts_on"] <= today)
        and (held.said["ends_on"] is None or held.said["ends_on"] > today)
        for held in world.of("position").values()
    )


def _seen_terms(world: World, act: Act, evening: str) -> tuple[Circle | None, bool]:
    row = world.of("presence").get((evening, act.who))
    before, told = row is not None and row.discreet, act.said.get("discreet")
    if not act.said.get("seen"):
        return None, before if told is None else told
    if row is not None and row.said["name"]:
        return ("attended", evening), False
    audience, known = _known_terms(world, act.who, evening)
    decided = (before or known) if told is None else told
    if decided is None:
        raise Invalid
    terms = stated(world, act.who, ("attended", evening), decided)
    if told is not None:
        _remember(world, act.who, audience, told)
    return terms


def _be_there(world: World, act: Act, evening: str, terms: tuple[Circle | None, bool], name: str | None = None) -> None:
    at = (evening, act.who)
    row = world.of("presence").get(at)
    said = {"evening": evening, "arrived_at": row.said["arrived_at"] if row and not _shows_more(row, terms) else act.at}
    said["name"] = name if name is not None else row.said["name"] if row else ""
    put(world, act, Fact("presence", act.key, act.who, *terms, said=said), at)


def _shows_more(row: Fact, terms: tuple[Circle | None, bool]) -> bool:
    """Whether some may see a presence now from whom it was kept: it is of this moment then."""
    audience, discreet = terms
    return audience is not None and (row.audience is None or (row.discreet and not discreet))


def open_feed(world: World, act: Act) -> None:
    """A new address; the earlier one ends."""
    said = {"busy": act.said["busy"], "promises": act.said.get("promises", False), "made_at": act.at}
    put(world, act, Fact("feed", act.key, act.who, None, said=said), act.who)


def close_feed(world: World, act: Act) -> None:
    """No calendar reads them any more."""
    world.of("feed").pop(act.who, None)


WORDS: Mapping[str, Any] = {
    word.__name__: word
    for word in (
        open_feed,
        close_feed,
        announce,
        edit,
        cancel,
        ask_for_help,
        ask_no_help,
        co_organise,
        stand_down,
        thank,
        organise_alone,
        export,
        list_attendee,
        drop_list,
        answer,
        say_pictured,
        release,
        answer_as_guest,
        arrive,
        arrive_as_guest,
        show_presence,
        ask_who_was_there,
        ask_no_more,
        confirm,
    )
}
