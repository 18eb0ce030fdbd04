"""The people, what they need, and the rest, in every state."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from entregent.encounters.followups import Promise
from entregent.recall.kept import Held
from entregent.web.labels import Audience
from entregent.web.promises import PromiseForm
from entregent.web.words import KINDS
from tests.web import look_forms as forms
from tests.web import look_seen as seen
from tests.web.look_samples import (
    ANAIS,
    HERE,
    KARINE,
    MICKAEL,
    OPERATOR,
    PAGE_OF_KARINE,
    THIERRY,
    TONIGHT,
    YASMINE,
    Reason,
    Row,
    uid,
)

HELD = Held(
    uid=uid(1),
    text="quelqu’un qui sait parler cadastre et cartes en ligne",
    kept_at=datetime(2026, 11, 2, 8, tzinfo=UTC),
    until=datetime(2027, 1, 31, 19, 59, tzinfo=UTC),
    told=frozenset(),
    looked=frozenset(),
)
PROMISE = Promise(
    uid=uid(5),
    text="Un verre au Barachois avant Noël.",
    on=date(2026, 9, 12),
    due_on=date(2026, 12, 1),
    contact=uid(3),
    name="Karine",
    changed_at=datetime(2026, 9, 12, 8, tzinfo=UTC),
)
SOME_DAY = replace(PROMISE, uid=uid(6), text="Lui présenter Yasmine", due_on=None)
OVER = replace(HELD, text="une salle le mardi soir", until=HELD.kept_at + timedelta(days=9))


def people() -> dict[str, tuple[str, dict[str, Any]]]:
    """Each state by name: its template and context."""
    return {
        "home": ("home.html", {"visitor": True}),
        "home-demo": (
            "home.html",
            {
                "visitor": True,
                "demo_people": (
                    {
                        "uid": uid(1),
                        "name": "Jérémie Hoarau",
                        "fact": "Chargé de comptes chez Filao",
                        "hint": "« Je m’ennuie dans mon agence… »",
                    },
                    {
                        "uid": uid(2),
                        "name": "Karine Payet",
                        "fact": "Directrice de clientèle chez Lagon",
                        "hint": "Son carnet, depuis 2008",
                    },
                    {
                        "uid": uid(3),
                        "name": "Emmanuelle Fontaine",
                        "fact": "Organise les apéros, Cap Bernard",
                        "hint": "Partager la prochaine soirée",
                    },
                    {"uid": uid(4), "name": "Patrick Boyer", "fact": "Dirige Filao", "hint": "Ce qu’il ne voit pas"},
                    {"uid": uid(5), "name": "Anaïs Lebon", "fact": "Arrivée de Lyon en août", "hint": ""},
                ),
            },
        ),
        "join": (
            "join.html",
            {"community": replace(HERE, entry="approved"), "form": forms.join, "operator": OPERATOR, "visitor": True},
        ),
        "join-guest": (
            "join.html",
            {"community": HERE, "form": forms.join_as_guest, "operator": OPERATOR, "visitor": True},
        ),
        "join-error": (
            "join.html",
            {
                "community": HERE,
                "form": forms.join,
                "operator": {},
                "visitor": True,
            },
        ),
        "book": (
            "book.html",
            {"community": HERE, "lines": (KARINE, YASMINE, MICKAEL), "total": 212, "next_page": "?page=2"},
        ),
        "book-due": (
            "book.html",
            {"community": HERE, "lines": (KARINE, YASMINE), "total": 2, "due": (PROMISE, SOME_DAY), "more_due": 2},
        ),
        "promises": ("promises.html", {"due": (PROMISE,), "later": (SOME_DAY,)}),
        "promises-none": ("promises.html", {"due": (), "later": ()}),
        "book-search": ("book.html", {"community": HERE, "lines": (YASMINE,), "total": 212, "query": "cadastre"}),
        "book-nothing": ("book.html", {"community": HERE, "lines": (), "total": 212, "query": "charpentier"}),
        "book-empty": ("book.html", {"community": HERE, "lines": (), "total": 0}),
        "contact-form": ("contact_form.html", {"community": HERE, "form": forms.Contact}),
        "contact": (
            "contact.html",
            {
                **PAGE_OF_KARINE,
                "person": uid(9),
                "channels": (
                    {"kind": "whatsapp", "address": "https://wa.me/262"},
                    {"kind": "phone", "address": "tel:+262"},
                ),
                "promises": (PROMISE, SOME_DAY),
                "promise_form": PromiseForm(auto_id="promise_%s"),
                "reaches": (replace(THIERRY, on=None),),
                "entries": (
                    {
                        "kind": "mine",
                        "on": date(2026, 9, 12),
                        "text": "Fatiguée des appels d’offres. Cherche qui reprendrait les musées.",
                        "audience": Audience("me"),
                        "where": "Apéro Web 44",
                    },
                    {
                        "kind": "open",
                        "on": date(2024, 6, 3),
                        "text": "Directrice de clientèle chez Lagon.",
                        "audience": Audience("members", entry="link"),
                        "where": "",
                    },
                    {
                        "kind": "given",
                        "on": date(2024, 3, 14),
                        "text": "Sa carte : portable, WhatsApp, courriel personnel.",
                        "audience": None,
                        "where": "Apéro Web 38",
                    },
                    {
                        "kind": "mine",
                        "on": date(2010, 1, 28),
                        "text": "Rire qui porte. Café sans sucre.",
                        "audience": Audience("me"),
                        "where": "Apéro Web 12",
                    },
                ),
            },
        ),
        "contact-bare": (
            "contact.html",
            {"community": HERE, "who": {"uid": uid(3), "name": "Camille", "first_name": "Camille"}},
        ),
        "person": (
            "person.html",
            {
                **PAGE_OF_KARINE,
                "portrayed": True,
                "groups": (
                    {"title": "Son travail", "facts": ({"text": "Lagon (depuis juin 2024)", "on": None},)},
                    {"title": "Son métier", "text": "Le compte des musées,\net celui de l’office de l’eau."},
                    {"title": "Ses savoir-faire", "several": ("Négocier", "Écrire un cahier des charges")},
                    {"title": "Ses liens", "links": ({"address": "https://exemple.re/karine", "host": "exemple.re"},)},
                    {
                        "title": "Cherche",
                        "facts": ({"text": "Confier le compte des musées", "on": date(2026, 11, 2)},),
                    },
                ),
                "evenings": (Row(TONIGHT),),
                "target": {"name": "Karine"},
                "ways": (
                    {
                        "through": replace(MICKAEL, first_name="Mickaël"),
                        "mine": (Reason("met", "Apéro Web 41", date(2025, 3, 6)),),
                        "theirs": (Reason("tie", "Même équipe de 2015 à 2018"),),
                    },
                ),
            },
        ),
        "person-blocked": ("person.html", {**PAGE_OF_KARINE, "blocked": True}),
        "me-blocks": (
            "blocks.html",
            {
                "community": HERE,
                "people": ({"uid": uid(2), "name": "Karine Payet", "headline": "Directrice de clientèle"},),
            },
        ),
        "me-reported": (
            "blocks.html",
            {
                "community": HERE,
                "reports": (
                    {
                        "uid": uid(1),
                        "called": "Apéro Web 47",
                        "words": "On a insisté.\nLongtemps.",
                        "community": "Apéros Web 974",
                        "said_at": date(2026, 11, 20),
                    },
                ),
            },
        ),
        "person-report": (
            "report.html",
            {
                "name": "Karine Payet",
                "address": "/p/",
                "before": {"said_at": date(2026, 11, 20)},
                "form": forms.report,
                "passed_on": "C’est transmis.",
            },
        ),
        "me-blocks-empty": ("blocks.html", {"community": HERE, "people": ()}),
        "ways": (
            "ways.html",
            {
                "community": HERE,
                "target": {
                    "uid": uid(9),
                    "name": "Thierry Ah-Hon",
                    "first_name": "Thierry",
                    "fact": "Géomètre passé au web, Saint-Pierre",
                },
                "meets": TONIGHT,
                "ways": (
                    {
                        "through": KARINE,
                        "mine": (Reason("met", "Apéro Web 12, puis trois fois", date(2026, 9, 12)),),
                        "theirs": (Reason("tie", "Même équipe jusqu’en 2021"),),
                    },
                    {
                        "through": replace(MICKAEL, first_name="Mickaël"),
                        "mine": (Reason("met", "Apéro Web 41", date(2025, 3, 6)),),
                        "theirs": (Reason("met", "Cinq soirées ensemble", date(2024, 1, 1)),),
                    },
                ),
            },
        ),
        "ways-none": (
            "ways.html",
            {
                "community": HERE,
                "target": {"uid": uid(9), "name": "Thierry Ah-Hon", "first_name": "Thierry", "fact": ""},
                "ways": (),
                "meets": TONIGHT,
            },
        ),
        "need": ("need.html", {"community": HERE, "text": ""}),
        "need-answers": (
            "need.html",
            {
                "community": HERE,
                "text": "quelqu’un qui sait parler cadastre et cartes en ligne, avant janvier",
                "answers": (YASMINE, THIERRY),
                "others": (ANAIS,),
                "leads": 3,
                "form": forms.need,
                "needs": (
                    {
                        "uid": uid(1),
                        "text": "Une équipe plus petite",
                        "audience": Audience("chosen", names=("Karine", "Mickaël"), apart_from=("Filao",)),
                        "until": date(2027, 2, 1),
                    },
                ),
            },
        ),
        "need-kept": (
            "need.html",
            {"community": HERE, "text": "un relieur", "answers": (YASMINE,), "leads": 1, "held": HELD, "keeps": 2},
        ),
        "kept": (
            "kept.html",
            {
                "community": HERE,
                "needs": (
                    {"held": HELD, "people": (YASMINE, THIERRY), "count": 3, "more": 1},
                    {"held": HELD, "people": (), "count": 0, "more": 0},
                    {"held": OVER, "people": (), "count": 0, "more": 0},
                ),
                "next_page": "?page=2",
                "more": 2,
            },
        ),
        "kept-nothing": ("kept.html", {"community": HERE, "needs": ()}),
        "need-nothing": (
            "need.html",
            {"community": HERE, "text": "un souffleur de verre", "answers": (), "form": forms.need},
        ),
        "needs": (
            "needs.html",
            {
                "community": HERE,
                "form": forms.choice,
                "told": True,
                "lines": (
                    {
                        "person": uid(2),
                        "name": "Karine Payet",
                        "text": "Une salle pour vingt personnes, un mardi soir",
                        "offered": False,
                        "about": "Une salle · Saint-Pierre",
                        "on": date(2026, 11, 20),
                    },
                    {
                        "person": uid(9),
                        "name": "Thierry Ah-Hon",
                        "text": "Je relis vos cahiers des charges",
                        "offered": True,
                        "about": "",
                        "on": date(2026, 9, 12),
                    },
                ),
                "next_page": "?page=2",
            },
        ),
        "needs-none": ("needs.html", {"community": HERE, "form": forms.choice, "told": False, "lines": ()}),
        "needs-nothing": (
            "needs.html",
            {"community": HERE, "form": forms.choice, "told": True, "chosen": True, "lines": ()},
        ),
        "need-form": ("need_form.html", {"form": forms.need}),
        "need-form-over": (
            "need_form.html",
            {"form": forms.need, "need": {"uid": uid(1), "until": date(2026, 10, 2), "over": True}},
        ),
        "me-portrait": ("me_portrait.html", {"form": forms.portrait, "portrait": uid(1)}),
        "me-said": ("me_said.html", {"form": forms.said, "asked": KINDS["skills"], "said": True}),
        "me": (
            "me.html",
            {
                "community": HERE,
                "said": (
                    {
                        "address": "/moi/",
                        "title": "Ce que je sais faire",
                        "several": ("Négocier", "Écrire"),
                        "audience": Audience("members", entry="link"),
                    },
                    {"address": "/moi/", "title": "Mes liens"},
                ),
                "form": forms.words,
                "work_form": forms.work,
                "erase_form": forms.erase,
                "mail": "jeremie@exemple.re",
                "shield": ("Filao", "Filao Conseil"),
                "shield_form": forms.shield,
                "positions": (
                    {
                        "uid": uid(1),
                        "title": "Chargé de comptes",
                        "organisation": "Filao",
                        "since": date(2023, 9, 1),
                        "audience": Audience("members", entry="link"),
                    },
                ),
                "needs": (
                    {
                        "uid": uid(1),
                        "text": "Une équipe plus petite",
                        "audience": Audience("chosen", names=("Karine", "Mickaël"), apart_from=("Filao",)),
                        "until": None,
                    },
                ),
            },
        ),
        "seen": ("seen.html", {**seen.ROLES, "groups": seen.GROUPS}),
        "seen-new": ("seen.html", {"roles": seen.ROLES["roles"][:1], "role": None, "begun": False, "groups": ()}),
        "seen-as": ("seen.html", {**seen.ROLES, "role": seen.ROLES["roles"][1], **seen.AS_FILAO}),
        "server": ("server.html", {"operator": OPERATOR, "version": "0.1", "source_url": "https://exemple.re/source"}),
        "sign-in": ("sign_in.html", {"form": forms.address, "visitor": True}),
        "sign-in-code": ("sign_in_code.html", {"form": forms.Code, "email": "camille@exemple.re", "visitor": True}),
        "404": ("404.html", {"visitor": True}),
        "403": ("403.html", {}),
        "403-csrf": ("403_csrf.html", {}),
        "405": ("405.html", {}),
        "400": ("400.html", {}),
        "500": ("500.html", {}),
    }
