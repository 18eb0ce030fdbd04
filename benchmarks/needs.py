"""In how many of the thirty needs of `tests/recall/needs.toml` the right person comes first, or second.

    .venv/bin/python -m benchmarks.needs

Opens the full demonstration in a home of its own, on a fixed day, and asks each need as its asker. Prints a line for
each, with the rank of the first right person, and for those that fail who came instead, with the first reason.
"""

import os
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

HOME = tempfile.TemporaryDirectory(prefix="entregent-needs-")
os.environ.pop("ENTREGENT_DATABASE_URL", None)
os.environ |= {"DJANGO_SETTINGS_MODULE": "entregent.config.settings", "ENTREGENT_HOME": HOME.name}

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402

from entregent.common import clock  # noqa: E402
from entregent.exchange import demonstration, origins, told  # noqa: E402
from entregent.recall import queries as recall  # noqa: E402
from entregent.search import places  # noqa: E402

NEEDS = Path(__file__).parents[1] / "tests" / "recall" / "needs.toml"
#: When it is asked: on the day of the demonstration.
NOW = datetime.fromisoformat("2026-11-22T09:00:00+00:00")
#: How far down the right person may stand.
GOOD = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """A need, the names of who is right, names and first reasons of those who came, the rank of the first right one."""

    asker: str
    text: str
    right: tuple[str, ...]
    came: tuple[tuple[str, str], ...]
    rank: int | None

    @property
    def good(self) -> bool:
        """Whether somebody right stands high enough."""
        return self.rank is not None and self.rank <= GOOD


def main() -> None:
    """Open, ask all, print."""
    call_command("migrate", verbosity=0)
    demonstration.open_on(NOW.date(), told.full())
    places.write(settings.PLACES, told.full()["places"])
    with clock.at(NOW):
        asked = [ask(need) for need in tomllib.loads(NEEDS.read_text(encoding="utf-8"))["needs"]]
    for one in asked:
        print(*told_of(one), sep="\n")
    for name, some in (("needs", asked), ("of them with one right person", [each for each in asked if _one(each)])):
        first, good = sum(each.rank == 1 for each in some), sum(each.good for each in some)
        print(f"{len(some)} {name}: right first in {first}, first or second in {good}")


def ask(need: Mapping[str, Any]) -> Asked:
    """What comes when a need is asked."""
    names = {each["handle"]: each["name"] for each in told.full()["people"]}
    right = tuple(names[handle] for handle in need.get("right", ())) or (need["name"],)
    answers = recall.ask(origins.viewer(need["asker"]), need["text"])
    came = tuple((each.name, each.reasons[0].text if each.reasons else "") for each in answers)
    rank = next((place for place, (name, _why) in enumerate(came, start=1) if name in right), None)
    return Asked(need["asker"], need["text"], right, came, rank)


def told_of(asked: Asked) -> Iterator[str]:
    """The lines about one need."""
    yield f"{asked.rank or '-':>2}  {asked.asker}: {asked.text}"
    if not asked.good:
        yield f"      wanted {', '.join(asked.right)}"
        for name, why in asked.came[:GOOD] or (("nobody", ""),):
            yield f"      came   {name}: {why}"


def _one(asked: Asked) -> bool:
    return len(asked.right) == 1


if __name__ == "__main__":
    main()
