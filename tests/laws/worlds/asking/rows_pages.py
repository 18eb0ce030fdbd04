"""Every page."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import slugify

from tests.laws.worlds.acting.pen import FIRMS, WORDS
from tests.laws.worlds.asking.rows import Hand, Row, page


def words(hand: Hand) -> Mapping[str, Any]:
    """A search for a word of what is hidden."""
    return {"q": hand.word()}


def second(_hand: Hand) -> Mapping[str, Any]:
    """The next page of a list."""
    return {"page": "2"}


def back(hand: Hand) -> Mapping[str, Any]:
    """Where one wanted to go."""
    return {"next": f"/p/{hand.one('person').uid}/"}


def narrowed(hand: Hand) -> Mapping[str, Any]:
    """Organisations of a tag and a town, one of them a word of what is hidden."""
    return {
        "tag": hand.draw.choice([hand.word(), "cartographie"]),
        "town": hand.draw.choice([hand.word(), "Saint-Denis"]),
    }


def role(hand: Hand) -> Mapping[str, Any]:
    """Through whose eyes one looks at one's own facts."""
    whose = ["visiteur", "sans-reponse", "soirees", "organise", "nomme", f"de-{hand.one('community').slug}"]
    whose += [f"chez-{slugify(firm)}" for firm in FIRMS]
    return {"comme": hand.draw.choice(whose)}


def chosen(hand: Hand) -> Mapping[str, Any]:
    """Needs and offers of a kind, or at a place that is hidden."""
    kind, place = hand.draw.choice(["job", "client"]), hand.word().lower()
    name = hand.draw.choice(["kind", "offered", "place"])
    return {name: {"kind": kind, "offered": "yes", "place": place}[name]}


def like(hand: Hand) -> Mapping[str, Any]:
    """An evening like another, one's own or not."""
    return {"comme": hand.one("evening").code}


def ticket(_hand: Hand) -> Mapping[str, Any]:
    """A ticket that nobody was given."""
    return {"billet": "YXA2U8DGRQUJU9RF"}


def first(_hand: Hand) -> Mapping[str, Any]:
    """The first evening of a calendar."""
    return {"n": "0"}


def sought(hand: Hand) -> Mapping[str, Any]:
    """Evenings of a month, of a community, or near a place that is a word of what is hidden."""
    month = hand.day(hand.draw.choice([-30, 0, 20])).strftime("%Y-%m")
    name = hand.draw.choice(["month", "community", "near"])
    return {name: {"month": month, "community": hand.one("community").slug, "near": hand.word()}[name]}


PAGES: list[Row] = [
    *page("home"),
    *page("tonight", lists=True),
    *page("server"),
    *page("worker"),
    *page("sign_in", query=back),
    *page("code"),
    *page("evening_new", "community"),
    *page("evening_new", "community", query=like, name="evening_new like another"),
    *page("evening", "evening"),
    *page("evening_edit", "evening"),
    *page("evening_cancel", "evening"),
    *page("evening_help", "evening", "help"),
    *page("evening_recalled", "evening", "recalled"),
    *page("evening_dates", "evening"),
    *page("evening_share", "evening"),
    *page("evening_release", "evening"),
    *page("evening_release", "evening", query=words, name="evening_release searched"),
    *page("evening_find", lists=True),
    *page("evening_find", query=sought, name="evening_find narrowed", lists=True),
    *page("evening_list", "evening"),
    *page("poster", "evening"),
    *page("evening_preview", "evening"),
    *page("evening_calendar", "evening"),
    *page("room", "evening"),
    *page("room", "evening", query=words, name="room searched"),
    *page("room_morning", "evening"),
    *page("evening_pictures", "evening"),
    *page("picture", "picture"),
    *page("here", "here"),
    *page("ticket", "evening"),
    *page("answer_ticket", "secret"),
    *page("door", "evening"),
    *page("door_data", "evening"),
    *page("door", "evening", query=words, name="door searched"),
    *page("door", "evening", query=ticket, name="door with a ticket"),
    *page("answer", "secret"),
    *page("answer_account", "secret"),
    *page("community_new"),
    *page("community", "community"),
    *page("community_calendar", "community"),
    *page("community_feed", "community"),
    *page("community_edit", "community"),
    *page("community_edit", "community", query=words, name="community_edit searched"),
    *page("community_poster", "community"),
    *page("join", "community"),
    *page("join", "invite", name="join invited"),
    *page("book", lists=True),
    *page("book", query=words, name="book searched", lists=True),
    *page("book", query=second, name="book, next page"),
    *page("contact_new"),
    *page("contact_promises", lists=True),
    *page("contact", "contact"),
    *page("contact_bring", lists=True),
    *page("contact_choose", "upload"),
    *page("contact_brought", "import"),
    *page("contact_evenings", "import"),
    *page("contact_evenings", "import", query=words, name="contact_evenings searched"),
    *page("contact_evenings", "import", query=first, name="contact_evenings, who was at one"),
    *page("contact_label", lists=True),
    *page("contact_label", query=words, name="contact_label searched"),
    *page("contact_edit", "contact"),
    *page("person", "person"),
    *page("person_portrait", "person"),
    *page("ways", "person"),
    *page("need"),
    *page("kept", lists=True),
    *page("kept", query=second, name="kept, next page"),
    *page("sector"),
    *page("sector", query=words, name="sector searched"),
    *page("sector", query=narrowed, name="sector of a tag in a town"),
    *page("sector", query=second, name="sector, next page"),
    *page("sector_listing", "listing"),
    *page("needs", lists=True),
    *page("needs", query=chosen, name="needs chosen", lists=True),
    *page("needs", query=second, name="needs, next page"),
    *page("me_need"),
    *page("need_edit", "need"),
    *page("me", lists=True),
    *(row for kind in WORDS for row in page(f"me_{kind}")),
    *page("me_portrait"),
    *page("me_calendar"),
    *page("feed", "feed"),
    *page("me_blocks"),
    *page("me_seen"),
    *page("me_seen", query=role, name="me_seen as a role"),
    *page("person_report", "person"),
    *page("evening_report", "evening"),
]
