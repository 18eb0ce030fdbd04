"""`entregent promises`: what somebody has to do is listed, as words and as data, and said to be done."""

import json
import subprocess
import sys

from entregent.common import ids
from tests.installation import Installation

#: Notes two promises in the notebook of Anaïs, past the pages.
NOTE = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "entregent.config.settings"
import django
django.setup()
from datetime import timedelta
from entregent.common import clock
from entregent.encounters import actions, promises
from entregent.exchange import origins
anais = origins.viewer("anais")
karine = actions.note_somebody(anais, name="Karine Payet")
promises.promise(anais, contact=karine, text="Un livre")
promises.promise(anais, contact=karine, text="Un verre", due_on=clock.now().date() + timedelta(days=9))
"""


def test_promises_are_listed_and_done(demonstrated: Installation):
    assert demonstrated.run("promises", "--as", "anais").stdout == "Nothing is promised.\n"
    subprocess.run([sys.executable, "-c", NOTE], env=demonstrated.environment(), check=True)
    drink, book = json.loads(demonstrated.run("promises", "--as", "anais", "--json").stdout)["promises"]
    assert [(one["text"], one["contact"]["name"]) for one in (drink, book)] == [
        ("Un verre", "Karine Payet"),
        ("Un livre", "Karine Payet"),
    ]
    lines = demonstrated.run("promises", "--as", "anais").stdout.splitlines()
    assert lines[0].startswith("Un verre · Karine Payet · by ")
    assert lines[1:] == [f"   {drink['id']}", "Un livre · Karine Payet · some day", f"   {book['id']}"]
    assert demonstrated.run("promises", "--as", "severine").stdout == "Nothing is promised.\n"
    other = ids.new()
    refused = demonstrated.run("promises", "--as", "severine", "--done", drink["id"])
    assert (refused.returncode, refused.stderr) == (1, f"entregent: severine promised nothing under {drink['id']}.\n")
    assert demonstrated.run("promises", "--as", "anais", "--done", str(other)).returncode == 1
    assert demonstrated.run("promises", "--as", "anais", "--done", drink["id"]).stdout == "It is done.\n"
    assert len(demonstrated.run("promises", "--as", "anais").stdout.splitlines()) == 2
