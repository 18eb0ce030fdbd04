"""Names as telephones hold them, with their context: "Karine seo apéro" is Karine, and two labels. Pure."""

import re
from typing import NamedTuple

from entregent.exchange.contacts.said import LABEL, LABELS, NAME
from entregent.exchange.contacts.texts import cut, distinct, folded

#: Small words inside family names.
_PARTICLES = frozenset(
    "de du des d la le les l van von der den ten ter di da dos das del della el al ben bin y e".split()
)
#: What people write behind a name to know again who it is: trades, tools, places of work, occasions.
_CONTEXT = frozenset(
    """agence agences apero aperos afterwork archi architecte asso association assurance avocat avocate banque bar
    barcamp boulot bureau client cliente clients com comm commercial commerciale communication compta comptable
    conf conference coiffeur coiffeuse collegue coworking cm cto ceo daf data dentiste design designer dev
    developpeur developpeuse devops dircom directeur directrice drone drh drupal ecole electricien emploi fac
    fibre formateur formation formatrice forum fournisseur freelance garage graphisme graphiste hotel ia immo
    imprimerie imprimeur informatique infographiste it iut java javascript job journaliste juridique kine
    laravel linkedin lycee marketing medecin meetup nas notaire patron photo photographe php plombier podcast
    presse presta prestashop prestataire pro proprio prospect python radio react redac redacteur redactrice
    referencement reseau reseaux resto restaurant rh salon sav sea secretaire seo serveur site sites social
    soiree stage stagiaire startup taf taxi tech tel traducteur traductrice traiteur travail tv ui ux vendeur
    vendeuse video voisin voisine web webcafe webdesign webdesigner webmaster wordpress work""".split()
)
_ASIDE = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
_APART = re.compile(r"\s+[-–—/|·:,]+\s+|\s*[|/]\s*")


class Named(NamedTuple):
    """What somebody is called, and what else stood in the field."""

    name: str
    labels: tuple[str, ...]


def named(text: str) -> Named:
    """A name, and the labels that its field held: in brackets, behind a dash, or words of trades and occasions.

    What may be a family name stays in the name.

    >>> named("Karine seo apéro")
    Named(name='Karine', labels=('seo', 'apéro'))
    >>> named("Camille Payet (Filao) apéro 2012")
    Named(name='Camille Payet', labels=('Filao', 'apéro 2012'))
    >>> [named(text).name for text in ("Anne de la Tour", "jérémie payet", "Apéro", "Zoé - graphiste", "Ali ben Saïd")]
    ['Anne de la Tour', 'jérémie payet', 'Apéro', 'Zoé', 'Ali ben Saïd']
    """
    line = cut(text, NAME * 2)
    aside = [found for found in _ASIDE.findall(line) if found.strip()]
    head, *behind = _APART.split(_ASIDE.sub(" ", line).strip(" -–—/|·:,"))
    words = head.split()
    kept = _name(words)
    labels = [*aside, *behind, *_joined(words[kept:])]
    if not kept:
        return Named(cut(line, NAME), ())
    return Named(cut(" ".join(words[:kept]), NAME), distinct(labels, LABEL, LABELS))


def _name(words: list[str]) -> int:
    """How many words the name takes: up to the first of context that no capital letter of a family name follows."""
    written = 0
    for place, word in enumerate(words):
        plain = folded(word).strip(".,;")
        if place and (plain in _CONTEXT or plain.removesuffix("s") in _CONTEXT):
            return place
        particle = plain in _PARTICLES or "'" in plain[:3]
        if written >= 2 and not particle and (word[:1].islower() or word[:1].isdecimal()):
            return place
        written += word[:1].isupper()
    return len(words)


def _joined(words: list[str]) -> list[str]:
    """Labels of one word each; a number belongs to the word before it."""
    labels: list[str] = []
    for word in words:
        plain = word.strip(".,;")
        if labels and plain.isdecimal():
            labels[-1] += f" {plain}"
        elif folded(plain) not in _PARTICLES:
            labels.append(plain)
    return labels
