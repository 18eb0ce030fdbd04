"""A due notice as its recipient may read it at this moment, in their language; nothing where it no longer holds."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from entregent.common import errors
from entregent.discretion.viewer import Viewer
from entregent.meetups import queries as meetups
from entregent.meetups.shown import Evening
from entregent.people import actions as keys
from entregent.people import queries as people


@dataclass(frozen=True, slots=True)
class Letter:
    """What is sent. `language` is that of its words."""

    address: str
    subject: str
    text: str
    html: str
    language: str


def _comes(evening: Evening) -> bool:
    return evening.my_answer == "going" and evening.state in {"open", "waiting"}


def _waits(evening: Evening) -> bool:
    return evening.my_answer == "waiting" and evening.state in {"open", "waiting"}


def _is_offered(evening: Evening) -> bool:
    return evening.my_answer == "offered" and evening.state in {"open", "waiting"}


def _may_tap(evening: Evening) -> bool:
    return evening.my_answer == "waiting" and evening.state == "open"


def _counted_on(evening: Evening) -> bool:
    return evening.state == "cancelled" and evening.my_answer in {"going", "waiting", "offered"}


#: For each kind of notice, whether it still holds for an evening as its recipient sees it.
HOLDS: dict[str, Callable[[Evening], bool]] = {
    "confirmed": _comes,
    "waiting": _waits,
    "offered": _is_offered,
    "free": _may_tap,
    "seated": _comes,
    "reminder": _comes,
    "changed": lambda evening: _comes(evening) or _waits(evening) or _is_offered(evening),
    "cancelled": _counted_on,
}


def letter(recipient: int, kind: str, about: UUID) -> Letter | None:
    """What to send to a person about a thing; None where they may not see it, or it no longer holds."""
    mailbox = people.mailbox(person=recipient)
    evening = _evening(Viewer(person=recipient), about)
    if mailbox is None or evening is None or not HOLDS[kind](evening):
        return None
    with translation.override(mailbox.language):
        said = {"kind": kind, "evening": evening, **_addresses(recipient, evening)}
        return Letter(
            address=mailbox.address,
            subject=" ".join(_written("subject.txt", said).split()),
            text=_written("letter.txt", said),
            html=_written("letter.html", said),
            language=mailbox.language,
        )


def _evening(viewer: Viewer, about: UUID) -> Evening | None:
    try:
        return meetups.evening_about(viewer, about)
    except errors.NotFound:
        return None


def _addresses(recipient: int, evening: Evening) -> dict[str, Any]:
    """Where the link leads: the evening, or a fresh secret of somebody without account (of old ones a hash is kept)."""
    if people.account_of(person=recipient) is not None:
        page, guest = reverse("evening", args=[evening.code]), False
    else:
        page, guest = reverse("answer", args=[keys.hand_key(person=recipient)]), True
    return {"link": f"{settings.BASE_URL}{page}", "guest": guest, "base_url": settings.BASE_URL}


def _written(template: str, said: dict[str, Any]) -> str:
    return render_to_string(f"mail/{template}", said)
