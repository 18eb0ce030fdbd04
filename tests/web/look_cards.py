"""Cards, in every state."""

from datetime import UTC, datetime
from typing import Any

from entregent.cards.queries import Crossed, Face, Own
from entregent.web.cards_forms import CardForm
from tests.web.look_samples import uid

APERO = Own(uid(1), "Apéro", Face("Karine Payet", "Cheffe de projet", "Vacoa", "k@exemple.re", "0692 12 34 56"))
CLIENTS = Own(uid(2), "Clients", Face("Karine Payet"))
AT = datetime(2026, 11, 3, 8, tzinfo=UTC)
CROSSED = (
    Crossed(uid(3), "Thierry Ah-Hon", uid(4), AT, withdrawn=False),
    Crossed(uid(5), "Anaïs Lebon", None, AT, withdrawn=True),
)


def cards() -> dict[str, tuple[str, dict[str, Any]]]:
    """Each state by name: its template and context."""
    return {
        "cards": ("me_cards.html", {"cards": (APERO, CLIENTS), "crossed": CROSSED}),
        "cards-none": ("me_cards.html", {"cards": ()}),
        "card-new": ("card_form.html", {"form": CardForm(initial={"name": "Karine"})}),
        "card-wrong": ("card_form.html", {"form": CardForm({"mail": "k@"}), "card": APERO}),
    }
