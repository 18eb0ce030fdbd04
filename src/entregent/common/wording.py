"""What somebody wrote, as one line that shows what it says. Pure."""

import unicodedata

#: Without these two some scripts, and pictures made of several, are not written right; alone they show nothing.
JOINERS = "\u200c\u200d"


def line(text: str) -> str:
    r"""`text` on one line, without what is never seen or turns its neighbours around; empty where nothing shows.

    >>> line(" Camille\n\u202ePayet "), line("\u200b \u200d")
    ('Camille Payet', '')
    """
    shown = "".join(c for c in " ".join(text.split()) if c in JOINERS or unicodedata.category(c) not in {"Cc", "Cf"})
    return " ".join(shown.split()).strip(JOINERS + " ")
