"""`write` and `words`: a word that is relayed to somebody, and those that somebody wrote or was given."""

from typing import Any

from django.conf import settings

from entregent.cli import database, printing, show
from entregent.cli.language import _
from entregent.common import days, errors
from entregent.exchange import origins
from entregent.people import queries as people
from entregent.writing import actions, queries


def write(who: str, *, whom: str, text: str, mail: str, telephone: str) -> None:
    """Have a word of WHO's relayed to WHOM. Whoever is hidden from WHO is answered like somebody who is not here."""
    database.require()
    viewer = origins.viewer(who)
    person = people.uid_of(person=origins.seen(viewer, whom))
    try:
        actions.write(viewer, person=person, text=text, mail=mail, telephone=telephone)
    except errors.NotFound as error:
        raise origins.nobody(whom) from error
    show.line(_("The word leaves in a minute. What becomes of it is told by an answer alone."))


def words(who: str, *, as_json: bool) -> None:
    """The words that WHO was given, and wrote."""
    database.require()
    viewer = origins.viewer(who)
    got, sent = queries.got(viewer), queries.sent(viewer)
    if as_json:
        printing.json_of({"given": [_given(one) for one in got], "written": [_written(one) for one in sent]})
        return
    for head, found in ((_("Given"), got), (_("Written"), sent)):
        show.line(f"{head}:")
        for one in found:
            name, text = printing.clean(one.name), printing.clean(one.text)
            show.line(f"   {printing.day(days.of(one.at, settings.HOME_ZONE))}  {name}: {text}")
        if not found:
            show.line(_("   None, for now."))


def _given(one: queries.Got) -> dict[str, Any]:
    card = {"mail": one.card.mail, "telephone": one.card.telephone} if one.card else None
    return {"id": one.uid, "name": one.name, "text": one.text, "at": one.at, "card": card, "waits": one.waits}


def _written(one: queries.Sent) -> dict[str, Any]:
    said = {"id": one.uid, "name": one.name, "text": one.text, "at": one.at}
    return {**said, "gone": one.gone, "answered": one.answered}
