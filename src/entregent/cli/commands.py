"""The commands and their options. What they do stands in the rooms that they open, which need the product set up."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import click

import entregent as product
from entregent.cli import ready
from entregent.cli.language import _

Command = TypeVar("Command", bound=Callable[..., Any])
Option = Callable[[Command], Command]

FILE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
REPORT = click.Path(dir_okay=False, writable=True, path_type=Path)

#: The years of a day on the command line.
YEARS = range(1900, 2101)


class Words(click.ParamType[str]):
    """Words in characters: bytes that are none in the terminal's encoding are no text that a database takes."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The words that were typed."""
        try:
            str(value).encode()
        except UnicodeEncodeError:
            self.fail(_("this is not text in UTF-8."), param, ctx)
        return str(value)


WHO: Option[Any] = click.option(
    "--as", "who", type=Words(), required=True, metavar="WHO", help=_("A handle, an e-mail or an imported id.")
)
JSON: Option[Any] = click.option("--json", "as_json", is_flag=True, help=_("Print JSON."))


def limit(default: int) -> Option[Any]:
    """The option `--limit`."""
    words = _("How many answers at most.")
    return click.option("--limit", type=click.IntRange(1, 100), default=default, show_default=True, help=words)


class Day(click.ParamType[date]):
    """A day, as 2026-11-22, with room around it for the years before and after."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day that was typed."""
        try:
            day = datetime.strptime(value, "%Y-%m-%d").date()  # noqa: DTZ007 a day has no zone
        except ValueError:
            day = date.min
        if day.year not in YEARS:
            self.fail(_("{value!r} is no day; 2026-11-22 is wanted.").format(value=value), param, ctx)
        return day


@click.group(help=_("Entregent: the people of one trade in one place, and the evenings where they meet."))
@click.version_option(product.__version__, prog_name="entregent")
def entregent() -> None:
    """All commands."""


@entregent.command(help=_("Open the demonstration community where there is none, and serve it on this machine."))
@click.option("--on", type=Day(), help=_("The day on which the demonstration plays; today unless given."))
@click.option("--small", is_flag=True, help=_("The sixteen people of the story alone; ready at once."))
@click.option("--serve/--no-serve", default=True, show_default=True, help=_("Serve it, or only prepare it."))
def demo(on: date | None, small: bool, serve: bool) -> None:
    """Open the demonstration."""
    ready.play()
    with ready.room("serving") as serving, ready.room("demonstration") as demonstration:
        if serve:
            serving.free_port()
        demonstration.prepare(on, small=small)
        demonstration.say_what_to_try()
    if serve:
        serving.serve()


@entregent.command(help=_("Bring the database up to date, and serve the pages and the mails."))
def serve() -> None:
    """Serve."""
    with ready.room("serving") as serving:
        serving.prepare()
    serving.serve()


@entregent.group("import", help=_("Bring in what a community has elsewhere."))
def imports() -> None:
    """All imports."""


@imports.command(
    help=_("Bring in past evenings and who said they would come, from four files of comma-separated text.")
)
@click.option(
    "--community",
    type=Words(),
    required=True,
    metavar="NAME",
    help=_("The community; it is founded where there is none."),
)
@click.option("--groups", type=FILE, required=True, help="group_id, group_name, category, organizer_id")
@click.option("--members", type=FILE, required=True, help="member_id")
@click.option("--events", type=FILE, required=True, help="event_id, group_id, name, time (UTC)")
@click.option("--rsvps", type=FILE, required=True, help="event_id, member_id")
@click.option(
    "--zone", type=Words(), default="UTC", show_default=True, help=_("The time zone in which the evenings take place.")
)
@click.option("--dry-run", is_flag=True, help=_("Check and count everything, write nothing."))
@click.option("--report", type=REPORT, help=_("Where to write every skipped line, with its number and reason."))
def history(community: str, zone: str, dry_run: bool, report: Path | None, **files: Path) -> None:
    """Bring in a history."""
    with ready.room("history") as room, room.skips(report) as skips:
        source = room.source(community=community, zone=zone, **files)
        (room.rehearse if dry_run else room.bring_in)(source, skips)


@imports.command(help=_("Bring in organisations of the sector from a public source: a GeoJSON file."))
@click.argument("file", type=FILE)
@click.option(
    "--source", type=Words(), metavar="NAME", help=_("What the source is called; the name of the file unless given.")
)
@click.option("--licence", type=Words(), default="", metavar="TEXT", help=_("The line that its licence asks for."))
@click.option("--dry-run", is_flag=True, help=_("Check and count everything, write nothing."))
@click.option("--report", type=REPORT, help=_("Where to write every feature left out, with its number and reason."))
def organisations(file: Path, *, source: str | None, licence: str, dry_run: bool, report: Path | None) -> None:
    """Bring in organisations."""
    with ready.room("organisations") as room, room.skips(file, report) as skips:
        name = source or file.stem
        if dry_run:
            room.rehearse(file, skips, source=name)
        else:
            room.bring_in(file, skips, source=name, licence=licence)


