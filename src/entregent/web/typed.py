"""Days and hours as people type them: "jeudi 28 janvier", "28/1", "18 h 30", "Jan 28", "6:30 pm". Pure."""

import re
import unicodedata
from datetime import date, time, timedelta

from babel.dates import get_day_names, get_month_names

LOCALES = ("fr", "en")
#: Words for a day counted from today.
NEAR = {"aujourd'hui": 0, "ce soir": 0, "today": 0, "tonight": 0, "demain": 1, "tomorrow": 1, "apres-demain": 2}
#: The years that a day is read in: reckoning around a day needs room on both sides of it.
YEARS = range(1900, 2101)
#: When people are at work, from Monday to Friday, and the hour that an evening usually begins at.
WORK, EVENING = range(8, 17), 18


class Doubt(ValueError):
    """What was typed says no day, or not the one that it seems to: `meant` is what it may be instead.

    `reason` is `unreadable`, `impossible` (no such day or hour), `weekday` (that day is another day of the week),
    `past`, `work` (an hour at which people work) or `early`; `said` is what was read.
    """

    def __init__(self, reason: str, *, said: date | time | None = None, meant: date | time | None = None) -> None:
        super().__init__(reason)
        self.reason, self.said, self.meant = reason, said, meant


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.replace("’", "'")).encode("ascii", "ignore").decode()
    return " ".join(plain.casefold().split())


def _names(days: bool) -> dict[str, int]:
    read, found = (get_day_names if days else get_month_names), {}
    for locale in LOCALES:
        for width in ("abbreviated", "wide"):
            for number, name in read(width, locale=locale).items():
                found[_folded(name).rstrip(".")] = number
    return found


WEEKDAYS = _names(days=True)
MONTHS = _names(days=False) | {"sept": 9, "fev": 2, "jan": 1, "dec": 12, "aout": 8}


def day(text: str, today: date) -> date:
    """The day that somebody typed, from `today` on where no year is given. Raises `Doubt`.

    >>> sunday = date(2026, 11, 22)
    >>> [str(day(typed, sunday)) for typed in ("jeudi 28 janvier", "28/11/2026", "2026-11-28", "28 nov.", "1er mars")]
    ['2027-01-28', '2026-11-28', '2026-11-28', '2026-11-28', '2027-03-01']
    >>> [str(day(typed, sunday)) for typed in ("demain", "jeudi", "Thursday 28 January 2027", "Nov 28", "le 5/12")]
    ['2026-11-23', '2026-11-26', '2027-01-28', '2026-11-28', '2026-12-05']
    """
    words = _folded(text)
    if words in NEAR:
        return today + timedelta(days=NEAR[words])
    weekday, rest = _weekday(words)
    if weekday is not None and not rest:
        return today + timedelta(days=(weekday - today.weekday()) % 7)
    found = _dated(rest, today)
    if found < today:
        raise Doubt("past", said=found, meant=_next(found.month, found.day, today))
    if weekday is not None and found.weekday() != weekday:
        raise Doubt("weekday", said=found, meant=_nearest(found, weekday, today))
    return found


def _weekday(words: str) -> tuple[int | None, str]:
    kept = [word.strip(",.") for word in words.split() if word not in {"le", "the", "on", "of", "prochain", "next"}]
    weekday = WEEKDAYS.get(kept[0]) if kept else None
    return weekday, " ".join(kept if weekday is None else kept[1:])


def _dated(words: str, today: date) -> date:
    match = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", words)
    if match:
        year, month, number = map(int, match.groups())
        return _day(year, month, number)
    match = re.fullmatch(r"(\d{1,2})[/. -](\d{1,2})(?:[/. -](\d{2}|\d{4}))?", words)
    if match:
        return _with_year(match[3], int(match[2]), int(match[1]), today)
    match = re.fullmatch(r"(\d{1,2})(?:er|st|nd|rd|th)? ([a-z]+)(?: (\d{4}))?", words)
    if match and match[2] in MONTHS:
        return _with_year(match[3], MONTHS[match[2]], int(match[1]), today)
    match = re.fullmatch(r"([a-z]+) (\d{1,2})(?:st|nd|rd|th)?(?: (\d{4}))?", words)
    if match and match[1] in MONTHS:
        return _with_year(match[3], MONTHS[match[1]], int(match[2]), today)
    raise Doubt("unreadable")


def _with_year(year: str | None, month: int, number: int, today: date) -> date:
    if year is None:
        return _next(month, number, today)
    return _day(int(year) if len(year) == 4 else 2000 + int(year), month, number)


def _day(year: int, month: int, number: int) -> date:
    if year not in YEARS:
        raise Doubt("impossible")
    try:
        return date(year, month, number)
    except ValueError as error:
        raise Doubt("impossible") from error


def _next(month: int, number: int, today: date) -> date:
    """The next day of that name: a 29th of February may take eight years."""
    for year in range(today.year, today.year + 9):
        try:
            found = date(year, month, number)
        except ValueError:
            continue
        if found >= today:
            return found
    raise Doubt("impossible")


def _nearest(said: date, weekday: int, today: date) -> date:
    """The day of the week that was named, nearest to the number that was typed, from today on."""
    around = [said + timedelta(days=days) for days in (-1, 1, -2, 2, -3, 3, 4, 5, 6)]
    return next(one for one in around if one.weekday() == weekday and one >= today)


def hour(text: str) -> time:
    """The hour that somebody typed. Raises `Doubt`.

    >>> [f"{hour(typed):%H:%M}" for typed in ("18 h 30", "18h", "18:30", "6:30 pm", "6pm", "18.30", "1830", "midi")]
    ['18:30', '18:00', '18:30', '18:30', '18:00', '18:30', '18:30', '12:00']
    """
    words = _folded(text)
    if words in {"midi", "noon"}:
        return time(12)
    match = re.fullmatch(r"(?:a |at )?(\d{1,2}) ?(?:h|heures?|:|\.)? ?(\d{2})?(?: ?min)?(?::00)? ?(am|pm)?", words)
    if match is None:
        raise Doubt("unreadable")
    hours = int(match[1]) % 12 + (12 if match[3] == "pm" else 0) if match[3] else int(match[1])
    try:
        return time(hours, int(match[2] or 0))
    except ValueError as error:
        raise Doubt("impossible") from error


def evening_hour(at: time, on: date) -> None:
    """Raise `Doubt` for an hour that an evening hardly begins at: before dawn's end, or while people work.

    >>> evening_hour(time(18, 30), date(2027, 1, 28))
    >>> try:
    ...     evening_hour(time(16, 30), date(2027, 1, 28))
    ... except Doubt as doubt:
    ...     print(doubt.reason, doubt.meant)
    work 18:30:00
    """
    if 5 <= at.hour < WORK.start:
        raise Doubt("early", said=at, meant=at.replace(hour=at.hour + 12))
    if on.weekday() < 5 and at.hour in WORK:
        raise Doubt("work", said=at, meant=at.replace(hour=EVENING))
