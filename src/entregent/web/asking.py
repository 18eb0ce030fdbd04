"""J'ai besoin de…: a need in plain words, answered by people, reasons and the best next act. Nothing is kept of it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from entregent.directory import queries as directory
from entregent.meetups.shown import Gathering
from entregent.recall import queries as recall
from entregent.recall.queries import Answer
from entregent.web import people, sentences
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
    own, text = Own(request.viewer), request.POST.get("q", "").strip()[:LONGEST]
    said: dict[str, Any] = {"text": text, "answers": [], "others": [], "form": None, "needs": own.need_lines}
    said["sector"] = directory.size(request.viewer)
    if text:
        expected = people.expected(request.viewer)
        answers = recall.ask(request.viewer, text)
        lines = [_line(one, expected.get(one.person or 0, [])) for one in answers]
        said |= {"answers": lines[:FIRST], "others": lines[FIRST:], "leads": len(lines)}
        said["organisations"] = directory.answering(request.viewer, text)
        said["form"] = own.need_form(text=text)
    return render(request, "need.html", said)


def _line(one: Answer, evenings: list[Gathering]) -> dict[str, Any]:
    met = [reason.on for reason in one.reasons if reason.kind == "met"] if one.contact else []
    return {
        "name": one.name,
        "contact": one.contact,
        "person": one.id if one.kind == "person" else None,
        "met": one.contact is not None,
        "fact": one.does,
        "on": met[0] if met else None,
        "reasons": one.reasons,
        "act": _act(one, evenings),
    }


def _act(one: Answer, evenings: list[Gathering]) -> dict[str, Any] | None:
    """The best next act: what one noted of them, the evening where both are expected, who is between."""
    if one.contact:
        return {"kind": "open"}
    if evenings:
        return {"kind": "meet", "code": evenings[0].code, "at": evenings[0].starts_at, "zone": evenings[0].zone}
    between = [way.people[1] for way in one.ways if len(way.people) == 3]
    return {"kind": "ask", "through": sentences.first_name(between[0].name)} if between else None
