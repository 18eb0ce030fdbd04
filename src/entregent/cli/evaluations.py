"""What `evaluate` prints: our figures beside those of others, with the interval of each, for reading or as JSON."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from entregent.cli import printing, show
from entregent.cli.language import _, ngettext
from entregent.evaluation import recall as judged
from entregent.evaluation.figures import Figure
from entregent.evaluation.recall import Result


def recall(*, corpus: Path, queries: Path, lexicon: Path | None, as_json: bool) -> None:
    """How often a question finds the texts that answer it."""
    with show.progress() as progress:
        bar = progress.add_task(_("Asking"), total=None)
        units, results = judged.evaluate(
            corpus=corpus,
            queries=queries,
            words=lexicon,
            tell=lambda asked, of: progress.update(bar, total=of, completed=asked),
        )
    ours, *others = results
    if as_json:
        baselines = [{"name": each.name, **_figures(each)} for each in others]
        printing.json_of({"units": units, "ours": _figures(ours), "baselines": baselines})
    else:
        _print(units, results)


def _figures(result: Result) -> Mapping[str, Any]:
    """`low` and `high` are the interval of `mrr`; `ratio` says how many times its `mrr` ours is."""
    told = {"mrr": result.mrr.value, "low": result.mrr.low, "high": result.mrr.high}
    told |= {name: getattr(result, name) for name in ("p_at_1", "p_at_10", "p50_ms", "p99_ms")}
    if result.ratio is None:
        return told
    return told | {"ratio": {name: getattr(result.ratio, name) for name in ("value", "low", "high")}}


def _print(units: int, results: list[Result]) -> None:
    drawn = show.table("", "MRR", _("95 %"), "p@1", "p@10", _("ms, p50 / p99"), _("ratio"))
    drawn.columns[0].no_wrap = True
    for each in results:
        precise = (f"{each.p_at_1:.3f}", f"{each.p_at_10:.3f}", f"{each.p50_ms:.1f} / {each.p99_ms:.1f}")
        times = f"{each.ratio.value:.2f} ({_interval(each.ratio, 2)})" if each.ratio else ""
        drawn.add_row(each.name, f"{each.mrr.value:.3f}", _interval(each.mrr, 3), *precise, times)
    show.out.print(drawn)
    show.line(ngettext("{units:n} question", "{units:n} questions", units).format(units=units), show.err)


def _interval(figure: Figure, digits: int) -> str:
    return f"{figure.low:.{digits}f}–{figure.high:.{digits}f}"
