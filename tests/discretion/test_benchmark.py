"""The measurements behind `docs/adr/0001`, and of what the policy adds to a page, can be made again."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def told(module: str) -> tuple[list[int], str]:
    """How many cells each row of the table has that a benchmark prints of a small town, and all that it prints."""
    words = ["--people", "120", "--facts", "200", "--repeats", "1", "--plans"]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ENTREGENT_")}
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        cwd=ROOT,
        env=kept,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return [len(line.split(" | ")) for line in done.stdout.splitlines() if line.startswith("| ")], done.stdout


def test_the_forms_of_the_policy_agree_and_are_measured():
    rows, text = told("benchmarks.policy")
    assert rows == [9] * 15
    assert text.count("SEARCH ") > 20


def test_every_list_page_is_measured_with_the_policy_and_without():
    rows, text = told("benchmarks.gate")
    assert rows == [8] * 22
    assert text.count("SEARCH ") > 100
