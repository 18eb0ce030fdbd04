"""Django's registration of this part."""

from django.apps import AppConfig


class ChangesConfig(AppConfig):
    """The part `changes`."""

    name = "entregent.changes"
