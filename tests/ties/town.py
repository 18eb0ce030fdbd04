"""A small town where things happen at random, through actions, and what somebody there may see, read by the policy."""

import contextlib
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from random import Random  # noqa: TID251 the type of what `chance.seeded` gives
from typing import Any

from django.db.models import Q

from entregent.circles.fixed import EVERYONE
from entregent.common import clock, errors
from entregent.communities import actions as communities
from entregent.communities import queries as community_of
from entregent.discretion import actions as discretion
from entregent.discretion import queries as standing
from entregent.discretion.viewer import Viewer
from entregent.encounters import actions as encounters
from entregent.encounters.models import Contact, Encounter
from entregent.exchange import erasing
from entregent.market import actions as market
from entregent.market.models import Position
from entregent.meetups import actions as meetups
from entregent.meetups import due as bands
from entregent.meetups import presences
from entregent.meetups.models import Meetup, Presence, Rsvp
from entregent.needs import actions as needs
from entregent.needs.models import Need
from entregent.people import actions as people
from entregent.people import queries as people_known
from entregent.people.models import Person
from entregent.profiles import actions as profiles
from entregent.profiles.models import Headline, Name
from entregent.ties import actions, queries
from entregent.ties.models import Willing
from tests.cast import member

MEMBERS, IMPORTED = ("ana", "ben", "chloe", "dan", "eva"), ("fay", "guy")
WORDS = ("graphiste", "développeuse", "un local à Saint-Pierre")


class Town:
    """Seven people in two communities, two of them imported; `now` is when the next thing happens."""

    def __init__(self, draw: Random, now: datetime) -> None:
        self.draw, self.now = draw, now
        with clock.at(now):
            self.people = [member(name) for name in MEMBERS] + [Viewer(person=people.welcome()[0]) for _ in IMPORTED]
            ana, ben = self.people[:2]
            self.slugs = [
                communities.found(ana, name="Web", entry="open"),
                communities.found(ben, name="Image", entry="open"),
            ]
            self.circles = [
                community_of.community(founder, slug).members_circle
                for founder, slug in zip((ana, ben), self.slugs, strict=True)
            ]
            for place, viewer in enumerate(self.people):
                self._settle(viewer, place)

    def _settle(self, viewer: Viewer, place: int) -> None:
        for slug in self.slugs if place < 5 else self.slugs[:1]:
            communities.join(viewer, slug=slug)
        profiles.call_me(viewer, text=(*MEMBERS, *IMPORTED)[place], audience=self.circles[0])
        if place < len(MEMBERS):
            actions.let_ask(viewer, yes=True, audience=self.circles[0])
            market.say_situation(viewer, answer="own")

    def live(self, times: int) -> None:
        """Let so many things happen, some hours after each other. What cannot be done is not done."""
        for _ in range(times):
            self.now += timedelta(hours=self.draw.uniform(0, 8))
            self.happen(self.draw.choice(ACTS))

    def happen(self, act: "Act") -> None:
        """Let one thing happen now."""
        with clock.at(self.now), contextlib.suppress(errors.DomainError):
            bands.refresh_bands(self.now)
            act(self, self.draw.choice(self.people))

    def gather(self) -> None:
        """Whoever is here shows their name, lets others ask, and comes to an evening of the first community."""
        with clock.at(self.now):
            for viewer in self.people:
                with contextlib.suppress(errors.DomainError):
                    communities.join(viewer, slug=self.slugs[0])
                called = Name.ledger.values_list("text", flat=True).get(owner=viewer.me)
                profiles.call_me(viewer, text=called, audience=self.circles[0])
                actions.let_ask(viewer, yes=True, audience=self.circles[0])
            starts = self.now + timedelta(hours=1)
            code = meetups.announce(
                self.people[0],
                community=self.slugs[0],
                title="Apéro",
                place="Ici",
                starts_at=starts,
                ends_at=starts + timedelta(hours=3),
                audience="community",
            )
            for viewer in self.people:
                with contextlib.suppress(errors.DomainError):
                    meetups.answer(viewer, code=code, audience="community", discreet=False)
        self.now += timedelta(hours=5)

    @property
    def evening(self) -> str:
        """The code of any evening."""
        codes: list[str] = list(Meetup.ledger.order_by("starts_at", "uid").values_list("code", flat=True))
        return self.draw.choice(codes or [""])

    @property
    def audience(self) -> int | None:
        """Anybody who may be shown something; mostly a community."""
        return self.draw.choice([*self.circles, self.circles[0], EVERYONE, None])

    def other(self, viewer: Viewer) -> Viewer:
        """Somebody else."""
        return self.draw.choice([one for one in self.people if one != viewer])


