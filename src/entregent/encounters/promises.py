"""Writes of what somebody promised people in their book, or means to do next: promised, kept, put off, struck out.

Its words find the contact as those of a note do, once it is kept too, until it is struck out.
"""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from entregent.common import clock, errors, ids
from entregent.discretion.viewer import Viewer
from entregent.encounters import lines, pages, shapes
from entregent.encounters.models import Contact, FollowUp
from entregent.search import actions as search

#: The most that is still to do for one contact.
MOST = 40


@transaction.atomic
def promise(actor: Viewer, *, contact: UUID, text: str, due_on: date | None = None, once: UUID | None = None) -> UUID:
    """Note what the actor promised a contact or means to do next; its public id. They are reminded on `due_on`.

    `once` is as in `note_somebody`. Raises `Invalid` for no words, a day that has been, one too many.
    """
    held = pages.own(actor, contact)
    if once is not None and FollowUp.ledger.filter(owner=actor.me, uid=once).exists():
        return once
    words, due_on = shapes.promised(text), shapes.coming(due_on)
    if FollowUp.ledger.filter(contact=held, done_at=None, forgotten_at=None).count() >= MOST:
        raise errors.Invalid("text", _("That is enough for one person: say of something that it is done first."))
    said = {"text": words, "on": shapes.today(), "due_on": due_on}
    made = FollowUp.ledger.create(uid=once or ids.new(), owner_id=actor.me, contact=held, **said)
    search.write_many(facts=[lines.about(held, made)])
    pages.touch(held)
    return made.uid


@transaction.atomic
def keep_promise(actor: Viewer, *, promise: UUID) -> UUID:
    """Say that it was done; the public id of the contact. `resume_promise` takes that back."""
    held, contact = _open(actor, promise)
    pages.change(held, done_at=clock.now())
    return contact.uid


@transaction.atomic
def put_off_promise(actor: Viewer, *, promise: UUID, due_on: date | None) -> UUID:
    """Do it by another day, or some day; the public id of the contact. Raises `Invalid` for a day that has been."""
    held, contact = _open(actor, promise)
    day = shapes.coming(due_on)
    pages.change(held, due_on=day, reminded_on=held.reminded_on if day == shapes.today() else None)
    return contact.uid


@transaction.atomic
def drop_promise(actor: Viewer, *, promise: UUID) -> UUID:
    """Strike it out; the public id of the contact. `resume_promise` takes that back for a while."""
    held, contact = _open(actor, promise)
    search.drop(about=held.uid)
    pages.change(held, forgotten_at=clock.now())
    return contact.uid


@transaction.atomic
def resume_promise(actor: Viewer, *, promise: UUID) -> UUID:
    """Take back that it was done or struck out; the public id of its contact. Raises `NotFound` where it is gone."""
    held, contact = pages.own_about(actor, FollowUp, promise)
    pages.change(held, done_at=None, forgotten_at=None)
    search.rewrite_many(facts=[lines.about(contact, held)])
    return contact.uid


def _open(actor: Viewer, promise: UUID) -> tuple[FollowUp, Contact]:
    held, contact = pages.own_about(actor, FollowUp, promise)
    if held.done_at is not None or held.forgotten_at is not None:
        raise errors.NotFound
    return held, contact
