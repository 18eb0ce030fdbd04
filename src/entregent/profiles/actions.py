"""Writes about names and headlines; and about people who are found by their name, as in blocking one."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from entregent.common import errors, wording
from entregent.communities import actions as stewards
from entregent.communities import queries as communities
from entregent.discretion import actions as discretion
from entregent.discretion.viewer import Viewer
from entregent.market import actions as market
from entregent.people import queries as people
from entregent.profiles import queries
from entregent.profiles.models import Headline, Name
from entregent.search import actions as search


@transaction.atomic
def call_me(actor: Viewer, *, text: str, audience: int | None, discreet: bool = False) -> None:
    """Say what the actor is called, and to whom. Raises `Invalid` without a name."""
    shown = wording.line(text)[:80]
    if not shown:
        raise errors.Invalid("name", _("Say what you are called."))
    said = {"text": shown, **market.stated(actor, audience=audience, discreet=discreet)}
    name, _new = Name.ledger.update_or_create(owner_id=actor.me, defaults=said)
    search.write(fact=name, kind="name", text=name.text, subject=actor.me)


@transaction.atomic
def say_headline(actor: Viewer, *, text: str, audience: int | None, discreet: bool = False) -> None:
    """Say what the actor does, in one line, and to whom; nothing said takes it back."""
    shown = wording.line(text)[:160]
    if not shown:
        _take_back_headline(actor.me)
        return
    said = {"text": shown, **market.stated(actor, audience=audience, discreet=discreet)}
    headline, _new = Headline.ledger.update_or_create(owner_id=actor.me, defaults=said)
    search.write(fact=headline, kind="headline", text=headline.text, subject=actor.me)


@transaction.atomic
def block(actor: Viewer, *, person: UUID) -> None:
    """Keep everything of the actor's from somebody, who is not told.

    Raises `NotFound` where the actor may not see their name, `Refused` for oneself.
    """
    found = queries.person(actor, person).person
    if found == actor.me:
        raise errors.Refused(_("One does not keep anything from oneself."))
    discretion.block(actor, person=found)


@transaction.atomic
def unblock(actor: Viewer, *, person: UUID) -> None:
    """End a block. Whoever is hidden, gone or was never blocked: it ends without a word."""
    try:
        found = people.person_known_as(uid=person)
    except errors.NotFound:
        found = 0  # nobody's key: as much is asked of the database as for somebody who is here
    discretion.unblock(actor, person=found)


@transaction.atomic
def report(actor: Viewer, *, person: UUID, community: str, words: str) -> None:
    """Tell the stewards of a community of the actor's what somebody did; that somebody does not hear it.

    Raises `NotFound` where the actor may not see their name, or does not belong to the community; `Invalid`.
    """
    card = queries.person(actor, person)
    if not communities.community(actor, community).belongs:
        raise errors.NotFound
    stewards.report(
        actor, slug=community, kind="person", about=card.uid, called=card.name, person=card.person, words=words
    )


@transaction.atomic
def erase(person: int) -> None:
    """Forget what a person is called and does."""
    Name.ledger.filter(owner=person).delete()
    Headline.ledger.filter(owner=person).delete()


def _take_back_headline(person: int) -> None:
    for headline in Headline.ledger.filter(owner=person):
        search.drop(about=headline.uid)
        headline.delete()
