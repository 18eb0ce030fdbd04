"""Django's registration of this part."""

from django.apps import AppConfig


class EncountersConfig(AppConfig):
    """The part `encounters`."""

    name = "entregent.encounters"
