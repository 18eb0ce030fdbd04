"""What the operator does for an account, at the word of whom it belongs to: nothing of it is told."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from entregent.common import errors
from entregent.discretion.viewer import Viewer
from entregent.exchange import erasing, origins
from entregent.market import actions as market
from entregent.people import actions as people
from entregent.people import queries as people_known
from entregent.people.queries import Mailbox

#: Tells somebody at a mailbox; whether it takes mail.
Tell = Callable[[Mailbox], bool]


def known(name: str) -> None:
    """Raise `NotFound` where the operator calls nobody so."""
    origins.person(name)


def erase(name: str) -> None:
    """Forget the person whom the operator calls `name`, account included. Raises `NotFound`."""
    erasing.erase(origins.person(name))


@transaction.atomic
def give_address(name: str, *, email: str, tell: Tell) -> bool:
    """Let somebody sign in with another address; whether the one before could be told. What `tell` raises undoes it.

    They stand with the organisation whose mail domain it is, and no longer with that of the one before.

    Raises `NotFound`; `Refused` for somebody without account and for an address that is somebody's; `Invalid` for none.
    """
    address, person = _address(email), origins.person(name)
    account, before = people_known.account_of(person=person), people_known.mailbox(person=person)
    if account is None or before is None:
        raise errors.Refused(_("%s has no account: there is no address to change.") % name)
    if before.address == address:
        raise errors.Refused(_("%s is their address already.") % address)
    domain = people_known.mail_domain(person=person)
    people.give_address(account=account, email=address)
    market.recognise(Viewer(person=person), before=domain)
    return tell(before)


def _address(email: str) -> str:
    """An address in small letters, as signing in has it."""
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise errors.Invalid("email", _("%s is no mail address; name@example.org is one.") % email) from error
    return address
