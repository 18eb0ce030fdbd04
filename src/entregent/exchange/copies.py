"""Checks of what is copied or counted from facts: searchable lines, seats taken, references between rows."""

from collections.abc import Iterator
from functools import partial
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection
from django.db.models import BigIntegerField, F, Q, Sum, Value
from django.utils.translation import gettext as _

from entregent.discretion.models import Fact
from entregent.encounters.models import Contact, Encounter, FollowUp, Note
from entregent.exchange.faults import Fault, Tell
from entregent.market.models import Position
from entregent.meetups.models import Meetup, Rsvp
from entregent.meetups.seats import HOLDING
from entregent.needs.models import Need
from entregent.profiles.models import Headline, Name, Words
from entregent.profiles.models import Kind as WordsOf
from entregent.search import actions as search
from entregent.search.models import Line

#: The facts that have a searchable line, each kind of fact with the kinds of its line.
WORDED: dict[type[Fact], tuple[str, ...]] = {
    Name: ("name",),
    Headline: ("headline",),
    Words: tuple(WordsOf.values),
    Position: ("position",),
    Need: ("need", "offer"),
    Contact: ("contact",),
    Encounter: ("encounter",),
    Note: ("note",),
    FollowUp: ("promise",),
    Meetup: ("evening",),
}
#: Who sees a fact: a line has the same.
TERMS = ("owner", "audience", "discreet", "until")
#: Whom a line helps to find, by what its fact says of it: whom a contact is, nobody, else whoever stated it.
SUBJECTS: dict[type[Fact], Any] = {
    Contact: F("person"),
    Encounter: F("contact__person"),
    Note: F("contact__person"),
    FollowUp: F("contact__person"),
    Meetup: Value(None, BigIntegerField()),
}
#: What has no line while its owner may take back that it was forgotten.
STANDS = Q(contact__forgotten_at=None)
STANDING: dict[type[Fact], Q] = {
    Contact: Q(forgotten_at=None),
    Encounter: STANDS,
    **dict.fromkeys((Note, FollowUp), STANDS & Q(forgotten_at=None)),
}

Terms = dict[UUID, tuple[Any, ...]]


def lines(tell: Tell) -> Iterator[Fault]:
    """Lines that are seen by others than their fact or lead to others, lines without a fact, facts without a line."""
    for done, (kind, names) in enumerate(WORDED.items(), start=1):
        facts = _terms(kind.ledger.filter(STANDING.get(kind, Q())), "uid", SUBJECTS.get(kind, F("owner")))
        copies = _terms(Line.ledger.filter(kind__in=names), "about", F("subject"))
        yield from _unlike(names[0], facts, copies)
        tell(done, len(WORDED))
    strangers = Line.ledger.exclude(kind__in=[name for names in WORDED.values() for name in names])
    yield from _unlike("?", {}, _terms(strangers, "about", F("subject")))


def _terms(rows: Any, key: str, subject: Any) -> Terms:
    """Who sees each row and, at the end, whom it helps to find."""
    return {row[0]: row[1:] for row in rows.annotate(_subject=subject).values_list(key, *TERMS, "_subject")}


def _unlike(name: str, facts: Terms, copies: Terms) -> Iterator[Fault]:
    for uid in sorted(facts.keys() | copies.keys()):
        said = {"name": name, "uid": uid}
        if uid not in facts:
            yield Fault(_("line “%(name)s”: its fact %(uid)s is gone") % said, partial(search.drop, about=uid))
            continue
        if uid not in copies:
            yield Fault(_("fact “%(name)s” %(uid)s has no line; whoever stated it has to say it again") % said, None)
            continue
        mend = partial(_align, uid, facts[uid])
        if copies[uid][:-1] != facts[uid][:-1]:
            yield Fault(_("line “%(name)s” is not seen by those who see its fact %(uid)s") % said, mend)
        elif copies[uid] != facts[uid]:
            yield Fault(_("line “%(name)s” does not lead to whom its fact %(uid)s is about") % said, mend)


def _align(uid: UUID, terms: tuple[Any, ...]) -> None:
    owner, audience, discreet, until, subject = terms
    Line.ledger.filter(about=uid).update(
        owner=owner, audience=audience, discreet=discreet, until=until, subject=subject
    )


def seats(_tell: Tell) -> Iterator[Fault]:
    """Evenings whose seats were counted wrongly, or sold twice."""
    held = dict(Rsvp.ledger.filter(answer__in=HOLDING).values_list("meetup").annotate(people=Sum(F("guests") + 1)))
    for key, code, taken, capacity in Meetup.ledger.values_list("pk", "code", "taken", "capacity"):
        count = held.get(key, 0)
        said = {"code": code, "count": count, "taken": taken, "capacity": capacity}
        if capacity is not None and count > capacity:
            yield Fault(_("evening %(code)s: %(count)d hold a seat, and there are %(capacity)d seats") % said, None)
        elif count != taken:
            mend = partial(_count, key, count)
            yield Fault(_("evening %(code)s: %(count)d hold a seat, and %(taken)d seats count as taken") % said, mend)


def _count(meetup: int, taken: int) -> None:
    Meetup.ledger.filter(pk=meetup).update(taken=taken)


def references(_tell: Tell) -> Iterator[Fault]:
    """Rows that point at a row that is not there; PostgreSQL never lets one in, SQLite may have been opened without."""
    try:
        connection.check_constraints()
    except IntegrityError as error:
        yield Fault(str(error), None)
