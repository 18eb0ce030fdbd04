"""Django's registration of this door."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The door `web`."""

    name = "entregent.web"
