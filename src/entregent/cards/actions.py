"""Writes about cards: keeping one, changing it, taking it out; who stands in which circle by crossed cards."""

from datetime import datetime, timedelta
from functools import partial
from itertools import chain
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from entregent.cards import copying, queries, shapes
from entregent.cards.models import Card, Crossing, Handed, Showing
from entregent.cards.queries import Face
from entregent.circles import actions as circles
from entregent.circles.fixed import EVERYONE
from entregent.circles.models import How
from entregent.common import chance, clock, days, errors, ids
from entregent.discretion import queries as discretion
from entregent.discretion.viewer import Viewer
from entregent.encounters import actions as encounters
from entregent.encounters import queries as book
from entregent.meetups import queries as meetups
from entregent.meetups import times
from entregent.people import actions as who
from entregent.people import queries as people
from entregent.people.keys import digest
from entregent.profiles import queries as profiles

#: How many cards one keeps: as many occasions as one tells apart in a hurry.
MOST = 12
#: How long a card is shown, unless its page stays open.
LASTS = timedelta(minutes=10)


@transaction.atomic
def keep(actor: Viewer, *, title: str, once: UUID | None = None, **said: str) -> UUID:
    """Keep a card for an occasion, `title`; its public id.

    `said` are the fields of `queries.Face`, all but the name optional. `once` is the public id that a door gives it.
    Raises `Invalid`, and `Refused` where there are enough.
    """
    who.wait_turn(person=actor.me)
    if once is not None and Card.ledger.filter(owner=actor.me, uid=once).exists():
        return once
    _keep_few(actor)
    card = Card.ledger.create(
        uid=once or ids.new(), owner_id=actor.me, title=shapes.title(title), **shapes.printed(said)
    )
    return card.uid


@transaction.atomic
def edit(actor: Viewer, *, card: UUID, title: str, **said: str) -> None:
    """Write a card anew. What was handed over stays as it was. Raises `NotFound`, `Invalid`."""
    held = _own(actor, card)
    _change(held, title=shapes.title(title), **shapes.printed(said))


@transaction.atomic
def drop(actor: Viewer, *, card: UUID) -> None:
    """Keep a card no longer. `restore` takes that back until `due.forget` has passed."""
    _change(_own(actor, card), forgotten_at=clock.now())


@transaction.atomic
def restore(actor: Viewer, *, card: UUID) -> None:
    """Keep a card after all. Raises `NotFound` where it is gone, `Refused` where there are enough meanwhile."""
    who.wait_turn(person=actor.me)
    held: Card | None = Card.ledger.filter(owner=actor.me, uid=card).first()
    if held is None:
        raise errors.NotFound
    if held.forgotten_at is not None:
        _keep_few(actor)
    _change(held, forgotten_at=None)


@transaction.atomic
def show(actor: Viewer, *, card: UUID, meetup: str = "") -> str:
    """Show a card of the actor's to whoever opens a secret address within ten minutes; the secret, kept nowhere.

    `meetup` is the code of the evening at which they are, if at one: it is kept while that goes on. Raises `NotFound`.
    """
    held = _own(actor, card)
    code = _here(actor, meetup) if meetup else ""
    secret, now = chance.token(18), clock.now()
    face = dict(zip(queries.FACE, _face(held), strict=True))
    terms = {"audience_id": EVERYONE, "until": now + LASTS}
    Showing.ledger.create(owner_id=actor.me, digest=digest(secret), card=held.uid, meetup=code, **terms, **face)
    _change(held, used_at=now)
    return secret


@transaction.atomic
def show_on(actor: Viewer, *, secret: str) -> None:
    """Show it for ten minutes from now. Raises `NotFound` once it has ended: what ended stays so."""
    _show_until(actor, secret, clock.now() + LASTS)


@transaction.atomic
def hide(actor: Viewer, *, secret: str) -> None:
    """Show it no longer. Raises `NotFound` where it has ended."""
    _show_until(actor, secret, clock.now())


