"""Writes about words: writing one, taking it back, answering, letting it be; and not being written to."""

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from entregent.cards import copying
from entregent.cards import shapes as printed
from entregent.common import clock, errors, ids, wording
from entregent.discretion import queries as discretion
from entregent.discretion.viewer import Viewer
from entregent.encounters import actions as encounters
from entregent.people import actions as who
from entregent.profiles import queries as profiles
from entregent.profiles.queries import Card
from entregent.writing import queries
from entregent.writing.models import Closed, Given, Written

#: Longest word, in characters: one thing, said to one person.
LONGEST = 500
#: How many first words one may write in a day: a busy evening leaves three or four people to thank, a pest needs more.
DAILY = 5
#: How many may wait for an answer, of the last 30 days: whom nobody answers, twenty times in a month, is to stop.
OUTSTANDING, MONTH = 20, timedelta(days=30)
DAY = timedelta(days=1)


@transaction.atomic
def write(
    actor: Viewer, *, person: UUID, text: str, mail: str = "", telephone: str = "", once: UUID | None = None
) -> UUID:
    """Have a word relayed to somebody whose name the actor may see; its public id. One, until it is answered.

    `mail` and `telephone` are the actor's card: it goes along, and opens when they answer. What becomes of the word is
    not told: whoever blocks the actor, wants no word or does not see the actor's name is written to like anybody.
    `once` is the public id that a door gives the word. Raises `NotFound`, `Invalid`, and `Refused` by the actor's own
    acts alone: before it, nothing is read of the other but the name.
    """
    who.wait_turn(person=actor.me)
    if once is not None and Written.ledger.filter(owner=actor.me, uid=once).exists():
        return once
    card = profiles.person(actor, person)
    _may_write(actor, card)
    said = _said(text, mail, telephone)
    if not said["text"]:
        raise errors.Invalid("text", _("A first word?"))
    word = Written.ledger.create(
        uid=once or ids.new(), owner_id=actor.me, to_id=card.person, name=card.name, at=clock.now(), **said
    )
    return word.uid


@transaction.atomic
def take_back(actor: Viewer, *, word: UUID) -> None:
    """Take a word back that has not gone yet. Raises `Refused` once it has: a gift is not called back."""
    held = _own(actor, Written, word)
    # Asked in the statement that deletes it: it may go in this moment.
    if not Written.ledger.filter(pk=held.pk, gone_at=None, answers=None).delete()[0]:
        raise errors.Refused(_("It has gone: what was given stays with whoever received it."))


@transaction.atomic
def answer(actor: Viewer, *, word: UUID, text: str = "", mail: str = "", telephone: str = "") -> None:
    """Answer a word that was given to the actor: the cards cross. Once; the actor's card goes with the answer.

    Whoever wrote gets it as long as they do not block the actor, who is not told. Raises `Invalid`, `Refused`.
    """
    held = _own(actor, Given, word)
    said = _said(text, mail, telephone)
    if held.answers is not None or held.answered_at is not None:
        raise errors.Refused(_("You have answered: from here on, you reach each other by the cards."))
    if not any(said.values()):
        raise errors.Invalid("text", _("A word, or a way to reach you: one of the two."))
    _may_answer(actor, held)
    now = clock.now()
    Written.ledger.create(owner_id=actor.me, to_id=held.by_id, name=held.name, at=now, answers=held.uid, **said)
    Given.ledger.filter(pk=held.pk).update(answered_at=now, left_at=None)


@transaction.atomic
def let_be(actor: Viewer, *, word: UUID) -> None:
    """Lay a word aside. Nobody is told; it can still be answered."""
    _own(actor, Given, word)
    Given.ledger.filter(owner=actor.me, uid=word).update(left_at=clock.now())


@transaction.atomic
def take_up(actor: Viewer, *, word: UUID) -> None:
    """Take back that a word was laid aside."""
    _own(actor, Given, word)
    Given.ledger.filter(owner=actor.me, uid=word).update(left_at=None)


