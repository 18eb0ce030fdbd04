"""The forms of words: a message to edit, a word to relay with the card that goes along, an answer."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from entregent.cards.queries import Own
from entregent.web import cards_forms
from entregent.writing import actions

#: How a form asks for the card: nothing is handed over that does not stand there.
CARD: dict[str, dict[str, Any]] = {
    "mail": {"label": _("My e-mail address"), "max_length": 200, "required": False},
    "telephone": {"label": _("My number"), "max_length": 200, "required": False},
}


class DraftForm(forms.Form):
    """A message for a service that is not ours."""

    text = forms.CharField(
        label=_("Your message"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 8, "class": "ample"}),
        error_messages={"required": _("A first word?")},
    )


class WordForm(forms.Form):
    """A word, and the card that goes along: one of `cards`, those that its writer keeps, or what is typed."""

    text = forms.CharField(
        label=_("Your word"),
        max_length=actions.LONGEST,
        widget=forms.Textarea(attrs={"rows": 7, "class": "ample"}),
        help_text=_("500 characters at most."),
        error_messages={"required": _("A first word?"), "max_length": _("500 characters at most.")},
    )
    telephone = forms.CharField(
        **CARD["telephone"],
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel", "placeholder": "0692 12 34 56"}),
    )
    mail = forms.CharField(
        **CARD["mail"], widget=forms.TextInput(attrs={"inputmode": "email", "autocomplete": "email"})
    )

    def __init__(self, *args: Any, cards: Sequence[Own] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = {str(own.uid): own.face for own in cards}
        if cards:
            self.fields["card"] = cards_forms.choice(cards)

    def clean(self) -> dict[str, Any]:
        """Of a card that one keeps, what a word takes along."""
        said = dict(super().clean() or {})
        face = self.kept.get(said.pop("card", ""))
        return said if face is None else {**said, "mail": face.mail, "telephone": face.telephone}


class AnswerForm(WordForm):
    """The same, where a card alone is an answer, too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = False
        self.fields["text"].label = _("Your answer")
        self.fields["text"].widget.attrs |= {"rows": 4, "class": ""}
