"""Django's registration of this part."""

from django.apps import AppConfig


class RecallConfig(AppConfig):
    """The part `recall`."""

    name = "entregent.recall"
