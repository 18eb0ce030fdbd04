"""Writes the sets on which `entregent evaluate recall` is tried, from public data that is no part of the sources.

    .venv/bin/python -m benchmarks.recall DATA OUT

DATA holds `rome`, `techonmap_idf` and `esco_v1`; OUT gets a corpus and questions of each:
SET.corpus.jsonl, SET.fit.jsonl (the questions by which constants may be chosen) and SET.judge.jsonl (those that judge).
Which is which is said by the SHA-256 of the question, or of the URI where half of the pairs is learnt from.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from benchmarks.recall import sets


@click.command()
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
def main(data: Path, out: Path) -> None:
    """Write every set."""
    out.mkdir(parents=True, exist_ok=True)
    for name, made in sets.SETS.items():
        corpus, questions = made(data)
        _write(out / f"{name}.corpus.jsonl", corpus)
        for part in ("fit", "judge"):
            asked = [one for one in questions if one.part == part]
            _write(out / f"{name}.{part}.jsonl", [{"text": one.text, "relevant": one.relevant} for one in asked])
            print(f"{name}: {len(corpus)} texts, {len(asked)} questions to {part}")


def _write(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    path.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), encoding="utf-8")


if __name__ == "__main__":
    main()
