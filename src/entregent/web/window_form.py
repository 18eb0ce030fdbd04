"""From when and until when one answers an evening, as its organiser types it: each a day and an hour, or nothing."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entregent.common import clock
from entregent.meetups.shown import Evening
from entregent.web import dates, doubts, labels, typed

#: How a day is written back into its narrow field.
DAY = "d MMMM y"
#: The two moments, as the fields of each begin.
MOMENTS = ("opens", "closes")


def _typed(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=False)


class WindowForm(forms.Form):
    """The fields that stay folded away where one answers from now on, and until the end."""

    zone: ZoneInfo
    evening: Evening | None

    opens_on = _typed(gettext_lazy("Opening day"), gettext_lazy("Empty: from now on"))
    opens_hour = _typed(gettext_lazy("Opening hour"), gettext_lazy("9 am"))
    closes_on = _typed(gettext_lazy("Closing day"), gettext_lazy("Empty: until the end"))
    closes_hour = _typed(gettext_lazy("Closing hour"), gettext_lazy("8 pm"))

    def clean(self) -> dict[str, Any]:
        """Each moment: both its day and its hour, or neither."""
        said = super().clean() or {}
        for name in MOMENTS:
            said[f"{name}_at"] = self._moment(name)
        return said

    def window(self) -> dict[str, datetime | None]:
        """What was said, by the names of the action."""
        return {f"{name}_at": self.cleaned_data[f"{name}_at"] for name in MOMENTS}

    def unfolded(self) -> bool:
        """Whether there is something to see in these fields."""
        return any(self[f"{name}_{part}"].value() for name in MOMENTS for part in ("on", "hour"))

    def _moment(self, name: str) -> datetime | None:
        day, hour = (self.cleaned_data.get(f"{name}_{part}") or "" for part in ("on", "hour"))
        if not (day or hour):
            return None
        on, at = self._day(f"{name}_on", day, name), self._hour(f"{name}_hour", hour)
        return datetime.combine(on, at, self.zone) if on is not None and at is not None else None

    def _day(self, field: str, text: str, name: str) -> date | None:
        """The day that was typed; one that the evening has already is meant, even if it has passed."""
        before: datetime | None = getattr(self.evening, f"{name}_at") if self.evening else None
        if not text:
            self.add_error(field, _("On which day?"))
            return None
        try:
            return typed.day(text, clock.now().astimezone(self.zone).date())
        except typed.Doubt as doubt:
            if before is not None and doubt.said == before.astimezone(self.zone).date():
                return before.astimezone(self.zone).date()
            self.add_error(field, forms.ValidationError(doubts.about_day(doubt, field)))
        return None

    def _hour(self, field: str, text: str) -> time | None:
        if not text:
            self.add_error(field, _("At what time?"))
            return None
        try:
            return doubts.hour(text)
        except forms.ValidationError as error:
            self.add_error(field, error)
        return None


def typed_of(evening: Evening, zone: ZoneInfo) -> dict[str, str]:
    """The moments of an evening as somebody would have typed them."""
    language, found = labels.language(), {}
    for name in MOMENTS:
        at: datetime | None = getattr(evening, f"{name}_at")
        if at is not None:
            there = at.astimezone(zone)
            found[f"{name}_on"] = dates.written(there, DAY, language)
            found[f"{name}_hour"] = dates.hour(there, language)
    return found
