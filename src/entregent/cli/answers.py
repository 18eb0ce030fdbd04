"""The answers of `ask`, `ways` and `suggest`: read as somebody, then printed for reading or as JSON."""

from entregent.cli import database, printing, show
from entregent.cli.language import _
from entregent.cli.printing import Answer
from entregent.common import errors
from entregent.directory import queries as directory
from entregent.discretion.viewer import Viewer
from entregent.exchange import origins
from entregent.meetups import queries as meetups
from entregent.recall import actions
from entregent.recall import queries as recall
from entregent.ties import queries as ties


def ask(who: str, *, text: str, limit: int, keep: bool, as_json: bool) -> None:
    """Whom WHO can ask for help with what `text` says, and whether they want to be told of whoever answers later."""
    reader = viewer(who)
    with show.timed():
        found = recall.ask(reader, text, limit=limit)
        organisations = directory.answering(reader, text)
    kept = actions.keep(reader, text=text) if keep else None
    answers = [answer(each) for each in found]
    if as_json:
        said = {"query": text, "answers": answers, "organisations": organisations}
        printing.json_of({**said, "kept": kept} if kept else said)
        return
    printing.list_of(answers)
    printing.organisations(organisations)
    if kept:
        show.line(_("It is watched for: {id}").format(id=kept))


def answer(found: recall.Answer) -> Answer:
    """Somebody who was found, as they are printed."""
    return Answer(found.kind, found.id, found.name, found.score, found.reasons, found.ways)


def suggest(who: str, *, meetup: str | None, limit: int, as_json: bool) -> None:
    """Whom WHO might meet, at an evening or anywhere."""
    reader = viewer(who)
    coming = meetups.coming(reader, _evening(reader, meetup)) if meetup else None
    with show.timed():
        found = ties.suggest(reader, among=coming, limit=limit)
    answers = [Answer("person", each.card.uid, each.card.name, each.score, each.reasons, each.ways) for each in found]
    if as_json:
        printing.json_of({"answers": answers})
    else:
        printing.list_of(answers)


def ways(who: str, *, whom: str, limit: int, as_json: bool) -> None:
    """The ways from WHO to WHOM. Whoever is hidden from WHO is answered like somebody who is not here."""
    reader = viewer(who)
    to = origins.seen(reader, whom)
    try:
        with show.timed():
            found = ties.ways(reader, to=to, limit=limit)
    except errors.NotFound as error:
        raise origins.nobody(whom) from error
    if as_json:
        printing.json_of({"ways": found})
    else:
        printing.ways(found)


def _evening(viewer: Viewer, name: str) -> str:
    try:
        return meetups.evening(viewer, origins.meetup(name)).code
    except errors.NotFound as error:
        raise errors.NotFound(_("No evening here is called {name}.").format(name=name)) from error


def viewer(who: str) -> Viewer:
    """Whom the operator names, in a database that is there."""
    database.require()
    return origins.viewer(who)
