"""Le secteur: organisations as public sources list them, the same for every member; who works there, as one sees it."""

from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from entregent.common import wording
from entregent.directory import queries as directory
from entregent.directory.queries import Sheet, Shelf
from entregent.discretion import queries as discretion
from entregent.discretion.viewer import Viewer
from entregent.market import queries as market
from entregent.profiles import queries as profiles
from entregent.web import people
from entregent.web.methods import require_safe, signed_in
from entregent.web.middleware import Request

#: How many organisations a page of the list holds; the longest search, in characters; the last page.
LINES, LONGEST, LAST = 40, 200, 9_999


@require_safe
@signed_in
def sector(request: Request) -> HttpResponse:
    """All of them by name, or those of a tag, of a town, or that words find."""
    asked = {name: wording.line(request.GET.get(name, ""))[:LONGEST] for name in ("q", "tag", "town")}
    page = _page(request)
    found = directory.find(
        request.viewer,
        words=asked["q"],
        tag=asked["tag"],
        town=asked["town"],
        first=(page - 1) * LINES,
        many=LINES,
    )
    further = page < LAST and page * LINES < found.total
    said = {
        "asked": asked,
        "narrowed": any(asked.values()),
        "total": found.total,
        "lines": found.lines,
        "tags": [_shelf("tag", one) for one in directory.tags(request.viewer)],
        "towns": [_shelf("town", one) for one in directory.towns(request.viewer)],
        "next_page": _address(asked, page=page + 1) if further else "",
        "previous_page": _address(asked, page=page - 1) if page > 1 else "",
    }
    return render(request, "sector.html", said)


@require_safe
@signed_in
def listing(request: Request, uid: UUID) -> HttpResponse:
    """What a source says of an organisation, and whom the viewer sees there."""
    sheet = directory.sheet(request.viewer, uid)
    said = {
        "sheet": sheet,
        "shelves": [_shelf("tag", Shelf(word, 0)) for word in sheet.tags],
        "town_page": _address({"town": sheet.town}) if sheet.town else "",
        "people": _people(request.viewer, sheet.name),
        "write_to": _letter(sheet),
    }
    return render(request, "listing.html", said)


def _page(request: Request) -> int:
    typed = request.GET.get("page", "")
    return min(max(int(typed), 1), LAST) if typed.isascii() and typed.isdigit() and len(typed) <= len(str(LAST)) else 1


def _shelf(kind: str, shelf: Shelf) -> dict[str, Any]:
    return {"words": shelf.words, "count": shelf.count, "address": _address({kind: shelf.words})}


def _address(asked: dict[str, str], *, page: int = 1) -> str:
    kept = {name: value for name, value in asked.items() if value}
    further = {"page": str(page)} if page > 1 else {}
    return f"{reverse('sector')}?{urlencode({**kept, **further})}"


def _people(viewer: Viewer, name: str) -> list[dict[str, Any]]:
    """Who says to the viewer that they work at the organisation of this name, by name."""
    held = market.working_at(viewer, name)
    blocked = discretion.blocked(viewer)
    cards = profiles.cards(viewer, [person for person in held if person not in {viewer.person, *blocked}])
    return [
        people.line(card, fact=held[card.person].title)
        for card in sorted(cards.values(), key=lambda card: card.by_name)
    ]


def _letter(sheet: Sheet) -> str:
    """A mail to whoever runs this server, begun; "" where they gave no address."""
    if not settings.OPERATOR_MAIL:
        return ""
    subject = _("The card of %(name)s") % {"name": sheet.name}
    page = settings.BASE_URL + reverse("sector_listing", args=[sheet.uid])
    begun = {"subject": subject, "body": f"{page}\n\n"}
    return f"mailto:{settings.OPERATOR_MAIL}?{urlencode(begun, quote_via=quote)}"
