"""Django's registration of this part."""

from django.apps import AppConfig


class NeedsConfig(AppConfig):
    """The part `needs`."""

    name = "entregent.needs"
