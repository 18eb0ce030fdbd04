"""Why a file or a line of contacts is not taken, in words, for every reason that the readers give."""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from entregent.exchange.contacts.said import Skipped

#: By the readers' own word.
WORDS: Mapping[str, Any] = {
    # A whole file.
    "too_big": gettext_lazy("This file is bigger than any address book. Export the contacts alone, without pictures."),
    "empty": gettext_lazy("There is nothing in this file."),
    "binary": gettext_lazy("This is no text. Export the contacts as CSV or vCard."),
    "no_columns": gettext_lazy("No columns are to be seen here. Export the contacts as CSV or vCard."),
    "no_cards": gettext_lazy("There is no card in this file."),
    "no_table": gettext_lazy(
        "There is neither a Connections.csv nor a calendar (.ics) in this archive: LinkedIn sends the one, "
        "Google the other."
    ),
    "spreadsheet": gettext_lazy("This is a spreadsheet: save it as CSV, and bring that."),
    "torn": gettext_lazy("The table breaks off here: a quotation mark may be missing."),
    "torn_archive": gettext_lazy("This archive is damaged, or locked. Download it again."),
    "bomb": gettext_lazy(
        "This archive holds far more than an address book. Unpack it, and bring Connections.csv or one calendar alone."
    ),
    "too_many": gettext_lazy("That is more than 10,000 people. Bring them in several files."),
    "too_many_lines": gettext_lazy("That is more than 50,000 lines. Bring them in several files."),
    # A list of attendees.
    "nobody_named": gettext_lazy("No column of this table is called like a name."),
    "too_many_attendees": gettext_lazy("That is more than 2,000 people at one evening."),
    "twice": gettext_lazy("they stand further up already"),
    "no_seat": gettext_lazy("they had no seat there, or gave it back"),
    # A table of an archive, or a line.
    "unknown_columns": gettext_lazy("nobody knows the columns of this table: bring it by itself"),
    "long_line": gettext_lazy("this line is too long"),
    "long_card": gettext_lazy("this card is too long"),
    "long_cell": gettext_lazy("a field of this line is too long"),
    "not_a_row": gettext_lazy("this is no line of the table"),
    "header": gettext_lazy("this is taken for the names of the columns"),
    "hidden": gettext_lazy("this member is hidden: LinkedIn gives neither name nor address"),
    "nameless": gettext_lazy("nobody is named"),
    "group": gettext_lazy("this is a group, not a person"),
    "torn_card": gettext_lazy("the card has no end"),
    "no_events": gettext_lazy("There is no event in this calendar."),
    "too_many_events": gettext_lazy("That is more than 50,000 events. Export a few years at a time."),
    "too_many_guests": gettext_lazy("That is more than 100,000 guests. Export a few years at a time."),
    "torn_event": gettext_lazy("the event has no end"),
    "long_event": gettext_lazy("this event is too long"),
    "crowd": gettext_lazy("more than 500 people were asked to this event, as by a mailing list"),
    "no_guests": ngettext_lazy(
        "One event without guests and without a name: nobody to propose.",
        "%(many)s events without guests and without a name: nobody to propose.",
        "count",
    ),
    "old_evenings": ngettext_lazy(
        "One evening that is older than the 2,000 last ones.",
        "%(many)s evenings that are older than the 2,000 last ones.",
        "count",
    ),
    "to_come": ngettext_lazy("One event that is still to come.", "%(many)s events that are still to come.", "count"),
    "called_off": ngettext_lazy("One event that was called off.", "%(many)s events that were called off.", "count"),
    "dateless": gettext_lazy("this event has no day"),
}


def left_out(skipped: Skipped) -> str:
    """What was left out, and why."""
    return told(skipped.reason, skipped.line, skipped.file, skipped.count)


def told(reason: str, line: int = 0, file: str = "", count: int = 1) -> str:
    """A reason in words, after the name of its file and the number of its line where it has them; for so many."""
    many = {"count": count, "many": number_format(count, force_grouping=True)}
    said = {"line": line, "reason": WORDS[reason] % many, "file": file}
    if file:
        words = _("%(file)s, line %(line)d: %(reason)s") if line else _("%(file)s: %(reason)s")
    else:
        words = _("Line %(line)d: %(reason)s") if line else "%(reason)s"
    return words % said
