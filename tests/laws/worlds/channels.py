"""Named channels by which something hidden would get out, each opened for as long as a block lasts.

They are what others got wrong, or what this house got wrong once. The law of two worlds must notice every one; each
later part adds those that it could open. The conditions of the policy itself are mutated in `tests.discretion.mutants`.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.core.handlers.base import BaseHandler
from django.db.models import F, Max, Q
from django.http import HttpRequest

from entregent.circles import actions as circles
from entregent.common import chance, clock, errors
from entregent.communities import queries as communities
from entregent.communities.models import Claim, Membership
from entregent.directory import queries as directory
from entregent.discretion import queries as standing
from entregent.discretion.viewer import Viewer
from entregent.encounters import queries as encounters
from entregent.encounters.models import Contact
from entregent.exchange import actions as claims
from entregent.exchange import desks, due, matching
from entregent.exchange import queries as exchange
from entregent.mail import letters
from entregent.market import queries as market
from entregent.market.models import Organisation, Position
from entregent.meetups import declassified as seats
from entregent.meetups import queries as meetups
from entregent.meetups import standings
from entregent.meetups.models import Meetup, Presence, Rsvp
from entregent.people.models import Account, Person
from entregent.profiles import queries as profiles
from entregent.profiles.models import Name
from entregent.search import queries as search
from entregent.search import ranking, stems
from entregent.search.models import Line
from entregent.search.queries import Matches
from entregent.search.stems import Term
from entregent.statements import prepared
from entregent.ties import declassified as ties
from entregent.ties import evidence, sight
from entregent.ties import queries as ways
from entregent.web import accounts, middleware

Opened = Callable[[], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True)
class Channel:
    """One way out: for which kinds of fact (any where there are none), and where it shows.

    `rows` are addresses, commands and letters. `writing` says that it spoils what is written, so that the worlds have
    to be played with it.
    """

    name: str
    opened: Opened
    kinds: frozenset[str]
    rows: frozenset[str]
    writing: bool = False


CHANNELS: list[Channel] = []
#: Where an evening shows, where ties do, where searches answer, and what goes out.
EVENING = ("evening", "tonight")
TIES = ("ways", "tonight", "suggest", "suggest --json --meetup", "ways --json --to", "need", "ask")
SEARCH = ("need", "ask", "ask --json")
SENT = tuple(letters.HOLDS)


def channel(
    name: str, kinds: str, *rows: str, writing: bool = False
) -> Callable[[Callable[[], Iterator[None]]], Opened]:
    """Put a block among the channels. `kinds` are as in `about.FACTS`, `rows` as in `Row.url`.

    A statement that is prepared within the block is the block's alone.
    """

    def named(block: Callable[[], Iterator[None]]) -> Opened:
        @contextmanager
        def opened() -> Iterator[None]:
            with put(prepared, "DEPENDS", [*prepared.DEPENDS, lambda: name]), contextmanager(block)():
                yield

        CHANNELS.append(Channel(name, opened, frozenset(kinds.split()), frozenset(rows), writing))
        return opened

    return named


@contextmanager
def put(place: Any, name: str, other: Any) -> Iterator[None]:
    """Let `other` stand at `place` under `name` until the block ends."""
    before = getattr(place, name)
    setattr(place, name, other)
    try:
        yield
    finally:
        setattr(place, name, before)


@channel("a refusal for what is hidden, not found for what is not there", "name", "person", "ways")
def refusal() -> Iterator[None]:
    real = profiles.person

    def person(viewer: Viewer, uid: Any) -> Any:
        try:
            return real(viewer, uid)
        except errors.NotFound:
            if Name.ledger.filter(owner__uid=uid).exists():
                raise errors.Refused("This is not for you.") from None
            raise

    with put(profiles, "person", person):
        yield


@channel("a true total of those who come", "answer", *EVENING)
def total() -> Iterator[None]:
    def band(meetup: Meetup) -> tuple[int, int] | None:
        """In tens, as pages say it."""
        count = 10 * Rsvp.ledger.filter(meetup=meetup, answer="going").count()
        return (count, count) if meetup.shows_band else None

    with put(seats, "band", band):
        yield


@channel("a true total of the members", "membership", "community", "tonight")
def members() -> Iterator[None]:
    real = communities._pages

    def pages(viewer: Viewer, rows: Any) -> list[communities.Page]:
        found = real(viewer, rows)
        return [replace(one, name=f"{one.name} ({_size(one.key)})") for one in found]

    def _size(key: int) -> int:
        return Membership.objects.filter(community=key).count()

    with put(communities, "_pages", pages):
        yield


@channel("evenings in the order of their rows", "evening", "tonight", "community")
def row_order() -> Iterator[None]:
    with put(standings, "NEXT", ("pk",)), put(standings, "LAST", ("-pk",)):
        yield


def _answering(changed: Callable[[HttpRequest, Any], None]) -> AbstractContextManager[None]:
    real = BaseHandler.get_response

    def response(self: BaseHandler, request: HttpRequest) -> Any:
        answer = real(self, request)
        changed(request, answer)
        return answer

    return put(BaseHandler, "get_response", response)


@channel("an ETag from the newest row", "", "tonight")
def etag() -> Iterator[None]:
    def tag(_request: HttpRequest, response: Any) -> None:
        newest = [kind.ledger.aggregate(at=Max("changed_at"))["at"] for kind in (Rsvp, Line)]
        response.headers["ETag"] = f'"{chance.digest(*newest)[:16]}"'

    with _answering(tag):
        yield


@channel("a page kept for whoever comes next", "", "tonight", "me", "room")
def cached() -> Iterator[None]:
    real = middleware._viewer

    def viewer(request: HttpRequest) -> Viewer:
        asked = real(request)
        if request.method != "GET" or asked.person is None:
            return asked
        first = Person.objects.exclude(account=None).exclude(pk=asked.person).order_by("pk").first()
        return Viewer(person=first.pk) if first else asked

    with put(middleware, "_viewer", viewer):
        yield


@channel("ties counted in the raw table", "answer presence position", *TIES, writing=True)
def raw_ties() -> Iterator[None]:
    with put(ties, "BASE", Q(audience__isnull=False)):
        yield


@channel("a way through somebody whose name is hidden", "name", *TIES)
def hidden_between() -> Iterator[None]:
    def showing(people: Any, standing: Any) -> Any:
        return people.keys > 0

    def cards(viewer: Viewer, found: Any) -> Any:
        keys = {viewer.me, *(person for way, _strength in found for person in way)}
        rows = Name.ledger.filter(owner__in=keys).values_list("owner", "owner__uid", "text")
        return {owner: profiles.Card(owner, uid, text, "") for owner, uid, text in rows}

    with put(sight, "showing", showing), put(ways, "_cards", cards):
        yield


@channel("a tie that one half hides", "answer presence", *TIES, writing=True)
def half_hidden() -> Iterator[None]:
    # Whoever's half is not for the viewer is taken as open to wherever the evening is.
    def there(around: Any, meetups: Any, facts: Any) -> Any:
        said: dict[tuple[int, int], int] = {}
        for kind in (Rsvp, Presence):
            rows = kind.ledger.filter(name="").values_list("meetup", "owner")
            said |= {row: around[row[0]] for row in rows if row[0] in around}
        keys = sorted(said)
        return evidence.There(
            places=evidence.table(keys, 2)[:, 0],
            people=evidence.table(keys, 2)[:, 1],
            facts=evidence.table([(said[key],) for key in keys], 1)[:, 0],
            around=evidence.table([(around[key[0]],) for key in keys], 1)[:, 0],
        )

    with put(ties, "_there", there):
        yield


@channel("a search without the gate", "headline need position", *SEARCH)
def ungated_search() -> Iterator[None]:
    def lines(_viewer: Viewer, question: str, kinds: Any) -> Any:
        rows = Line.ledger.filter(Matches(F("pk"), F("stems"), question=question, table="search_fts"), kind__in=kinds)
        return list(rows.values_list("stems", "kind", "about", "subject", "contact", "text", "on"))

    with put(search, "_lines", lines):
        yield


@channel("ranks by how rare a word is among all lines, as bm25() counts", "headline need position note", *SEARCH)
def bm25() -> Iterator[None]:
    real = ranking.rarity

    def rarity(hits: Any) -> dict[str, float]:
        lines = Line.ledger.count()
        return {word: value + 1 / (1 + lines) for word, value in real(hits).items()}

    with put(ranking, "rarity", rarity):
        yield


@channel("a slip that is not mended where somebody hidden said that word", "headline need words note", *SEARCH)
def heard_elsewhere() -> Iterator[None]:
    real = stems.mended

    def mended(terms: Sequence[Term], answers: Any) -> Any:
        reading = stems.Reading(terms)
        everybody = (reading(said).grades for said in Line.ledger.values_list("stems", flat=True))
        return real(terms, [*answers, *everybody])

    with put(stems, "mended", mended):
        yield


@channel("organisations that members named, among those of public sources", "position", "sector", "need", "ask --json")
def named_by_members() -> Iterator[None]:
    real = directory.size

    def size(viewer: Viewer) -> int:
        return real(viewer) + Organisation.objects.count()

    with put(directory, "size", size):
        yield


@channel("an import that knows its people by the books of others", "contact channel", "contact_bring")
def shared_books() -> Iterator[None]:
    def known(_viewer: Viewer) -> matching.Known:
        rows = Contact.ledger.filter(forgotten_at=None).values_list("pk", "name", "organisation", "key")
        return matching.Known.of(matching.Held(*row, frozenset(), frozenset()) for row in rows)

    with put(desks, "known", known):
        yield


@channel("a subject line with names", "answer name", *SENT)
def subject() -> Iterator[None]:
    real = letters._drawn

    def drawn(template: str, said: dict[str, Any]) -> str:
        text = real(template, said)
        if template != "subject.txt":
            return text
        coming = Rsvp.ledger.filter(meetup=said["evening"].key, answer="going").values("owner")
        return f"{text} {' '.join(Name.ledger.filter(owner__in=coming).values_list('text', flat=True))}"

    with put(letters, "_drawn", drawn):
        yield


@channel("this e-mail is taken", "account", "sign_in", "join", "answer_account")
def taken() -> Iterator[None]:
    real = accounts.AddressForm.clean_email

    def clean_email(self: Any) -> str:
        email = real(self)
        if Account.objects.filter(email=email).exists():
            raise forms.ValidationError("This e-mail is taken.")
        return email

    with put(accounts.AddressForm, "clean_email", clean_email):
        yield


@channel("a notice about what is hidden from whoever gets it", "evening answer membership block", *SENT)
def notice() -> Iterator[None]:
    real = meetups.evening_about

    def evening_about(viewer: Viewer, uid: Any) -> Any:
        owner = Meetup.ledger.filter(uid=uid).values_list("owner", flat=True).first()
        seen = replace(real(Viewer(person=owner), uid), my_answer="going", my_place_in_queue=None)
        mine = Rsvp.ledger.filter(meetup=seen.key, owner=viewer.me).values_list("answer", flat=True).first()
        return replace(seen, my_answer=mine or "")

    with put(meetups, "evening_about", evening_about):
        yield


@channel("a circle that is stale after a revocation", "", writing=True)
def stale() -> Iterator[None]:
    def dismiss(*, circles: Collection[int], person: int) -> None:
        """Forget to."""

    with put(circles, "dismiss", dismiss):
        yield


@channel("an alias made from the row that it stands for", "answer", "evening_share")
def alias() -> Iterator[None]:
    def lines(viewer: Viewer, meetup: Meetup, _seats: int) -> Iterator[seats.Seat]:
        seen = set(Rsvp.objects.visible_to(viewer).filter(meetup=meetup).values_list("owner", flat=True))
        rows = Rsvp.ledger.filter(meetup=meetup, answer="going").order_by("owner").values_list("pk", "owner", "name")
        for key, owner, name in rows:
            known = owner in seen
            yield seats.Seat(owner if known else None, name if known else "", chance.digest(key)[:8])

    with put(seats, "_lines", lines):
        yield


@channel("a statement for each hidden row", "answer", *EVENING)
def statements() -> Iterator[None]:
    real = meetups.coming

    def coming(viewer: Viewer, code: str) -> list[int]:
        for key in Rsvp.ledger.filter(meetup__code=code.upper()).values_list("pk", flat=True):
            Rsvp.ledger.filter(pk=key).exists()
        return real(viewer, code)

    with put(meetups, "coming", coming):
        yield


@channel("everybody who comes, where the name may be seen", "answer", *EVENING)
def everybody_coming() -> Iterator[None]:
    def coming(viewer: Viewer, code: str) -> list[int]:
        rows = Rsvp.ledger.filter(meetup__code=code.upper(), answer="going", name="")
        return list(rows.values_list("owner", flat=True))

    with put(meetups, "coming", coming):
        yield


@channel("an organisation under the name that its first member typed", "position bond shield", "person", "me", "need")
def spelling() -> Iterator[None]:
    with put(market, "HELD", tuple("organisation__name" if one == "named" else one for one in market.HELD)):
        yield


@channel("a graph that knows nothing of blocks", "block", *TIES)
def unmasked() -> Iterator[None]:
    def blockers(_viewer: Viewer) -> list[int]:
        return []

    with put(standing, "blockers", blockers):
        yield


@channel("a declined claim that says so", "claim", "person")
def declined() -> Iterator[None]:
    real = exchange.unclaimed

    def unclaimed(viewer: Viewer, uid: Any) -> Any:
        found = real(viewer, uid)
        if found is None or viewer.person is None:
            return found
        mine = Claim.objects.visible_to(viewer).filter(owner=viewer.me, person=found.person)
        return replace(found, asked=found.asked and not mine.exclude(declined_at=None).exists())

    with put(exchange, "unclaimed", unclaimed):
        yield


@channel("a claim that is made so while its steward waits", "claim", "claim_accept")
def hurried() -> Iterator[None]:
    real = claims.accept_claim

    def accept_claim(actor: Viewer, *, claim: Any) -> str:
        slug = real(actor, claim=claim)
        due.give_claimed(clock.now())
        return slug

    with put(claims, "accept_claim", accept_claim):
        yield


@channel("a book that follows its members behind what they show", "position", "contact")
def feeding_book() -> Iterator[None]:
    real = encounters.contact

    def contact(viewer: Viewer, uid: Any) -> Any:
        page = real(viewer, uid)
        held = Position.ledger.filter(owner=page.person or 0).order_by("uid").values_list("named", flat=True)
        return replace(page, workplace=", ".join(held))

    with put(encounters, "contact", contact):
        yield
