"""Django's registration of this part."""

from django.apps import AppConfig


class CommunitiesConfig(AppConfig):
    """The part `communities`."""

    name = "entregent.communities"