@transaction.atomic
def exchange(actor: Viewer, *, secret: str, card: UUID) -> UUID:
    """Give a card of the actor's for one that they are shown; the page of it in their book. Again changes nothing.

    Each has the card of the other, and stands in the circle of the other's crossed cards. What it leaves in the book of
    whoever showed theirs is written by `due.enter`, so that it costs the actor nothing which they are not to know.
    Raises `NotFound`, and `Refused` by the actor's own acts.
    """
    shown, held = _given(actor, secret), _own(actor, card)
    mine = _face(held)
    for to, by, face, code in (
        (actor.me, shown.owner, shown.face, shown.meetup),
        (shown.owner, actor.me, mine, _code(shown)),
    ):
        _hand(to=to, by=by, face=face, showing=shown.uid, code=code)
    cross_both((actor.me, shown.owner, shown.face.name), (shown.owner, actor.me, mine.name))
    _change(held, used_at=clock.now())
    return _noted(actor, shown)


@transaction.atomic
def take(actor: Viewer, *, secret: str) -> UUID:
    """Take a card that the actor is shown and give none: whoever shows it is not told. Otherwise as `exchange`."""
    shown = _given(actor, secret)
    _code(shown)
    _hand(to=actor.me, by=shown.owner, face=shown.face, showing=shown.uid, code=shown.meetup)
    return _noted(actor, shown)


@transaction.atomic
def leave(actor: Viewer, *, secret: str, name: str, once: UUID | None = None, **ways: str) -> None:
    """Leave a name and a way to be reached with whoever shows a card: theirs alone, and nothing else is kept.

    The actor may be anybody. `ways` are mail, telephone, link; one is needed. Where as many wait as there is room for,
    it is not kept, which whoever shows the card is told, and nobody else: it costs as much. Raises `NotFound`,
    `Invalid`.
    """
    shown = queries.shown(actor, secret)
    face = Face(**shapes.printed({"name": name, **ways}))
    if not face.channels:
        raise errors.Invalid("way", _("A number or an address: a first name alone leads nowhere."))
    code = _code(shown)
    _hand(to=shown.owner, by=None, face=face, showing=shown.uid, code=code, uid=_full(shown) or once)


@transaction.atomic
def note(actor: Viewer, *, handed: UUID) -> UUID:
    """Copy a card that the actor was handed into their book; the contact's public id. Again changes nothing.

    It goes onto the page of whoever handed it where they show their name now, or onto that of another card of theirs.
    """
    held = _own_gift(actor, handed)
    begin = partial(_enter, actor, held)
    contact = copying.copied(actor, page=held.contact, begin=begin, ways=_face(held).channels)
    Handed.ledger.filter(pk=held.pk).update(contact=contact, left_at=None)
    return contact


@transaction.atomic
def let_be(actor: Viewer, *, handed: UUID) -> None:
    """Lay a card aside that the actor was handed. Nobody is told."""
    Handed.ledger.filter(pk=_own_gift(actor, handed).pk).update(left_at=clock.now())


@transaction.atomic
def take_up(actor: Viewer, *, handed: UUID) -> None:
    """Take that back."""
    Handed.ledger.filter(pk=_own_gift(actor, handed).pk).update(left_at=None)


@transaction.atomic
def cross(*, owner: int, person: int | None, name: str) -> None:
    """Let somebody into the circle of those with whom a person crossed cards; `name` stands on the card that came.

    Each of the two is let in by itself. It is as much work whoever they are: somebody new, who was taken out, or who
    has gone (None) and is remembered all the same.
    """
    now = clock.now()
    fresh = Crossing(owner_id=owner, person_id=person, name=name, at=now, changed_at=now)
    said = ["name", "at", "withdrawn_at", "changed_at"]
    Crossing.ledger.bulk_create([fresh], update_conflicts=True, unique_fields=["owner", "person"], update_fields=said)
    keep_connections(person=owner)


