"""Writing to somebody, and words, in every state."""

from datetime import UTC, datetime
from typing import Any

from entregent.web.reaching import Letter
from entregent.web.writing import Whom
from entregent.web.writing_forms import AnswerForm, DraftForm, WordForm
from entregent.writing.queries import Card, Got, Sent
from tests.web.look_samples import HERE, uid

AT = datetime(2026, 11, 3, 8, tzinfo=UTC)
CHANNELS = (("telephone", "0692 12 34 56"), ("mail", "karine@exemple.re"))
KARINE = Whom("Karine Payet", "/p/", 1, uid(2), CHANNELS, None)
STRANGER = Whom("Anaïs Lebon", "/p/", 2, uid(3), (), None)
WAITING = Got(uid(4), "Anaïs Lebon", uid(3), "Bonjour,\nun café ?", None, AT, None, False, left=False, contact=None)
CROSSED = Got(uid(5), "Karine Payet", None, "", Card("k@exemple.re", "0692 1"), AT, uid(6), False, False, None)
SENT = Sent(uid(6), "Karine Payet", uid(2), "Tes musées ?", Card("moi@exemple.re"), AT, True, None, True)
FRESH = Sent(uid(7), "Anaïs Lebon", None, "Bienvenue.", Card(), AT, False, None, False)


def writing() -> dict[str, tuple[str, dict[str, Any]]]:
    """Each state by name: its template and context."""
    word = {"whom": STRANGER, "form": WordForm()}
    others = ({"kind": "link", "value": "https://exemple.re", "href": "https://exemple.re"},)
    letters = (Letter("whatsapp", CHANNELS[0][1]), Letter("sms", CHANNELS[0][1]), Letter("mail", CHANNELS[1][1]))
    return {
        "write": ("write.html", {"community": HERE, **word}),
        "write-wrong": ("write.html", {**word, "form": WordForm({"text": ""})}),
        "write-before": ("write.html", {**word, "before": FRESH}),
        "write-theirs": ("write.html", {**word, "theirs": WAITING}),
        "write-unclaimed": ("write.html", {**word, "unclaimed": {"name": "Apéros Web"}}),
        "write-blocked": ("write.html", {**word, "blocked": True}),
        "write-channels": ("write.html", {"whom": KARINE, "form": DraftForm(), "letters": letters, "others": others}),
        "write-link": ("write.html", {"whom": KARINE, "form": DraftForm(), "letters": (), "others": others}),
        "write-leave": (
            "write_leave.html",
            {"whom": KARINE, "letter": letters[0], "text": "Un café ?", "address": "https://wa.me/262692123456"},
        ),
        "words": (
            "words.html",
            {"community": HERE, "waiting": (WAITING,), "others": (CROSSED,), "sent": (SENT, FRESH)},
        ),
        "words-closed": ("words.html", {"waiting": (), "others": (), "sent": (), "closed": True}),
        "word": ("word.html", {"word": WAITING, "first_name": "Anaïs", "form": AnswerForm(), "may_report": True}),
        "word-crossed": (
            "word.html",
            {
                "word": CROSSED,
                "first_name": "Karine",
                "mine": SENT,
                "ways": ({"kind": "telephone", "value": "0692 1", "href": "tel:06921"},),
                "form": AnswerForm(),
            },
        ),
        "word-sent": ("word_sent.html", {"word": SENT, "answer": CROSSED}),
        "word-fresh": ("word_sent.html", {"word": FRESH, "answer": None}),
    }
