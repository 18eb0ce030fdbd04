"""What the operator does for an account: erases it, or lets it be signed in to by another address. Nothing is read."""

import sys
from smtplib import SMTPException, SMTPRecipientsRefused

import click
from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from entregent.cli import database, show
from entregent.cli.failures import Failure
from entregent.cli.language import _
from entregent.exchange import accounts
from entregent.people.queries import Mailbox


def erase(who: str, again: str | None) -> None:
    """Erase WHO, once they are named a second time: by `again`, else by whoever sits at the terminal."""
    database.require()
    accounts.known(who)
    if (_typed(who) if again is None else again) != who:
        raise Failure(_("The two are not the same: nobody was erased."))
    accounts.erase(who)
    show.line(_("{who} is erased. Older backups still hold what was theirs.").format(who=who))


def give_address(who: str, new: str) -> None:
    """Have WHO sign in with NEW."""
    database.require()
    told = accounts.give_address(who, email=new, tell=_tell)
    words = _("{who} signs in with {new} from now on, and no browser is signed in any more.")
    show.line(words.format(who=who, new=new))
    if not told:
        show.line(_("The address before takes no mail: nobody could be told there."), show.err)


def _typed(who: str) -> str:
    if not sys.stdin.isatty():
        raise Failure(_("There is no way back: name {who} once more, by --again.").format(who=who))
    return str(click.prompt(_("There is no way back. Type {who} once more to erase them").format(who=who), err=True))


def _tell(box: Mailbox) -> bool:
    """Tell an address that it opens the account no longer, whoever reads it now; whether it takes mail."""
    with translation.override(box.language):
        subject, text = gettext("Your address to sign in with was changed"), _letter()
    headers = {"Auto-Submitted": "auto-generated", "Content-Language": box.language}
    try:
        EmailMessage(subject=subject, body=text, to=[box.address], headers=headers).send()
    except SMTPRecipientsRefused:
        return False
    except (SMTPException, OSError) as error:
        # What a mail server answers repeats the address: the kind of error is enough.
        words = _("No message could leave ({reason}): nothing was changed.")
        raise Failure(words.format(reason=type(error).__name__)) from error
    return True


def _letter() -> str:
    """What it says; not the new address, for this mailbox may be somebody else's by now."""
    write_to = settings.OPERATOR_MAIL or f"{settings.BASE_URL}{reverse('server')}"
    said = (
        gettext("Hello,"),
        gettext("Whoever runs %(server)s was asked to give your account another address to sign in with, and did so."),
        gettext("This address opens it no longer, and no browser is signed in any more."),
        gettext("If that was not you, write to them at once: %(write_to)s"),
    )
    return "\n\n".join(said) % {"server": settings.BASE_URL, "write_to": write_to} + "\n"
