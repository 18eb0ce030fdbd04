"""Writes about who is here: accounts, persons without one, the keys in their links.

These stand below the policy, so they take accounts and persons rather than an actor; doors call them
with what the browser has proven.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from entregent.common import chance, clock, errors
from entregent.people.keys import digest
from entregent.people.models import Account, Key, Person


@transaction.atomic
def open_account(*, email: str, language: str = "fr") -> UUID:
    """The id of the account of `email`, made if there is none. The caller may not tell which.

    The same statements run either way, so that the time taken does not tell it either.
    """
    account = Account(email=email, language=language, password=make_password(None))
    Account.objects.bulk_create([account], ignore_conflicts=True)
    return Account.objects.at(email).values_list("pk", flat=True).get()


@transaction.atomic
def person_of(*, account: UUID) -> int:
    """The key of the person behind an account, made at the first sign-in; of two at once, the first makes them."""

    def language() -> str:
        return Account.objects.values_list("language", flat=True).get(pk=account)

    said: dict[str, Any] = {"language": language}
    person, _made = Person.objects.get_or_create(account_id=account, defaults=said)
    return person.pk


@transaction.atomic
def welcome(*, language: str = "fr", mail_to: str = "", secret: str = "") -> tuple[int, str]:
    """A person without account and the secret of their link: (person, secret).

    A `secret` of the caller's own makes it happen once: where it stands for somebody already, they came twice.
    """
    secret = secret or chance.token(18)

    def somebody() -> Person:
        return Person.objects.create(language=language, mail_to=mail_to)

    # Of two who come at once with one secret, the second finds the person of the first.
    unnamed, theirs = Key.objects.filter(person__account=None), dict[str, Any](person=somebody)
    key, _made = unnamed.get_or_create(digest=digest(secret), defaults=theirs)
    return key.person_id, secret


@transaction.atomic
def hand_key(*, person: int) -> str:
    """A new secret link for a person without account; earlier ones keep working."""
    secret = chance.token(18)
    Key.objects.create(person_id=person, digest=digest(secret))
    return secret


@transaction.atomic
def attach(*, person: int, account: UUID) -> int:
    """Give an account to a person without one; the key of the person who then holds the account.

    Where the account already has its person, that one is returned and `person` is left as it was: what
    they own is moved by the parts that own it.
    """
    holder = Person.objects.filter(account_id=account)
    if (held := holder.first()) is not None:
        return held.pk
    claimed = {"account_id": account, "mail_to": "", "claimed_at": clock.now()}
    try:
        with transaction.atomic():
            Person.objects.filter(pk=person, account=None).update(**claimed)
    except IntegrityError:  # somebody came to hold it in this moment
        return holder.get().pk
    Key.objects.filter(person_id=person).delete()
    return person


@transaction.atomic
def give_address(*, account: UUID, email: str) -> None:
    """Let an account be signed in to by another address, in small letters; no browser is signed in any more.

    An address that was typed and never proven is free. Raises `Refused` for one with which somebody signs in.
    """
    taken = Account.objects.at(email).exclude(pk=account)
    if Person.objects.filter(account__in=taken).exists():
        raise errors.Refused(_("Somebody else signs in with this address."))
    taken.delete()
    Account.objects.filter(pk=account).update(email=email)
    _forget_browsers(account)


def _forget_browsers(account: UUID) -> None:
    """End the sessions of an account, and those that wait for the code of a message to it."""
    names = {str(account), account.hex}
    held = [one.pk for one in Session.objects.iterator() if any(name in repr(one.get_decoded()) for name in names)]
    Session.objects.filter(pk__in=held).delete()


def wait_turn(*, person: int) -> None:
    """Let no two acts of one person go on at a time: until the transaction ends, another waits here.

    PostgreSQL locks the row; on SQLite the transaction began IMMEDIATE, and is the only one that writes. Raises
    `NotSignedIn` for whoever was erased meanwhile: they are nobody here.
    """
    if not Person.objects.select_for_update(no_key=True).filter(pk=person).exists():
        raise errors.NotSignedIn


@transaction.atomic
def write_to(*, person: int, mail_to: str) -> None:
    """Write to a person without account at an address from now on, where they left none that is still kept.

    Whether it gets what there is from somebody else already is for the caller to say, as it is for `welcome`.
    """
    Person.objects.filter(pk=person, account=None, mail_to="").update(mail_to=mail_to)


@transaction.atomic
def forget_addresses(*, people: Collection[int]) -> int:
    """Forget where people without account were written to; of how many."""
    return Person.objects.filter(pk__in=people, account=None).exclude(mail_to="").update(mail_to="")


@transaction.atomic
def speak(*, person: int, language: str) -> None:
    """Keep the language in which a person reads pages and mails."""
    Person.objects.filter(pk=person).update(language=language)


@transaction.atomic
def erase(person: int) -> None:
    """Forget a person, their keys and their account: the last step of erasing, all parts have forgotten them."""
    accounts = list(Person.objects.filter(pk=person).exclude(account=None).values_list("account_id", flat=True))
    Key.objects.filter(person_id=person).delete()
    Person.objects.filter(pk=person).delete()
    Account.objects.filter(pk__in=accounts).delete()