@transaction.atomic
def cross_both(*sides: tuple[int, int | None, str]) -> None:
    """Cross cards on several sides: each an owner, a person and a name, as in `cross`.

    In the order of the owners, whoever acts: two who do it at once with each other never wait for one another.
    """
    for owner, person, name in sorted(sides, key=itemgetter(0)):
        cross(owner=owner, person=person, name=name)


@transaction.atomic
def withdraw(actor: Viewer, *, crossing: UUID) -> None:
    """Take somebody out of the circle of the actor's crossed cards. They keep the card, and are not told."""
    _withdraw(actor, crossing, clock.now())


@transaction.atomic
def rejoin(actor: Viewer, *, crossing: UUID) -> None:
    """Let them in again."""
    _withdraw(actor, crossing, None)


@transaction.atomic
def connections(actor: Viewer) -> int:
    """The key of the circle of those with whom the actor crossed cards: it follows them in and out."""
    return circles.circle(kind="connections", about=people.uid_of(person=actor.me))


@transaction.atomic
def keep_connections(*, person: int) -> None:
    """Make that circle of a person's hold what crossings say. Doing it twice changes nothing."""
    rows = Crossing.ledger.filter(owner=person, withdrawn_at=None).exclude(person=None)
    about, those = people.uid_of(person=person), rows.values_list("person", flat=True)
    circles.keep(kind="connections", about=about, people=lambda: dict.fromkeys(those), how=How.CROSSED)


@transaction.atomic
def erase(person: int) -> None:
    """Forget the cards that a person keeps, shows and was handed, and with whom they were crossed.

    What they handed over stays with whoever has it, and leads to nobody: only that these were one person's stays known.
    Nothing else of others changes, not even a date.
    """
    for kind in (Card, Showing, Handed, Crossing):
        kind.ledger.filter(owner=person).delete()
    Handed.ledger.filter(by=person).update(by=None, gone=ids.new(), changed_at=F("changed_at"))
    Crossing.ledger.filter(person=person).update(person=None, changed_at=F("changed_at"))
    circles.close(kinds=["connections"], about=[people.uid_of(person=person)])


def _own(actor: Viewer, card: UUID) -> Card:
    who.wait_turn(person=actor.me)
    held: Card | None = Card.ledger.filter(owner=actor.me, uid=card, forgotten_at=None).first()
    if held is None:
        raise errors.NotFound
    return held


def _change(held: Card, **values: Any) -> None:
    """Change a card that is there still. Raises `NotFound` where time took it away meanwhile."""
    if not Card.ledger.filter(pk=held.pk).update(**values):
        raise errors.NotFound


def _here(actor: Viewer, meetup: str) -> str:
    evening = meetups.evening(actor, meetup)
    return evening.code if times.doors_are_open(evening.starts_at, evening.ends_at, clock.now()) else ""


def _show_until(actor: Viewer, secret: str, until: datetime) -> None:
    standing = Showing.ledger.filter(owner=actor.me, digest=digest(secret), until__gt=clock.now())
    if not standing.update(until=until):
        raise errors.NotFound


def _given(actor: Viewer, secret: str) -> queries.Shown:
    """A card that the actor is shown, and may take. Raises `NotFound`, and `Refused` by their own acts."""
    who.wait_turn(person=actor.me)
    shown = queries.shown(actor, secret)
    if shown.mine:
        raise errors.Refused(_("This is your own card."))
    if shown.owner in discretion.blocked(actor):
        raise errors.Refused(_("You block this person: end that first."))
    return shown


def _code(shown: queries.Shown) -> str:
    """The evening at which its owner shows a card, whether the actor sees it or not: it is for its owner.

    From here on nobody else hands over anything by this showing until the transaction ends. Raises `NotFound` where it
    was hidden, or its owner went, since it was read.
    """
    rows = Showing.ledger.select_for_update(no_key=True).filter(uid=shown.uid)
    code = (rows if shown.mine else rows.filter(until__gt=clock.now())).values_list("meetup", flat=True).first()
    if code is None:
        raise errors.NotFound
    return str(code)


