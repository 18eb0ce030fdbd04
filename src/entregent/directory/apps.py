"""Django's registration of this part."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """The part `directory`."""

    name = "entregent.directory"
