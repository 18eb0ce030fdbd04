"""Django's registration of this part."""

from django.apps import AppConfig


class WritingConfig(AppConfig):
    """The part `writing`."""

    name = "entregent.writing"
