"""Readers of the environment: each names its variable in the error when the value cannot be taken."""

import contextlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

T = TypeVar("T")


class Misconfigured(ValueError):
    """A variable of the environment holds something that cannot be taken."""


def text(name: str, default: str = "") -> str:
    """The variable as it stands, `default` where it is unset or empty."""
    return os.environ.get(name) or default


def _read(name: str, default: str, convert: Callable[[str], T], wanted: str) -> T:
    raw = text(name, default)
    try:
        return convert(raw)
    except ValueError as error:
        raise Misconfigured(f"{name}={raw!r}: {wanted} is wanted") from error


def port(name: str, default: int) -> int:
    """A TCP port, 1 to 65535."""

    def convert(raw: str) -> int:
        number = int(raw)
        if not 0 < number < 65536:
            raise ValueError
        return number

    return _read(name, str(default), convert, "a port between 1 and 65535")


def yes(name: str) -> bool:
    """Whether the variable says yes (1, true, yes, on)."""
    return text(name).lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str = "") -> list[str]:
    """A list separated by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def folder(name: str, default: str) -> Path:
    """A folder that whoever runs this alone can open: made so, and closed to others where it is there already.

    One that is somebody else's stays as it is: only its owner can close it.
    """
    path = Path(text(name, default)).expanduser()
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.stat().st_mode & 0o077:
        with contextlib.suppress(PermissionError):
            path.chmod(0o700)
    return path


def database(name: str, home: Path) -> dict[str, Any]:
    """Django's settings of the database that `name` gives as an address; SQLite under `home` without one."""
    raw = text(name)
    if not raw:
        return sqlite(home / "entregent.sqlite3")
    parts = urlsplit(raw)
    if parts.scheme in {"postgres", "postgresql"}:
        return postgresql(raw)
    if parts.scheme == "sqlite" and parts.path:
        return sqlite(Path(parts.path))
    raise Misconfigured(f"{name}: postgres://user:password@host:port/name or sqlite:///file is wanted")


def sqlite(file: Path) -> dict[str, Any]:
    """SQLite as it has to be for many writers: in line, write-ahead log, IMMEDIATE transactions, full durability.

    A connection holds as many statements ready as its pages ask between them, which are more than the 128 it would.
    """
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-65536"
    return {
        "ENGINE": "entregent.config.queued",
        "NAME": str(file),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": pragmas,
            "cached_statements": 512,
        },
    }


def postgresql(address: str) -> dict[str, Any]:
    """PostgreSQL at an address, over a pool of connections.

    Its compiler costs more than it gains on the policy, and so does planning a statement again for each viewer: what is
    asked often is planned once.
    """
    parts = urlsplit(address)
    query = dict(pair.partition("=")[::2] for pair in parts.query.split("&") if pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", "")) or unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {
            "options": "-c jit=off",
            "server_side_binding": True,
            "prepare_threshold": 3,
            "pool": {"min_size": 1, "max_size": 12, "timeout": 30},
        },
    }
