"""Dates and hours as people write them in French and in English. Pure: the day that counts as today is given."""

from datetime import date, datetime

from babel.dates import format_date

#: Babel's name of each language of the pages; English is written day first, as in Europe.
LOCALES = {"fr": "fr", "en": "en_GB"}
NO_BREAK = "\u00a0"


def written(on: date, pattern: str, language: str) -> str:
    r"""A date by a pattern of CLDR, its day and month never apart; the first of a month is "1er" in French.

    >>> written(date(2026, 12, 1), "d MMMM", "fr")
    '1er\xa0décembre'
    """
    if language == "fr" and on.day == 1:
        pattern = pattern.replace("d", "d'er'")
    return format_date(on, pattern.replace(" MMM", f"{NO_BREAK}MMM"), locale=LOCALES[language])


def day(on: date, language: str, today: date) -> str:
    r"""A day with its name, and its year where that is not the present one.

    >>> day(date(2026, 11, 26), "fr", date(2026, 11, 22)), day(date(2027, 1, 28), "en", date(2026, 11, 22))
    ('jeudi 26\xa0novembre', 'Thursday 28\xa0January 2027')
    """
    return written(on, "EEEE d MMMM" if on.year == today.year else "EEEE d MMMM y", language)


def short(on: date, language: str, today: date) -> str:
    r"""A day in a few letters, with its year where that is not the present one.

    >>> short(date(2026, 9, 12), "fr", date(2026, 11, 22)), short(date(2010, 1, 28), "fr", date(2026, 11, 22))
    ('12\xa0sept.', '28\xa0janv. 2010')
    """
    return written(on, "d MMM" if on.year == today.year else "d MMM y", language)


def month(on: date, language: str) -> str:
    """A month and its year, in a few letters.

    >>> month(date(2025, 3, 6), "fr"), month(date(2024, 9, 1), "en")
    ('mars 2025', 'Sept 2024')
    """
    return format_date(on, "MMM y", locale=LOCALES[language])


def hour(at: datetime, language: str) -> str:
    r"""The hour of a moment, in the zone of that moment.

    >>> hour(datetime(2026, 11, 26, 18, 30), "fr"), hour(datetime(2026, 11, 26, 22), "fr")
    ('18\xa0h\xa030', '22\xa0h')
    >>> hour(datetime(2026, 11, 26, 18, 30), "en"), hour(datetime(2026, 11, 26, 12), "en")
    ('6:30\xa0pm', '12\xa0pm')
    """
    if language == "fr":
        return NO_BREAK.join([f"{at.hour}", "h", *([f"{at.minute:02}"] if at.minute else [])])
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{NO_BREAK}{'pm' if at.hour >= 12 else 'am'}"


def apart(earlier: date, later: date) -> tuple[int, str]:
    """How far two days are apart, in the largest unit that people would use: days, weeks, months or years.

    >>> apart(date(2024, 11, 26), date(2026, 11, 22)), apart(date(2026, 11, 22), date(2026, 11, 26))
    ((2, 'year'), (4, 'day'))
    >>> apart(date(2026, 11, 1), date(2026, 11, 22)), apart(date(2026, 6, 3), date(2026, 11, 22))
    ((3, 'week'), (6, 'month'))
    """
    days = (later - earlier).days
    if days < 14:
        return days, "day"
    if days < 60:
        return round(days / 7), "week"
    months = round(days / 30.44)
    return (months, "month") if months < 18 else (round(days / 365.25), "year")
