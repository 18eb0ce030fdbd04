"""Sixty-four people answer at once, over HTTP, for twenty seats: nobody gets one too many, nobody meets an error."""

import re
import subprocess
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from tests.installation import Installation

pytestmark = pytest.mark.storm

PEOPLE, SEATS = 64, 20
HERE = Path(__file__).parent
SETTINGS = {"DJANGO_SETTINGS_MODULE": "entregent.config.settings"}
#: What a page says to whoever has a seat, and to whoever waits at a place.
COMES, WAITS = "You are coming", re.compile(r"You are (first|number (\d+)) on the list")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one person met: the status of the last page, and what it said: `going`, a place in the queue, or nothing."""

    status: int
    said: str | int | None


def python(program: str, *words: str) -> list[str]:
    """The command that runs a program of this folder."""
    return [sys.executable, str(HERE / program), *words]


def opened(installation: Installation) -> str:
    """The code of an evening with seats, in a database with empty tables."""
    around = installation.environment(**SETTINGS)
    command = python("evening.py", str(SEATS))
    return subprocess.run(command, env=around, capture_output=True, text=True, check=True).stdout.strip()


def storm(url: str, code: str) -> list[Outcome]:
    """Everybody opens the page, then all answer in the same moment."""
    together = threading.Barrier(PEOPLE)
    with ThreadPoolExecutor(PEOPLE) as crowd:
        return list(crowd.map(lambda number: answer(f"{url}/s/{code}/", f"Guest {number}", together), range(PEOPLE)))


def answer(page: str, name: str, together: threading.Barrier) -> Outcome:
    """One person's browser: a session and a token of its own, and a first name."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    browser.addheaders = [("Accept-Language", "en")]
    form = browser.open(page, timeout=60).read().decode()
    [token] = set(re.findall(r'name="csrfmiddlewaretoken" value="([^"]*)"', form))
    together.wait(60)
    said = urllib.parse.urlencode({"csrfmiddlewaretoken": token, "name": name}).encode()
    try:
        with browser.open(urllib.request.Request(f"{page}reponse/", said, {"Referer": page}), timeout=60) as answered:
            return Outcome(answered.status, standing(answered.read().decode()))
    except urllib.error.HTTPError as error:
        return Outcome(error.code, None)


def standing(page: str) -> str | int | None:
    """What a page says of where its reader stands."""
    if COMES in page:
        return "going"
    waits = WAITS.search(page)
    return None if waits is None else int(waits[2] or 1)


def statuses(outcomes: list[Outcome]) -> Counter[int]:
    return Counter(outcome.status for outcome in outcomes)


def going(outcomes: list[Outcome]) -> int:
    return sum(outcome.said == "going" for outcome in outcomes)


def unguarded(installation: Installation, *guards: str) -> AbstractContextManager[str]:
    """The server without some of its guards."""
    return installation.running(python("unguarded.py", *guards), **SETTINGS)


def test_sixty_four_at_once_for_twenty_seats_get_exactly_twenty(installed):
    code = opened(installed)
    with installed.serve() as url:
        outcomes = storm(url, code)
    assert statuses(outcomes) == {200: PEOPLE}
    assert going(outcomes) == SEATS
    assert all(isinstance(outcome.said, int) for outcome in outcomes if outcome.said != "going")
    assert "locked" not in installed.home.with_suffix(".log").read_text()


def test_without_the_lock_and_the_constraint_the_same_storm_oversells(installed):
    code = opened(installed)
    with unguarded(installed, "lock", "constraint") as url:
        outcomes = storm(url, code)
    assert going(outcomes) > SEATS


def test_without_the_lock_the_constraint_still_sells_no_seat_twice(installed):
    code = opened(installed)
    with unguarded(installed, "lock") as url:
        outcomes = storm(url, code)
    assert going(outcomes) <= SEATS
    assert statuses(outcomes)[500] > 0
