"""Organisations of a source: brought in, with progress and a report of what was left out; listed, taken out."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import TextIO
from uuid import UUID

from rich.progress import Progress

from entregent.cli import database, printing, show
from entregent.cli.language import _, ngettext
from entregent.exchange import features, organisations
from entregent.exchange.features import Said
from entregent.exchange.organisations import Counts

#: How many features that were left out are shown on the error stream.
SHOWN = 5


@dataclass(slots=True)
class Skips:
    """The features that were left out: all of them go to the report, the first few are kept."""

    file: str
    report: TextIO | None = None
    first: list[str] = field(default_factory=list)
    count: int = 0

    def note(self, feature: features.Feature) -> None:
        """Take one."""
        place = _("{file}, feature {number}").format(file=self.file, number=feature.number)
        told = f"{place}: {feature.reason}"
        self.count += 1
        if len(self.first) < SHOWN:
            self.first.append(told)
        if self.report is not None:
            self.report.write(f"{told}\n")


@contextmanager
def skips(file: Path, report: Path | None) -> Iterator[Skips]:
    """Somewhere to note what is left out, and its summary at the end."""
    noted = Skips(file.name)
    if report is None:
        yield noted
    else:
        with report.open("w", encoding="utf-8") as noted.report:
            yield noted
    _summarise(noted)


def rehearse(file: Path, skips: Skips, *, source: str) -> None:
    """Check and count everything, write nothing."""
    database.bring_up_to_date()
    with show.progress() as progress:
        counts = organisations.compare(_read(file, skips, progress), source=source)
    _print(counts)
    show.line(_("Nothing was written: this was a rehearsal."))


def bring_in(file: Path, skips: Skips, *, source: str, licence: str) -> None:
    """Write what is new, and what changed."""
    began = time.perf_counter()
    database.bring_up_to_date()
    with show.progress() as progress:
        counts = organisations.bring_in(_read(file, skips, progress), source=source, licence=licence)
    _print(counts)
    show.line(_("{seconds:.1f} s").format(seconds=time.perf_counter() - began), show.err)


def list_sources(*, as_json: bool) -> None:
    """Print where the organisations come from."""
    database.require()
    found = organisations.sources()
    if as_json:
        printing.json_of({"sources": [asdict(one) for one in found]})
        return
    drawn = show.table("", _("listed"), _("no longer listed"), _("last changed on"))
    for one in found:
        drawn.add_row(printing.clean(one.name), f"{one.listed:n}", f"{one.gone:n}", printing.day(one.read_on))
    show.out.print(drawn) if found else show.line(_("No organisations have been brought in."))


def take_out(uid: UUID) -> None:
    """Take one out for good."""
    database.require()
    name = printing.clean(organisations.take_out(uid))
    show.line(_("{name} is out, and no import brings it back.").format(name=name))


def _read(file: Path, skips: Skips, progress: Progress) -> Iterator[Said]:
    bar = progress.add_task(_("Bringing in"), total=file.stat().st_size)
    for feature in features.read(file, lambda read: progress.advance(bar, read)):
        if feature.said is None:
            skips.note(feature)
        else:
            yield feature.said


def _print(counts: Counts) -> None:
    names = {
        "new": _("new"),
        "changed": _("changed"),
        "same": _("as before"),
        "gone": _("no longer listed, kept"),
        "away": _("taken out, left out"),
    }
    drawn = show.table("", _("organisations"))
    for each in fields(Counts):
        drawn.add_row(names[each.name], f"{getattr(counts, each.name):n}")
    show.out.print(drawn)


def _summarise(skips: Skips) -> None:
    if skips.count:
        words = ngettext("{file}: {count} feature was left out", "{file}: {count} features were left out", skips.count)
        show.line(words.format(file=skips.file, count=skips.count), show.err)
    for line in skips.first:
        show.line(f"  {printing.clean(line)}", show.err)
    if skips.report is None and skips.count > SHOWN:
        show.line(_("  … --report FILE writes them all"), show.err)
