"""Django's registration of this part."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The part `people`."""

    name = "entregent.people"
