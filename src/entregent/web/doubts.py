"""Days and hours as forms read them: what is wrong with one, and a button that types what was meant instead."""

from datetime import date, datetime, time

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from entregent.web import dates, labels, typed

#: How a day is written back into its field: with the year, so that it is read as that day.
DAY = "EEEE d MMMM y"


def hour(text: str) -> time:
    """The hour that was typed. Raises `ValidationError`."""
    try:
        return typed.hour(text)
    except typed.Doubt as doubt:
        raise forms.ValidationError(_("An hour looks like 6:30 pm.")) from doubt


def about_day(doubt: typed.Doubt, field: str) -> SafeString | str:
    """What is wrong with the day in a field."""
    said, meant, language = doubt.said, doubt.meant, labels.language()
    if not isinstance(said, date) or not isinstance(meant, date):
        return _("A day looks like Thursday 28 January, or 28/1.")
    words = {"day": dates.written(said, "d MMMM y", language), "weekday": dates.written(said, "EEEE", language)}
    what = _("%(day)s has passed.") if doubt.reason == "past" else _("%(day)s is a %(weekday)s.")
    return _proposal(field, what % words, dates.written(meant, DAY, language))


def about_hour(doubt: typed.Doubt, field: str) -> SafeString:
    """What is wrong with the hour in a field."""
    said, meant = (dates.hour(datetime.combine(date.min, at), labels.language()) for at in _hours(doubt))
    early = doubt.reason == "early"
    what = _("%(hour)s is early in the morning.") if early else _("%(hour)s is in the middle of the working day.")
    return _proposal(field, what % {"hour": said}, meant)


def _hours(doubt: typed.Doubt) -> list[time]:
    return [at for at in (doubt.said, doubt.meant) if isinstance(at, time)]


def _proposal(field: str, what: str, meant: str) -> SafeString:
    """What is wrong, and a button that types the repair: of two values of one name, forms take the last."""
    return format_html(
        '{} {} <button class="lien-bouton" name="{}" value="{}">{}</button>',
        what,
        _("Did you mean %(meant)s?") % {"meant": meant},
        field,
        meant,
        _("Yes, %(meant)s") % {"meant": meant},
    )
