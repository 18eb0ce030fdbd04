"""Serves the pages, and runs the workers beside them, in one process until it is told to end."""

import signal
from typing import NoReturn

import click
import waitress  # type: ignore[import-untyped]
from django.conf import settings

from entregent.config import environment as env
from entregent.config.worker import SHARES, Worker
from entregent.config.wsgi import application

LOOPBACK = "127.0.0.1"
#: Requests answered at once: with the workers, fewer than the connections of the pool.
THREADS = 8
#: Browsers that keep a connection open at once: where there are more, the others are not even heard.
CONNECTIONS = 1000
#: The longest body that is taken of anybody, in bytes: eight photographs of 12 MB, and what a form puts around them.
BODY = 105_000_000
#: How long the last requests and the last tick may take once it ends, in seconds.
PATIENCE = 5


def serve(port: int, *, worker: bool = True) -> None:
    """Answer on a port until SIGTERM or SIGINT; a demonstration answers this machine alone."""
    host = LOOPBACK if settings.DEMONSTRATION else env.text("ENTREGENT_LISTEN", LOOPBACK)
    bounds = {"threads": THREADS, "max_request_body_size": BODY, "connection_limit": CONNECTIONS}
    # Who asks is whoever the proxy says: else all are one machine, which has the tries of one.
    proxy = {"trusted_proxy": env.text("ENTREGENT_PROXY", LOOPBACK), "trusted_proxy_headers": {"x-forwarded-for"}}
    # `poll`, since `select` knows no more than 1,024 files.
    server = waitress.create_server(
        application, host=host, port=port, ident=None, asyncore_use_poll=True, **bounds, **proxy
    )
    beside = [Worker(share) for share in SHARES] if worker else []
    signal.signal(signal.SIGTERM, _end)
    click.echo(f"http://localhost:{port}")
    for one in beside:
        one.start()
    server.run()
    server.close()
    for one in beside:
        one.end(PATIENCE)


def _end(*_signal: object) -> NoReturn:
    raise SystemExit
