"""Django's registration of this part."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """The part `exchange`."""

    name = "entregent.exchange"
