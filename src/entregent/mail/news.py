"""The letter about needs that are kept: who newly answers them, as their owner may see it at this moment."""

from functools import partial
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from entregent.discretion.viewer import Viewer
from entregent.mail.letter import Letter
from entregent.people import queries as people
from entregent.recall import actions, kept
from entregent.recall.kept import News
from entregent.recall.queries import Answer

#: How many people a letter names for each need; the others are counted.
NAMED = 4


def letter(recipient: int) -> Letter | None:
    """What to send to somebody who keeps needs; None where nobody newly answers any of them."""
    mailbox, viewer = people.mailbox(person=recipient), Viewer(person=recipient)
    if mailbox is None:
        return None
    with translation.override(mailbox.language):
        news = kept.untold(viewer)
        if not news:
            return None
        said = _said(news)
        told = {one.held.uid: [each.id for each in one.people] for one in news}
        return Letter(
            address=mailbox.address,
            subject=" ".join(render_to_string("mail/news_subject.txt", said).split()),
            text=render_to_string("mail/news.txt", said),
            html=render_to_string("mail/news.html", said),
            language=mailbox.language,
            left=partial(actions.tell, viewer, told=told),
        )


def _said(news: list[News]) -> dict[str, Any]:
    needs = [_need(one) for one in news]
    return {"needs": needs, "link": f"{settings.BASE_URL}{reverse('kept')}", "base_url": settings.BASE_URL}


def _need(news: News) -> dict[str, Any]:
    people = [{"name": one.name, "why": _why(one)} for one in news.people[:NAMED]]
    return {"text": news.held.text, "people": people, "others": len(news.people[NAMED:])}


def _why(one: Answer) -> str:
    """What somebody says of themselves that answers."""
    return next((reason.text for reason in one.reasons if reason.kind == "does"), one.does)
