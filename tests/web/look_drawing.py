"""Draws any page of the look as somebody reads it, without a view or a database behind it."""

from types import SimpleNamespace
from typing import Any

from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from entregent.common import clock
from tests.web.look_cards import cards
from tests.web.look_evenings import evenings
from tests.web.look_people import people
from tests.web.look_samples import NOW
from tests.web.look_writing import writing

#: Each state by name: its template and context.
PAGES = {**people(), **evenings(), **writing(), **cards()}


def draw(name: str, language: str, **more: Any) -> str:
    """One of the pages, as somebody reads it in a language."""
    template, context = PAGES[name]
    request = RequestFactory().get("/")
    request.user = SimpleNamespace(is_authenticated="visitor" not in context)  # type: ignore[assignment]
    request.resolver_match = SimpleNamespace(url_name=name.replace("-", "_"))  # type: ignore[assignment]
    request.session = {}  # type: ignore[assignment]
    request._messages = more.pop("messages", [])  # type: ignore[attr-defined]
    with clock.at(NOW), translation.override(language):
        made = {key: value() if callable(value) else value for key, value in context.items()}
        return render_to_string(template, {"community": None, **made, **more}, request)
