"""An installation that a test runs as an operator would: the command line, and a server in a process of its own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from entregent.common import ids

COMMAND = Path(sys.executable).with_name("entregent")
PATIENCE = 60


@dataclass(frozen=True, slots=True)
class Installation:
    """Where one installation lives; `address` names its PostgreSQL, `None` stands for SQLite in its home."""

    home: Path
    address: str | None
    port: int

    @property
    def url(self) -> str:
        """The address of its pages, without a slash at the end."""
        return f"http://localhost:{self.port}"

    def environment(self, **more: str) -> dict[str, str]:
        """The environment of its processes."""
        database = {"ENTREGENT_DATABASE_URL": self.address} if self.address else {}
        own = {"ENTREGENT_HOME": str(self.home), "ENTREGENT_PORT": str(self.port), **database, **more}
        return {name: value for name, value in os.environ.items() if not name.startswith("ENTREGENT_")} | own

    def run(self, *words: str, **more: str) -> "subprocess.CompletedProcess[str]":
        """`entregent WORDS` to its end; `more` adds to the environment."""
        from tests import doors  # it knows the tables, and Django is set up after this module is read

        command = [str(COMMAND), *words]
        done = subprocess.run(command, env=self.environment(**more), capture_output=True, text=True, check=False)
        doors.printed_elsewhere(words, done.stdout + done.stderr, home=self.home, address=self.address)
        return done

    def serve(self, *words: str, **more: str) -> AbstractContextManager[str]:
        """`entregent WORDS` (`serve` unless given) in a process of its own, until the block ends; its address."""
        return self.running([str(COMMAND), *(words or ("serve",))], **more)

    @contextmanager
    def running(self, command: Sequence[str], **more: str) -> Iterator[str]:
        """A command that serves this installation, in a process of its own, until the block ends; its address."""
        log = self.home.with_suffix(".log")
        with log.open("wb") as out:
            process = subprocess.Popen(
                command, env=self.environment(**more), stdin=subprocess.DEVNULL, stdout=out, stderr=out
            )
            try:
                _wait_for(self.url, process, log)
                yield self.url
            finally:
                process.send_signal(signal.SIGTERM)
                process.wait(PATIENCE)


def _wait_for(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=PATIENCE):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"the server did not answer at {url}:\n{log.read_text()}")


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def like(made: Installation, home: Path) -> Iterator[Installation]:
    """One of its own, in which all is as it is in `made`, which no process uses meanwhile; until the block ends."""
    shutil.copytree(made.home, home)
    with database(os.environ.get("ENTREGENT_DATABASE_URL"), template=made.address) as address:
        yield Installation(home=home, address=address, port=free_port())


@contextmanager
def database(address: str | None, template: str | None = None) -> Iterator[str | None]:
    """A database on the PostgreSQL at `address`, dropped when the block ends; nothing for SQLite.

    It is empty, or as the one at `template` is.
    """
    if address is None:
        yield None
        return
    name = f"entregent_{ids.new().hex}"
    as_is = f" TEMPLATE {urlsplit(template).path[1:]}" if template else ""
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}{as_is}".encode())
        try:
            yield urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")
