"""What the commands print: pleasant in a terminal, plain in a pipe. Times and progress go to the error stream."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from entregent.cli.language import _

out = Console(highlight=False)
err = Console(highlight=False, stderr=True)


def line(words: str, console: Console = out) -> None:
    """One line of plain words, broken by the terminal alone."""
    console.print(Text(words), soft_wrap=True)


def table(*columns: str) -> Table:
    """A table without frame: the first column says what, the others are numbers."""
    drawn = Table(*columns, box=None, pad_edge=False)
    for column in drawn.columns[1:]:
        column.justify = "right"
    return drawn


@contextmanager
def progress() -> Iterator[Progress]:
    """A bar in a terminal, for whatever takes longer than a second; it goes where something fails, which says why."""
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, disable=not err.is_interactive) as drawn:
        drawn.live.transient = True
        yield drawn
        drawn.live.transient = False


@contextmanager
def timed() -> Iterator[None]:
    """Say on the error stream how long the block took, in milliseconds, start-up excepted."""
    began = time.perf_counter()
    yield
    line(_("{ms:.1f} ms").format(ms=(time.perf_counter() - began) * 1000), err)
