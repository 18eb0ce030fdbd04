"""Brings a history in: progress and what was skipped on the error stream, what was done on the other."""

import gc
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TextIO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from entregent.cli import database, show
from entregent.cli.failures import Failure
from entregent.cli.language import _, ngettext
from entregent.exchange import history, records

#: How many skipped lines are shown on the error stream.
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Source:
    """What is to be brought in, where, and the zone of its evenings."""

    community: str
    zone: str
    files: records.Files


@dataclass(slots=True)
class Skips:
    """The lines that were skipped: all of them go to the report, the first few are kept."""

    report: TextIO | None = None
    first: list[records.Skipped] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def note(self, line: records.Skipped) -> None:
        """Take one line."""
        self.counts[line.file] += 1
        if len(self.first) < SHOWN:
            self.first.append(line)
        if self.report is not None:
            self.report.write(f"{_told(line)}\n")


def source(*, community: str, zone: str, **files: Path) -> Source:
    """The source that was typed."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise Failure(_("{zone} is no time zone; Indian/Reunion is one.").format(zone=zone)) from error
    return Source(" ".join(community.split()), zone, records.Files(**files))


@contextmanager
def skips(report: Path | None) -> Iterator[Skips]:
    """Somewhere to note skipped lines, and their summary at the end."""
    noted = Skips()
    if report is None:
        yield noted
    else:
        with report.open("w", encoding="utf-8") as noted.report:
            yield noted
    _summarise(noted)


def rehearse(source: Source, skips: Skips) -> None:
    """Check and count everything, write nothing."""
    said = _read(source, skips)
    database.bring_up_to_date()
    _print(history.compare(said, community=source.community))
    show.line(_("Nothing was written: this was a rehearsal."))


def bring_in(source: Source, skips: Skips) -> None:
    """Write what is new."""
    gc.disable()  # hundreds of thousands of rows and no circles: looking for some would take a third of the time
    began = time.perf_counter()
    said = _read(source, skips)
    database.bring_up_to_date()
    with show.progress() as progress:
        bar = progress.add_task(_("Writing"), total=None)
        comparison = history.bring_in(
            said,
            community=source.community,
            zone=source.zone,
            tell=lambda written, of: progress.update(bar, total=of, completed=written),
        )
        progress.update(bar, total=1, completed=1)
    _print(comparison)
    show.line(_("{seconds:.1f} s").format(seconds=time.perf_counter() - began), show.err)


def _read(source: Source, skips: Skips) -> records.History:
    files = source.files
    size = sum(path.stat().st_size for path in (files.groups, files.members, files.events, files.rsvps))
    known = history.known_events(source.community) if database.prepared() else frozenset()
    with show.progress() as progress:
        bar = progress.add_task(_("Reading"), total=size)
        told = records.Told(advance=lambda read: progress.advance(bar, read), skip=skips.note)
        return records.read(files, told, known)


def _print(comparison: history.Comparison) -> None:
    names = {"series": _("series"), "people": _("people"), "evenings": _("evenings"), "answers": _("answers")}
    drawn = show.table("", _("new"), _("here before"), _("erased, left out"))
    for each in fields(history.Counts):
        said, new, erased = (
            getattr(counts, each.name) for counts in (comparison.said, comparison.new, comparison.erased)
        )
        drawn.add_row(names[each.name], f"{new:n}", f"{said - new - erased:n}", f"{erased:n}")
    show.out.print(drawn)


def _summarise(skips: Skips) -> None:
    for file, count in skips.counts.items():
        words = ngettext("{file}: {count} line was skipped", "{file}: {count} lines were skipped", count)
        show.line(words.format(file=file, count=count), show.err)
    for line in skips.first:
        show.line(f"  {_told(line)}", show.err)
    if skips.report is None and skips.counts.total() > SHOWN:
        show.line(_("  … --report FILE writes them all"), show.err)


def _told(line: records.Skipped) -> str:
    place = _("{file}, line {line}").format(file=line.file, line=line.line)
    return f"{place}: {line.reason}"
