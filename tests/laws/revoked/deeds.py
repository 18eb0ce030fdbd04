"""What people do, in the product by its actions and in the model by its words: the product first, it may refuse."""

from datetime import date, datetime, timedelta

from entregent.circles import actions as circles
from entregent.communities import actions as communities
from entregent.communities import queries as community_of
from entregent.discretion import actions as discretion
from entregent.encounters import actions as encounters
from entregent.exchange import actions as exchange
from entregent.market import actions as market
from entregent.meetups import actions as meetups
from entregent.meetups import departures, presences
from entregent.meetups import queries as evenings
from entregent.needs import actions as needs
from entregent.profiles import actions as profiles
from entregent.ties import actions as ties
from tests.laws.revoked import deeds_hosting, model
from tests.laws.revoked.model import EVERYONE, HOME, LONG, Audience, Fact
from tests.laws.revoked.scene import Scene

#: How long a seat is kept for who waits first: days before, and on the day itself; from when it is kept for nobody.
AT_LEISURE, IN_HASTE, FIRST_TAP = timedelta(hours=12), timedelta(minutes=30), timedelta(hours=2)
#: What an evening may ask, and the answers to choose from.
QUESTION = ("Végétarien ?", ("oui", "non"))
#: Answers that count as a seat.
HOLDING = ("going", "offered")


def ask_in(scene: Scene, who: str, place: str) -> None:
    name = scene.word(who)
    outcome = communities.join(scene.viewers[who], slug=place, name=name)
    if outcome == "in":
        _in(scene, who, place)
    else:
        asked = Fact("request", who, (name,), ("stewards", place), about=place)
        scene.world.facts["request", who, place] = asked


def let_in(scene: Scene, who: str, place: str) -> None:
    [asked] = community_of.requests(scene.viewers[who], place)
    steward = scene.one({one for slug, one in scene.world.stewards if slug == place})
    communities.approve(scene.viewers[steward], request=asked.uid)
    _in(scene, who, place)


def turn_down(scene: Scene, who: str, place: str) -> None:
    [asked] = community_of.requests(scene.viewers[who], place)
    steward = scene.one({one for slug, one in scene.world.stewards if slug == place})
    communities.decline(scene.viewers[steward], request=asked.uid)
    scene.world.facts.pop(("request", who, place))


def leave(scene: Scene, who: str, place: str) -> None:
    departures.leave(scene.viewers[who], slug=place)
    _out(scene, who, place)


def remove(scene: Scene, who: str, place: str) -> None:
    steward = scene.one({one for slug, one in scene.world.stewards if slug == place})
    departures.remove(scene.viewers[steward], slug=place, person=scene.uids[who])
    _out(scene, who, place)


def appoint(scene: Scene, who: str, place: str) -> None:
    steward = scene.one({one for slug, one in scene.world.stewards if slug == place})
    communities.appoint(scene.viewers[steward], slug=place, person=scene.uids[who])
    scene.world.stewards.add((place, who))


def _in(scene: Scene, who: str, place: str) -> None:
    scene.world.come(place, who)
    scene.world.facts.pop(("request", who, place), None)


def _out(scene: Scene, who: str, place: str) -> None:
    """Whoever is out organises none of its evenings that are not over: who helps longest does, else a steward."""
    world = scene.world
    world.belongs.discard((place, who))
    world.stewards.discard((place, who))
    _leave_to_the_eldest(scene, place)
    stewards = sorted((one for slug, one in world.stewards if slug == place), key=world.came[place].index)
    coming = [one for one in world.of("evening") if one.said == place and not model.over(world, one.about)]
    for evening in coming:
        world.facts.pop(("organising", who, evening.about), None)
        if evening.owner == who:
            helping = [one.owner for one in world.of("organising", about=evening.about)]
            for heir in [*helping, *stewards][:1]:
                world.facts.pop(("organising", heir, evening.about), None)
                world.change(("evening", evening.about), owner=heir)


def _leave_to_the_eldest(scene: Scene, place: str) -> None:
    """Where nobody looks after a community any more, whoever is in it and has been here the longest does."""
    world = scene.world
    if not any(slug == place for slug, _steward in world.stewards):
        members = [one for one in scene.viewers if (place, one) in world.belongs]
        world.stewards |= {(place, one) for one in members[:1]}


def block(scene: Scene, who: str, other: str) -> None:
    discretion.block(scene.viewers[who], person=scene.viewers[other].me)
    scene.world.blocks.add((who, other))


def unblock(scene: Scene, who: str, other: str) -> None:
    discretion.unblock(scene.viewers[who], person=scene.viewers[other].me)
    scene.world.blocks.discard((who, other))


