"""Django's registration of this part."""

from django.apps import AppConfig


class TiesConfig(AppConfig):
    """The part `ties`."""

    name = "entregent.ties"
