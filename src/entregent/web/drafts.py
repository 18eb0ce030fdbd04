"""What a message to somebody begins with: a greeting, where one met, what one needs. Neither tu nor vous is guessed."""

from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from entregent.encounters import places
from entregent.encounters.queries import Met
from entregent.web import dates, labels, sentences

#: How much of a need stands in the subject of a mail, in characters.
SUBJECT = 70


class Draft(NamedTuple):
    """The words, and what a mail calls them."""

    text: str
    subject: str


def draft(name: str, met: Met | None, need: str, today: date) -> Draft:
    """A message to somebody of that name, whom one met there if anywhere, about what one needs if anything."""
    said = [_("Hello %(name)s,") % {"name": sentences.first_name(name)}]
    said += [_where(met, today)] if met else []
    said += [_("I am looking for this: %(need)s") % {"need": need}] if need else []
    said += [_("Could we talk about it?")] if need else []
    subject = need[:SUBJECT].rstrip() if need else met.title if met else ""
    return Draft("\n\n".join(said), subject)


def _where(met: Met, today: date) -> str:
    language = labels.language()
    when = dates.short(met.on, language, today)
    place = places.at(met.title, language) if met.title else met.place
    if met.title:
        return _("We met %(place)s (%(when)s).") % {"place": place, "when": when}
    return _("We met on %(when)s.") % {"when": when}
