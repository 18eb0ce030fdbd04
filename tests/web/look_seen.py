"""*Qui voit quoi* with something on it, for the pages of the look."""

from typing import Any

from entregent.discretion.viewer import ANYBODY
from entregent.web.labels import Audience
from entregent.web.seen import Line
from entregent.web.seen_own import Thing
from entregent.web.seen_roles import Role
from tests.web.look_samples import OPERATOR

LINK, COMMUNITY = Audience("members", names=("Apéros Web 974",), entry="link"), "Apéros Web 974 : par le lien."
NAME = Thing("profiles.Name", None, "Jérémie Hoarau", "votre nom", "/moi/")
SEARCH = Thing("needs.Need", None, "Une équipe plus petite", "ce que vous cherchez", "/moi/#need", discreet=True)
EVENING = Thing("meetups.Rsvp", None, "Apéro Web 46", "vous y étiez", "/s/APERO46/", over=True)
TOLD = "Discret : votre bouclier le cache à Filao."

ROLES: dict[str, Any] = {
    "roles": (
        Role("visiteur", "Sans compte", "quelqu’un sans compte", "Ce peut être n’importe qui.", ANYBODY),
        Role("chez-filao", "Chez Filao", "quelqu’un de chez Filao", "Même à vos soirées.", ANYBODY, "Filao"),
    ),
    "role": None,
    "begun": True,
    "operator": OPERATOR,
}
GROUPS = (
    {"audience": LINK, "rule": COMMUNITY, "lines": (Line(NAME, LINK), Line(EVENING, LINK, "", (EVENING, EVENING)))},
    {"audience": Audience("me"), "rule": "Personne d’autre.", "lines": (Line(SEARCH, LINK, TOLD),)},
)
AS_FILAO: dict[str, Any] = {
    "seen": (Line(NAME, LINK, "Est de la communauté."),),
    "hidden": (Line(SEARCH, LINK, TOLD),),
    "sees": "votre nom",
    "keeps": True,
    "sees_discreet": "",
}
