"""Needs that somebody keeps: listed with whoever is new, and ended."""

from datetime import date
from uuid import UUID

from django.conf import settings

from entregent.cli import answers, printing, show
from entregent.cli.language import _
from entregent.common import days, errors
from entregent.recall import actions
from entregent.recall import kept as needs
from entregent.recall.kept import News


def list_all(who: str, *, as_json: bool) -> None:
    """What WHO keeps, and who answers it whom they have not looked at yet."""
    with show.timed():
        viewer = answers.viewer(who)
        found = needs.unseen(viewer, needs.mine(viewer))
    if as_json:
        printing.json_of({"kept": [_told(news) for news in found]})
        return
    for news in found:
        show.line(_line(news))
        show.line(f"   {news.held.uid}")
        printing.list_of([answers.answer(one) for one in news.people], nobody=_("Nobody new."))
    if not found:
        show.line(_("Nothing is watched for."))


def end(who: str, need: UUID) -> None:
    """Have WHO keep a need no longer."""
    actor = answers.viewer(who)
    try:
        actions.end(actor, need=need)
    except errors.NotFound as error:
        raise errors.NotFound(_("{who} watches for nothing under {id}.").format(who=who, id=need)) from error
    show.line(_("You no longer watch for it."))


def _line(news: News) -> str:
    until = printing.day(_last(news))
    return f"{printing.clean(news.held.text)} · {_('until {day}').format(day=until)}"


def _told(news: News) -> dict[str, object]:
    held, people = news.held, [answers.answer(one) for one in news.people]
    return {"id": held.uid, "query": held.text, "until": _last(news), "answers": people}


def _last(news: News) -> date:
    """The last day on which it holds."""
    return days.of(news.held.until, settings.HOME_ZONE)
