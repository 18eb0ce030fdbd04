"""Throws damaged and hostile files at each reader of contacts: none may crash it, take a second, or swell its memory.

python -m tests.exchange.fuzz --runs 100000 --seed 0
"""

import argparse
import resource
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from random import Random  # noqa: TID251 the type of what `chance.seeded` gives

from entregent.common import chance
from entregent.exchange.contacts import reading
from entregent.exchange.contacts.said import LABELS, NAME, PEOPLE, WORDS, Book, Unreadable
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


def card(*lines: str) -> bytes:
    return "\n".join(["BEGIN:VCARD", "FN:Zoe", *lines, "END:VCARD", ""]).encode()


def wide(column: str, cell: str) -> bytes:
    """A table with hundreds of such columns, all of which hold the same."""
    return ("Name" + f",{column}" * 398 + ("\nZoe" + f",{cell}" * 398) * 1500).encode()


def evenings(count: int, guests: int) -> bytes:
    """A calendar of so many evenings, each of a name of its own, and the same guests at each."""
    asked = "".join(f"ATTENDEE:mailto:a{guest}@b.re\n" for guest in range(guests))
    held = (f"BEGIN:VEVENT\nDTSTART:20240101\nSUMMARY:{n:048}\n{asked}END:VEVENT\n" for n in range(count))
    return f"BEGIN:VCALENDAR\n{''.join(held)}END:VCALENDAR\n".encode()


def namesakes(count: int) -> bytes:
    """An archive of so many people of one name, and of as many notes about them."""
    rows = "".join(f"Karine,Payet,{number:020}\n" for number in range(count))
    return books.archive(
        {
            "Connections.csv": f"First Name,Last Name,Notes\n{rows}",
            "Notes.csv": f"Connection First Name,Connection Last Name,Note\n{rows}",
        },
        zipfile.ZIP_STORED,
    )


def tables(count: int, rows: int) -> bytes:
    """An archive of so many tables, each of so many lines."""
    held = "First Name,Last Name,Company\n" + "".join(f"Karine,Payet,{row * 7919 % 9973}\n" for row in range(rows))
    return books.archive({f"{number}/Connections.csv": held for number in range(count)})


#: Files that say much for their size, some megabytes at most: each took seconds of a reader once.
HOSTILE: Mapping[str, Callable[[], bytes]] = {
    "many categories": lambda: (
        card(*(f"CATEGORIES:{line}" + f",{line}-".join(map(str, range(1800))) for line in range(60))) * 6
    ),
    "one category": lambda: card(*["CATEGORIES:" + "a," * 7900] * 180),
    "blank categories": lambda: card(*["CATEGORIES:" + "," * 15_900] * 180),
    "no address": lambda: card(*(f"EMAIL:{number}@{'.' * 190}," for number in range(1990))) * 4,
    "the same guests": lambda: evenings(50, 490),
    "one label": lambda: b"Name,Labels\n" + b'Zoe,"%b"\n' % (b"a," * 14_900) * 60,
    "blank labels": lambda: b"Name,Labels\n" + b'Zoe,"%b"\n' % (b",;" * 14_900) * 60,
    "one address": lambda: wide("Email", "a@b.re"),
    "one number": lambda: wide("Phone", "069212"),
    "one link": lambda: wide("Website", "b.re"),
    "wide and narrow": lambda: b"Name" + b",Email" * 398 + b"\n,x" * 45_000,
    "long heads": lambda: b'"%b",\n' % "\n".join(["\ufdfa" * 5000] * 8).encode() * 8,
    "namesakes": lambda: namesakes(4000),
    "many tables": lambda: tables(500, 100),
    "long tables": lambda: tables(20, PEOPLE + 1),
}


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
    with timely(data):
        try:
            book = reading.read(data)
            return _sound(reading.read(data, MAPPED) if book.headers else book)
        except Unreadable as refusal:
            return refusal.reason


@contextmanager
def timely(data: bytes) -> Iterator[None]:
    """Raises `AssertionError` where a file takes too much time."""
    began = time.process_time()
    yield
    assert time.process_time() - began < SLOW, f"{time.process_time() - began:.2f} s for {data[:200]!r}"


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
    for made in HOSTILE.values():
        checked(made())
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
