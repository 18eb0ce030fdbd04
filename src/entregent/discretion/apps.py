"""Django's registration of this part."""

from django.apps import AppConfig


class DiscretionConfig(AppConfig):
    """The part `discretion`."""

    name = "entregent.discretion"
