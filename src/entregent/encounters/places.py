"""Where something was, as people say it: "à l’Apéro Web 12", "à la Fête de la musique", "at Apéro Web 12". Pure."""

import re

#: The first words of titles after which French says "à la", "au" or "à l’"; after "s", "aux".
_WORDS = {
    "à la": """braderie conférence fête foire formation journée matinée nuit rencontre réunion semaine session soirée
    sortie table visite""",
    "au": """barcamp brunch buffet café camp cocktail congrès dîner déjeuner festival forum goûter hackathon marché
    meetup petit-déjeuner pique-nique pot rendez-vous repas salon séminaire verre webcafé workshop""",
    "à l’": "after afterwork anniversaire apéritif apéro assemblée atelier exposition heure inauguration université",
}
_BEFORE = {word: before for before, words in _WORDS.items() for word in words.split()}
_FIRST_WORD = re.compile(r"\w+(?:-\w+)*")


def told(title: str, place: str, language: str) -> str:
    """An evening and its place, or a place alone, as a line that stands by itself; empty where neither is known.

    >>> told("Apéro Web 12", "Chez Zélie", "fr"), told("", "Le Port", "fr"), told("", "", "fr")
    ('À l’Apéro Web 12, Chez Zélie', 'Le Port', '')
    """
    there = at(title, language) if title else ""
    return ", ".join(filter(None, (there[:1].upper() + there[1:], place)))


def to(title: str, language: str) -> str:
    """To an evening of this title; French says it as `at` does.

    >>> to("Apéro Web 12", "en"), to("Apéro Web 12", "fr")
    ('to Apéro Web 12', 'à l’Apéro Web 12')
    """
    return at(title, language) if language == "fr" else f"to {title}"


def at(title: str, language: str) -> str:
    r"""At an evening of this title; in French, a title of unknown gender goes between quotation marks.

    >>> at("Apéro Web 12", "fr"), at("Soirée des agences", "fr"), at("Apéros du lagon", "fr")
    ('à l’Apéro Web 12', 'à la Soirée des agences', 'aux Apéros du lagon')
    >>> at("Hiking Meetup", "fr"), at("Apéro Web 12", "en")
    ('à «\xa0Hiking Meetup\xa0»', 'at Apéro Web 12')
    """
    if language != "fr":
        return f"at {title}"
    found = _FIRST_WORD.match(title.casefold())
    word = found[0] if found else ""
    if word not in _BEFORE and word.removesuffix("s") in _BEFORE:
        return f"aux {title}"
    before = _BEFORE.get(word)
    if before is None:
        return f"à «\u00a0{title}\u00a0»"
    return f"{before}{title}" if before.endswith("’") else f"{before} {title}"
