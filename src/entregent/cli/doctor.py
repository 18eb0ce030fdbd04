"""Says what the doctor finds, a line each; the process ends with an error while something is wrong."""

from collections.abc import Callable

from entregent.cli import database, show
from entregent.cli.failures import Failure
from entregent.cli.language import _, ngettext
from entregent.exchange import doctor


def examine() -> None:
    """Look, and change nothing."""
    _report(_looked(doctor.examine))


def repair() -> None:
    """Look, and mend what can be mended."""
    _report(_looked(doctor.repair))


def _looked(look: Callable[[doctor.Tell], doctor.Report]) -> doctor.Report:
    database.require()
    with show.progress() as progress:
        bar = progress.add_task(_("Looking"), total=None)
        return look(lambda done, of: progress.update(bar, completed=done, total=of))


def _report(report: doctor.Report) -> None:
    for words in report.found:
        show.line(words if words in report.left else _("mended: {words}").format(words=words))
    if report.left:
        count = len(report.left)
        raise Failure(ngettext("{count} difference.", "{count} differences.", count).format(count=count))
    show.line(_("Whatever is kept says what the facts say."))
