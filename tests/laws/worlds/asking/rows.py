"""The rows of the crawl: what can be asked of this server, and which kinds of thing fill its address.

A row is a page (GET, HEAD, with another's validators), a form (valid or not), a command, a letter, a duty of the
worker, or an answer to what goes wrong. The tables are in `rows_pages`, `rows_forms`, `rows_words`,
`rows_cards` and `rows_beside`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from tests.laws.worlds.playing.things import Thing

#: What was never there, in either world.
NOBODY = Thing(
    "nothing",
    UUID(int=0, version=4),
    slug="nowhere",
    code="NOWHERE2",
    here="NOWHERE3",
    invite="NOWHERE4",
    secret="wrong",
)
#: By which of its names a thing stands in an address: the kind of the thing, and the name.
NAMES: dict[str, tuple[str, str]] = {
    "community": ("community", "slug"),
    "invite": ("community", "invite"),
    "evening": ("evening", "code"),
    "here": ("evening", "here"),
    "secret": ("secret", "secret"),
    "feed": ("feed", "secret"),
    **{
        kind: (kind, "uid")
        for kind in ("request", "claim", "contact", "note", "person", "position", "need", "report", "listing")
    },
    **{
        kind: (kind, "uid")
        for kind in ("channel", "label", "import", "upload", "kept", "promise", "picture", "takedown")
    },
    "presence": ("presence", "uid"),
    "organising": ("organising", "uid"),
    "help": ("help", "invite"),
    "recalled": ("recalled", "invite"),
    "admission": ("admission", "uid"),
    "word": ("written", "uid"),
    "card": ("card", "uid"),
    "crossing": ("crossing", "uid"),
    "showing": ("showing", "secret"),
    "handed": ("handed", "uid"),
}


class Chooser(Protocol):
    """What draws: the same in both worlds."""

    def choice(self, seq: Sequence[Any]) -> Any:
        """One of several."""
        ...


@dataclass(frozen=True, slots=True)
class Hand:
    """What a form is filled with. `things` are those of its address; `held` are all of both worlds, by kind.

    `handles` are what people are called on the command line.
    """

    at: datetime
    words: tuple[str, ...]
    emails: tuple[str, ...]
    things: tuple[Thing, ...]
    held: Mapping[str, Sequence[Thing]]
    handles: Mapping[Thing, str]
    draw: Chooser

    def word(self) -> str:
        """A word of what is hidden, or one that nobody said."""
        return str(self.draw.choice([*self.words, "plombier"]))

    def one(self, kind: str) -> Thing:
        """Something of a kind."""
        found: Thing = self.draw.choice([*self.held.get(kind, ()), NOBODY])
        return found

    def day(self, days: int) -> date:
        """The day so many days from now."""
        return (self.at + timedelta(days=days)).date()


Filled = Callable[[Hand], Mapping[str, Any]]


def nothing(_hand: Hand) -> Mapping[str, Any]:
    """An empty form."""
    return {}


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to ask. `kind` says how; `url`, `about` and `query` make the address; `fill` the form.

    `opens`: the act lets its actor know more than they did (coming in, answering, declaring), so that what is shown
    afterwards belongs to another instant: its own answer alone is compared. `first` is sent before, its answer compared
    as well.
    """

    name: str
    kind: str
    url: str
    about: tuple[str, ...] = ()
    fill: Filled = nothing
    query: Filled = nothing
    opens: bool = False
    first: tuple[tuple[str, Filled], ...] = ()
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    enforced: bool = False
    #: Read by everybody each time: it lists what many things say.
    lists: bool = False
    #: Asked about each of what is touched: what it costs goes by one of them alone.
    each: bool = False
    #: Why the statements that it takes are not compared, where they are not.
    uncounted: str = ""


def page(url: str, *about: str, query: Filled = nothing, name: str = "", lists: bool = False) -> list[Row]:
    """A page: asked for, its head alone, and with the validators of the other world."""
    plain = Row(name or url, "page", url, about, query=query, lists=lists)
    head = Row(f"{plain.name} HEAD", "page", url, about, query=query, method="HEAD")
    known = Row(f"{plain.name} conditional", "conditional", url, about, query=query)
    return [plain, head, known]


def form(url: str, *about: str, fill: Filled = nothing, how: str = "", opens: bool = False, **more: Any) -> Row:
    """A form that is sent; `how` distinguishes several of one address."""
    name = f"{url} POST{f' {how}' if how else ''}"
    return Row(name, "form", url, about, fill=fill, opens=opens, method="POST", **more)
