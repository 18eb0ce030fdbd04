"""What somebody wrote, as lines that show what they say. Pure."""

import unicodedata

#: Without these two some scripts, and pictures made of several, are not written right; alone they show nothing.
JOINERS = "\u200c\u200d"


#: Controls, formats, and halves of a pair of UTF-16, which are no character and which no database takes.
UNSEEN = frozenset({"Cc", "Cf", "Cs"})


def line(text: str) -> str:
    r"""`text` on one line, without what is never seen or turns its neighbours around; empty where nothing shows.

    >>> line(" Camille\n\u202ePayet\ud800 "), line("\u200b \u200d")
    ('Camille Payet', '')
    """
    shown = "".join(c for c in " ".join(text.split()) if c in JOINERS or unicodedata.category(c) not in UNSEEN)
    return " ".join(shown.split()).strip(JOINERS + " ")


def lines(text: str) -> str:
    r"""`text` line by line, each as `line` has it; empty lines stay between others.

    >>> lines(" Une table.\r\n\n\u202eOn rentre tard. ")
    'Une table.\n\nOn rentre tard.'
    """
    return "\n".join(map(line, text.splitlines())).strip("\n")
