"""Cards, in every state."""

from datetime import UTC, datetime, timedelta
from typing import Any

from entregent.cards.queries import Crossed, Face, Got, Own, Shown
from entregent.web.cards_forms import CardForm, ExchangeForm, LeaveForm
from tests.web.look_samples import NOW, uid

APERO = Own(uid(1), "Apéro", Face("Karine Payet", "Cheffe de projet", "Vacoa", "k@exemple.re", "0692 12 34 56"))
CLIENTS = Own(uid(2), "Clients", Face("Karine Payet"))
AT = datetime(2026, 11, 3, 8, tzinfo=UTC)
CROSSED = (
    Crossed(uid(3), "Thierry Ah-Hon", uid(4), AT, withdrawn=False),
    Crossed(uid(5), "Anaïs Lebon", None, AT, withdrawn=True),
)

THIERRY = Face("Thierry Ah-Hon", "Des cartes", "Vacoa", "t@exemple.re", link="https://exemple.re")
LEFT = Got(uid(6), Face("Zoé", telephone="0692 12 34 56"), AT, None, waits=True)
NOTED = Got(uid(7), THIERRY, AT, uid(8), waits=False)
LATER = NOW + timedelta(minutes=9)
MINE = Shown(uid(9), 1, True, uid(1), APERO.face, LATER, "VACOA47", "Apéro Web 47")
OVER = Shown(uid(9), 1, True, uid(1), APERO.face, AT, "", "")
THEIRS = Shown(uid(9), 2, False, uid(1), THIERRY, LATER, "VACOA47", "Apéro Web 47")
WAYS = [{"kind": kind, "value": value, "href": f"mailto:{value}"} for kind, value in THIERRY.channels]
HERE = "https://entregent.example/carte/k/"


def cards() -> dict[str, tuple[str, dict[str, Any]]]:
    """Each state by name: its template and context."""
    seen: dict[str, Any] = {"shown": THEIRS, "key": "k", "first_name": "Thierry", "ways": WAYS, "form": LeaveForm()}
    member: dict[str, Any] = {"member": True, "got": ()}
    one: dict[str, Any] = {"cards": (APERO,), "exchange": ExchangeForm(cards=[APERO])}
    return {
        "cards": ("me_cards.html", {"cards": (APERO, CLIENTS), "crossed": CROSSED, "handed": (LEFT,)}),
        "cards-none": ("me_cards.html", {"cards": ()}),
        "card-new": ("card_form.html", {"form": CardForm(initial={"name": "Karine"})}),
        "card-showing": ("card_showing.html", {"shown": MINE, "key": "k", "address": HERE, "got": ()}),
        "card-showing-got": ("card_showing.html", {"shown": MINE, "key": "k", "address": HERE, "got": (LEFT, NOTED)}),
        "card-over": ("card_showing.html", {"shown": OVER, "key": "k", "address": HERE, "got": ()}),
        "card-visitor": ("card_shown.html", {**seen, "visitor": True}),
        "card-visitor-wrong": ("card_shown.html", {**seen, "visitor": True, "form": LeaveForm({})}),
        "card-visitor-left": ("card_shown.html", {**seen, "visitor": True, "left": True}),
        "card-member": (
            "card_shown.html",
            {**seen, **member, "cards": (APERO,), "exchange": ExchangeForm(cards=[APERO])},
        ),
        "card-member-cards": (
            "card_shown.html",
            {**seen, **member, "cards": (APERO, CLIENTS), "exchange": ExchangeForm(cards=[APERO, CLIENTS])},
        ),
        "card-member-none": ("card_shown.html", {**seen, **member, "cards": ()}),
        "card-member-has": (
            "card_shown.html",
            {**seen, **member, **one, "got": (NOTED,)},
        ),
        "card-wrong": ("card_form.html", {"form": CardForm({"mail": "k@"}), "card": APERO}),
    }
