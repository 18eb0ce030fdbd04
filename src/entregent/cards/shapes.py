"""What a card may say, for the actions alone."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from entregent.common import errors, wording
from entregent.encounters import shapes

#: Longest way to reach somebody, and longest word that a card is called by, in characters.
VALUE, TITLE = 200, 40
#: Longest line of a card, by field.
LINES = {"does": 160, "organisation": 120}
WAYS = ("mail", "telephone", "link")


def printed(said: Mapping[str, str]) -> dict[str, str]:
    """What stands on a card. Raises `Invalid`, at the field that is to be repaired."""
    lines = {field: wording.line(said.get(field, ""))[:most] for field, most in LINES.items()}
    return {"name": shapes.called(said["name"]), **lines, **{kind: way(kind, said.get(kind, "")) for kind in WAYS}}


def title(text: str) -> str:
    """What a card is called. Raises `Invalid`."""
    shown = wording.line(text)
    if not shown or len(shown) > TITLE:
        raise errors.Invalid("title", _("A word or two: for which occasion?"))
    return shown


def way(kind: str, value: str) -> str:
    """A mail address, a number or a link, or nothing. Raises `Invalid`, at the field called as its kind."""
    shown = wording.line(value)
    if not shown:
        return ""
    try:
        reached = shapes.reached(kind, shown)
    except errors.Invalid:
        raise errors.Invalid(kind, _MEANT[kind]) from None
    if len(reached) > VALUE:
        raise errors.Invalid(kind, _MEANT[kind])
    return reached


_MEANT: dict[str, Any] = {
    "mail": _("An address, as in zoe@example.org."),
    "telephone": _("A number, as in 0692 12 34 56."),
    "link": _("A link is the address of a page, as in https://example.org/cards."),
}
