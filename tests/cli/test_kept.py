"""Keeping a need from the command line: kept with the question, listed with whoever is new, ended."""

import json

from tests.installation import Installation


def test_a_need_is_kept_listed_and_ended(demonstrated: Installation):
    asked = demonstrated.run("ask", "un plombier zingueur", "--as", "jeremie", "--keep", "--json")
    kept = json.loads(asked.stdout)["kept"]
    listed = json.loads(demonstrated.run("kept", "--as", "jeremie", "--json").stdout)["kept"]
    assert [(one["id"], one["query"], one["answers"]) for one in listed] == [(kept, "un plombier zingueur", [])]
    lines = demonstrated.run("kept", "--as", "jeremie").stdout.splitlines()
    assert (lines[0].startswith("un plombier zingueur · until "), lines[1:]) == (True, [f"   {kept}", "Nobody new."])
    assert demonstrated.run("kept", "--as", "karine").stdout == "Nothing is watched for.\n"
    other = demonstrated.run("kept", "--as", "karine", "--end", kept)
    assert (other.returncode, other.stderr) == (1, f"entregent: karine watches for nothing under {kept}.\n")
    assert demonstrated.run("kept", "--as", "jeremie", "--end", kept).stdout == "You no longer watch for it.\n"
    assert demonstrated.run("kept", "--as", "jeremie").stdout == "Nothing is watched for.\n"