Act = Callable[[Town, Viewer], object]


def announce(town: Town, who: Viewer) -> None:
    """An evening in the next days, which many answer at once."""
    starts = town.now + timedelta(hours=town.draw.uniform(1, 30))
    code = meetups.announce(
        who,
        community=town.draw.choice(town.slugs),
        title="Apéro",
        starts_at=starts,
        ends_at=starts + timedelta(hours=3),
        place="Ici",
        audience=town.draw.choice(["everyone", "community"]),
        shows_band=town.draw.random() < 0.8,
    )
    for viewer in town.people:
        if town.draw.random() < 0.6:
            with contextlib.suppress(errors.DomainError):
                meetups.answer(viewer, code=code, audience=town.draw.choice(SHOWN), discreet=town.draw.random() < 0.1)


SHOWN = ("community", "community", "going", "organisers", "me")


def answer(town: Town, who: Viewer) -> None:
    """An answer, given or changed while the evening is not over."""
    said = town.draw.choice(["going", "going", "not_going"])
    meetups.answer(who, code=town.evening, answer=said, audience=town.draw.choice(SHOWN), discreet=False)


def arrive(town: Town, who: Viewer) -> None:
    """Somebody is there, seen or not."""
    here = Meetup.ledger.filter(code=town.evening).values_list("here", flat=True).first()
    presences.arrive(who, here=here or "", seen=town.draw.random() < 0.7, discreet=False)


def show(town: Town, who: Viewer) -> None:
    """A presence is shown, or no longer."""
    presences.show_presence(who, code=town.evening, seen=town.draw.random() < 0.5, discreet=False)


def change(town: Town, who: Viewer) -> None:
    """An evening is for others, is called off, or shows no band."""
    match town.draw.randrange(3):
        case 0:
            meetups.edit(who, code=town.evening, audience=town.draw.choice(["everyone", "community"]))
        case 1:
            meetups.edit(who, code=town.evening, shows_band=town.draw.random() < 0.5)
        case _:
            meetups.cancel(who, code=town.evening)


def name(town: Town, who: Viewer) -> None:
    """A name is shown to others."""
    called = Name.ledger.values_list("text", flat=True).get(owner=who.me)
    profiles.call_me(who, text=called, audience=town.audience, discreet=False)


def word(town: Town, who: Viewer) -> None:
    """Somebody lets others ask, or no longer."""
    actions.let_ask(who, yes=town.draw.random() < 0.7, audience=town.audience)


def work(town: Town, who: Viewer) -> None:
    """A position begins, is shown to others, or is taken back."""
    held = list(Position.ledger.filter(owner=who.me).order_by("uid").values_list("uid", flat=True))
    if not held or town.draw.random() < 0.6:
        begins = (town.now + timedelta(days=town.draw.randint(-900, 2))).date()
        ends = town.draw.choice([None, begins + timedelta(days=town.draw.randint(1, 900))])
        firm = town.draw.choice(["Filao", "Lagon"])
        market.state_position(who, organisation=firm, starts_on=begins, ends_on=ends, audience=town.audience)
    elif town.draw.random() < 0.5:
        market.show_position(who, position=town.draw.choice(held), audience=town.audience)
    else:
        market.withdraw_position(who, position=town.draw.choice(held))


def hide(_town: Town, who: Viewer) -> None:
    """A name is shown to nobody any more."""
    profiles.call_me(who, text="Nobody", audience=None)


def block(town: Town, who: Viewer) -> None:
    """Somebody keeps everything from somebody else, or no longer."""
    done: Callable[..., None] = town.draw.choice([discretion.block, discretion.block, discretion.unblock])
    done(who, person=town.other(who).me)


