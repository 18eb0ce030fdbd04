"""Django's registration of this part."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """The part `notices`."""

    name = "entregent.notices"
