"""Gets ready to serve, and serves: what does it stands above the doors, and is called by its name."""

import errno
import socket

from django.conf import settings
from django.utils.module_loading import import_string

from entregent.cli import database
from entregent.cli.failures import Failure
from entregent.cli.language import _


def prepare() -> None:
    """Make sure of the port before anything else, then bring the database up to date."""
    free_port()
    database.bring_up_to_date()


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
