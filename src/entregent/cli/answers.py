"""The answers of `ask`, `ways` and `suggest`: read as somebody, then printed for reading or as JSON."""

from entregent.cli import database, printing, show
from entregent.cli.language import _
from entregent.cli.printing import Answer
from entregent.common import errors
from entregent.directory import queries as directory
from entregent.discretion.viewer import Viewer
from entregent.exchange import origins
from entregent.meetups import queries as meetups
from entregent.recall import queries as recall
from entregent.ties import queries as ties


def ask(who: str, *, text: str, limit: int, as_json: bool) -> None:
    """Whom WHO can ask for help with what `text` says."""
    viewer = _viewer(who)
    with show.timed():
        found = recall.ask(viewer, text, limit=limit)
        organisations = directory.answering(viewer, text)
    answers = [Answer(each.kind, each.id, each.name, each.score, each.reasons, each.ways) for each in found]
    if as_json:
        printing.json_of({"query": text, "answers": answers, "organisations": organisations})
    else:
        printing.list_of(answers)
        printing.organisations(organisations)


def suggest(who: str, *, meetup: str | None, limit: int, as_json: bool) -> None:
    """Whom WHO might meet, at an evening or anywhere."""
    viewer = _viewer(who)
    code = _evening(viewer, meetup) if meetup else None
    with show.timed():
        found = ties.suggest(viewer, meetup=code, limit=limit)
    answers = [Answer("person", each.card.uid, each.card.name, each.score, each.reasons, each.ways) for each in found]
    if as_json:
        printing.json_of({"answers": answers})
    else:
        printing.list_of(answers)


def ways(who: str, *, whom: str, limit: int, as_json: bool) -> None:
    """The ways from WHO to WHOM. Whoever is hidden from WHO is answered like somebody who is not here."""
    viewer = _viewer(who)
    to = origins.seen(viewer, whom)
    try:
        with show.timed():
            found = ties.ways(viewer, to=to, limit=limit)
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


def _viewer(who: str) -> Viewer:
    database.require()
    return origins.viewer(who)
