"""Reads about who is here, for doors that have to know whom they talk to.

None tells one person about another: each takes a secret, an account or a person that was already proven.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Lower

from entregent.common import errors
from entregent.people.keys import digest
from entregent.people.models import Account, Key, Person
from entregent.statements.prepared import prepared


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where a person is written to, and in which language."""

    address: str
    language: str


def holder_of(*, secret: str) -> int | None:
    """The key of the person without account whose link carries `secret`."""
    return next(iter(_holding(digest(secret))), None)


@prepared
def _holding(digest: str) -> "QuerySet[Any, int]":
    return Key.objects.filter(digest=digest, person__account=None).values_list("person", flat=True)


def person_of(*, account: UUID) -> int | None:
    """The key of the person behind an account."""
    return next(iter(_behind(account)), None)


@prepared
def _behind(account: UUID) -> "QuerySet[Any, int]":
    return Person.objects.filter(account=account).values_list("pk", flat=True)


def person_with(*, handle: str = "", email: str = "") -> int | None:
    """The key of the person whom the operator names on the command line."""
    named = {"handle": handle} if handle else {"account__in": Account.objects.at(email)}
    return Person.objects.filter(**named).values_list("pk", flat=True).first()


def person_known_as(*, uid: UUID) -> int:
    """The key of the person with a public id. Raises `NotFound`."""
    person = Person.objects.filter(uid=uid).values_list("pk", flat=True).first()
    if person is None:
        raise errors.NotFound
    return person


def uid_of(*, person: int) -> UUID:
    """The public id of a person. Raises `NotFound`."""
    for uid in _uid(person):
        return uid
    raise errors.NotFound


@prepared
def _uid(person: int) -> "QuerySet[Any, UUID]":
    return Person.objects.filter(pk=person).values_list("uid", flat=True)


def mailbox(*, person: int) -> Mailbox | None:
    """Where to write to a person: their account's address, or the one left for reminders."""
    for email, mail_to, language in _written_to(person):
        return Mailbox(address=email or mail_to, language=language) if email or mail_to else None
    return None


@prepared
def _written_to(person: int) -> "QuerySet[Any, Any]":
    return Person.objects.filter(pk=person).values_list("account__email", "mail_to", "language")


def left_address(*, person: int) -> str:
    """The address that somebody without account left, by which mail reaches them; empty for anybody else."""
    return Person.objects.filter(pk=person, account=None).values_list("mail_to", flat=True).first() or ""


def language_of(*, person: int) -> str:
    """The language in which a person reads: `fr` or `en`."""
    return Person.objects.values_list("language", flat=True).get(pk=person)


def mail_domain(*, person: int) -> str:
    """The domain of the address that a person signs in with, small letters; empty without an account.

    A person gets an account when the code that was sent to its address came back: the address is theirs.
    """
    address = Person.objects.filter(pk=person).values_list("account__email", flat=True).first() or ""
    return address.rpartition("@")[2].lower()


def people_of_domain(*, domain: str) -> list[int]:
    """The keys of those who sign in with an address of a domain."""
    # No address ends like this: where no domain is known, as much is asked.
    wanted = f"@{domain.lower() or '@'}"
    # In small letters, as `mail_domain` has it: a domain whose capitals alone are the same is another.
    rows = Person.objects.alias(address=Lower("account__email")).filter(address__endswith=wanted)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def left_addresses(*, before: datetime) -> list[int]:
    """The keys of those without account who are here since `before`, and left an address to be written to."""
    rows = Person.objects.filter(account=None, known_since__lte=before).exclude(mail_to="")
    return list(rows.order_by("pk").values_list("pk", flat=True))


def account_of(*, person: int) -> UUID | None:
    """The account that a person signs in with."""
    return next(iter(_account(person)), None)


@prepared
def _account(person: int) -> "QuerySet[Any, UUID]":
    accounts = Person.objects.filter(pk=person).values("account")
    return Account.objects.filter(pk__in=accounts).values_list("pk", flat=True)
