"""The forms of needs and offers: to say one, and to choose among those of others."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from entregent.web.me_forms import AudienceForm

#: Named one by one, in the choice of an audience.
NAMED = "named"
KINDS = (
    ("job", _("A job")),
    ("mission", _("A freelance job")),
    ("client", _("A client")),
    ("supplier", _("A supplier")),
    ("associate", _("A business partner")),
    ("mentoring", _("Advice")),
    ("room", _("A room")),
    ("service", _("A service")),
    ("other", _("Something else")),
)


class NeedForm(AudienceForm):
    """What somebody looks for or offers. `people` are those who can be named, by the id of their contact."""

    offered = forms.ChoiceField(
        label=_("Need or offer"),
        choices=(("", _("I look for")), ("yes", _("I offer"))),
        widget=forms.RadioSelect,
        required=False,
    )
    kind = forms.ChoiceField(label=_("What"), choices=KINDS, initial="other")
    text = forms.CharField(
        label=_("In a few words"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say it in a few words.")},
    )
    place = forms.CharField(
        label=_("Where"),
        max_length=80,
        required=False,
        help_text=_("A town. Leave it empty where it does not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )
    people = forms.MultipleChoiceField(label=_("People I name"), required=False, widget=forms.CheckboxSelectMultiple)
    discreet = forms.BooleanField(label=_("Discreet"), required=False, help_text=_("A job search always is."))
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    field_order = ("offered", "kind", "text", "place", "audience", "people", "discreet", "until")

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = list(people)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        """Naming people takes at least one."""
        said = super().clean()
        if self.cleaned_data.get("audience") == NAMED and not self.cleaned_data.get("people"):
            self.add_error("people", _("Whom? They have to be in your notebook, and here."))
        return said


class ChoiceForm(forms.Form):
    """Which needs and offers of others to look at: `places` are towns that these name, as folded and as written."""

    offered = forms.ChoiceField(
        label=_("Need or offer"),
        choices=(("", _("Both")), ("no", _("Looked for")), ("yes", _("Offered"))),
        required=False,
    )
    kind = forms.ChoiceField(label=_("What"), choices=(("", _("Anything")), *KINDS), required=False)
    place = forms.ChoiceField(label=_("Where"), required=False)

    def __init__(self, *args: Any, places: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", _("Anywhere")), *places]  # type: ignore[attr-defined]

    @property
    def said(self) -> dict[str, str]:
        """What was chosen; what is no choice chooses nothing."""
        self.is_valid()
        return {name: str(value) for name, value in self.cleaned_data.items() if value}
