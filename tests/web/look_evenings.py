"""The evenings and communities, in every state."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from entregent.common.pictures import ACCEPT
from entregent.meetups.shown import Pictured
from entregent.web.choosing import Choice
from entregent.web.choosing import Row as Chosen
from entregent.web.labels import Audience
from tests.web import look_forms as forms
from tests.web.look_samples import (
    CARD,
    COMES,
    CONDUCT,
    HERE,
    HOSTS,
    KARINE,
    LATER,
    MICKAEL,
    NADEGE,
    NOW,
    PAST,
    SHARE,
    THIERRY,
    TONIGHT,
    VISITOR,
    YASMINE,
    Answer,
    Line,
    Row,
    uid,
)

KARINE_IN = {"person": 3, "uid": uid(3), "name": "Karine Payet"}
TAKEN_OUT = "les noms ou noms d’emprunt et qui vient sans compte"
EXPORTS = (
    {"at": NOW, "by": "", "fields": TAKEN_OUT},
    {"at": NOW - timedelta(days=1), "by": "Karine Payet", "fields": TAKEN_OUT},
)
FIND = {
    "asked": {"near": "", "community": "", "month": ""},
    "towns": ("Saint-Denis", "Saint-Pierre"),
    "communities": (HERE,),
    "may_open": HERE.slug,
    "rows": (),
    **{f"{name}_page": "/soirees/" for name in ("list", "month", "previous", "next")},
}
LISTED = ({"name": "Karine Payet", "mail": "karine@exemple.re"}, {"name": "Zoé"})
VISITORS = (
    Chosen(str(uid(1)), "Camille", "+ 2"),
    Chosen(str(uid(2)), "Rose", ""),
    Chosen(str(uid(3)), "Hugo", "+ 1", note="…"),
)
MICKAEL_IN = {"person": 4, "uid": uid(4), "name": "Mickaël Grondin"}


def evenings() -> dict[str, tuple[str, dict[str, Any]]]:
    """Each state by name: its template and context."""
    return {
        "tonight": ("tonight.html", {**CARD, "later": LATER}),
        "tonight-going": (
            "tonight.html",
            {**CARD, "answer": Answer(), "known": (KARINE, MICKAEL, YASMINE, KARINE, MICKAEL)},
        ),
        "tonight-organiser": ("tonight.html", {**CARD, "answer": Answer(audience=COMES), "organises": True}),
        "tonight-none": ("tonight.html", {"community": HERE, "may_open": True}),
        "tonight-alone": ("tonight.html", {}),
        "evening-visitor": ("evening.html", {**VISITOR, "form": forms.guest}),
        "evening-visitor-error": ("evening.html", {**VISITOR, "form": forms.wrong_guest}),
        "evening-full": (
            "evening.html",
            {**CARD, "meetup": replace(TONIGHT, state="waiting"), "asks_colleagues": False},
        ),
        "evening-waiting": (
            "evening.html",
            {**CARD, "meetup": replace(TONIGHT, state="waiting"), "answer": Answer("waiting", 3)},
        ),
        "evening-offered": (
            "evening.html",
            {
                **CARD,
                "meetup": replace(TONIGHT, state="waiting"),
                "answer": Answer("offered", until=TONIGHT.starts_at - timedelta(hours=9), takes=True),
            },
        ),
        "evening-free": ("evening.html", {**CARD, "answer": Answer("waiting", 3, takes=True)}),
        "evening-lapsed": (
            "evening.html",
            {**CARD, "meetup": replace(TONIGHT, state="waiting"), "asks_colleagues": False, "lapsed": True},
        ),
        "evening-released": ("evening.html", {**VISITOR, "form": forms.guest, "released": True}),
        "evening-cancelled": (
            "evening.html",
            {**CARD, "meetup": replace(TONIGHT, state="cancelled", farewell="La route est coupée.")},
        ),
        "evening-early": (
            "evening.html",
            {**CARD, "meetup": replace(TONIGHT, state="early", opens_at=NOW), "may_answer": False},
        ),
        "evening-closed": ("evening.html", {**CARD, "meetup": replace(TONIGHT, state="closed"), "may_answer": False}),
        "evening-past": ("evening.html", {**CARD, "meetup": PAST[0].meetup, "room_open": True, "to_meet": ()}),
        "evening-past-away": ("evening.html", {**VISITOR, "meetup": PAST[0].meetup}),
        "evening-pictured": ("evening.html", {**CARD, "meetup": PAST[0].meetup, "room_open": True, "pictured": True}),
        "pictures": (
            "evening_pictures.html",
            {"meetup": PAST[0].meetup, "pictures": (Pictured(uid(1), False, False),), "down": (uid(2),)},
        ),
        "pictures-organiser": (
            "evening_pictures.html",
            {
                "meetup": PAST[0].meetup,
                "pictures": (Pictured(uid(1), True, False), Pictured(uid(2), True, True)),
                "organises": True,
                "begun": True,
                "accept": ACCEPT,
                "wrong": [
                    "Non ajoutées\u00a0: notes.txt, IMG_0042.HEIC. Envoyez une photo comme en font les téléphones."
                ],
            },
        ),
        "pictures-none": ("evening_pictures.html", {"meetup": PAST[0].meetup, "pictures": (), "down": ()}),
        "evening-live": (
            "evening.html",
            {
                **CARD,
                "answer": Answer(),
                "room_open": True,
                "meetup": replace(TONIGHT, starts_at=NOW, pitch=HERE.welcome, address="", ends_at=None, band=0),
            },
        ),
        "evening-invitation": ("evening.html", {**VISITOR, "may_answer": False}),
        "evening-form": ("evening_form.html", {"community": HERE, "form": forms.evening}),
        "evening-form-error": (
            "evening_form.html",
            {"community": HERE, "form": forms.wrong_evening, "meetup": TONIGHT},
        ),
        "evening-share": (
            "evening_share.html",
            {
                "community": HERE,
                "meetup": TONIGHT,
                "share": SHARE,
                "address": "https://exemple.re/e/APERO47",
                "here_address": "https://exemple.re/h/ZELIE47",
                "coming": 23,
                "waiting": 1,
                "seats": (
                    {"name": "Karine Payet", "standing": "going"},
                    {"name": "Bois-de-Senteur", "alias": True, "standing": "going"},
                    {"name": "Camille", "guest": True, "standing": "going"},
                    {"name": "Mickaël Grondin", "standing": "waiting"},
                ),
                "visitors": True,
                "exports": EXPORTS,
            },
        ),
        "evening-share-over": (
            "evening_share.html",
            {"community": HERE, "meetup": PAST[0].meetup, "told_no_more": True, "exports": EXPORTS[:1]},
        ),
        "evening-exported": ("evening.html", {**CARD, "answer": Answer(), "exports": EXPORTS}),
        "evening-release": (
            "evening_release.html",
            {"community": HERE, "meetup": TONIGHT, "choice": Choice(VISITORS, {}, {}).context()},
        ),
        "evening-release-found": (
            "evening_release.html",
            {"community": HERE, "meetup": TONIGHT, "choice": Choice(VISITORS, {"q": "hug"}, {}).context()},
        ),
        "evening-release-nobody": (
            "evening_release.html",
            {"community": HERE, "meetup": TONIGHT, "choice": Choice(VISITORS, {"q": "zoé"}, {}).context()},
        ),
        "evening-release-error": (
            "evening_release.html",
            {"community": HERE, "meetup": TONIGHT, "choice": Choice(VISITORS, {}, {}).context(), "refused": True},
        ),
        "evening-release-none": (
            "evening_release.html",
            {"community": HERE, "meetup": TONIGHT, "choice": Choice((), {}, {}).context()},
        ),
        "evening-find": (
            "evening_find.html",
            {**FIND, "community": HERE, "rows": (Row(TONIGHT, "going"), *LATER)},
        ),
        "evening-find-month": (
            "evening_find.html",
            {
                **FIND,
                "community": HERE,
                "asked": {"near": "", "community": HERE.slug, "month": "2026-11"},
                "month": {
                    "called": "novembre 2026",
                    "before": date(2026, 10, 31),
                    "after": date(2026, 12, 1),
                    "offset": 7,
                    "weekdays": ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."),
                    "days": tuple(
                        {"on": date(2026, 11, day), "rows": (Row(TONIGHT, "going"),) if day == 26 else ()}
                        for day in range(1, 31)
                    ),
                    "any": True,
                    "today": NOW.date(),
                },
            },
        ),
        "evening-find-none": (
            "evening_find.html",
            {**FIND, "community": HERE, "narrowed": True, "asked": {"near": "Cilaos", "community": "", "month": ""}},
        ),
        "evening-find-empty": ("evening_find.html", {**FIND, "community": HERE}),
        "evening-list": ("evening_list.html", {"community": HERE, "meetup": PAST[0].meetup, "listed": ()}),
        "evening-list-asked": (
            "evening_list.html",
            {
                "community": HERE,
                "meetup": PAST[0].meetup,
                "listed": (),
                "recall_address": "https://exemple.re/s/APERO46/j-y-etais/PAPAYE77/",
            },
        ),
        "evening-list-error": (
            "evening_list.html",
            {"community": HERE, "meetup": PAST[0].meetup, "listed": (), "error": "Choisissez d’abord un fichier."},
        ),
        "evening-list-kept": (
            "evening_list.html",
            {"community": HERE, "meetup": PAST[0].meetup, "listed": LISTED, "until": NOW + timedelta(days=90)},
        ),
        "evening-list-shown": (
            "evening_list.html",
            {
                "community": HERE,
                "meetup": PAST[0].meetup,
                "roll": {
                    "people": ({**LISTED[0], "known": True}, LISTED[1]),
                    "fresh": 1,
                    "carried": "W10",
                    "skipped": ("Ligne 7 : personne n’y est nommé",),
                    "more": 3,
                },
            },
        ),
        "poster": (
            "poster.html",
            {
                "meetup": TONIGHT,
                "here_address": "https://exemple.re/h/ZELIE47",
                "typed": "exemple.re/h/ZELIE47",
                "hosts": HOSTS,
            },
        ),
        "community-poster": (
            "community_poster.html",
            {"community": HERE, "join_address": "https://exemple.re/j/974974", "typed": "exemple.re/j/974974"},
        ),
        "here": (
            "here.html",
            {"community": HERE, "meetup": TONIGHT, "when": "now", "employers": ("Filao",)},
        ),
        "here-decided": ("here.html", {"community": HERE, "meetup": TONIGHT, "when": "now", "apart_from": ("Filao",)}),
        "here-early": ("here.html", {"community": HERE, "meetup": TONIGHT, "when": "early"}),
        "here-over": ("here.html", {"community": HERE, "meetup": TONIGHT, "when": "over"}),
        "room": (
            "room.html",
            {
                "community": HERE,
                "meetup": TONIGHT,
                "live": True,
                "seen": True,
                "apart_from": ("Filao",),
                "query": "",
                "here": (
                    replace(NADEGE, noted=True, fact="Studio Takamaka"),
                    replace(KARINE, fact="Vous lui avez promis un verre", person=uid(12)),
                    Line("Loïc Boyer", "Développeur, Zinc & Vanille", person=uid(13)),
                    replace(
                        THIERRY,
                        fact="Géomètre passé au web",
                        noted=True,
                        words="cadastre, cartes en ligne",
                        person=uid(14),
                    ),
                ),
            },
        ),
        "room-asked": (
            "room.html",
            {"community": HERE, "meetup": TONIGHT, "live": True, "seen": False, "employers": ("Filao",), "here": ()},
        ),
        "room-past": ("room.html", {"community": HERE, "meetup": PAST[0].meetup, "seen": True, "here": (NADEGE,)}),
        "room-past-asked": (
            "room.html",
            {"community": HERE, "meetup": PAST[0].meetup, "seen": False, "employers": ("Filao",), "here": ()},
        ),
        "evening-recalled": (
            "evening_recalled.html",
            {"community": HERE, "meetup": PAST[0].meetup, "apart_from": ("Filao",)},
        ),
        "evening-recalled-asked": (
            "evening_recalled.html",
            {"community": HERE, "meetup": PAST[0].meetup, "employers": ("Filao",)},
        ),
        "room-empty": ("room.html", {"community": HERE, "meetup": TONIGHT, "live": True, "seen": False, "here": ()}),
        "answer": (
            "answer.html",
            {
                **VISITOR,
                "answer": Answer(audience=Audience("organisers")),
                "key": "secret",
                "name": "Camille",
                "address": "https://exemple.re/a/k3yk3yk3yk3yk3yk3yk3y",
                "form": forms.address,
            },
        ),
        "answer-given-back": (
            "answer.html",
            {**VISITOR, "key": "secret", "name": "Camille", "form": forms.address, "may_answer": False, "known": True},
        ),
        "answer-released": (
            "answer.html",
            {
                **VISITOR,
                "key": "secret",
                "name": "Camille",
                "form": forms.address,
                "may_answer": False,
                "released": True,
            },
        ),
        "community-form": ("community_form.html", {"form": forms.community}),
        "community-edit": (
            "community_form.html",
            {"form": forms.community, "community": HERE, "people": (KARINE_IN, MICKAEL_IN), "able": (3,)},
        ),
        "community": (
            "community.html",
            {
                "community": HERE,
                "conduct": CONDUCT,
                "member": True,
                "steward": True,
                "coming": (Row(TONIGHT, "going"), *LATER),
                "past": PAST,
                "may_open": True,
                "join_address": "https://exemple.re/j/974974",
                "requests": (
                    {
                        "uid": uid(1),
                        "name": "Sandrine Rivière",
                        "words": "Je viens de la part de Karine.",
                        "on": date(2026, 11, 20),
                    },
                ),
                "reports": (
                    {
                        "uid": uid(1),
                        "person": KARINE_IN,
                        "by": MICKAEL_IN,
                        "words": "On a insisté.",
                        "on": date(2026, 11, 20),
                    },
                    {"uid": uid(2), "of_evening": True, "words": "Longtemps.", "on": date(2026, 11, 21)},
                ),
                "share": {
                    "title": "Apéros Web 974",
                    "lines": ("La Réunion",),
                    "text": "Les apéros du web, c’est par ici : https://exemple.re/j/974974",
                },
            },
        ),
        "community-visitor": ("community.html", {"community": HERE, "join_key": "974974", "visitor": True}),
    }
