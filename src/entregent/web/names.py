"""Names of people as the pages draw them. Pure."""

import re

#: Words of a name that give no initial: "de La Tour" is filed under T.
PARTICLES = {"d", "da", "de", "del", "den", "der", "di", "do", "dos", "du", "des", "e", "el", "l", "la", "le", "les"}
PARTICLES |= {"ter", "ten", "van", "von", "zu"}


def initials(name: str) -> str:
    """One or two letters that stand for a name.

    >>> [initials(name) for name in ("Nadège Técher", "Thierry Ah-Hon", "Marie-Ève de La Tour", "Camille")]
    ['NT', 'TA', 'MT', 'C']
    >>> initials("Jean d’Abbadie"), initials("  "), initials("5493")
    ('JA', '·', '5')
    """
    words = [word for word in re.split(r"[\s'’]+", name) if word[:1].isalnum()]
    strong = [word for word in words[1:] if word.casefold() not in PARTICLES]
    letters = [word[0].upper() for word in [*words[:1], *strong[-1:]]]
    return "".join(letters) or "·"
