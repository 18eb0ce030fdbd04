"""Days as exports write them: "08 Feb 2026", "2026-02-08", "08/02/2026", a number of Excel's. Pure."""

import re
from datetime import date, timedelta

_MONTHS = {
    name: number
    for number, names in enumerate(
        """jan janv january janvier|feb fev fevr february fevrier|mar mars march|apr avr april avril|may mai
        |jun juin june|jul juil july juillet|aug aout august|sep sept september septembre|oct october octobre
        |nov november novembre|dec december decembre""".split("|"),
        start=1,
    )
    for name in names.split()
}
_EXCEL = date(1899, 12, 30)
YEARS = range(1900, 2101)


def day(text: str) -> date | None:
    """The day that a cell says, or none. Where it could be either, the day comes before the month.

    >>> [f"{day(cell):%d %m}" for cell in ("08 Feb 2026", "2026-02-08T10:00", "08/02/2026", "02/28/2026", "46061")]
    ['08 02', '08 02', '08 02', '28 02', '08 02']
    >>> day("31/02/2026"), day("hier"), day("8 févr. 2026") == day("Feb 8, 2026")
    (None, None, True)
    """
    from_text = _plain(text)
    if re.fullmatch(r"\d{5}(?:\.\d{1,12})?", from_text):
        return _within(_EXCEL + timedelta(days=int(from_text[:5])))
    if match := re.match(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)", from_text):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if match := re.match(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)", from_text):
        first, second, year = int(match[1]), int(match[2]), int(match[3])
        return _date(year, second, first) or _date(year, first, second)
    return _spelt(from_text)


def _plain(text: str) -> str:
    return text[:40].strip().casefold().replace("é", "e").replace("û", "u").replace(",", " ")


def _spelt(text: str) -> date | None:
    words = [word.strip(".") for word in re.split(r"[\s-]+", text) if word]
    if len(words) < 3:
        return None
    first, second, year = words[:3]
    if second in _MONTHS:
        first, second = second, first
    if first not in _MONTHS or not re.fullmatch(r"[0-9]{1,2} [0-9]{4}", f"{second} {year}"):
        return None
    return _date(int(year), _MONTHS[first], int(second))


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return _within(date(year, month, number))
    except ValueError:
        return None


def _within(found: date) -> date | None:
    return found if found.year in YEARS else None
