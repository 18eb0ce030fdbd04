"""Django's registration of this part."""

from django.apps import AppConfig


class MeetupsConfig(AppConfig):
    """The part `meetups`."""

    name = "entregent.meetups"
