"""The forms of the notebook: somebody new, where they were met, what they are called, a line about them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class MetForm(forms.Form):
    """Where somebody was met: an evening among `evenings` (code and words), or a day and a place."""

    met_at = forms.ChoiceField(label=_("At an evening"), required=False)
    met_on = forms.DateField(
        label=_("On which day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("A day, as in 2026-11-26.")},
    )
    place = forms.CharField(label=_("Where"), max_length=120, required=False)
    through = forms.CharField(label=_("Through whom"), max_length=120, required=False)

    def __init__(self, *args: Any, evenings: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["met_at"].choices = [("", "—"), *evenings]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        """A place without a day says too little: when it was is what one forgets first."""
        said = super().clean() or {}
        undated = not (said.get("met_at") or said.get("met_on") or "met_on" in self.errors)
        if undated and (said.get("place") or said.get("through")):
            self.add_error("met_on", _("On which day? More or less will do."))
        return said

    @property
    def occasion(self) -> dict[str, Any]:
        """Where somebody was met, as the actions take it."""
        said = self.cleaned_data
        return {
            "meetup": said["met_at"] or None,
            "on": said["met_on"],
            "place": said["place"],
            "through": said["through"],
        }


class HeadForm(forms.Form):
    """What somebody is called in the notebook, and what they do."""

    name = forms.CharField(
        label=_("What you call them"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("A first name is enough.")},
    )
    does = forms.CharField(label=_("What they do"), max_length=160, required=False)


class WorkForm(HeadForm):
    """The same, and where and as what they work."""

    title = forms.CharField(label=_("Their job"), max_length=120, required=False)
    organisation = forms.CharField(label=_("Where they work"), max_length=120, required=False)


#: Longest line about somebody, in characters.
LINE = 4000


class ContactForm(MetForm, HeadForm):
    """Somebody new."""

    words = forms.CharField(
        label=_("What was said"),
        max_length=LINE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "moi"}),
    )
    field_order = ("name", "does", "met_at", "met_on", "place", "through", "words")


class LineForm(forms.Form):
    """A line about somebody."""

    words = forms.CharField(max_length=LINE, error_messages={"required": _("A first word?")})
