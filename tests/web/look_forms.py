"""The forms of the product as the pages of the look draw them, filled or not."""

from typing import TypeVar

from django import forms

from entregent.web.accounts import AddressForm
from entregent.web.communities_forms import CommunityForm, JoinForm
from entregent.web.evening_forms import EveningForm, GuestForm
from entregent.web.me_forms import EraseForm, PositionForm, ShieldForm, WordsForm
from entregent.web.needs_forms import NAMED, ChoiceForm, NeedForm
from entregent.web.portraits import PortraitForm
from entregent.web.reports import ReportForm
from entregent.web.words import KINDS, SaidForm
from tests.web.look_samples import ZONE

Form = TypeVar("Form", bound=forms.Form)

#: Audiences as a form offers them: a key and its words.
AUDIENCES = (("me", "Rien que moi"), ("12", "La communauté, entrée par lien"), ("1", "Tout le monde"))


class Contact(forms.Form):
    """A page of the carnet."""

    name = forms.CharField(label="Son nom")
    met_on = forms.DateField(label="Quand", required=False)
    place = forms.CharField(label="Où", required=False)
    through = forms.CharField(label="Par qui", required=False)
    words = forms.CharField(
        label="Ce qui s’est dit", required=False, widget=forms.Textarea(attrs={"rows": 3, "class": "moi"})
    )


class Code(forms.Form):
    """A code that came by mail."""

    code = forms.CharField(label="Votre code")


def evening() -> EveningForm:
    """A new evening."""
    return EveningForm(zone=ZONE)


def wrong_evening() -> EveningForm:
    """An evening at an hour at which people work, for forty in letters."""
    said = {"name": "Apéro Web 48", "on": "28/1", "at": "16 h 30", "place": "Chez Zélie", "capacity": "quarante"}
    return _read(EveningForm(said, zone=ZONE))


def guest() -> GuestForm:
    """Somebody without account."""
    return GuestForm()


def wrong_guest() -> GuestForm:
    """Somebody without name, whose address lacks its end."""
    return _read(GuestForm({"name": "", "email": "jeremie@filao"}))


def address() -> AddressForm:
    """Where to send a code."""
    return AddressForm()


def community() -> CommunityForm:
    """One trade, one place."""
    return CommunityForm()


def report() -> ReportForm:
    """What happened, said to nobody in particular yet."""
    communities = (("aperos-web-974", "Apéros Web 974"), ("cartes-sur-table", "Cartes sur table"))
    return _read(ReportForm({"words": "On a insisté."}, communities=communities))


def join() -> JoinForm:
    """Coming in."""
    return JoinForm(without=set())


def join_as_guest() -> JoinForm:
    """Coming in, on a phone that knows a guest."""
    return JoinForm(without=set(), called="Camille")


def words() -> WordsForm:
    """What one says of oneself."""
    return WordsForm(audiences=AUDIENCES, initial={"name": "Jérémie Hoarau", "audience": "12"})


def work() -> PositionForm:
    """Where one works, said without the organisation's name."""
    return _read(PositionForm({"where": "organisation"}, audiences=AUDIENCES, auto_id="work_%s"))


def said() -> SaidForm:
    """What one can do."""
    return SaidForm(asked=KINDS["skills"], audiences=AUDIENCES, initial={"text": "Négocier\nÉcrire", "audience": "12"})


def portrait() -> PortraitForm:
    """A picture of oneself."""
    return PortraitForm(audiences=AUDIENCES, initial={"audience": "12"})


def shield() -> ShieldForm:
    """From whom one is kept."""
    known = [("filao", "Filao"), ("piton", "Piton Numérique")]
    return ShieldForm(known=known, initial={"organisations": ["filao"]}, auto_id="shield_%s")


def need() -> NeedForm:
    """What one looks for."""
    offered = [AUDIENCES[0], (NAMED, "Des personnes choisies"), *AUDIENCES[1:]]
    return NeedForm(audiences=offered, people=[("7", "Karine Payet"), ("8", "Mickaël Grondin")], auto_id="need_%s")


def choice() -> ChoiceForm:
    """Which needs and offers to look at."""
    return ChoiceForm({}, places=[("saint-denis", "Saint-Denis"), ("saint-pierre", "Saint-Pierre")])


def erase() -> EraseForm:
    """Leaving for good."""
    return EraseForm(auto_id="erase_%s")


def _read(form: Form) -> Form:
    form.is_valid()
    return form
