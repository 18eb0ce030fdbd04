"""Django's registration of this part."""

from django.apps import AppConfig


class CirclesConfig(AppConfig):
    """The part `circles`."""

    name = "entregent.circles"
