"""Throws damaged files at each reader of contacts: none may crash it, take a second, or swell its memory.

python -m tests.exchange.fuzz --runs 100000 --seed 0
"""

import argparse
import resource
import sys
import time
from collections import Counter
from random import Random  # noqa: TID251 the type of what `chance.seeded` gives

from entregent.common import chance
from entregent.exchange.contacts import reading
from entregent.exchange.contacts.said import LABELS, NAME, WORDS, Book, Unreadable
from tests.exchange import books

#: What archives hold. What they hold is damaged before it is packed as often as they are afterwards.
HELD = {
    "archive": {"Connections.csv": books.LINKEDIN, "Notes.csv": books.NOTES},
    "calendars": books.CALENDARS,
}
#: What each reader reads when nothing is wrong.
WHOLE = {
    "linkedin": books.LINKEDIN.encode(),
    "notes": books.NOTES.encode(),
    "google": books.GOOGLE.encode(),
    "old google": books.OLD_GOOGLE.encode(),
    "outlook": books.OUTLOOK.encode(),
    "table": books.UNKNOWN.encode(),
    "vcard": books.CARDS.encode(),
    "calendar": books.CALENDAR.encode(),
    **{reader: books.archive(entries) for reader, entries in HELD.items()},
}
#: What breaks readers.
PIECES = (
    *(
        b'"',
        b",",
        b";",
        b"\t",
        b"\n",
        b"\r\n",
        b"\r",
        b"\0",
        b"\xff",
        b"\xfe\xff",
        b"\xef\xbb\xbf",
        b"=",
        b"=\n",
        b"\\",
        b":",
    ),
    *(
        b"(",
        b")",
        b" - ",
        b" ::: ",
        b"@",
        b"BEGIN:VCARD\n",
        b"BEGIN:VEVENT\n",
        b"END:VEVENT\n",
        b"ATTENDEE;CN=",
        b"RRULE:FREQ=SECONDLY\n",
        b"DTSTART;TZID=../..:",
        b"END:VCARD\n",
        b";ENCODING=QUOTED-PRINTABLE:",
        b";CHARSET=x:",
    ),
    *(b";ENCODING=b:", b"PK\x01\x02", b"PK\x03\x04", "é’\u202e\U0001f600".encode(), b"99999", b"31/02/2026", b"\n "),
)
#: What the columns of a table hold that nobody knows.
MAPPED = {0: "name", 1: "title", 2: "mail"}
#: The most that one file may take of the processor, in seconds, and what all may add to the memory, in bytes.
SLOW, SWOLLEN = 1.0, 300_000_000


def damaged(draw: Random, reader: str) -> bytes:
    """A file of a reader's, cut, doubled, and with pieces in it that do not belong there."""
    if reader in HELD and draw.random() < 0.5:
        return books.archive({name: _damaged(draw, held.encode()) for name, held in HELD[reader].items()})
    return _damaged(draw, WHOLE[reader])


def _damaged(draw: Random, whole: bytes) -> bytes:
    data = bytearray(whole)
    for _ in range(draw.randint(1, 6)):
        place = draw.randint(0, len(data))
        piece = draw.choice(PIECES)
        match draw.randint(0, 5):
            case 0:
                del data[place : place + draw.choice([1, 3, 40])]
            case 1:
                data[place:place] = piece * draw.choice([1, 2, 40, 5000])
            case 2:
                data[place:place] = data[place : place + 60] * draw.choice([1, 5, 60])
            case 3:
                data[place : place + len(piece)] = piece
            case 4:
                data = data[:place] if draw.random() < 0.3 else data
            case _:
                data[place:place] = draw.randbytes(draw.choice([1, 4, 200]))
    return bytes(data)


def checked(data: bytes) -> str:
    """Read a file; what came of it. Raises `AssertionError` where it took too much time, or says too much."""
    began = time.process_time()
    try:
        book = reading.read(data)
        outcome = _sound(reading.read(data, MAPPED) if book.headers else book)
    except Unreadable as refusal:
        outcome = refusal.reason
    assert time.process_time() - began < SLOW, f"{time.process_time() - began:.2f} s for {data[:200]!r}"
    return outcome


def _sound(book: Book) -> str:
    for said in book.said:
        assert 0 < len(said.name) <= NAME
        assert len(said.labels) <= LABELS
        assert len(said.words) <= WORDS
        assert "\0" not in repr(said)
        assert said.line > 0
    return "read" if book.said else "nobody"


def main() -> None:
    """Run as many as are asked for into each reader; a failure is printed with the seed that makes it again."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--reader", choices=sorted(WHOLE), action="append")
    asked = parser.parse_args()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    for reader in asked.reader or WHOLE:
        _run(reader, asked.runs, asked.seed)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 - before
    sys.stdout.write(f"memory grew by {grown / 1e6:.0f} MB\n")
    if grown > SWOLLEN:
        sys.exit("that is too much")


def _run(reader: str, runs: int, seed: int) -> None:
    outcomes, slowest = Counter[str](), 0.0
    for number in range(runs):
        with chance.seeded(f"{reader} {seed} {number}") as draw:
            data = damaged(draw, reader)
        began = time.process_time()
        try:
            outcomes[checked(data)] += 1
        except Exception:
            sys.stderr.write(f"{reader}, seed {seed}, run {number}: {data[:2000]!r}\n")
            raise
        slowest = max(slowest, time.process_time() - began)
    told = ", ".join(f"{count} {outcome}" for outcome, count in outcomes.most_common())
    sys.stdout.write(f"{reader}: {runs} files, slowest {slowest * 1000:.0f} ms; {told}\n")


if __name__ == "__main__":
    main()
