"""Keeps the French catalogue: `update` extracts the messages of the sources, `check` says what is missing or wrong.

English is the language of the sources, so it has no catalogue. A check also reads the French as a typesetter would.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "entregent"
FRENCH = Path("locale/fr/LC_MESSAGES/django.po")
HEADER = """msgid ""
msgstr ""
"Language: fr\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

"""

#: What is no prose: tags, placeholders, entities, addresses, times.
NO_PROSE = re.compile(r"<[^>]*>|%\(\w+\)[sd]|%[sd]|\{[^}]*\}|&#?\w+;|https?://\S+|\d+(?::\d+)+")
TYPESETTING = {
    "a straight apostrophe": re.compile(r"\w'\w"),
    "an ordinary space, or none, before ; ! ? or »": re.compile(r"[^\u202f\u00a0\W_][;!?»]|[ ][;!?»]"),
    "an ordinary space, or none, after «": re.compile(r"«[^\u202f\u00a0]"),
    "an ordinary space, or none, before a colon": re.compile(r"[ ]:|\w:"),
    "a wide space before ; ! ?, or a narrow one before : or within « »": re.compile("\u00a0[;!?]|\u202f[:»]|«\u202f"),
    "an ordinary space in a number, or before its unit": re.compile(r"\d (?:\d|%|(?:h|Mo)\b)"),
    "a word joiner": re.compile("\u2060"),
    "an exclamation mark": re.compile("!"),
    "three dots for an ellipsis": re.compile(r"\.\.\."),
    "an agreement written twice": re.compile(r"\w\(e\)|\w[·.]e\b"),
}


def extract(package: Path) -> None:
    """Bring the catalogue under `package` up to date with its sources; no date goes in."""
    file = package / FRENCH
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(HEADER)
    command = [sys.executable, "-m", "django", "makemessages", "--locale", "fr", "--extension", "html,py,svg,txt"]
    options = ["--add-location", "file", "--no-obsolete", "--no-wrap", "--ignore", "static/*", "--verbosity", "0"]
    surroundings = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    subprocess.run([*command, *options], cwd=package, env=surroundings, check=True)
    lines = file.read_text().splitlines(keepends=True)
    file.write_text("".join(line for line in lines if not line.startswith('"POT-Creation-Date:')))


def catalogue(package: Path) -> Catalog:
    """The French catalogue under `package`."""
    with (package / FRENCH).open("rb") as file:
        return read_po(file)


def fresh() -> Catalog:
    """The catalogue that the sources ask for, made in a copy."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "entregent"
        shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("static", "__pycache__", "*.mo"))
        extract(copy)
        return catalogue(copy)


def strings(message: Message) -> list[str]:
    """The translations of a message: one, or one for each plural form."""
    return [message.string] if isinstance(message.string, str) else list(message.string or [""])


def keys(messages: Catalog) -> set[tuple[str | None, str]]:
    """What identifies each message: its context and its source."""
    return {(message.context, str(message.id)) for message in messages if message.id}


def faults(message: Message) -> Iterator[str]:
    """What is wrong with a French message."""
    if message.fuzzy:
        yield "fuzzy"
    if not all(strings(message)):
        yield "not translated"
    for text in strings(message):
        prose = NO_PROSE.sub("", text)
        yield from (fault for fault, pattern in TYPESETTING.items() if pattern.search(prose))


def complaints() -> Iterator[str]:
    """Every complaint about the catalogue, a line each."""
    kept, wanted = catalogue(PACKAGE), fresh()
    yield from (f"missing: {key}" for _, key in sorted(keys(wanted) - keys(kept), key=str))
    yield from (f"no longer in the sources: {key}" for _, key in sorted(keys(kept) - keys(wanted), key=str))
    for message in kept:
        if message.id:
            yield from (f"{fault}: {message.id!r}: {message.string!r}" for fault in faults(message))


def check() -> None:
    """End with an error that lists what is missing or wrong."""
    subprocess.run(["msgfmt", "--check-format", "--output-file", os.devnull, PACKAGE / FRENCH], check=True)
    if found := list(complaints()):
        sys.exit("\n".join([*found, f"{len(found)} complaints. `make messages` brings the catalogue up to date."]))


if __name__ == "__main__":
    {"update": lambda: extract(PACKAGE), "check": check}[sys.argv[1]]()
