"""Writes about the pictures of an evening: shown to those who came, taken down, deleted."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from entregent.common import clock, errors, ids, pictures
from entregent.discretion import actions as discretion
from entregent.discretion.viewer import Viewer
from entregent.meetups import access, seats
from entregent.meetups.models import Picture, Takedown
from entregent.people import actions as people

#: How many pictures of an evening each of those who organise it shows at most: others' may be hidden from them.
PICTURES = 60


def add_picture(actor: Viewer, *, code: str, file: bytes, once: UUID | None = None) -> UUID:
    """Show a picture of an evening to those who came, drawn anew from a file; its public id. For its organisers.

    `once` is as in `announce`. Raises `Invalid` for what is no picture, and for one too many.
    """
    drawn = _photograph(file)  # before the transaction begins: nobody waits for that
    with transaction.atomic():
        meetup = access.organised(actor, code)
        if once is not None and Picture.ledger.filter(owner=actor.me, uid=once).exists():
            return once
        if meetup.starts_at > clock.now() or meetup.cancelled_at is not None:
            raise errors.Refused(_("Pictures come with the evening, not before."))
        if Picture.ledger.filter(meetup=meetup, owner=actor.me).count() >= PICTURES:
            raise errors.Invalid("pictures", _("That is enough for one evening: delete one first."))
        stated = discretion.stated(audience=seats.circle(meetup, "attended"), discreet=False)
        made = Picture(owner_id=actor.me, meetup=meetup, picture=drawn, **stated)
        made.uid = once or made.uid
        made.save()
        return made.uid


@transaction.atomic
def take_picture_down(actor: Viewer, *, picture: UUID) -> UUID:
    """Have a picture hidden from everybody but whoever put it there, who does not learn who asked.

    The public id of the asking, by which the actor takes it back. Raises `NotFound`, for one's own picture as well:
    one's own asking, once it is taken back, would tell whether somebody else asked.
    """
    people.wait_turn(person=actor.me)
    asked = Takedown.ledger.filter(owner=actor.me, about=picture).first()
    if asked is not None:
        return asked.uid
    held = Picture.objects.visible_to(actor, "meetup").filter(uid=picture).first()
    if held is None or held.owner_id == actor.me:
        raise errors.NotFound
    seats.locked(held.meetup_id)  # whoever puts it back at this moment looks for others who asked
    if not Picture.ledger.filter(pk=held.pk).exists():
        raise errors.NotFound
    asked = Takedown.ledger.create(owner_id=actor.me, meetup_id=held.meetup_id, about=held.uid)
    Picture.ledger.filter(pk=held.pk).update(audience=None)
    return asked.uid


@transaction.atomic
def put_picture_back(actor: Viewer, *, takedown: UUID) -> None:
    """Take back that a picture was to be taken down: only whoever asked for it can. Raises `NotFound`."""
    people.wait_turn(person=actor.me)
    asked = Takedown.ledger.filter(owner=actor.me, uid=takedown).first()
    if asked is None:
        raise errors.NotFound
    attended = seats.circle(seats.locked(asked.meetup_id), "attended")
    asked.delete()
    others = Exists(Takedown.ledger.filter(about=OuterRef("uid")))  # asked by the update: it costs as much
    Picture.ledger.filter(~others, uid=asked.about, stays_down=False).update(audience=attended)


@transaction.atomic
def delete_picture(actor: Viewer, *, picture: UUID) -> None:
    """Delete a picture that the actor put there, for good. Raises `NotFound`."""
    held = Picture.ledger.filter(owner=actor.me, uid=picture)
    meetup = held.values_list("meetup", flat=True).first()
    if meetup is None:
        raise errors.NotFound
    seats.locked(meetup)  # nobody asks for it to be taken down meanwhile
    _delete_pictures(held)


@transaction.atomic
def erase(person: int) -> None:
    """Forget a person's pictures, and what they asked to be taken down: what it hid stays hidden."""
    asked = Takedown.ledger.filter(owner=person)
    Picture.ledger.filter(uid__in=list(asked.values_list("about", flat=True))).update(stays_down=True)
    asked.delete()
    _delete_pictures(Picture.ledger.filter(owner=person))


@transaction.atomic
def go_with(*, meetups: Collection[int]) -> None:
    """Delete the pictures of evenings that go, by key: as many statements, also for none."""
    _delete_pictures(Picture.ledger.filter(meetup__in=meetups))


def _photograph(file: bytes) -> bytes:
    try:
        return pictures.photograph(file)
    except pictures.Busy:
        raise errors.Invalid("pictures", _("Other photos are being read: send yours again in a minute.")) from None
    except ValueError:
        wanted = _("Send a photo as phones take them (JPEG, HEIC, PNG, WebP), of 12 MB and 50 megapixels at most.")
        raise errors.Invalid("pictures", wanted) from None


def _delete_pictures(rows: "QuerySet[Picture]") -> None:
    """Delete pictures, and what was asked about them."""
    Takedown.ledger.filter(about__in={ids.NO_UID, *rows.values_list("uid", flat=True)}).delete()
    rows.delete()
