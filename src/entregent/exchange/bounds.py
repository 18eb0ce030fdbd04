"""How many people a book takes from files, and what is said where more would come."""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

#: The most people in a book into which a file still brings somebody: twice what one file holds. A book is read and
#: compared as a whole at each look at a file, so many in a quarter of a second of a core, without the database.
#: Whoever is noted by hand finds room beyond it.
PEOPLE = 20_000


@dataclass(frozen=True, slots=True)
class Short:
    """A book that is short of room: `left` more people fit, `fresh` would come."""

    left: int
    fresh: int

    @property
    def most(self) -> str:
        """How many a book holds, as it is written."""
        return _written(PEOPLE)

    def __str__(self) -> str:
        """What happened, and what to do."""
        if not self.left:
            full = _(
                "This notebook is full: files bring %(most)s people into it at most. Forget some pages, or take an "
                "earlier file back, before others come in."
            )
            return full % {"most": self.most}
        room = ngettext(
            "These would be %(fresh)s new people, and this notebook has room for one more: files bring %(most)s at "
            "most. Bring fewer, forget some pages, or take an earlier file back.",
            "These would be %(fresh)s new people, and this notebook has room for %(left)s more: files bring %(most)s "
            "at most. Bring fewer, forget some pages, or take an earlier file back.",
            self.left,
        )
        return room % {"fresh": _written(self.fresh), "left": _written(self.left), "most": self.most}


def short(*, held: int, fresh: int) -> Short | None:
    """What is said where so many new people do not fit into a book of so many; nothing where they do.

    >>> short(held=PEOPLE - 2, fresh=2), short(held=PEOPLE - 2, fresh=3), short(held=PEOPLE + 1, fresh=0)
    (None, Short(left=2, fresh=3), None)
    """
    left = max(PEOPLE - held, 0)
    return Short(left, fresh) if fresh > left else None


def _written(count: int) -> str:
    return number_format(count, force_grouping=True)
