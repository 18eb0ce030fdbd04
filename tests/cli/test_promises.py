"""`entregent promises`: what somebody has to do is listed, as words and as data, and said to be done."""

import json
import subprocess
import sys

from entregent.common import ids
from tests.installation import Installation

#: Notes a promise in the notebook of Jérémie, past the pages.
NOTE = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "entregent.config.settings"
import django
django.setup()
from datetime import timedelta
from entregent.common import clock
from entregent.encounters import promises, queries
from entregent.exchange import origins
jeremie = origins.viewer("jeremie")
karine = next(one.uid for one in queries.book(jeremie) if one.name == "Karine Payet")
promises.promise(jeremie, contact=karine, text="Un livre")
promises.promise(jeremie, contact=karine, text="Un verre", due_on=clock.now().date() + timedelta(days=9))
"""


def test_promises_are_listed_and_done(demonstrated: Installation):
    assert demonstrated.run("promises", "--as", "jeremie").stdout == "Nothing is promised.\n"
    subprocess.run([sys.executable, "-c", NOTE], env=demonstrated.environment(), check=True)
    drink, book = json.loads(demonstrated.run("promises", "--as", "jeremie", "--json").stdout)["promises"]
    assert [(one["text"], one["contact"]["name"]) for one in (drink, book)] == [
        ("Un verre", "Karine Payet"),
        ("Un livre", "Karine Payet"),
    ]
    lines = demonstrated.run("promises", "--as", "jeremie").stdout.splitlines()
    assert lines[0].startswith("Un verre · Karine Payet · by ")
    assert lines[1:] == [f"   {drink['id']}", "Un livre · Karine Payet · some day", f"   {book['id']}"]
    assert demonstrated.run("promises", "--as", "karine").stdout == "Nothing is promised.\n"
    other = ids.new()
    refused = demonstrated.run("promises", "--as", "karine", "--done", drink["id"])
    assert (refused.returncode, refused.stderr) == (1, f"entregent: karine promised nothing under {drink['id']}.\n")
    assert demonstrated.run("promises", "--as", "jeremie", "--done", str(other)).returncode == 1
    assert demonstrated.run("promises", "--as", "jeremie", "--done", drink["id"]).stdout == "It is done.\n"
    assert len(demonstrated.run("promises", "--as", "jeremie").stdout.splitlines()) == 2