@transaction.atomic
def keep_card(actor: Viewer, *, word: UUID) -> UUID:
    """Copy the card that came with a word into the actor's book; the contact's public id. Again changes nothing.

    Raises `NotFound` where no card is open. Whoever is hidden by now is noted by the name that they had.
    """
    held = queries.one_got(actor, word)
    if held.card is None:
        raise errors.NotFound
    begin = partial(_noted, actor, held)
    contact = copying.copied(actor, page=held.contact, begin=begin, ways=held.card.channels)
    Given.ledger.filter(owner=actor.me, uid=word).update(contact=contact)
    return contact


@transaction.atomic
def take_words(actor: Viewer, *, yes: bool) -> None:
    """Say whether first words of others may be relayed to the actor. Nobody is told."""
    who.wait_turn(person=actor.me)
    if yes:
        Closed.ledger.filter(owner=actor.me).delete()
    else:
        Closed.ledger.get_or_create(owner_id=actor.me)


@transaction.atomic
def erase(person: int) -> None:
    """Forget what a person wrote and was given. What they gave stays with whoever has it, and leads to nobody.

    Nothing else of others changes, not even a date.
    """
    for kind in (Written, Given, Closed):
        kind.ledger.filter(owner=person).delete()
    Written.ledger.filter(to=person).update(to=None, changed_at=F("changed_at"))
    Given.ledger.filter(by=person).update(by=None, changed_at=F("changed_at"))


def _noted(actor: Viewer, held: queries.Got) -> UUID:
    if held.member is not None:
        return encounters.note_somebody(actor, person=held.member)
    return encounters.note_somebody(actor, name=held.name)


def _own(actor: Viewer, kind: type[Written] | type[Given], uid: UUID) -> Any:
    who.wait_turn(person=actor.me)
    held = kind.ledger.filter(owner=actor.me, uid=uid).first()
    if held is None:
        raise errors.NotFound
    return held


def _may_answer(actor: Viewer, held: Given) -> None:
    """Raise `Refused` for whom the actor blocks; of whoever is hidden by now nothing is said, as if they had gone."""
    shown = profiles.cards(actor, [held.by_id or ids.NO_KEY])
    if held.by_id in shown and held.by_id in discretion.blocked(actor):
        raise errors.Refused(_("You block this person: end that first."))


def _may_write(actor: Viewer, card: Card) -> None:
    """Raise `Refused` where what the actor did before forbids it: nothing of what others did does."""
    if card.person == actor.me:
        raise errors.Refused(_("This is you."))
    if card.person in discretion.blocked(actor):
        raise errors.Refused(_("You block this person: end that first."))
    name = profiles.me(actor).name
    if name is None or name.audience is None:
        raise errors.Refused(_("Say first what you are called, and to whom: a word is signed."))
    if queries.sent_to(actor, card.person) is not None:
        raise errors.Refused(_("You wrote to them already: one word, until it is answered."))
    _keep_limits(actor)


def _keep_limits(actor: Viewer) -> None:
    """Raise `Refused` for whoever writes too much: their own words are counted, whoever these are for."""
    now, mine = clock.now(), Written.ledger.filter(owner=actor.me, answers=None)
    if mine.filter(at__gt=now - DAY).count() >= DAILY:
        raise errors.Refused(_("That is enough for one day: five new words. Tomorrow there is room again."))
    if mine.filter(at__gt=now - MONTH, answered_at=None).count() >= OUTSTANDING:
        raise errors.Refused(_("Twenty words of this month wait for an answer: let people come back to you first."))


def _said(text: str, mail: str, telephone: str) -> dict[str, str]:
    """What is written, and the card. Raises `Invalid`."""
    shown = wording.lines(text)
    if len(shown) > LONGEST:
        raise errors.Invalid("text", _("500 characters at most."))
    return {"text": shown, "mail": printed.way("mail", mail), "telephone": printed.way("telephone", telephone)}
