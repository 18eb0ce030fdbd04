"""What an organiser says of a series: how often and until when, and which of its evenings a change is about."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from entregent.common import clock, errors
from entregent.meetups import recurrence
from entregent.meetups.shown import Evening
from entregent.web import doubts, repairs, several, typed
from entregent.web.evening_forms import FIELDS, EveningForm

RHYTHMS = (
    ("", gettext_lazy("Once")),
    (recurrence.WEEK, gettext_lazy("Every week")),
    (recurrence.FORTNIGHT, gettext_lazy("Every two weeks")),
    (recurrence.NTH, gettext_lazy("Every month on the same weekday, like the second Thursday")),
    (recurrence.LAST, gettext_lazy("Every month on the last one, like the last Thursday")),
)
SCOPES = (("this", gettext_lazy("This evening alone")), ("following", gettext_lazy("This one and those that follow")))


class OpenForm(EveningForm):
    """A new evening, which may recur: so many times, or until a day."""

    repeats = forms.ChoiceField(label=gettext_lazy("How often"), choices=RHYTHMS, required=False)
    times = forms.IntegerField(
        label=gettext_lazy("How many times"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=gettext_lazy("60 at most, this one included."),
        error_messages={"invalid": gettext_lazy("A number, as in 10.")},
    )
    last_on = forms.CharField(
        label=gettext_lazy("Or until"), required=False, help_text=gettext_lazy("24 June, or 24/6")
    )

    def clean_last_on(self) -> date | None:
        """The day that was typed, where one was."""
        if not self.cleaned_data["last_on"].strip():
            return None
        try:
            return typed.day(self.cleaned_data["last_on"], clock.now().astimezone(self.zone).date())
        except typed.Doubt as doubt:
            raise forms.ValidationError(doubts.about_day(doubt, "last_on")) from doubt

    def said(self) -> dict[str, Any]:
        """What was said, by the names of the action."""
        every = self.cleaned_data["repeats"]
        ends = {name: self.cleaned_data[name] for name in ("times", "last_on")}
        recurs = recurrence.Recurs(every, **ends) if every else None
        return {**super().said(), "recurs": recurs, "also": self.cleaned_data.get("also", ())}

    def refuse(self, error: errors.Invalid) -> None:
        """Say what the action could not take, at its field."""
        repairs.tell(self, error, {**FIELDS, "every": "repeats"})


class ChangeForm(EveningForm):
    """An evening that is changed; of a series of which evenings follow (`follows`), which of them it is about."""

    scope = forms.ChoiceField(
        label=gettext_lazy("Which evenings"), choices=SCOPES, widget=forms.RadioSelect, initial="this", required=False
    )
    everywhere = forms.BooleanField(
        label=gettext_lazy("Those that were changed or moved one by one, too"),
        help_text=gettext_lazy("Without it, they stay as they are."),
        required=False,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        zone: str,
        evening: Evening,
        follows: bool = False,
        places: Sequence[several.Place] = (),
    ) -> None:
        super().__init__(data, zone=zone, evening=evening, places=places)
        if not follows:
            del self.fields["scope"], self.fields["everywhere"]
