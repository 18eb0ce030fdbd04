"""Django's registration of this part."""

from django.apps import AppConfig


class MarketConfig(AppConfig):
    """The part `market`."""

    name = "entregent.market"
