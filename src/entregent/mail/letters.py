"""A due notice as its recipient may read it at this moment, in their language; nothing where it no longer holds."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from entregent.common import clock, days, errors
from entregent.discretion.viewer import Viewer
from entregent.encounters import followups
from entregent.mail import news, promises
from entregent.mail.letter import Letter
from entregent.meetups import queries as meetups
from entregent.meetups.shown import Evening
from entregent.people import actions as keys
from entregent.people import queries as people
from entregent.writing import queries as words
from entregent.writing.queries import Got


def _is_to_come(evening: Evening) -> bool:
    return evening.state not in {"cancelled", "past"}


def _comes(evening: Evening) -> bool:
    return evening.my_answer == "going" and _is_to_come(evening)


def _waits(evening: Evening) -> bool:
    return evening.my_answer == "waiting" and _is_to_come(evening)


def _is_offered(evening: Evening) -> bool:
    return evening.my_answer == "offered" and _is_to_come(evening)


def _is_released(evening: Evening) -> bool:
    return evening.my_answer == "released" and _is_to_come(evening)


def _may_tap(evening: Evening) -> bool:
    return evening.my_answer == "waiting" and evening.takes


def _counted_on(evening: Evening) -> bool:
    return evening.state == "cancelled" and evening.my_answer in {"going", "waiting", "offered"}


def _is_over(evening: Evening) -> bool:
    return evening.state == "past" and clock.now() < evening.ends_at + MORNINGS


def _is_today(evening: Evening) -> bool:
    """A reminder is due the day before, and leaves on the day itself where the server or the mail server was away."""
    return days.of(evening.starts_at, evening.zone) == days.today(evening.zone)


#: For how long after its end an evening is worth a mail.
MORNINGS = timedelta(days=3)
#: For each kind of notice, whether it still holds for an evening as its recipient sees it.
HOLDS: dict[str, Callable[[Evening], bool]] = {
    "confirmed": _comes,
    "waiting": _waits,
    "offered": _is_offered,
    "free": _may_tap,
    "seated": _comes,
    "released": _is_released,
    "reminder": _comes,
    "changed": lambda evening: _comes(evening) or _waits(evening) or _is_offered(evening),
    "cancelled": _counted_on,
    "morning": _is_over,
}
#: The kinds of notice that are about no evening, each by what writes its letter.
OTHERS: dict[str, Callable[[int], Letter | None]] = {"news": news.letter, "follow_up": promises.letter}
#: For each kind of notice about a word that was given, whether it still waits to be told.
GIVEN: dict[str, Callable[[Got], bool]] = {
    "word": lambda word: word.answers is None and word.waits,
    "word_back": lambda word: word.answers is not None,
}


def letter(recipient: int, kind: str, about: UUID) -> Letter | None:
    """What to send to a person about a thing; None where they may not see it, or it no longer holds."""
    return OTHERS[kind](recipient) if kind in OTHERS else _told(recipient, kind, about)


def _told(recipient: int, kind: str, about: UUID) -> Letter | None:
    mailbox = people.mailbox(person=recipient)
    said = (_of_word if kind in GIVEN else _of_evening)(recipient, kind, about) if mailbox else None
    if mailbox is None or said is None:
        return None
    with translation.override(mailbox.language):
        return _written(mailbox, {"kind": kind, "base_url": settings.BASE_URL, **said})


def _written(mailbox: people.Mailbox, said: dict[str, Any]) -> Letter:
    """The letter, in the language of the moment."""
    part = "word_" if "word" in said else ""
    return Letter(
        address=mailbox.address,
        subject=" ".join(_drawn(f"{part}subject.txt", said).split()),
        text=_drawn(f"{part}letter.txt", said),
        html=_drawn(f"{part}letter.html", said),
        language=mailbox.language,
    )


def _of_word(recipient: int, kind: str, about: UUID) -> dict[str, Any] | None:
    try:
        word = words.one_got(Viewer(person=recipient), about)
    except errors.NotFound:
        return None
    if not GIVEN[kind](word):
        return None
    return {"word": word, "link": f"{settings.BASE_URL}{reverse('word', args=[word.uid])}"}


def _of_evening(recipient: int, kind: str, about: UUID) -> dict[str, Any] | None:
    viewer = Viewer(person=recipient)
    evening = _evening(viewer, about)
    if evening is None or not HOLDS[kind](evening):
        return None
    if kind == "morning":
        link = reverse("room_morning", args=[evening.code])
        return {"evening": evening, "link": f"{settings.BASE_URL}{link}"} if _met_somebody(viewer, evening) else None
    return {"evening": evening, "today": _is_today(evening), **_addresses(recipient, evening)}


def _met_somebody(viewer: Viewer, evening: Evening) -> bool:
    """Whether the viewer was there, noted somebody, and has a notebook to write in."""
    there = meetups.my_presence(viewer, evening.code) is not None
    return there and people.account_of(person=viewer.me) is not None and bool(followups.met_at(viewer, evening))


def _evening(viewer: Viewer, about: UUID) -> Evening | None:
    try:
        return meetups.evening_about(viewer, about)
    except errors.NotFound:
        return None


def _addresses(recipient: int, evening: Evening) -> dict[str, Any]:
    """Where the link leads: the evening, or a fresh secret of somebody without account (of old ones a hash is kept).

    A secret leads to the next evening of theirs, unless it says which: a seat that is given back is the one meant.
    """
    if people.account_of(person=recipient) is not None:
        page, guest = reverse("evening", args=[evening.code]), False
    else:
        link = reverse("answer", args=[keys.hand_key(person=recipient)])
        page, guest = f"{link}?soiree={evening.code}", True
    return {"link": f"{settings.BASE_URL}{page}", "guest": guest}


def _drawn(template: str, said: dict[str, Any]) -> str:
    return render_to_string(f"mail/{template}", said)
