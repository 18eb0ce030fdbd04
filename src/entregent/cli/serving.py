"""Gets ready to serve, and serves: what does it stands above the doors, and is called by its name."""

import errno
import socket
from email.utils import parseaddr

import click
from django.conf import settings
from django.utils.module_loading import import_string

from entregent.cli import database
from entregent.cli.failures import Failure
from entregent.cli.language import _

#: The machine that is everybody's own.
LOCAL = "localhost"


def prepare() -> None:
    """Make sure of the port before anything else, then bring the database up to date."""
    free_port()
    database.bring_up_to_date()
    look_at_the_sender()


def look_at_the_sender() -> None:
    """Say in one line where mails leave for the world under an address that the world cannot answer."""
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    if settings.EMAIL_HOST != LOCAL and sender.rpartition("@")[2] == LOCAL:
        words = _("Mails leave from {sender}, where nothing comes back: name an address that you read, {variable}.")
        click.echo(words.format(sender=sender, variable="ENTREGENT_MAIL_FROM"), err=True)


def serve() -> None:
    """Serve until the process is told to end."""
    import_string("entregent.config.serve.serve")(settings.PORT)


def free_port() -> None:
    """Raise one line where somebody else answers on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", settings.PORT))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            words = _("Port {port} is taken: name another one, ENTREGENT_PORT={other}.")
            raise Failure(words.format(port=settings.PORT, other=settings.PORT + 1)) from error
