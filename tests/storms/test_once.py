"""Ten times the same form at once, over HTTP, as a phone sends it that hears no answer: it is said once."""

import re
import subprocess
import sys
import threading
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.installation import Installation

pytestmark = pytest.mark.storm

TIMES = 10
ROOT = Path(__file__).parents[2]


def acquainted(installation: Installation) -> list[str]:
    """A session of Bob's and Charlie's public id, in a database with empty tables."""
    around = installation.environment(DJANGO_SETTINGS_MODULE="entregent.config.settings", PYTHONPATH=str(ROOT))
    command = [sys.executable, "-m", "tests.storms.acquainted"]
    return subprocess.run(command, env=around, capture_output=True, text=True, check=True).stdout.split()


def asked(page: str, session: str, said: dict[str, str] | None = None) -> str:
    """What a page says to whoever holds a session; the form that is sent with its token."""
    data = urllib.parse.urlencode(said).encode() if said else None
    cookies = f"sessionid={session}; csrftoken={'x' * 32}"
    with urllib.request.urlopen(urllib.request.Request(page, data, {"Cookie": cookies}), timeout=60) as answer:
        return str(answer.read().decode())


def lines(page: str) -> set[str]:
    """The lines on the page of somebody in the notebook, by where each is struck out."""
    return set(re.findall(r"/carnet/lignes/[^/]+/rayer/", page))


def test_ten_equal_forms_at_once_write_one_line(installed):
    session, charlie = acquainted(installed)
    with installed.serve() as url:
        page = f"{url}/p/{charlie}/"
        [token] = set(re.findall(r'name="csrfmiddlewaretoken" value="([^"]*)"', asked(page, session)))
        together = threading.Barrier(TIMES)

        def send(_time: int) -> str:
            together.wait(60)
            return asked(f"{page}noter/", session, {"csrfmiddlewaretoken": token, "words": "Parle cadastre"})

        with ThreadPoolExecutor(TIMES) as phone:
            answers = list(phone.map(send, range(TIMES)))
    assert [len(lines(answer)) for answer in answers] == [1] * TIMES
