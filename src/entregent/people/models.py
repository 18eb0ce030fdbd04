"""Tables of who is here. A name is not among them: a name is a fact, and lives in `profiles`."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.db.models.lookups import Exact

from entregent.common import clock, ids


def is_address(field: str, email: str) -> Exact:
    """Whether a field holds an e-mail address, whatever its case: by the expression of the constraint on accounts.

    Not by `iexact`: PostgreSQL compares capitals then, and that of a dotless i is I, as in somebody else's address.
    """
    return Exact(Lower(field), Lower(models.Value(email)))


class Accounts(BaseUserManager["Account"]):
    """Accounts, found by their address whatever its case."""

    def at(self, email: str) -> "models.QuerySet[Account]":
        """The account of an e-mail address: one at most, as the constraint has it."""
        return self.filter(is_address("email", email))

    def get_by_natural_key(self, username: str | None) -> "Account":
        """The account of an e-mail address."""
        return self.at(username or "").get()


class Account(AbstractBaseUser):
    """What signs in: an e-mail address. A person has at most one."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    email = models.EmailField(max_length=254, unique=True)
    language = models.CharField(max_length=5, default="fr")
    is_active = models.BooleanField(default=True)
    opened_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[Accounts] = Accounts()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="account_email")]


class Person(models.Model):
    """A human being known to this server, with or without an account.

    `handle` is the operator's name for a person on the command line and is shown nowhere else.
    `mail_to` is where somebody without an account asked to be reminded, until some days after; nobody else reads it.
    `claimed_at` is when somebody took as their own what stood here without an account.
    """

    uid = models.UUIDField(default=ids.new, unique=True, editable=False)
    account = models.OneToOneField(Account, models.SET_NULL, null=True, related_name="+")
    handle = models.CharField(max_length=80, unique=True, null=True)
    mail_to = models.EmailField(max_length=254, blank=True)
    language = models.CharField(max_length=5, default="fr")
    known_since = models.DateTimeField(default=clock.now)
    claimed_at = models.DateTimeField(null=True, db_index=True)


class Key(models.Model):
    """A secret link that stands for a person without account; only its hash is kept."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=clock.now)
