"""Django's registration of this part."""

from django.apps import AppConfig


class CardsConfig(AppConfig):
    """The part `cards`."""

    name = "entregent.cards"