@entregent.command("organisations", help=_("Where the organisations of the sector come from; or take one of them out."))
@click.option(
    "--take-out",
    "out",
    type=click.UUID,
    metavar="ID",
    help=_("Take this one out for good: the end of its page's address."),
)
@JSON
def listed(out: UUID | None, as_json: bool) -> None:
    """List the sources, or take an organisation out."""
    with ready.room("organisations") as room:
        if out is not None:
            room.take_out(out)
        else:
            room.list_sources(as_json=as_json)


@entregent.command(
    help=_(
        "List whose mail domain is whose, or say whose DOMAIN is. "
        "From an address at work nothing discreet can be stated."
    )
)
@click.argument("domain", type=Words(), metavar="[DOMAIN]", required=False)
@click.option("--of", "organisation", type=Words(), metavar="NAME", help=_("The organisation whose domain it is."))
@click.option("--take-back", "back", is_flag=True, help=_("It is no organisation's, or no longer."))
@JSON
def domains(domain: str | None, *, organisation: str | None, back: bool, as_json: bool) -> None:
    """List mail domains, or say whose one is."""
    if (organisation is not None) + back != (domain is not None):
        raise click.UsageError(_("DOMAIN goes with --of NAME, or with --take-back."))
    with ready.room("domains") as room:
        if domain is None:
            room.list_all(as_json=as_json)
        elif back:
            room.take_back(domain)
        else:
            room.say(domain, organisation=organisation)


@imports.command(
    help=_(
        "Bring in somebody's own address book, for their eyes alone: LinkedIn, Google, Outlook, vCard, or any table."
    )
)
@click.argument("file", type=FILE, metavar="FILE")
@WHO
@click.option("--label", type=Words(), default="", metavar="TEXT", help=_("A label for everybody who is in it."))
@click.option(
    "--columns", type=Words(), default="", metavar="NAMES", help=_("What the columns hold, as in name,,mail.")
)
@click.option("--dry-run", is_flag=True, help=_("Show who would come, write nothing."))
def contacts(file: Path, who: str, *, label: str, columns: str, dry_run: bool) -> None:
    """Bring in an address book."""
    with ready.room("contacts") as room:
        book = room.read(file, columns)
        if dry_run:
            room.preview(who, book)
        else:
            room.bring(who, file, book, label)


@imports.command(
    help=_("Bring the list of an evening from Meetup, Luma, Eventbrite, HelloAsso, Mobilizon, Hi.Events, or any table.")
)
@click.argument("file", type=FILE, metavar="FILE")
@WHO
@click.option(
    "--evening", type=Words(), required=True, metavar="CODE", help=_("The evening, by the code in its address.")
)
@click.option("--dry-run", is_flag=True, help=_("Show who is on it, write nothing."))
def attendees(file: Path, who: str, *, evening: str, dry_run: bool) -> None:
    """Bring a list of attendees."""
    with ready.room("attendees") as room:
        roll = room.read(file)
        if dry_run:
            room.preview(who, evening, roll)
        else:
            room.bring(who, evening, roll)


@entregent.command(help=_("Have somebody look after a community, as after importing it: WHO is named like for --as."))
@click.argument("who", type=Words(), metavar="WHO")
@click.option("--community", type=Words(), required=True, metavar="NAME", help=_("The community, by its name."))
def appoint(who: str, community: str) -> None:
    """Appoint a steward."""
    with ready.room("stewards") as stewards:
        stewards.appoint(who, community)


@entregent.command(
    help=_("What was reported and reaches nobody who looks after the community: it is for the operator.")
)
@click.option("--seen-to", "done", type=click.UUID, metavar="ID", help=_("Take this report off the list."))
@click.option("--take-out", "out", type=click.UUID, metavar="ID", help=_("Take whom this report names out of there."))
@JSON
def reports(done: UUID | None, out: UUID | None, as_json: bool) -> None:
    """List the reports that no steward hears, or act on one."""
    with ready.room("reports") as room:
        if out is not None:
            room.take_out(out)
        if done is not None:
            room.see_to(done)
        if out is None and done is None:
            room.list_all(as_json=as_json)


@entregent.command(help=_("Erase somebody for good, as they can on their own page: WHO is named like for --as."))
@click.argument("who", type=Words(), metavar="WHO")
@click.option(
    "--again", type=Words(), metavar="WHO", help=_("WHO once more, where nobody is there to be asked: no way back.")
)
def erase(who: str, again: str | None) -> None:
    """Erase somebody."""
    with ready.room("accounts") as accounts:
        accounts.erase(who, again)


@entregent.command(
    help=_("Give somebody another address to sign in with: the one before is told by mail. WHO is named like for --as.")
)
@click.argument("who", type=Words(), metavar="WHO")
@click.argument("new", type=Words(), metavar="NEW")
def address(who: str, new: str) -> None:
    """Give another address."""
    with ready.room("accounts") as accounts:
        accounts.give_address(who, new)


