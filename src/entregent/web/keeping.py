"""Needs that are kept, "tell me when": what is new for each, ended, said to hold for longer; for their owner alone."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from entregent.common import errors
from entregent.meetups import gatherings
from entregent.meetups.shown import Gathering
from entregent.recall import actions
from entregent.recall import kept as needs
from entregent.recall import queries as recall
from entregent.recall.kept import News
from entregent.web import asking
from entregent.web.methods import require_post, require_safe, signed_in
from entregent.web.middleware import Request

#: How many needs are asked for one page.
ASKED = 3


@require_safe
@signed_in
def kept(request: Request) -> HttpResponse:
    """The needs that the viewer keeps, the last first, each with those whom they have not looked at yet.

    A page asks those that it shows, and no others; of these, where there is news stands first.
    """
    page = Paginator(needs.mine(request.viewer), ASKED).get_page(request.GET.get("page"))
    unseen = sorted(needs.unseen(request.viewer, page), key=lambda news: not news.people)
    expected = gatherings.company(request.viewer)
    said = {
        "needs": [_need(request, news, expected) for news in unseen],
        "next_page": f"?page={page.next_page_number()}" if page.has_next() else "",
        "more": page.paginator.count - page.end_index(),
    }
    return render(request, "kept.html", said)


def _need(request: Request, news: News, expected: Mapping[int, list[Gathering]]) -> dict[str, Any]:
    people = asking.lines(request.viewer, news.people[: needs.SHOWN], expected)
    more = len(news.people[needs.SHOWN :])
    return {"held": news.held, "people": people, "count": len(news.people), "more": more}


@require_post
@signed_in
def need_keep(request: Request) -> HttpResponse:
    """Keep a need that was asked just now."""
    text = request.POST.get("q", "").strip()[: asking.LONGEST]
    try:
        uid = actions.keep(request.viewer, text=text)
    except (errors.Invalid, errors.Refused) as error:
        messages.error(request, str(error.message))
        return asking.shown(request, text, recall.ask(request.viewer, text) if text else [], status=422)
    words = _("It is noted. An e-mail tells you, once a day at most, when somebody new answers.")
    messages.success(request, words, extra_tags=reverse("kept_end", args=[uid]))
    return redirect("kept")


@require_post
@signed_in
def kept_look(request: Request, uid: UUID) -> HttpResponse:
    """Who answers a need that is kept: whoever is shown is not new any more."""
    held = needs.one(request.viewer, uid)
    answers = needs.answers(request.viewer, held.text)
    actions.look(request.viewer, need=uid, answers=answers)
    return asking.shown(request, held.text, answers[: needs.SHOWN])


@require_post
@signed_in
def kept_end(request: Request, uid: UUID) -> HttpResponse:
    """Keep a need no longer."""
    actions.end(request.viewer, need=uid)
    messages.success(request, _("You no longer watch for it."), extra_tags=reverse("kept_resume", args=[uid]))
    return redirect("kept")


@require_post
@signed_in
def kept_resume(request: Request, uid: UUID) -> HttpResponse:
    """Take back that a need was ended."""
    actions.resume(request.viewer, need=uid)
    return redirect("kept")


@require_post
@signed_in
def kept_renew(request: Request, uid: UUID) -> HttpResponse:
    """Keep a need for three months from today."""
    actions.renew(request.viewer, need=uid)
    messages.success(request, _("You watch for it for three months more."))
    return redirect("kept")
