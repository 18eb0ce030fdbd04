"""Writes about names, headlines and other words; and about people who are found by their name, as in blocking one."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from entregent.common import errors, pictures, wording
from entregent.communities import actions as stewards
from entregent.communities import queries as communities
from entregent.discretion import actions as discretion
from entregent.discretion.viewer import Viewer
from entregent.market import actions as market
from entregent.people import queries as people
from entregent.profiles import queries, words
from entregent.profiles.models import Headline, Kind, Name, Portrait, Words
from entregent.search import actions as search
from entregent.search import stems


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
        _take_back(Headline, owner=actor.me)
        return
    said = {"text": shown, **market.stated(actor, audience=audience, discreet=discreet)}
    headline, _new = Headline.ledger.update_or_create(owner_id=actor.me, defaults=said)
    search.write(fact=headline, kind="headline", text=headline.text, subject=actor.me)


@transaction.atomic
def say(actor: Viewer, *, kind: str, text: str, audience: int | None, discreet: bool = False) -> None:
    """Say words of a kind (a value of `models.Kind`), and to whom; nothing said takes them back.

    Of a kind of which one says several, a line of `text` is one of them. Looking for a job is discreet here too, and
    for people named or crossed. Raises `Invalid`.
    """
    if kind not in Kind.values:
        raise errors.Invalid("kind", _("Choose what it is about."))
    kept = _kept(kind, text)
    if not kept:
        _take_back(Words, owner=actor.me, kind=kind)
        return
    searches = kind == Kind.SEEKS and stems.about_a_job(stems.query(kept))
    terms = _searching(actor, audience) if searches else market.stated(actor, audience=audience, discreet=discreet)
    said = {"text": kept, **terms}
    fact, _new = Words.ledger.update_or_create(owner_id=actor.me, kind=kind, defaults=said)
    search.write(fact=fact, kind=kind, text=", ".join(words.lines(kind, kept)), subject=actor.me)


def portray(actor: Viewer, *, picture: bytes | None, audience: int | None, discreet: bool = False) -> None:
    """Show a picture of the actor, drawn anew from a file, and to whom; None shows the one that stands.

    Raises `Invalid` for what is no picture, and where none stands.
    """
    drawn = _drawn(picture)
    with transaction.atomic():
        held = Portrait.ledger.select_for_update().filter(owner=actor.me).first()
        if held is None and drawn is None:
            raise errors.Invalid("picture", _("Choose a picture."))
        said = market.stated(actor, audience=audience, discreet=discreet)
        said |= {} if drawn is None else {"picture": drawn}
        Portrait.ledger.update_or_create(owner_id=actor.me, defaults=said)


@transaction.atomic
def take_portrait_back(actor: Viewer) -> None:
    """Forget the actor's picture."""
    Portrait.ledger.filter(owner=actor.me).delete()


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
    """Forget what a person is called, does, and says of themselves."""
    Name.ledger.filter(owner=person).delete()
    Headline.ledger.filter(owner=person).delete()
    Words.ledger.filter(owner=person).delete()
    Portrait.ledger.filter(owner=person).delete()


def _searching(actor: Viewer, audience: int | None) -> dict[str, Any]:
    """On which terms words are kept that look for a job. Raises `Invalid` for a circle that is too wide."""
    try:
        return market.searching(actor, audience=audience)
    except errors.Invalid:
        wanted = _("This speaks of a job. Say it as a need: it stays discreet, and goes to people you name.")
        raise errors.Invalid("audience", wanted) from None


def _kept(kind: str, text: str) -> str:
    """What was typed, as it is kept. Raises `Invalid` for a link that is none."""
    if kind not in words.SEVERAL:
        return words.text(text)
    if kind != Kind.LINKS:
        return "\n".join(words.listed(text))
    try:
        return "\n".join(words.linked(text))
    except ValueError:
        raise errors.Invalid("text", _("A link is the address of a page, as in https://example.org/cards.")) from None


def _drawn(picture: bytes | None) -> bytes | None:
    if picture is None:
        return None
    try:
        return pictures.portrait(picture)
    except pictures.Busy:
        raise errors.Invalid("picture", _("Other photos are being read: send yours again in a minute.")) from None
    except ValueError:
        wanted = _("Send a photo as phones take them (JPEG, HEIC, PNG, WebP), of 12 MB and 50 megapixels at most.")
        raise errors.Invalid("picture", wanted) from None


def _take_back(said: type[Headline] | type[Words], **which: Any) -> None:
    # Locked: whoever says it again at this moment does so before, and the line goes too, or says it anew after.
    for fact in said.ledger.select_for_update().filter(**which):
        search.drop(about=fact.uid)
        fact.delete()
