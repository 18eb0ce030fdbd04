"""Opens the demonstration, and says where it is and what to try in it."""

import os
import shlex
import shutil
import sys
from datetime import date
from pathlib import Path

from django.conf import settings

from entregent.cli import database, show
from entregent.cli.language import _
from entregent.common import days
from entregent.exchange import demonstration, told
from entregent.search import places

QUESTION = "je m’ennuie dans mon agence, je cherche un poste plus responsable"


def prepare(on: date | None, *, small: bool) -> None:
    """Open the demonstration community, all of it or the story alone, where there is none."""
    with show.err.status(_("Preparing the database")):
        database.bring_up_to_date()
    with show.err.status(_("Opening the demonstration community")):
        opened = demonstration.open_on(on or days.today(settings.HOME_ZONE), told.small() if small else told.full())
    if opened and not settings.PLACES.exists():
        places.write(settings.PLACES, told.full()["places"])
    if not opened and on is not None:
        show.line(_("The demonstration has been here since an earlier run, and stays as it is."), show.err)


def say_what_to_try() -> None:
    """Print the address, and three things to try."""
    first, names = demonstration.roles()[0], ", ".join(role.name for role in demonstration.roles())
    show.line(_("The demonstration community is open: {url}").format(url=f"http://localhost:{settings.PORT}"))
    show.line(_("Three things to try:"))
    show.line(_("1. Open that page, and look through the eyes of {names}.").format(names=names))
    show.line(_("2. Ask for what somebody needs, and see who comes first, and why:"))
    show.line(f"   {command('ask', QUESTION, '--as', first.handle)}")
    show.line(_("3. Ask whom to meet at the next evening:"))
    show.line(f"   {command('suggest', '--as', first.handle, '--meetup', demonstration.next_evening())}")


def command(*words: str) -> str:
    """What to type in another terminal to run this same program on this same installation."""
    home = os.environ.get("ENTREGENT_HOME")
    where = f"ENTREGENT_HOME={shlex.quote(home)} " if home else ""
    return f"{where}{_program()} {shlex.join(words)}"


def _program() -> str:
    typed = Path(sys.argv[0])
    if shutil.which(typed.name) == str(typed):
        return typed.name
    return shlex.quote(str(typed.relative_to(Path.cwd()) if typed.is_relative_to(Path.cwd()) else typed))
