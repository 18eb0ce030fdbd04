"""Django's registration of this door."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """The door `mail`."""

    name = "entregent.mail"
