"""The forms of cards: one's own, and choosing among them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from entregent.cards import shapes
from entregent.cards.queries import Own
from entregent.web import first_name, labels


class CardForm(forms.Form):
    """A card: for which occasion, and what stands on it."""

    title = forms.CharField(
        label=_("For which occasion"),
        max_length=shapes.TITLE,
        help_text=_("“Apéro”, “Clients”: nobody reads it but you."),
        error_messages={"required": _("A word or two: for which occasion?")},
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("A name in one line, please.")},
    )
    does = forms.CharField(label=_("What you do, in one line"), max_length=160, required=False)
    organisation = forms.CharField(
        label=_("Organisation"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    telephone = forms.CharField(
        label=_("My number"),
        max_length=shapes.VALUE,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel", "placeholder": "0692 12 34 56"}),
    )
    mail = forms.CharField(
        label=_("My e-mail address"),
        max_length=shapes.VALUE,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "email", "autocomplete": "email"}),
    )
    link = forms.CharField(
        label=_("A link"),
        max_length=shapes.VALUE,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "url"}),
    )
    #: The secret of the card that is looked at meanwhile: back to it, once one has a card to give.
    shown = forms.SlugField(required=False, widget=forms.HiddenInput)

    @property
    def printed(self) -> dict[str, str]:
        """What the card says."""
        return {field: said for field, said in self.cleaned_data.items() if field != "shown"}


class ExchangeForm(forms.Form):
    """Which of one's cards is given; the only one is not asked about."""

    card = forms.ChoiceField(label=_("Which one do you give?"), widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, cards: Sequence[Own]) -> None:
        super().__init__(data, initial={"card": str(cards[0].uid)} if cards else {})
        self.fields["card"].choices = [(str(own.uid), own.title) for own in cards]  # type: ignore[attr-defined]
        if len(cards) == 1:
            self.fields["card"].widget = forms.HiddenInput()


class LeaveForm(forms.Form):
    """A first name and a way to be reached, of somebody who has no account."""

    name = first_name.field()
    way = forms.CharField(
        label=_("A number or an address"),
        max_length=shapes.VALUE,
        error_messages={"required": _("A number or an address: a first name alone leads nowhere.")},
    )


def choice(cards: Sequence[Own]) -> forms.ChoiceField:
    """Which of one's cards goes along; none of them: what is typed below."""
    named = [(str(own.uid), labels.beside(own.title, own.face.telephone, own.face.mail)) for own in cards]
    return forms.ChoiceField(
        label=_("Which one"),
        choices=[*named, ("", _("Another one: I type it"))],
        required=False,
        widget=forms.RadioSelect,
    )
