"""Channels by which the morning after would tell what is hidden: what others promised, noted, or took down."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from entregent.discretion.viewer import Viewer
from entregent.encounters import followups
from entregent.encounters.followups import SAID, Kept, Promise
from entregent.encounters.models import Encounter, FollowUp
from entregent.encounters.queries import Entry
from entregent.meetups import albums, declassified
from entregent.meetups.models import Meetup, Picture, Rsvp
from entregent.meetups.shown import Evening, Pictured
from entregent.search import queries as search
from entregent.search.models import Line
from entregent.search.queries import Hit
from entregent.search.stems import Reading, Term
from tests.laws.worlds.channels import SEARCH, TIES, channel, put


@channel("what others promised oneself, among what one promised", "promise", "tonight", "book", "follow_up")
def promised_to_me() -> Iterator[None]:
    real = followups.due

    def due(viewer: Viewer, today: date) -> list[Promise]:
        others = FollowUp.ledger.filter(contact__person=viewer.person).exclude(owner=viewer.person).order_by("pk")
        return [*real(viewer, today), *(Promise(*row) for row in others.values_list(*SAID))]

    with put(followups, "due", due):
        yield


@channel("by what anybody promised somebody, who that is", "promise", *SEARCH)
def found_by_promises() -> Iterator[None]:
    real = search.lines

    def lines(viewer: Viewer, terms: Sequence[Term], kinds: Collection[str] = ()) -> list[Hit]:
        reading = Reading(terms)
        others = Line.ledger.filter(kind="promise", subject__isnull=False).exclude(owner=viewer.person).order_by("pk")
        found = ((line, reading(line.stems)) for line in others)
        return real(viewer, terms, kinds) + [
            Hit("promise", line.about, line.subject_id, None, line.text, line.on, read.grades, read.times, read.length)
            for line, read in found
            if read.grades
        ]

    with put(search, "lines", lines):
        yield


@channel("that another kept their word to oneself, in one's own tie", "promise", *TIES)
def tied_by_others() -> Iterator[None]:
    real = followups.kept

    def kept(viewer: Viewer) -> list[Kept]:
        theirs = FollowUp.ledger.filter(contact__person=viewer.person, done_at__isnull=False)
        rows = theirs.exclude(owner=viewer.person).order_by("pk").values_list("contact__uid", "owner", "done_at__date")
        return [*real(viewer), *(Kept(*row) for row in rows if viewer.person)]

    with put(followups, "kept", kept):
        yield


@channel("that somebody noted oneself at an evening, among whom one noted", "encounter contact", "room_morning")
def noted_by_others() -> Iterator[None]:
    real = followups.met_at

    def met_at(viewer: Viewer, evening: Evening) -> list[Entry]:
        found, me = real(viewer, evening), viewer.person
        others = Encounter.ledger.filter(meetup=evening.key, contact__person=me).exclude(owner=me)
        told = [Entry(one.uid, "Somebody", "", None, (), "") for one in others.order_by("pk")] if me else []
        return [*found, *(replace(one, note="noted you") for one in told)]

    with put(followups, "met_at", met_at):
        yield


@channel("a place that is left for a picture that one does not see", "picture takedown", "evening_pictures", "evening")
def left_place() -> Iterator[None]:
    real = albums.pictures

    def pictures(viewer: Viewer, code: str) -> list[Pictured]:
        found = real(viewer, code)
        seen = {one.uid for one in found}
        others = Picture.ledger.filter(meetup__code=code.upper()).exclude(uid__in=seen).order_by("pk")
        return [*found, *(Pictured(one.uid, mine=False, down=True) for one in others)]

    with put(albums, "pictures", pictures):
        yield


@channel("a line of the list that says of a hidden name whether it wants pictures", "answer", "evening_share")
def pictured_alias() -> Iterator[None]:
    real = declassified._lines

    def lines(viewer: Viewer, meetup: Meetup, seats: int) -> Iterator[declassified.Seat]:
        rows = Rsvp.ledger.filter(meetup=meetup, answer="going").exclude(pictured=None)
        hidden = rows.exclude(pk__in=Rsvp.objects.visible_to(viewer).values("pk")).order_by("pk")
        said = iter(hidden.values_list("pictured", flat=True))
        for seat in real(viewer, meetup, seats):
            yield seat if seat.person else replace(seat, pictured=next(said, None))

    with put(declassified, "_lines", lines):
        yield


@channel("a picture by its address, whoever asks", "picture takedown", "picture")
def open_picture() -> Iterator[None]:
    real = albums.picture

    def picture(viewer: Viewer, uid: UUID) -> bytes:
        held = Picture.ledger.filter(uid=uid).values_list("picture", flat=True).first()
        return real(viewer, uid) if held is None else bytes(held)

    with put(albums, "picture", picture):
        yield
