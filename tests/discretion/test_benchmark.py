"""The measurement behind `docs/adr/0001` can be made again."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_forms_of_the_policy_agree_and_are_measured():
    words = ["--people", "120", "--facts", "200", "--repeats", "1", "--plans"]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ENTREGENT_")}
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.policy", *words],
        cwd=ROOT,
        env=kept,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (told.returncode, told.stderr) == (0, "")
    rows = [line.split(" | ") for line in told.stdout.splitlines() if line.startswith("| ")]
    assert [len(row) for row in rows] == [9] * 15
    assert told.stdout.count("SEARCH ") > 20
