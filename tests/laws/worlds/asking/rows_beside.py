"""What is asked beside pages and forms: commands, letters, duties of the worker, what answers to errors."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from entregent.config import worker
from entregent.mail import letters
from tests.laws.worlds.asking import rows_cards, rows_words
from tests.laws.worlds.asking.rows import Hand, Row
from tests.laws.worlds.asking.rows_forms import FORMS
from tests.laws.worlds.asking.rows_pages import PAGES, words

#: A file of two people who are nobody here.
FILE = Path(__file__).with_name("carnet.vcf")


#: A list of people who are nobody here, and of one address that many may have.
ROLL = Path(__file__).with_name("participants.csv")


def _file(_hand: Hand) -> Mapping[str, Any]:
    return {"file": FILE}


def _roll(_hand: Hand) -> Mapping[str, Any]:
    return {"file": ROLL}


NAMED = "the operator names the person, and is told whether anybody is called so"
#: Commands that read as somebody; `url` is the command, `about` what its option names.
COMMANDS = [
    Row("entregent ask", "command", "ask", query=words, lists=True),
    Row("entregent ask for people", "command", "ask --json", query=words, lists=True),
    Row("entregent ask, and keep", "command", "ask --keep", query=words),
    Row("entregent kept", "command", "kept"),
    Row("entregent kept, as data", "command", "kept --json"),
    Row("entregent kept, ended", "command", "kept --end", ("kept",)),
    Row("entregent promises", "command", "promises", lists=True),
    Row("entregent promises, as data", "command", "promises --json"),
    Row("entregent promises, one done", "command", "promises --done", ("promise",)),
    Row("entregent suggest", "command", "suggest", lists=True),
    Row("entregent suggest at an evening", "command", "suggest --json --meetup", ("evening",)),
    Row("entregent import attendees", "command", "import attendees --evening", ("evening",), query=_roll),
    Row(
        "entregent import attendees, rehearsed",
        "command",
        "import attendees --dry-run --evening",
        ("evening",),
        query=_roll,
    ),
    Row("entregent import contacts", "command", "import contacts", query=_file),
    Row("entregent import contacts, rehearsed", "command", "import contacts --dry-run", query=_file, lists=True),
    Row("entregent ways", "command", "ways --json --to", ("person",), uncounted=NAMED),
    Row("entregent write", "command", "write", ("person",), query=words, uncounted=NAMED),
    Row("entregent words", "command", "words", lists=True),
    Row("entregent words as JSON", "command", "words --json", lists=True),
]
LETTERS = [Row(f"letter {kind}", "letter", kind, ("evening",)) for kind in letters.HOLDS]
LETTERS += rows_words.LETTERS
LETTERS += [Row(f"letter {kind}", "letter", kind, ("person",)) for kind in letters.OTHERS]
#: What each duty changes for nobody: it is done, then one's own evening is looked at, and the mail that left is read.
DUTIES = [
    Row(f"duty {duty.__module__.split('.')[1]}.{duty.__name__}", "duty", f"{duty.__module__}.{duty.__name__}")
    for duty in worker.DUTIES
]
TICK = [Row("tick", "tick", "")]
ERRORS = [
    Row("no such address", "path", "/nulle-part/"),
    Row("no such method", "path", "/sortir/"),
    Row("a form for a page", "path", "/serveur/", method="POST"),
    Row("a form without its token", "path", "/sortir/", method="POST", enforced=True),
    Row("another host", "path", "/", headers={"HTTP_HOST": "elsewhere.example"}),
    Row("refused", "error", "403"),
    Row("broken", "error", "500"),
]
ROWS: list[Row] = [
    *PAGES,
    *rows_words.PAGES,
    *rows_cards.PAGES,
    *FORMS,
    *rows_words.FORMS,
    *rows_cards.FORMS,
    *COMMANDS,
    *LETTERS,
    *DUTIES,
    *TICK,
    *ERRORS,
]
