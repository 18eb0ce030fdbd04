"""Django's registration of this part."""

from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    """The part `profiles`."""

    name = "entregent.profiles"
