"""The forms of a community: opening or changing one, and coming in."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from entregent.web.accounts import AddressForm

#: The answers to "where do you work?"; `organisation` wants its name.
PLACES = (
    ("organisation", _("At an organisation")),
    ("own", _("On my own")),
    ("looking", _("Between jobs")),
    ("student", _("I study")),
    ("retired", _("I am retired")),
)
ENTRIES = (("link", _("By link")), ("approved", _("On approval")), ("open", _("Open to all")))


def _zones() -> list[tuple[str, str]]:
    return [(zone, zone.replace("_", " ")) for zone in sorted(available_timezones()) if "/" in zone]


class CommunityForm(forms.Form):
    """What a community says of itself, and how one gets in."""

    name = forms.CharField(label=_("Its name"), max_length=80, error_messages={"required": _("It needs a name.")})
    place = forms.CharField(label=_("Where"), max_length=80, required=False)
    zone = forms.ChoiceField(label=_("Time zone"), choices=_zones, initial=settings.HOME_ZONE)
    entry = forms.ChoiceField(
        label=_("Who comes in"),
        choices=ENTRIES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    welcome = forms.CharField(
        label=_("A word of welcome"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    conduct = forms.CharField(
        label=_("Code of conduct"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One thought per line. Left empty, a few lines are shown that suit any evening."),
    )

    def said(self) -> dict[str, str]:
        """What was said, by the names of the action."""
        said = self.cleaned_data
        kept = {field: said[field] for field in ("name", "zone", "entry")}
        return {**kept, "town": said["place"], "words": said["welcome"], "conduct": said["conduct"]}


class WorkForm(forms.Form):
    """Where somebody works: one answer, and the organisation's name where it is one."""

    where = forms.ChoiceField(
        label=_("Where do you work?"),
        choices=PLACES,
        widget=forms.RadioSelect,
        error_messages={"required": _("One answer: nobody else reads it.")},
    )
    organisation = forms.CharField(label=_("The organisation"), max_length=120, required=False)
    title = forms.CharField(label=_("What you do there"), max_length=120, required=False)

    def clean(self) -> dict[str, Any] | None:
        """An organisation has a name."""
        said = super().clean()
        if self.cleaned_data.get("where") == "organisation" and not self.cleaned_data.get("organisation", "").strip():
            self.add_error("organisation", _("Which one?"))
        return said


class JoinForm(AddressForm, WorkForm):
    """Coming into a community. `without` names the fields that have been answered before."""

    name = forms.CharField(
        label=_("What people call you"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("A name, as people say it in the room.")},
    )
    words = forms.CharField(label=_("A word to the stewards"), max_length=300, required=False)
    field_order = ("along", "name", "email", "where", "organisation", "title", "words")

    def __init__(self, *args: Any, without: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in without:
            del self.fields[field]

    def said(self) -> dict[str, str]:
        """What was said, by field; nothing for what was not asked."""
        asked = [field for field in self.base_fields if field not in AddressForm.base_fields]
        return {field: str(self.cleaned_data.get(field, "")) for field in asked}
