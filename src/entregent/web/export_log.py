"""The log of the lists that were taken out of an evening, which those who come, and came, can read."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from entregent.discretion.viewer import Viewer
from entregent.meetups import declassified
from entregent.meetups.admissions import LIST
from entregent.profiles import queries as profiles
from entregent.web import labels

#: What is taken out of an evening, as its log says it.
FIELDS = {
    "name": _("the names, or borrowed ones"),
    "account": _("who has no account"),
}
#: The same, and what leaves with the door's list.
TAKEN = {**FIELDS, LIST: _("the door’s list, on a phone until the door closes")}


def exports(viewer: Viewer, code: str) -> list[dict[str, Any]]:
    """The log of an evening, as `includes/exports.html` draws it: when, by whom as far as the viewer may know, what."""
    taken = declassified.exports(viewer, code)
    # Nobody is asked for as well: whoever left and whoever is hidden cost the same.
    cards = profiles.cards(viewer, sorted({one.by or 0 for one in taken}))
    names = {person: card.name for person, card in cards.items()}
    return [{"at": one.made_at, "by": names.get(one.by or 0, ""), "fields": _listed(one.fields)} for one in taken]


def _listed(fields: Iterable[str]) -> str:
    return labels.listing([str(TAKEN.get(word, word)) for word in fields])
