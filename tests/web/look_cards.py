"""Cards, in every state."""

from typing import Any

from entregent.cards.queries import Face, Own
from entregent.web.cards_forms import CardForm
from tests.web.look_samples import uid

APERO = Own(uid(1), "Apéro", Face("Karine Payet", "Cheffe de projet", "Vacoa", "k@exemple.re", "0692 12 34 56"))
CLIENTS = Own(uid(2), "Clients", Face("Karine Payet"))


def cards() -> dict[str, tuple[str, dict[str, Any]]]:
    """Each state by name: its template and context."""
    return {
        "cards": ("me_cards.html", {"cards": (APERO, CLIENTS)}),
        "cards-none": ("me_cards.html", {"cards": ()}),
        "card-new": ("card_form.html", {"form": CardForm(initial={"name": "Karine"})}),
        "card-wrong": ("card_form.html", {"form": CardForm({"mail": "k@"}), "card": APERO}),
    }
