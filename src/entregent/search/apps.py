"""Django's registration of this part."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """The part `search`."""

    name = "entregent.search"