@entregent.command(help=_("Who can help with this? TEXT is a need in plain words."))
@click.argument("text", type=Words())
@WHO
@limit(10)
@click.option("--keep", is_flag=True, help=_("Keep the need: a mail tells WHO when somebody new answers."))
@JSON
def ask(text: str, who: str, limit: int, *, keep: bool, as_json: bool) -> None:
    """Ask."""
    with ready.room("answers") as answers:
        answers.ask(who, text=text, limit=limit, keep=keep, as_json=as_json)


@entregent.command(help=_("What somebody watches for, with whoever newly answers."))
@WHO
@click.option("--end", "ended", type=click.UUID, metavar="ID", help=_("Watch for this no longer."))
@JSON
def kept(who: str, ended: UUID | None, as_json: bool) -> None:
    """List what is kept, or end it."""
    with ready.room("kept") as room:
        if ended is not None:
            room.end(who, ended)
        else:
            room.list_all(who, as_json=as_json)


@entregent.command(help=_("What somebody promised people and has not done yet."))
@WHO
@click.option("--done", "kept", type=click.UUID, metavar="ID", help=_("Say that this is done."))
@JSON
def promises(who: str, kept: UUID | None, as_json: bool) -> None:
    """List what is promised, or say that something is done."""
    with ready.room("promises") as room:
        if kept is not None:
            room.done(who, kept)
        else:
            room.list_all(who, as_json=as_json)


@entregent.command(help=_("Who can put me in touch with somebody?"))
@WHO
@click.option("--to", "whom", type=Words(), required=True, metavar="WHOM", help=_("Whom to reach: named like WHO."))
@limit(3)
@JSON
def ways(who: str, whom: str, limit: int, as_json: bool) -> None:
    """Find ways."""
    with ready.room("answers") as answers:
        answers.ways(who, whom=whom, limit=limit, as_json=as_json)


@entregent.command(help=_("Have one word relayed to somebody, TO: named like WHO. TEXT has 500 characters at most."))
@click.argument("whom", type=Words(), metavar="TO")
@click.argument("text", type=Words())
@WHO
@click.option("--mail", type=Words(), default="", metavar="ADDRESS", help=_("Goes along, and opens with an answer."))
@click.option(
    "--telephone", type=Words(), default="", metavar="NUMBER", help=_("Goes along, and opens with an answer.")
)
def write(whom: str, text: str, *, who: str, mail: str, telephone: str) -> None:
    """Write."""
    with ready.room("words") as room:
        room.write(who, whom=whom, text=text, mail=mail, telephone=telephone)


@entregent.command(help=_("The words that somebody was given, and wrote."))
@WHO
@JSON
def words(who: str, as_json: bool) -> None:
    """List words."""
    with ready.room("words") as room:
        room.words(who, as_json=as_json)


@entregent.command(help=_("Whom should I meet?"))
@WHO
@click.option(
    "--meetup", type=Words(), metavar="CODE", help=_("At this evening, named by its code or its imported id.")
)
@limit(3)
@JSON
def suggest(who: str, meetup: str | None, limit: int, as_json: bool) -> None:
    """Suggest people."""
    with ready.room("answers") as answers:
        answers.suggest(who, meetup=meetup, limit=limit, as_json=as_json)


@entregent.command(help=_("Compute again whatever is kept besides the facts, and say where it differs."))
@click.option("--repair", is_flag=True, help=_("Put right what differs."))
def doctor(repair: bool) -> None:
    """Examine what is kept."""
    with ready.room("doctor") as room:
        if repair:
            room.repair()
        else:
            room.examine()


@entregent.group(help=_("Judge how right the answers are, on files of one's own."))
def evaluate() -> None:
    """All evaluations."""


@evaluate.command(help=_("Does a question find the texts that answer it? Beside others, on the same files."))
@click.option("--corpus", type=FILE, required=True, help=_("One text a line, as JSON: id, text, lang."))
@click.option("--queries", type=FILE, required=True, help=_("One question a line, as JSON: text, relevant (ids)."))
@click.option("--lexicon", type=FILE, help=_("What words mean in the other language, as `entregent lexicon` wrote it."))
@JSON
def recall(corpus: Path, queries: Path, lexicon: Path | None, as_json: bool) -> None:
    """Judge the search."""
    with ready.room("evaluations") as evaluations:
        evaluations.recall(corpus=corpus, queries=queries, lexicon=lexicon, as_json=as_json)


@entregent.command(help=_("Learn what French words mean in English, from your copy of ESCO, for `ask` to use."))
@click.option("--french", type=FILE, required=True, multiple=True, help="conceptUri, preferredLabel")
@click.option("--english", type=FILE, required=True, multiple=True, help="conceptUri, preferredLabel")
@click.option("--half", is_flag=True, help=_("Learn from the URIs of even SHA-256 alone, to judge on the others."))
@click.option("--into", type=REPORT, metavar="FILE", help=_("Where to write it; where `ask` reads it unless given."))
def lexicon(french: tuple[Path, ...], english: tuple[Path, ...], half: bool, into: Path | None) -> None:
    """Learn a lexicon."""
    with ready.room("lexicons") as lexicons:
        lexicons.learn(french=french, english=english, half=half, into=into)
