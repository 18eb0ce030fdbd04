"""`entregent reports`: what was reported and is heard by nobody who looks after the community."""

import json
import subprocess
import sys

from tests.installation import Installation

REPORT = """
import django; django.setup()
from entregent.exchange import demonstration, origins
from entregent.meetups import actions as meetups
meetups.report(origins.viewer("nadege"), code=demonstration.next_evening(), words="Il fait trop chaud.\\nVraiment.")
"""


def test_nothing_is_said_in_one_line(demonstration: Installation):
    done = demonstration.run("reports")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Nothing: each report is heard by somebody who looks after the community.\n"
    assert json.loads(demonstration.run("reports", "--json").stdout) == {"reports": []}


def test_a_report_that_nobody_hears_is_listed_and_taken_off(demonstrated: Installation):
    settings = demonstrated.environment(DJANGO_SETTINGS_MODULE="entregent.config.settings")
    subprocess.run([sys.executable, "-c", REPORT], env=settings, check=True)
    [one] = json.loads(demonstrated.run("reports", "--json").stdout)["reports"]
    assert (one["about"]["kind"], one["about"]["name"], one["by"]["name"], one["words"]) == (
        "evening",
        "Apéro Web 47",
        "Nadège Técher",
        "Il fait trop chaud.\nVraiment.",
    )
    listed = demonstrated.run("reports").stdout
    assert [words in listed for words in ("an evening, Apéro Web 47", "by Nadège Técher", "Vraiment.")] == [True] * 3
    done = demonstrated.run("reports", "--seen-to", one["id"])
    assert (done.returncode, done.stdout) == (0, f"{one['id']} is off the list.\n")
    again = demonstrated.run("reports", "--seen-to", one["id"])
    words = f"entregent: No report that nobody hears is called {one['id']}.\n"
    assert (again.returncode, again.stdout, again.stderr) == (1, "", words)
