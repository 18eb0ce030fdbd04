"""The exact words for who sees something: every page, form and mail says it with these and no others."""

from dataclasses import dataclass

from babel.lists import format_list
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from entregent.web import dates

#: Words and icon of each kind of circle; `me` is an audience of nobody else.
KINDS = {
    "me": (_("Only me"), "lock"),
    "chosen": (_("People I name"), "user-round-check"),
    "connections": (_("Crossed cards"), "handshake"),
    "going": (_("The people who come"), "door-open"),
    "attended": (_("The people who came"), "door-open"),
    "invited": (_("Whoever the evening is for"), "users"),
    "organisers": (_("The people who organise"), "megaphone"),
    "stewards": (_("Those who look after the community"), "key-round"),
    "hearing": (_("Those who look after the community, other than whoever it concerns"), "megaphone"),
    "members": (_("The community"), "users"),
    "communities": (_("My communities"), "users"),
    "everyone": (_("Everyone"), "globe"),
}
ENTRIES = {
    "open": _("The community, open to all"),
    "link": _("The community, by link"),
    "approved": _("The community, on approval"),
}


@dataclass(frozen=True, slots=True)
class Audience:
    """Who sees a fact, as a page says it.

    `kind` is a key of `KINDS`; `names` are the people of a chosen circle, or the name of the community, or of those in
    which an evening stands; `entry` is how one gets into it (a key of `ENTRIES`); `apart_from` names those from whom a
    discreet fact is kept. `told_apart`: several communities are spoken of, and called by their names.
    """

    kind: str
    names: tuple[str, ...] = ()
    entry: str = ""
    apart_from: tuple[str, ...] = ()
    told_apart: bool = False

    @property
    def icon(self) -> str:
        """The name of its icon."""
        return KINDS[self.kind][1]

    @property
    def words(self) -> str:
        """Its words, without those from whom it is kept."""
        if (self.kind == "chosen" or self.told_apart) and self.names:
            return listing(self.names)
        if self.kind == "members" and self.entry:
            return str(ENTRIES[self.entry])
        return str(KINDS[self.kind][0])

    @property
    def apart(self) -> str:
        """The words for those from whom it is kept: "apart from Filao"; empty when it is kept from nobody."""
        if not self.apart_from:
            return ""
        return gettext("apart from %(names)s") % {"names": listing(self.apart_from)}


def beside(*words: str) -> str:
    """Several things that are said of one, side by side: "Une mission · Saint-Pierre"."""
    return " · ".join(filter(None, words))


def language() -> str:
    """The language of the page: `fr` or `en`."""
    return (get_language() or "fr")[:2]


def listing(names: tuple[str, ...] | list[str]) -> str:
    """Several names as one phrase: "Karine et Mickaël"."""
    return format_list(list(names), locale=dates.LOCALES[language()])


#: Numbers that a text writes out; a translation gives as many words, in the same order.
_NUMBERS = pgettext_lazy("numbers from two to ten", "two three four five six seven eight nine ten")


def count(number: int) -> str:
    """A number within a sentence: in letters from two to ten, in digits otherwise."""
    written = str(_NUMBERS).split()
    return written[number - 2] if 2 <= number <= len(written) + 1 else str(number)
