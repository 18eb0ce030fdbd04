"""What is declassified is this function of what people did, on random histories: D1, D2 and D5."""

from datetime import timedelta

import pytest

from entregent.common import chance, clock, errors
from entregent.discretion.viewer import Viewer
from entregent.meetups import actions, declassified, due, presences, queries
from entregent.people import actions as people
from entregent.profiles import actions as profiles
from tests.meetups.conftest import ENDS, STARTS, SUNDAY
from tests.meetups.told import Did, Told

#: How many histories, and how much happens in each.
SEEDS, LONG = range(8), 60
#: More than one band of people.
CROWD = [f"guest-{number}" for number in range(24)]
OFTEN = {"come": 36, "stay_home": 10, "arrive": 5, "count": 6, "pass_on": 4, "seats": 2, "band": 2, "cancel": 0.2}


@pytest.fixture
def crowd(db):
    """Everybody in it by name."""
    return {name: Viewer(person=people.welcome()[0]) for name in CROWD}


def history(draw) -> list[Did]:
    """What happens from the Sunday before the evening until after it."""
    over = (ENDS + timedelta(hours=8) - SUNDAY).total_seconds()
    instants = sorted(SUNDAY + timedelta(seconds=draw.random() ** draw.choice([1, 0.1]) * over) for _ in range(LONG))
    kinds = draw.choices([*OFTEN], [*OFTEN.values()], k=LONG)
    numbers = {"seats": [0, 4, 9, 12, 14], "band": [0, 1]}
    happening = zip(instants, kinds, strict=True)
    opened = Did(SUNDAY, "seats", CROWD[0], draw.choice([0, 4, 4, 9]))
    later = [Did(at, what, draw.choice(CROWD), draw.choice(numbers.get(what, [0]))) for at, what in happening]
    return [opened, *later]


def play(did: Did, alice: Viewer, code: str, who: Viewer) -> None:
    """The same, by the product's actions; whoever is refused changes nothing."""
    here = queries.evening(alice, code).here or ""
    deeds = {
        "come": lambda: actions.answer(who, code=code, audience="organisers", discreet=True),
        "stay_home": lambda: actions.answer(who, code=code, answer="not_going"),
        "arrive": lambda: presences.arrive(who, here=here, seen=False),
        "cancel": lambda: actions.cancel(alice, code=code),
        "seats": lambda: actions.edit(alice, code=code, capacity=did.number or None),
        "band": lambda: actions.edit(alice, code=code, shows_band=bool(did.number)),
        "count": lambda: due.refresh_bands(did.at),
        "pass_on": lambda: due.end_offers(did.at),
    }
    try:
        deeds[did.what]()
    except (errors.Refused, errors.Invalid):
        return


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_told_is_counted_from_what_people_did(seed, alice, dana, anonymous, crowd, announce):
    code, told, kinds = announce(), Told(SUNDAY, STARTS, ENDS), set()
    with chance.seeded(("told", seed)) as draw:
        for did in history(draw):
            with clock.at(did.at):
                play(did, alice, code, crowd[did.who])
                told.take(did)
                kinds.add(told.state(did.at))
                for viewer in (dana, anonymous):
                    shown = queries.evening(viewer, code)
                    assert (shown.state, shown.capacity) == (told.state(did.at), told.seats or None)
                    assert (shown.band, shown.my_place_in_queue) == (told.band(), None)
                seats = declassified.seats(alice, code)
                assert (seats.coming, seats.waiting, seats.came, seats.stayed_away) == told.numbers(did.at)
                assert len(seats.lines) == len(told.coming)
        with clock.at(did.at):
            read = {name: queries.evening(viewer, code) for name, viewer in crowd.items()}
    assert {name: one.my_place_in_queue for name, one in read.items()} == {name: told.place(name) for name in crowd}
    standings = {name: one.my_answer.replace("not_going", "") for name, one in read.items()}
    assert standings == {name: told.standing(name, did.at) for name in crowd}
    assert kinds > {"open"}


def test_these_histories_reach_every_value(db):
    states, bands, places, away, standings = set(), set(), set(), set(), set()
    for seed in SEEDS:
        told = Told(SUNDAY, STARTS, ENDS)
        with chance.seeded(("told", seed)) as draw:
            for did in history(draw):
                told.take(did)
                states.add(told.state(did.at))
                bands.add(told.band())
                places |= {told.place(who) for who in told.queue}
                away.add(told.numbers(did.at)[3] > 0)
                standings |= {told.standing(who, did.at) for who in CROWD}
    assert standings == {"", "going", "waiting", "offered", "lapsed"}
    assert (states, away) == ({"open", "waiting", "past", "cancelled"}, {True, False})
    assert bands >= {None, (0, 9), (10, 19)}
    assert places >= {1, 2, 3}


def test_a_line_is_named_where_the_name_was_opened_to_who_organises(alice, crowd, code, members, declared):
    with chance.seeded("lines") as draw:
        shown = set()
        for name, viewer in crowd.items():
            audience, discreet = draw.choice(["organisers", "going", "me"]), draw.random() < 0.5
            profiles.call_me(viewer, text=name, audience=members)
            actions.answer(viewer, code=code, audience=audience, discreet=discreet)
            shown |= {viewer.me} if audience != "me" and not discreet else set()
        lines = declassified.seats(alice, code).lines
    assert {line.person for line in lines if line.person} == shown
    assert (len(lines), 0 < len(shown) < len(crowd)) == (len(crowd), True)
