"""The forms of an evening: what an organiser says of it, and what somebody without account answers with."""

from collections.abc import Sequence
from copy import copy
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy

from entregent.common import clock, errors
from entregent.meetups.shown import Evening
from entregent.web import dates, doubts, first_name, labels, questions_form, repairs, several, typed, window_form
from entregent.web.questions_form import QuestionsForm
from entregent.web.several import SeveralForm
from entregent.web.window_form import WindowForm

#: How long an evening lasts when nobody says until when.
USUAL = timedelta(hours=4)
#: The fields by the names that the action has for them.
FIELDS = {"title": "name", "words": "pitch", "starts_at": "on", "ends_at": "until", "audience": "entry"}
FIELDS |= {"opens_at": "opens_on", "closes_at": "closes_on"}
NAMELESS = {"required": gettext_lazy("It needs a name.")}
DAYLESS = {"required": gettext_lazy("On which day?")}
HOURLESS = {"required": gettext_lazy("At what time?")}
PLACELESS = {"required": gettext_lazy("Where do people meet?")}
ENTRIES = (("everyone", gettext_lazy("Whoever has the link")), ("community", gettext_lazy("The community alone")))


class EveningForm(WindowForm, QuestionsForm, SeveralForm):
    """A date, a place, a word. Days and hours are typed as people write them, in the zone of the evening."""

    name = forms.CharField(label=gettext_lazy("Its name"), max_length=160, error_messages=NAMELESS)
    on = forms.CharField(
        label=gettext_lazy("The day"), help_text=gettext_lazy("Thursday 28 January, or 28/1"), error_messages=DAYLESS
    )
    at = forms.CharField(label=gettext_lazy("The hour"), help_text=gettext_lazy("6:30 pm"), error_messages=HOURLESS)
    place = forms.CharField(label=gettext_lazy("The place"), max_length=120, error_messages=PLACELESS)
    address = forms.CharField(label=gettext_lazy("The address"), max_length=160, required=False)
    town = forms.CharField(label=gettext_lazy("The town"), max_length=80, required=False)
    capacity = forms.IntegerField(
        label=gettext_lazy("Seats"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": gettext_lazy("A number, as in 30.")},
    )
    until = forms.CharField(label=gettext_lazy("Until about"), required=False)
    pitch = forms.CharField(
        label=gettext_lazy("A word that makes people want to come"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    entry = forms.ChoiceField(
        label=gettext_lazy("Who can answer"), choices=ENTRIES, widget=forms.RadioSelect, initial="everyone"
    )
    shows_band = forms.BooleanField(
        label=gettext_lazy("Say how many come"),
        help_text=gettext_lazy("To the nearest ten, counted once a day."),
        required=False,
        initial=True,
    )
    guests = forms.IntegerField(
        label=gettext_lazy("How many people each may bring"),
        help_text=gettext_lazy("Five at most. Empty: nobody. Each takes a seat."),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": gettext_lazy("A number, as in 1.")},
    )
    pictures = forms.BooleanField(
        label=gettext_lazy("Pictures are taken"),
        help_text=gettext_lazy("The evening’s page says so, and everyone who comes says yes or no there."),
        required=False,
    )
    #: The hour that was asked about: typed again, it is meant.
    meant = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        zone: str,
        evening: Evening | None = None,
        like: Evening | None = None,
        places: Sequence[several.Place] = (),
    ) -> None:
        self.zone, self.evening = ZoneInfo(zone), evening
        shown = evening or like
        super().__init__(data, initial=_typed(shown, self.zone) if shown else None)
        self.offer(places)
        if like:
            # Another evening is like the last one but for its day.
            self.initial.pop("on")

    def clean_on(self) -> date:
        """The day that was typed."""
        held = self.evening.starts_at.astimezone(self.zone).date() if self.evening else None
        try:
            return typed.day(self.cleaned_data["on"], clock.now().astimezone(self.zone).date())
        except typed.Doubt as doubt:
            if doubt.said is not None and doubt.said == held:
                return held
            raise forms.ValidationError(doubts.about_day(doubt, "on")) from doubt

    def clean_at(self) -> time:
        """The hour that was typed; one at which nobody goes out is asked about, once."""
        at = doubts.hour(self.cleaned_data["at"])
        on, meant = self.cleaned_data.get("on"), self.data.get("meant")
        held = self.evening.starts_at.astimezone(self.zone).time() if self.evening else None
        if isinstance(on, date) and at != held and meant != f"{at:%H:%M}":
            try:
                typed.evening_hour(at, on)
            except typed.Doubt as doubt:
                self._ask(at)
                raise forms.ValidationError(doubts.about_hour(doubt, "at")) from doubt
        return at

    def _ask(self, at: time) -> None:
        # A copy of its own kind: a plain dict would keep the last one of several ticks.
        data: Any = copy(self.data)
        data["meant"] = f"{at:%H:%M}"
        self.data = data

    def clean_until(self) -> time | None:
        """The hour until which it lasts, where one was typed."""
        return doubts.hour(self.cleaned_data["until"]) if self.cleaned_data["until"].strip() else None

    def said(self) -> dict[str, Any]:
        """What was said, by the names of the action."""
        said = self.cleaned_data
        starts_at = datetime.combine(said["on"], said["at"], self.zone)
        same = {name: said[name] for name in ("place", "address", "town", "capacity", "shows_band", "pictures")}
        times = {"starts_at": starts_at, "ends_at": _end(starts_at, said["until"])}
        terms = {**self.window(), "guests": said["guests"] or 0, "questions": said["questions"]}
        return {**same, **times, **terms, "title": said["name"], "words": said["pitch"], "audience": said["entry"]}

    def unfolded(self) -> bool:
        """Whether there is something to see among what few evenings need."""
        return super().unfolded() or bool(self["guests"].value()) or any(text.value() for text, _choices in self.asks())

    def refuse(self, error: errors.Invalid) -> None:
        """Say what the action could not take, at its field."""
        repairs.tell(self, error, FIELDS)


class GuestForm(forms.Form):
    """What somebody without account answers with."""

    name = first_name.field()
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        help_text=gettext_lazy("For your answer and a reminder the day before, nothing else."),
        error_messages={"invalid": gettext_lazy("Is the address complete? name@example.org")},
    )


def _typed(evening: Evening, zone: ZoneInfo) -> dict[str, Any]:
    """An evening as somebody would have typed it."""
    start, end = (at.astimezone(zone) for at in (evening.starts_at, evening.ends_at))
    language, same = labels.language(), ("place", "address", "town", "capacity", "shows_band", "pictures")
    return {
        **{name: getattr(evening, name) for name in same},
        **window_form.typed_of(evening, zone),
        **questions_form.typed_of(evening),
        "also": [slug for slug, _name in evening.also],
        "guests": evening.guests or None,
        "name": evening.title,
        "pitch": evening.words,
        "entry": evening.audience,
        "on": dates.written(start, doubts.DAY, language),
        "at": dates.hour(start, language),
        "until": dates.hour(end, language),
    }


def _end(starts_at: datetime, until: time | None) -> datetime:
    if until is None:
        return starts_at + USUAL
    end = datetime.combine(starts_at.date(), until, starts_at.tzinfo)
    return end if end > starts_at else end + timedelta(days=1)