def _full(shown: queries.Shown) -> UUID | None:
    """The public id of a card that waits on a square where as many wait as there is room for: none stands beside it."""
    waiting = Handed.ledger.filter(showing=shown.uid, contact=None, left_at=None).order_by("at", "pk")
    return waiting.values_list("uid", flat=True)[queries.ROOM - 1 : queries.ROOM].first()


def _hand(*, to: int, by: int | None, face: Face, showing: UUID, code: str, uid: UUID | None = None) -> None:
    """One statement, whether or not it was handed over before."""
    said = dict(zip(queries.FACE, face, strict=True))
    gift = Handed(uid=uid or ids.new(), owner_id=to, by_id=by, showing=showing, meetup=code, **said)
    Handed.ledger.bulk_create([gift], ignore_conflicts=True)


def _noted(actor: Viewer, shown: queries.Shown) -> UUID:
    gift = Handed.ledger.values_list("uid", flat=True).get(owner=actor.me, by=shown.owner, showing=shown.uid)
    return note(actor, handed=gift)


def _enter(actor: Viewer, held: Handed) -> UUID:
    """The page of whoever handed a card, begun where there is none, with where that was.

    Nothing is found by who somebody is that hides: whoever has gone is found as well, and costs as much.
    """
    seen = queries.evening_of(actor, held.meetup, held.at)
    when: dict[str, Any] = {"meetup": seen} if seen else {"on": days.of(held.at, settings.HOME_ZONE)}
    by = held.by_id or ids.NO_KEY
    member = profiles.cards(actor, [by]).get(by)
    known = _known(actor, held, member.person if member else ids.NO_KEY)
    if known is not None:
        encounters.meet_again(actor, contact=known, **when)
        return known
    whom: dict[str, Any] = {"person": member.uid} if member else {"handed_by": held.by_id}
    contact = encounters.note_somebody(actor, name=held.name, does=held.does, **whom, **when)
    if held.organisation:
        said = {"name": held.name, "does": held.does, "organisation": held.organisation}
        encounters.edit_contact(actor, contact=contact, **said)
    return contact


def _known(actor: Viewer, held: Handed, member: int) -> UUID | None:
    """The page of a member, else that of the last card which whoever handed this one handed before, if it is there."""
    theirs = Q(by=held.by_id or ids.NO_KEY) | Q(gone=held.gone or ids.NO_UID)
    cards = Handed.ledger.filter(theirs, owner=actor.me).order_by("-at", "uid")
    pages = [page for page in cards.values_list("contact", flat=True) if page]
    there = {entry.uid: entry.person for entry in book.entries(actor, people=[member], contacts=pages)}
    own = (uid for uid, person in there.items() if person == member)
    return next(chain(own, (uid for uid in pages if uid in there)), None)


def _face(held: Card | Handed) -> Face:
    return Face(*(getattr(held, field) for field in queries.FACE))


def _own_gift(actor: Viewer, handed: UUID) -> Handed:
    who.wait_turn(person=actor.me)
    # Locked: whoever handed it and leaves at this moment has left before, or is led to by nothing after.
    held: Handed | None = Handed.ledger.select_for_update().filter(owner=actor.me, uid=handed).first()
    if held is None:
        raise errors.NotFound
    return held


def _withdraw(actor: Viewer, crossing: UUID, at: datetime | None) -> None:
    who.wait_turn(person=actor.me)
    if not Crossing.ledger.filter(owner=actor.me, uid=crossing).update(withdrawn_at=at):
        raise errors.NotFound
    keep_connections(person=actor.me)


def _keep_few(actor: Viewer) -> None:
    if Card.ledger.filter(owner=actor.me, forgotten_at=None).count() >= MOST:
        raise errors.Refused(_("That is enough cards: take one out first."))
