"""Forms as the pages of the look draw them, filled or not."""

from typing import Any

from django import forms


class Rsvp(forms.Form):
    """What somebody without account answers with."""

    name = forms.CharField(label="Votre prénom", max_length=60)
    email = forms.EmailField(
        label="Votre courriel", required=False, help_text="Pour un rappel la veille, rien d’autre."
    )


class Evening(forms.Form):
    """A date, a place, a word."""

    name = forms.CharField(label="Son nom")
    on = forms.DateField(label="Le jour", widget=forms.DateInput(attrs={"type": "date"}))
    at = forms.CharField(label="L’heure", widget=forms.TimeInput(attrs={"type": "time"}))
    place = forms.CharField(label="Le lieu")
    address = forms.CharField(label="L’adresse", required=False)
    town = forms.CharField(label="La ville")
    capacity = forms.IntegerField(label="Places", widget=forms.NumberInput(attrs={"inputmode": "numeric"}))
    until = forms.CharField(label="Jusque vers", required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    pitch = forms.CharField(label="Un mot pour donner envie", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    entry = forms.ChoiceField(
        label="Qui peut répondre",
        choices=[("link", "Qui a le lien"), ("approved", "La communauté")],
        widget=forms.RadioSelect,
    )
    shows_band = forms.BooleanField(
        label="Dire combien viennent", required=False, help_text="À la dizaine près, mis à jour une fois par jour."
    )


class Join(forms.Form):
    """Where one works."""

    name = forms.CharField(label="Votre nom", help_text="Tel que les gens d’ici le connaissent.")
    email = forms.EmailField(
        label="Votre courriel", help_text="Prenez une adresse personnelle : votre employeur peut lire celle du bureau."
    )
    where = forms.ChoiceField(
        label="Où travaillez-vous ?",
        choices=[
            ("organisation", "Dans une organisation"),
            ("own", "À mon compte"),
            ("looking", "En recherche"),
            ("student", "En études"),
            ("retired", "À la retraite"),
        ],
        widget=forms.RadioSelect,
    )
    organisation = forms.CharField(label="Laquelle", required=False)
    title = forms.CharField(label="Vous y faites quoi", required=False)


class Community(forms.Form):
    """One trade, one place."""

    name = forms.CharField(label="Son nom")
    place = forms.CharField(label="Où")
    entry = forms.ChoiceField(
        label="Qui entre",
        choices=[("open", "Entrée libre"), ("link", "Par lien"), ("approved", "Sur accord")],
        widget=forms.RadioSelect,
    )
    welcome = forms.CharField(label="Un mot d’accueil", required=False, widget=forms.Textarea(attrs={"rows": 3}))


class Contact(forms.Form):
    """A page of the carnet."""

    name = forms.CharField(label="Son nom")
    met_on = forms.DateField(label="Quand", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    place = forms.CharField(label="Où", required=False)
    through = forms.CharField(label="Par qui", required=False)
    words = forms.CharField(
        label="Ce qui s’est dit", required=False, widget=forms.Textarea(attrs={"rows": 3, "class": "moi"})
    )


class Me(forms.Form):
    """What I say of myself."""

    name = forms.CharField(label="Mon nom")
    headline = forms.CharField(label="Ce que je fais, en une ligne", required=False)
    audience = forms.ChoiceField(
        label="Qui le voit",
        choices=[("members", "La communauté, entrée par lien"), ("me", "Rien que moi")],
        widget=forms.RadioSelect,
    )


class Shielded(forms.Form):
    """From whom discreet facts are kept."""

    organisations = forms.MultipleChoiceField(
        label="Je tiens à distance",
        choices=[("1", "Filao"), ("2", "Filao Conseil")],
        widget=forms.CheckboxSelectMultiple,
    )


class Say(forms.Form):
    """A need, said to some."""

    text = forms.CharField(widget=forms.HiddenInput)
    audience = forms.ChoiceField(
        label="Qui le voit",
        choices=[("connections", "Cartes échangées"), ("members", "La communauté, entrée par lien")],
        widget=forms.RadioSelect,
    )
    job = forms.BooleanField(
        label="Je cherche un poste", required=False, help_text="Toujours discret : jamais pour mon employeur."
    )
    until = forms.DateField(label="Jusqu’au", required=False, widget=forms.DateInput(attrs={"type": "date"}))


class Code(forms.Form):
    """A code that came by mail."""

    code = forms.CharField(
        label="Votre code", widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"})
    )


def bound(form: type[forms.Form], **data: Any) -> forms.Form:
    """A form that came back with its errors."""
    filled = form(data)
    filled.is_valid()
    return filled
