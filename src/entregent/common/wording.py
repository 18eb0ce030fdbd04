"""What somebody wrote, as lines that show what they say. Pure."""

import unicodedata

#: Without these two some scripts, and pictures made of several, are not written right; alone they show nothing.
JOINERS = "\u200c\u200d"
#: Letters and signs that are drawn as nothing: they stand within words of some scripts, and alone are no word.
BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0" + JOINERS)
#: How the picture before it is drawn: the same.
VARIANTS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))

#: Controls, formats, and halves of a pair of UTF-16, which are no character and which no database takes.
UNSEEN = frozenset({"Cc", "Cf", "Cs"})
#: The 66 places that are no character, and never will be: no XML holds U+FFFE and U+FFFF.
NONCHARACTERS = frozenset(range(0xFDD0, 0xFDF0)) | {
    plane << 16 | end for plane in range(17) for end in (0xFFFE, 0xFFFF)
}


def line(text: str) -> str:
    r"""`text` on one line, without what is never seen or turns its neighbours around; empty where nothing shows.

    >>> line(" Camille\n\u202ePayet\ud800 "), line("\u200b \u200d"), line("\u3164 \ufe0f"), line("Apéro\uffff")
    ('Camille Payet', '', '', 'Apéro')
    """
    told = " ".join(text.split())
    if not told.isprintable():  # nothing unseen is printable: most texts need no look at each sign
        told = "".join(c for c in told if c in JOINERS or not _unseen(c))
    shown = " ".join(told.split()).strip(JOINERS + " ")
    return "" if all(map(_blank, shown)) else shown


def _unseen(char: str) -> bool:
    return unicodedata.category(char) in UNSEEN or ord(char) in NONCHARACTERS


def _blank(char: str) -> bool:
    return char == " " or char in BLANK or any(ord(char) in variants for variants in VARIANTS)


def lines(text: str) -> str:
    r"""`text` line by line, each as `line` has it; empty lines stay between others.

    >>> lines(" Une table.\r\n\n\u202eOn rentre tard. ")
    'Une table.\n\nOn rentre tard.'
    """
    return "\n".join(map(line, text.splitlines())).strip("\n")
