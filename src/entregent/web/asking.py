"""J'ai besoin de…: a need in plain words, answered by people, reasons and the best next act.

Nothing is kept of it unless whoever asks says so: `keeping` has those pages.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from entregent.directory import queries as directory
from entregent.discretion.viewer import Viewer
from entregent.encounters import queries as encounters
from entregent.meetups import gatherings
from entregent.meetups.shown import Gathering
from entregent.recall import kept
from entregent.recall import queries as recall
from entregent.recall.queries import Answer
from entregent.search.stems import fold
from entregent.web import sentences
from entregent.web.me_own import Own
from entregent.web.methods import require_form, signed_in
from entregent.web.middleware import Request

#: Longest question, in characters.
LONGEST = 500
#: How many of those who answer a page shows at once: on a phone, four fill two screens.
FIRST = 4


@require_form
@signed_in
def need(request: Request) -> HttpResponse:
    """The box, and who answers. Asked by POST: a need stays out of addresses, logs and the browser's history."""
    text = request.POST.get("q", "").strip()[:LONGEST]
    return shown(request, text, recall.ask(request.viewer, text) if text else [])


def shown(request: Request, text: str, answers: Sequence[Answer], status: int = 200) -> HttpResponse:
    """The page of a need with those who answer it, and what to do with it."""
    own, keeps = Own(request.viewer), kept.mine(request.viewer)
    said: dict[str, Any] = {"text": text, "answers": [], "others": [], "form": None, "needs": own.need_lines}
    said |= {"sector": directory.size(request.viewer), "keeps": len(keeps)}
    if text:
        said |= {"held": next((held for held in keeps if fold(held.text) == fold(text)), None)}
        told = lines(request.viewer, answers, gatherings.company(request.viewer))
        said |= {"answers": told[:FIRST], "others": told[FIRST:], "leads": len(told)}
        said["organisations"] = directory.answering(request.viewer, text)
        said["form"] = own.need_form(text=text)
    return render(request, "need.html", said, status=status)


def lines(viewer: Viewer, answers: Sequence[Answer], expected: Mapping[int, list[Gathering]]) -> list[dict[str, Any]]:
    """Those who answer, each as a line with the best next act; `expected` is the viewer's company to come."""
    reached = encounters.reachable(viewer, [one.contact for one in answers if one.contact])
    return [_line(one, expected.get(one.person or 0, []), reached) for one in answers]


def _line(one: Answer, evenings: list[Gathering], reached: Collection[UUID]) -> dict[str, Any]:
    met = [reason.on for reason in one.reasons if reason.kind == "met"] if one.contact else []
    return {
        "name": one.name,
        "contact": one.contact,
        "person": one.id if one.kind == "person" else None,
        "met": one.contact is not None,
        "fact": one.does,
        "on": met[0] if met else None,
        "reasons": one.reasons,
        "act": _act(one, evenings, reached),
    }


def _act(one: Answer, evenings: list[Gathering], reached: Collection[UUID]) -> dict[str, Any]:
    """The best next act: to write to whom one knows; the evening where both are expected, who is between; a word."""
    if one.contact in reached:
        return {"kind": "write", "address": reverse("contact_write", args=[one.contact])}
    word = {"kind": "write", "address": reverse("write", args=[one.id])}
    if one.contact:
        return word if one.kind == "person" else {"kind": "open"}
    if evenings:
        return {"kind": "meet", "code": evenings[0].code, "at": evenings[0].starts_at, "zone": evenings[0].zone}
    between = [way.people[1] for way in one.ways if len(way.people) == 3]
    return {"kind": "ask", "through": sentences.first_name(between[0].name)} if between else word