def shield(scene: Scene, who: str, other: str) -> None:
    discretion.shield(scene.viewers[who], person=scene.viewers[other].me)
    scene.world.shields.add((who, other))


def unshield(scene: Scene, who: str, other: str) -> None:
    discretion.unshield(scene.viewers[who], person=scene.viewers[other].me)
    scene.world.shields.discard((who, other))


def shield_firm(scene: Scene, who: str, firm: str) -> None:
    market.shield(scene.viewers[who], organisation=firm)
    scene.world.firms.add((who, firm))
    scene.world.typed.setdefault(who, set()).add(firm)


def unshield_firm(scene: Scene, who: str, firm: str) -> None:
    market.unshield(scene.viewers[who], organisation=scene.keys["firm", firm])
    scene.world.firms.discard((who, firm))


def name(scene: Scene, who: str, other: str) -> None:
    chosen = scene.circle(("chosen", who))
    assert chosen is not None
    circles.admit(circles=[chosen], person=scene.viewers[other].me, how="named")
    scene.world.named.add((who, other))


def unname(scene: Scene, who: str, other: str) -> None:
    circles.dismiss(circles=[scene.keys["chosen", who]], person=scene.viewers[other].me)
    scene.world.named.discard((who, other))


def call(scene: Scene, who: str, audience: Audience, *, discreet: bool) -> None:
    word = scene.word(who)
    profiles.call_me(scene.viewers[who], text=word, audience=scene.circle(audience), discreet=discreet)
    scene.world.facts["name", who] = Fact("name", who, (word,), audience, discreet)


def headline(scene: Scene, who: str, audience: Audience, *, discreet: bool) -> None:
    word = scene.word(who)
    profiles.say_headline(scene.viewers[who], text=word, audience=scene.circle(audience), discreet=discreet)
    scene.world.facts["headline", who] = Fact("headline", who, (word,), audience, discreet)


def unsay_headline(scene: Scene, who: str) -> None:
    profiles.say_headline(scene.viewers[who], text="", audience=None)
    scene.world.facts.pop(("headline", who), None)


def state(scene: Scene, who: str, audience: Audience, *, kind: str, discreet: bool, until: datetime | None) -> None:
    word = scene.word(who)
    said = {"text": word, "kind": kind, "audience": scene.circle(audience), "discreet": discreet, "until": until}
    uid = needs.state(scene.viewers[who], **said)  # type: ignore[arg-type]
    scene.world.facts["need", uid] = Fact("need", who, (word,), audience, discreet or kind == "job", until)


def withdraw(scene: Scene, key: tuple[str, object]) -> None:
    fact = scene.world.facts[key]
    needs.withdraw(scene.viewers[fact.owner], need=key[1])  # type: ignore[arg-type]
    scene.world.facts.pop(key)


def work(
    scene: Scene, who: str, firm: str, audience: Audience, *, discreet: bool, ends_on: date | None, client: bool
) -> None:
    """A place of work: a present one answers where one works; the first there sets up the shield."""
    title, actor = scene.word(who), scene.viewers[who]
    said = {"title": title, "audience": scene.circle(audience), "discreet": discreet, "client": client}
    starts_on = date(2019, 3, 4)
    uid = market.state_position(actor, organisation=firm, starts_on=starts_on, ends_on=ends_on, **said)  # type: ignore[arg-type]
    world, said_as = scene.world, "client" if client else ""
    world.typed[who].add(firm)
    fact = Fact("position", who, (title, firm), audience, discreet, about=firm, said=said_as, ends_on=ends_on)
    world.facts["position", uid] = fact
    if ends_on is not None and ends_on <= world.now.astimezone(HOME).date():
        return
    if client:
        world.works.setdefault(who, "own")
        return
    world.works[who] = "employed"
    if (who, firm) not in world.shielded_once:
        world.shielded_once.add((who, firm))
        world.firms.add((who, firm))


def end_work(scene: Scene, key: tuple[str, object], ends_on: date) -> None:
    market.end_position(scene.viewers[scene.world.facts[key].owner], position=key[1], ends_on=ends_on)  # type: ignore[arg-type]
    scene.world.change(key, ends_on=ends_on)


def show_work(scene: Scene, key: tuple[str, object], audience: Audience, *, discreet: bool) -> None:
    who, circle = scene.world.facts[key].owner, scene.circle(audience)
    market.show_position(scene.viewers[who], position=key[1], audience=circle, discreet=discreet)  # type: ignore[arg-type]
    scene.world.change(key, audience=audience, discreet=discreet)


