"""The language of the terminal: French where the environment asks for it, else English.

The catalogue is the one of the pages, read by the standard library, so that `--help` does not wait for Django.
"""

import gettext
import os
from pathlib import Path

#: Where the environment says what to speak, the strongest first.
VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")

gettext.bindtextdomain("django", str(Path(__file__).resolve().parent.parent / "locale"))
gettext.textdomain("django")
_ = gettext.gettext
ngettext = gettext.ngettext

#: What click says by itself, named here so that the catalogue has it.
CLICK = (
    _("Usage:"),
    _("Options"),
    _("Positional arguments"),
    _("Commands"),
    _("Show this message and exit."),
    _("Show the version and exit."),
    _("%(prog)s, version %(version)s"),
    _("default: {default}"),
    _("Missing argument"),
    _("Missing option"),
    _("Missing command."),
    _("Invalid value: {message}"),
    _("Invalid value for {param_hint}: {message}"),
    _("No such option {name!r}."),
    _("No such command {name!r}."),
    _("{value!r} is not a valid {number_type}."),
    _("{value} is not in the range {range}."),
    _("{name} {filename!r} does not exist."),
    _("{name} {filename!r} is a directory."),
    _("{name} {filename!r} is not readable."),
    _("{name} {filename!r} is not writable."),
    _("file"),
)


def spoken() -> str:
    """`fr` or `en`, as the environment asks."""
    asked = next(filter(None, map(os.environ.get, VARIABLES)), "")
    return "fr" if asked.lower().startswith("fr") else "en"
