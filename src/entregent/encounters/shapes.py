"""What an entry of the book may say: a name, a day, a way that leads somewhere: for the actions alone."""

import re
from datetime import date

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from entregent.common import days, errors, wording

#: Longest name and promise, in characters; how far ahead one promises, in days.
NAME, PROMISE, AHEAD = 120, 200, 5 * 366


def called(name: str) -> str:
    """A name on one line. Raises `Invalid`."""
    called = wording.line(name)
    if not called or len(called) > NAME:
        raise errors.Invalid("name", _("A name in one line, please."))
    return called


def today() -> date:
    """The day at home."""
    return days.today(settings.HOME_ZONE)


def past(on: date | None) -> date:
    """A day that has been anywhere on earth, today unless one is given. Raises `Invalid`."""
    now = today()
    if on is not None and not date(1900, 1, 1) <= on <= date.fromordinal(now.toordinal() + 1):
        raise errors.Invalid("on", _("A day that has been, please."))
    return on or now


def coming(due_on: date | None) -> date | None:
    """A day to come, today included, or none. Raises `Invalid`."""
    if due_on is not None and not 0 <= (due_on - today()).days <= AHEAD:
        raise errors.Invalid("due_on", _("A day to come, please."))
    return due_on


def promised(text: str) -> str:
    """What somebody promised, on one line. Raises `Invalid`."""
    said = wording.line(text)
    if not said or len(said) > PROMISE:
        raise errors.Invalid("text", _("What it is, in one line, please."))
    return said


def reached(kind: str, value: str) -> str:
    """A mail, telephone or link that leads somewhere. Raises `Invalid`."""
    shapes = {"mail": r"[^@\s]+@[^@\s]+\.[^@\s]+", "telephone": r"\+?[\d\s().-]{3,30}", "link": r"https?://[^\s<>\"']+"}
    if kind not in shapes or not re.fullmatch(shapes[kind], value):
        raise errors.Invalid("value", _("An address, a number or a link in full, please."))
    return value