def unsay_work(scene: Scene, key: tuple[str, object]) -> None:
    who = scene.world.facts[key].owner
    market.withdraw_position(scene.viewers[who], position=key[1])  # type: ignore[arg-type]
    scene.world.facts.pop(key)
    if not _employed(scene, who) and scene.world.works.get(who) == "employed":
        del scene.world.works[who]


def answer_where(scene: Scene, who: str, answer: str) -> None:
    market.say_situation(scene.viewers[who], answer=answer)
    scene.world.works[who] = answer


def _employed(scene: Scene, who: str) -> bool:
    return any(held.said != "client" for held in scene.world.of("position", who))


def tie(scene: Scene, who: str, one: str, other: str) -> None:
    """Until it is confirmed it counts for whoever says so, and shields from one shield from both."""
    market.tie(scene.viewers[who], one=one, other=other)
    world = scene.world
    world.typed.setdefault(who, set()).update({one, other})
    world.ties.setdefault(frozenset({one, other}), False)
    if {(who, one), (who, other)} & world.firms:
        world.firms |= {(who, one), (who, other)}


def confirm(scene: Scene, one: str, other: str) -> None:
    steward = scene.one({who for _, who in scene.world.stewards})
    market.confirm_tie(scene.viewers[steward], one=one, other=other)
    scene.world.ties[frozenset({one, other})] = True


def lift(scene: Scene, one: str, other: str) -> None:
    steward = scene.one({who for _, who in scene.world.stewards})
    market.lift_tie(scene.viewers[steward], one=one, other=other)
    del scene.world.ties[frozenset({one, other})]


def know_domain(scene: Scene, firm: str, domain: str) -> None:
    market.know_domain(organisation=firm, domain=domain)
    scene.world.domains[firm] = domain


def announce(
    scene: Scene, who: str, place: str, starts_at: datetime, *, capacity: int | None = None, asks: bool = False
) -> str:
    title, actor = scene.word(who), scene.viewers[who]
    said = {"title": title, "place": "Chez nous", "capacity": capacity, "questions": [QUESTION] if asks else []}
    code = meetups.announce(actor, community=place, starts_at=starts_at, ends_at=starts_at + LONG, **said)  # type: ignore[arg-type]
    evening = evenings.evening(actor, code)
    scene.keys["here", code] = evening.here
    scene.keys["question", code] = next((asked.key for asked in evening.questions), None)
    for kind in ("going", "attended", "organisers"):
        scene.keys[kind, code] = circles.circle(kind=kind, about=evening.uid)
    scene.world.facts["evening", code] = Fact(
        "evening", who, (title,), EVERYONE, about=code, said=place, starts_at=starts_at
    )
    if capacity is not None:
        scene.world.seats[code] = capacity
    scene.world.queue[code] = []
    return code


def open_to(scene: Scene, code: str, audience: str) -> None:
    evening = scene.world.facts["evening", code]
    meetups.edit(scene.viewers[evening.owner], code=code, audience=audience)
    shown = EVERYONE if audience == "everyone" else ("members", evening.said)
    scene.world.change(("evening", code), audience=shown)
    for helping in list(scene.world.of("organising", about=code)):
        scene.world.change(("organising", helping.owner, code), audience=shown)


def answer(scene: Scene, who: str, code: str, audience: str, *, discreet: bool, pick: int | None = None) -> None:
    """`pick` is the place of an answer to what the evening asks, None for none."""
    picks = {} if pick is None else {scene.keys["question", code]: pick}
    meetups.answer(scene.viewers[who], code=code, audience=audience, discreet=discreet, picks=picks)
    world, place = scene.world, scene.world.facts["evening", code].said
    circles: dict[str, Audience] = {"community": ("members", place), "me": None}
    shown = circles.get(audience, (audience, code))
    if not _free(scene, code):
        _pass_on(scene, code)
    held = world.facts.get(("answer", who, code))
    before = held.said if held is not None else ""
    said = "going" if before in HOLDING or _free(scene, code) else "waiting"
    if said == "going":
        _drop(scene, who, code)
    elif who not in world.queue[code]:
        world.queue[code].append(who)
    discreet = discreet and audience != "me"
    world.facts["answer", who, code] = Fact("answer", who, (), shown, discreet, about=code, said=said)
    if pick is not None:
        world.facts["pick", who, code] = Fact("pick", who, (), None, about=code, said=str(pick))


def decline(scene: Scene, who: str, code: str) -> None:
    meetups.answer(scene.viewers[who], code=code, answer="not_going")
    scene.world.facts.pop(("pick", who, code), None)
    held = scene.world.facts.get(("answer", who, code)) or Fact("answer", who, (), None, about=code)
    scene.world.facts["answer", who, code] = held
    before = held.said
    scene.world.change(("answer", who, code), said="not_going")
    _drop(scene, who, code)
    if before in HOLDING:
        _pass_on(scene, code)


