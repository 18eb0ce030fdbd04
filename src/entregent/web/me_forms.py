"""The forms of one's own page: words, work, shield, and leaving for good."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from entregent.web.communities_forms import WorkForm

#: How every form asks whether a fact is discreet.
DISCREET: dict[str, Any] = {
    "label": _("Discreet"),
    "required": False,
    "help_text": _("Those whom your shield keeps out do not see it."),
}


class AudienceForm(forms.Form):
    """A form that asks who may see what it says: `audiences` are the choices, by `audiences.offered`."""

    audience = forms.ChoiceField(
        label=_("Who may see it"), widget=forms.RadioSelect, error_messages={"required": _("Say who may see it.")}
    )

    def __init__(self, *args: Any, audiences: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["audience"].choices = list(audiences)  # type: ignore[attr-defined]


class WordsForm(AudienceForm):
    """What somebody is called and does."""

    name = forms.CharField(
        label=_("What people call you"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("A name, as people say it in the room.")},
    )
    headline = forms.CharField(label=_("What you do, in one line"), max_length=160, required=False)


class ShowForm(AudienceForm):
    """Who sees a place of work that was said before."""

    discreet = forms.BooleanField(**DISCREET)


class PositionForm(AudienceForm, WorkForm):
    """Where somebody works, with who may see it."""

    since = forms.DateField(
        label=_("Since"),
        required=False,
        input_formats=["%Y-%m", "%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
        error_messages={"invalid": _("A month and its year, as in 2024-02.")},
    )
    client = forms.BooleanField(
        label=_("It is a client of mine"), required=False, help_text=_("A client is not kept from what is discreet.")
    )
    discreet = forms.BooleanField(**DISCREET)
    field_order = ("where", "organisation", "title", "since", "client", "audience", "discreet")

    def clean(self) -> dict[str, Any] | None:
        """Only a place of work is shown to anybody."""
        said = super().clean()
        if self.cleaned_data.get("where") != "organisation":
            self.errors.pop("audience", None)
        return said


class ShieldForm(forms.Form):
    """From whom discreet facts are kept: `known` are organisations, slug and name; another one goes by its name."""

    organisations = forms.MultipleChoiceField(
        label=_("What I keep discreet does not reach"), required=False, widget=forms.CheckboxSelectMultiple
    )
    other = forms.CharField(label=_("And another one"), max_length=120, required=False)

    def __init__(self, *args: Any, known: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisations"].choices = list(known)  # type: ignore[attr-defined]


class AskForm(forms.Form):
    """Whether others may ask for an introduction through somebody: no answer is chosen beforehand."""

    through_me = forms.ChoiceField(
        label=_("May people go through you to meet somebody you know?"),
        choices=(("yes", _("Yes, let them ask me")), ("no", _("No, not through me"))),
        widget=forms.RadioSelect,
        help_text=_("You are asked each time, and may leave it unanswered. Nobody can list whom you know."),
        error_messages={"required": _("Yes or no: it can be changed at any time.")},
    )


class EraseForm(forms.Form):
    """Leaving for good, on purpose."""

    sure = forms.BooleanField(
        label=_("I erase everything of mine"), error_messages={"required": _("Tick the line, if you are sure.")}
    )
