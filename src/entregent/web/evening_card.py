"""An evening as its pages draw it: the card, one's own answer, who organises, whom to meet there."""

from dataclasses import replace
from typing import Any

from entregent.discretion.viewer import Viewer
from entregent.encounters import queries as encounters
from entregent.market import queries as market
from entregent.meetups import queries as meetups
from entregent.meetups import times
from entregent.meetups.shown import Evening, Terms
from entregent.people import queries as people
from entregent.profiles import queries as profiles
from entregent.ties import queries as ties
from entregent.web import conduct, labels, several

#: The kinds of `labels.Audience` that the audiences of an answer are.
KINDS = {"going": "going", "community": "members", "organisers": "organisers", "me": "me"}


#: On what terms somebody without account answers.
GUEST = Terms("organisers", discreet=False)


def card(viewer: Viewer, evening: Evening, key: str = "") -> dict[str, Any]:
    """The context of `includes/evening_card.html`; `key` is the secret of somebody without account."""
    belongs = member(viewer)
    terms = meetups.terms(viewer, evening.code) if belongs else GUEST
    audience = seen_by(viewer, evening, terms)
    answered = {
        "standing": evening.my_answer,
        "place": evening.my_place_in_queue,
        "until": evening.my_offer_until,
        "takes": evening.takes,
        "audience": audience,
    }
    return {
        **shown(evening),
        "answer": answered if evening.my_answer in {"going", "waiting", "offered"} else None,
        "lapsed": evening.my_answer == "lapsed",
        "released": evening.my_answer == "released",
        "key": key,
        "audience": audience,
        "may_answer": evening.state in {"open", "waiting"},
        "audiences": audiences(viewer, evening, terms) if belongs else [],
        "asks_colleagues": terms.discreet is None,
        "employers": market.employer_names(viewer) if belongs else [],
        "discreet": bool(terms.discreet),
        "company": company_of(evening),
        "questions": evening.questions,
        "room_open": meetups.my_presence(viewer, evening.code) is not None,
        "my_pictured": evening.my_pictured,
        "organises": evening.organises,
        "hosts": hosts(viewer, evening),
        "conduct": conduct.lines(evening.conduct),
    }


def company_of(evening: Evening) -> dict[str, Any]:
    """Whom one may bring, and how many seats there are for that; the context of `includes/company.html`."""
    mine = evening.my_guests if evening.my_answer in {"going", "waiting", "offered"} else 0
    free = evening.room if evening.room is not None and 0 < evening.room <= evening.guests else None
    within = evening.within_reach if evening.my_answer == "waiting" and not evening.takes else 0
    most = evening.guests if evening.capacity is None else min(evening.guests, evening.capacity - 1)
    return {"choices": range(1 + max(most, mine)), "mine": mine, "free": free, "within_reach": within}


def member(viewer: Viewer) -> bool:
    """Whether the viewer has an account: neither a visitor, nor somebody with a secret link."""
    return viewer.person is not None and people.account_of(person=viewer.person) is not None


def shown(evening: Evening) -> dict[str, Any]:
    """What an evening says of itself, by the names that templates use."""
    same = ("code", "place", "address", "town", "starts_at", "ends_at", "zone", "state", "capacity", "farewell")
    drawn = {name: getattr(evening, name) for name in (*same, "opens_at", "closes_at")}
    band = evening.band[0] if evening.band else None
    told_until = times.told_until(evening.ends_at, evening.zone)
    drawn |= {"pictures": evening.pictures}
    return {
        "meetup": {**drawn, "name": evening.title, "pitch": evening.words, "band": band, "told_until": told_until},
        "community": {"slug": evening.community, "name": evening.community_name},
        "also": [{"slug": slug, "name": name} for slug, name in evening.also],
    }


def audiences(viewer: Viewer, evening: Evening, terms: Terms) -> list[dict[str, Any]]:
    """Who an answer can be shown to, as a form offers it."""
    said = {kind: labels.Audience(kind) for kind in KINDS.values()}
    if evening.also:
        said["members"] = several.of_community(viewer, evening, None)
    return [
        {"value": name, "words": said[kind].words, "chosen": name == terms.audience} for name, kind in KINDS.items()
    ]


def seen_by(viewer: Viewer, evening: Evening, terms: Terms) -> labels.Audience:
    """Who sees an answer given on these terms, in words."""
    apart_from = tuple(kept.name for kept in market.shielded(viewer)) if terms.discreet else ()
    if terms.audience == "community":
        return replace(several.of_community(viewer, evening, terms.circle), apart_from=apart_from)
    return labels.Audience(KINDS[terms.audience], apart_from=apart_from)


def hosts(viewer: Viewer, evening: Evening) -> list[dict[str, str]]:
    """Who organises, as far as the viewer may know their name and where they work; whoever announced it first."""
    people = [evening.owner, *(one.person for one in meetups.hosts(viewer, evening.code))]
    cards = profiles.cards(viewer, people)
    places = market.workplaces(viewer, list(cards))
    return [
        {"name": cards[one].name, "organisation": places[one].organisation if one in places else ""}
        for one in people
        if one in cards
    ]


def helpers(viewer: Viewer, evening: Evening) -> list[dict[str, Any]]:
    """Who organises an evening with whoever announced it, as far as the viewer may know; which is the viewer."""
    found = meetups.hosts(viewer, evening.code)
    cards = profiles.cards(viewer, [one.person for one in found])
    return [
        {"uid": one.uid, "name": cards[one.person].name, "me": one.person == viewer.person}
        for one in found
        if one.person in cards
    ]


def company(viewer: Viewer, evening: Evening) -> dict[str, Any]:
    """Whom to meet at an evening, with the reasons, and whom one knows of those who come."""
    if not member(viewer) or evening.state in {"cancelled", "past"}:
        return {"to_meet": [], "known": []}
    coming = meetups.coming(viewer, evening.code)
    known = encounters.known(viewer, coming)
    cards = profiles.cards(viewer, list(known))
    rows = [_known(cards[person], one) for person, one in known.items() if person in cards]
    return {
        "to_meet": [_suggested(one) for one in ties.suggest(viewer, among=coming)],
        "known": sorted(rows, key=lambda row: (row["on"] is None, row["name"].casefold(), row["contact"])),
    }


def _known(one: profiles.Card, known: encounters.Entry) -> dict[str, Any]:
    line = {"name": known.name, "contact": known.uid, "person": one.uid, "met": True}
    said = [{"kind": "said", "text": known.note, "on": None}] if known.note else []
    return {**line, "fact": one.headline, "on": known.last.on if known.last else None, "reasons": said}


def _suggested(one: ties.Suggestion) -> dict[str, Any]:
    line = {"name": one.card.name, "contact": None, "person": one.card.uid, "met": False}
    return {**line, "fact": one.card.headline, "on": None, "reasons": one.reasons}
