"""*Qui voit quoi*: everything of one's own with who sees it and why, and oneself through the eyes of a role."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from entregent.discretion import queries as discretion
from entregent.web import audiences, labels, seen_own, seen_roles, seen_sight, seen_words
from entregent.web.labels import Audience
from entregent.web.me_own import Own
from entregent.web.methods import require_safe, signed_in
from entregent.web.middleware import Request
from entregent.web.seen_own import Thing
from entregent.web.seen_roles import Role

#: The name in the address of the role through whose eyes one looks.
ROLE = "comme"
ALONE = Audience("me")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing as the page shows it: `why` is the rule in plain words, `evenings` are those that it stands for."""

    thing: Thing
    audience: Audience
    why: str = ""
    evenings: tuple[Thing, ...] = ()


@require_safe
@signed_in
def me_seen(request: Request) -> HttpResponse:
    """All that is one's own, by who sees it; or what one role sees of it."""
    own = Own(request.viewer)
    things = seen_own.things(own)
    words = audiences.described(request.viewer, {(thing.circle, thing.discreet) for thing in things}, own.kept)
    roles = seen_roles.roles(own, discretion.kinds(request.viewer, {t.circle for t in things if t.circle}))
    role = next((role for role in roles if role.key == request.GET.get(ROLE)), None)
    lines = [Line(thing, _constant(thing) or words[thing.circle, thing.discreet]) for thing in things]
    shown = _through(own, role, lines) if role else {"groups": _by_audience(own, lines)}
    home = next(iter(own.communities), None)
    said = {"roles": roles, "role": role, "begun": _begun(things), "community": home}
    return render(request, "seen.html", {**said, **shown})


def _constant(thing: Thing) -> Audience | None:
    """The words for an audience that others move, where its owner is not to learn of that; None for all else."""
    if thing.kind == "communities.Report":
        # Whether anybody still hears a report would tell who left: it stands with those to whom it was made.
        return Audience("hearing")
    if thing.kind == "meetups.Organising" and thing.unseen:
        # It follows whom an evening is for that its owner no longer sees.
        return Audience("invited")
    return None


def _begun(things: Iterable[Thing]) -> bool:
    """Whether anything was said yet: the address is there from the first day."""
    return any(thing.link or thing.undo for thing in things)


def _by_audience(own: Own, lines: Iterable[Line]) -> list[dict[str, Any]]:
    """Everything, from the widest audience to the narrowest."""
    declared = discretion.declared(own.viewer)
    groups: dict[Audience, list[Line]] = {}
    for line in lines:
        at = ALONE if line.thing.ended else replace(line.audience, apart_from=())
        why = seen_words.own_terms(line.thing, line.audience, declared=declared)
        groups.setdefault(at, []).append(replace(line, why=why))
    in_order = sorted(groups.items(), key=lambda group: seen_words.WIDEST.index(group[0].kind))
    return [{"audience": at, "rule": seen_words.rule(at), "lines": _folded(held)} for at, held in in_order]


def _through(own: Own, role: Role, lines: Sequence[Line]) -> dict[str, Any]:
    """What a role sees and what not, each with its reason; what is nobody else's stands in one line."""
    sight = seen_sight.sight(own.viewer, role, [line.thing for line in lines])
    told: dict[bool, list[Line]] = {True: [], False: []}
    for line in lines:
        if line.audience.kind != ALONE.kind:
            seen, why = sight.verdict(line.thing, line.audience)
            told[seen].append(replace(line, why=why))
    discreet = [line for line in lines if line.thing.discreet and line.thing.circle]
    return {
        "seen": _folded(told[True]),
        "hidden": [*_folded(told[False]), *_alone(lines)],
        "sees": _named(told[True]),
        "keeps": bool(discreet),
        "sees_discreet": _named([line for line in told[True] if line.thing.discreet]),
    }


def _named(lines: Iterable[Line]) -> str:
    """What lines are about, as one phrase: "your name and where you work"; empty for none."""
    kinds = {line.thing.kind for line in lines}
    return labels.listing([str(words) for kind, words in seen_words.SEEN.items() if kind in kinds]) if kinds else ""


def _alone(lines: Iterable[Line]) -> list[Line]:
    whats = [line.thing.what for line in lines if line.audience.kind == ALONE.kind and not line.thing.over]
    thing = Thing("", None, _("What is yours alone"), "\u00a0· ".join(whats), "") if whats else None
    return [Line(thing, ALONE, str(seen_words.WITHOUT["me"]))] if thing else []


def _folded(lines: Iterable[Line]) -> list[Line]:
    """Lines of which those about evenings that are over are one for all that is alike, at the end."""
    kept: list[Line] = []
    over: dict[tuple[str, Audience, str], list[Line]] = {}
    for line in lines:
        alike = over.setdefault((line.thing.label, line.audience, line.why), []) if line.thing.over else kept
        alike.append(line)
    return [*kept, *(_past(alike) for alike in over.values())]


def _past(lines: Sequence[Line]) -> Line:
    first, *others = lines
    if not others:
        return first
    number = labels.count(len(lines))
    what = _("%(n)s past evenings") % {"n": number[:1].upper() + number[1:]}
    thing = Thing(first.thing.kind, None, what, first.thing.label, "")
    return replace(first, thing=thing, evenings=tuple(line.thing for line in lines))