def move(town: Town, who: Viewer) -> None:
    """Somebody leaves a community, or comes back."""
    if town.draw.random() < 0.5:
        communities.leave(who, slug=town.draw.choice(town.slugs))
    else:
        communities.join(who, slug=town.draw.choice(town.slugs))


def note(town: Town, who: Viewer) -> None:
    """Somebody enters a book, or leaves it."""
    held = list(Contact.ledger.filter(owner=who.me).order_by("uid").values_list("uid", flat=True))
    if held and town.draw.random() < 0.3:
        encounters.forget_contact(who, contact=held[0])
    else:
        met = people_known.uid_of(person=town.other(who).me)
        encounters.note_somebody(who, person=met, on=town.draw.choice([None, town.now.date()]))


def say(town: Town, who: Viewer) -> None:
    """Somebody looks for something, or says what they do."""
    text = town.draw.choice(WORDS)
    if town.draw.random() < 0.5:
        needs.state(who, text=text, audience=town.audience)
    else:
        profiles.say_headline(who, text=text, audience=town.audience)


def claim(town: Town, who: Viewer) -> None:
    """Somebody without account gets one, once in a while."""
    if town.draw.random() < 0.3:
        people.attach(person=who.me, account=people.open_account(email=f"person{who.me}@example.org"))


def leave(town: Town, who: Viewer) -> None:
    """Somebody is erased, once in a while."""
    if town.draw.random() < 0.2 and len(town.people) > 4:
        town.people.remove(who)
        erasing.erase(who.me)


ACTS: tuple[Act, ...] = (
    *(announce, announce, announce, answer, answer, arrive, arrive, show, change, name, name, word, word),
    *(work, work, work, block, move, note, note, say, claim, leave),
)


def answers(viewer: Viewer, others: Iterable[Viewer]) -> list[object]:
    """Everything that ties say to somebody."""
    people = [one.me for one in others]
    found = queries.ways_to(viewer, people, limit=5)
    return [*found.items(), *queries.suggest(viewer, limit=9), *queries.strengths(viewer, people).items()]


#: What is read of each kind of fact: not for whom it is, nor when it was written.
COLUMNS: dict[Any, tuple[str, ...]] = {
    Name: ("owner", "text"),
    Headline: ("owner", "text"),
    Need: ("owner", "text"),
    Willing: ("owner", "yes"),
    Position: ("owner", "organisation", "starts_on", "ends_on"),
    Contact: ("owner", "person", "forgotten_at"),
    Encounter: ("owner", "contact", "on"),
    Meetup: ("owner", "starts_at", "ends_at", "cancelled_at", "band", "shows_band"),
    Rsvp: ("owner", "meetup", "answer", "name"),
    Presence: ("owner", "meetup", "name"),
}


def record(viewer: Viewer) -> frozenset[tuple[Any, ...]]:
    """What somebody may know: the facts that they see, whether each is a base fact, and who was imported and is silent.

    Whom they block themselves they know too, and get as no answer. Whoever was imported may be asked until they claim
    who they are or say anything of it, for whomever.
    """
    blocked = frozenset(("blocked", key) for key in standing.blocked(viewer))
    return frozenset(_facts(viewer)) | frozenset(("silent", key) for key in _silent(viewer)) | blocked


def _facts(viewer: Viewer) -> Iterator[tuple[Any, ...]]:
    for kind, columns in COLUMNS.items():
        through = ("meetup",) if kind in {Rsvp, Presence} else ()
        rows = kind.objects.visible_to(viewer, *through)
        base = Q(discreet=False, until=None, audience__isnull=False)
        keys = set(rows.filter(base).values_list("pk", flat=True))
        yield from ((kind.__name__, key in keys, *rest) for key, *rest in rows.values_list("pk", "uid", *columns))


def _silent(viewer: Viewer) -> list[int]:
    named, said = Name.objects.visible_to(viewer).values("owner"), Willing.ledger.values("owner")
    silent = Person.objects.filter(account=None, claimed_at=None, pk__in=named).exclude(pk__in=said)
    return list(silent.values_list("pk", flat=True))
