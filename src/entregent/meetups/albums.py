"""Reads of the pictures of evenings: those that the viewer may see, and what they asked to be taken down."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from entregent.common import errors
from entregent.discretion.viewer import Viewer
from entregent.meetups import declassified
from entregent.meetups.models import Picture, Takedown
from entregent.meetups.shown import Pictured
from entregent.statements.prepared import prepared


def pictures(viewer: Viewer, code: str) -> list[Pictured]:
    """The pictures of an evening that the viewer may see, the first one first."""
    found = _pictures(viewer, code.upper())
    return [Pictured(uid, owner == viewer.person, declassified.down(audience)) for uid, owner, audience in found]


@prepared
def _pictures(viewer: Viewer, code: str) -> "QuerySet[Any, Any]":
    rows = Picture.objects.visible_to(viewer, "meetup").filter(meetup__code=code).order_by("added_at", "uid")
    return rows.values_list("uid", "owner", "audience")


def picture(viewer: Viewer, uid: UUID) -> bytes:
    """A picture of an evening, as a JPEG. Raises `NotFound`."""
    rows = Picture.objects.visible_to(viewer, "meetup").filter(uid=uid).values_list("picture", flat=True)
    found = rows.first()
    if found is None:
        raise errors.NotFound
    return bytes(found)


def taken_down(viewer: Viewer, code: str) -> list[UUID]:
    """What the viewer asked to be taken down of the pictures of an evening: the public id of each asking."""
    if viewer.person is None:
        return []
    rows = Takedown.objects.visible_to(viewer, "meetup").filter(owner=viewer.person, meetup__code=code.upper())
    return list(rows.order_by("uid").values_list("uid", flat=True))


def evening_of_picture(viewer: Viewer, uid: UUID) -> str:
    """The code of the evening of a picture that the viewer sees, or asked to be taken down. Raises `NotFound`."""
    shown = Picture.objects.visible_to(viewer, "meetup").filter(uid=uid)
    down = Takedown.objects.visible_to(viewer, "meetup").filter(about=uid, owner=viewer.me)
    code: str | None = shown.values_list("meetup__code", flat=True).first()
    code = code or down.values_list("meetup__code", flat=True).first()
    if code is None:
        raise errors.NotFound
    return code


def evening_of_takedown(viewer: Viewer, uid: UUID) -> str:
    """The code of the evening of a picture that the viewer asked to be taken down. Raises `NotFound`."""
    rows = Takedown.objects.visible_to(viewer, "meetup").filter(uid=uid, owner=viewer.me)
    code: str | None = rows.values_list("meetup__code", flat=True).first()
    if code is None:
        raise errors.NotFound
    return code


def my_pictures(viewer: Viewer) -> list[tuple[UUID, int | None, str]]:
    """The viewer's own pictures of evenings: public id, audience (a circle), and what the evening is called."""
    rows = Picture.objects.visible_to(viewer, "meetup").filter(owner=viewer.me).order_by("added_at", "uid")
    return list(rows.values_list("uid", "audience", "meetup__title"))