def _free(scene: Scene, code: str) -> bool:
    held = [fact for fact in scene.world.of("answer", about=code) if fact.said in HOLDING]
    return len(held) < scene.world.seats.get(code, 1000)


def _drop(scene: Scene, who: str, code: str) -> None:
    """Somebody is neither in the queue nor offered a seat."""
    scene.world.offers.pop((who, code), None)
    scene.world.queue[code] = [one for one in scene.world.queue[code] if one != who]


def _pass_on(scene: Scene, code: str) -> None:
    """Offers that are over end; a free seat is offered to who waits first, until two hours before the start."""
    world, starts_at = scene.world, scene.world.facts["evening", code].starts_at
    assert starts_at is not None
    if world.now >= starts_at + LONG:
        return
    for who, where in [key for key, until in world.offers.items() if key[1] == code and until <= world.now]:
        world.change(("answer", who, where), said="lapsed")
        _drop(scene, who, where)
    while world.queue[code] and _free(scene, code) and world.now <= starts_at - FIRST_TAP:
        first = world.queue[code].pop(0)
        world.change(("answer", first, code), said="offered")
        world.offers[first, code] = world.now + _kept(world.now, starts_at)


def _kept(now: datetime, starts_at: datetime) -> timedelta:
    """How long a seat is kept for somebody."""
    today = now.astimezone(HOME).date() == starts_at.astimezone(HOME).date()
    return IN_HASTE if today or now + AT_LEISURE > starts_at - FIRST_TAP else AT_LEISURE


def arrive(scene: Scene, who: str, code: str, *, seen: bool, discreet: bool) -> None:
    presences.arrive(scene.viewers[who], here=scene.keys["here", code], seen=seen, discreet=discreet)
    _be_there(scene, who, code, seen=seen, discreet=discreet)


def was_there(scene: Scene, who: str, code: str, *, seen: bool, discreet: bool) -> None:
    """Say afterwards, by the link, that one was there."""
    link = scene.world.recalled[code]
    presences.confirm(scene.viewers[who], code=code, recalled=link, seen=seen, discreet=discreet)
    _be_there(scene, who, code, seen=seen, discreet=discreet)


def show_presence(scene: Scene, who: str, code: str, *, seen: bool, discreet: bool) -> None:
    presences.show_presence(scene.viewers[who], code=code, seen=seen, discreet=discreet)
    _be_there(scene, who, code, seen=seen, discreet=discreet)


def _be_there(scene: Scene, who: str, code: str, *, seen: bool, discreet: bool) -> None:
    shown = ("attended", code) if seen else None
    scene.world.facts["presence", who, code] = Fact("presence", who, (), shown, discreet, about=code)


def note(scene: Scene, who: str, other: str, code: str | None) -> None:
    words, world = scene.word(who), scene.world
    uid = encounters.note_somebody(scene.viewers[who], person=scene.uids[other], text=words, meetup=code)
    scene.keys["contact", who, other] = uid
    # An entry keeps the name under which it was begun.
    world.notes.setdefault((who, other), {*world.facts["name", other].words}).add(words)
    world.typed[who] |= {*world.facts["name", other].words, *(world.facts["evening", code].words if code else ())}


def let_ask(scene: Scene, who: str, audience: Audience, *, yes: bool) -> None:
    ties.let_ask(scene.viewers[who], yes=yes, audience=scene.circle(audience))
    scene.world.facts["willing", who] = Fact("willing", who, (), audience, said="yes" if yes else "no")


def erase(scene: Scene, who: str) -> None:
    """Everything of theirs goes; who is told in somebody's book stays there, as a name that leads to nobody."""
    exchange.erase_me(scene.viewers[who])
    world, mine = scene.world, {code for _, owner, code in _answers(scene) if owner == who}
    seated = {fact.about for fact in world.of("answer") if fact.owner == who and fact.said in HOLDING}
    world.gone.add(who)
    deeds_hosting.forget(scene, who)
    world.letters = {uid: word for uid, word in world.letters.items() if word.gone or word.by != who}
    world.facts = {key: fact for key, fact in world.facts.items() if fact.owner != who}
    for pairs in (world.belongs, world.stewards):
        pairs -= {pair for pair in pairs if pair[1] == who}
    world.works.pop(who, None)
    for code in mine:
        _drop(scene, who, code)
        if code in seated:
            _pass_on(scene, code)


def _answers(scene: Scene) -> list[tuple[str, str, str]]:
    return [("answer", fact.owner, fact.about) for fact in scene.world.of("answer")]
