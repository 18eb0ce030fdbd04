"""Sends what is due: what fails is put off, what no longer holds is dropped, and nobody is told.

News of needs that are kept wants each of them asked again: it has a worker of its own, which asks a share at a tick, so
that no other letter waits for it, nor do pages for the processor.
"""

import logging
import smtplib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Q

from entregent.mail import letters
from entregent.mail.letter import Letter
from entregent.notices import due as notices
from entregent.people import queries as people

log = logging.getLogger(__name__)

#: What a mail server says that is about to hang up, whatever it was asked.
HANGS_UP = 421
#: From which answer on it refuses for good; how it begins to say that it is because of whoever sends (RFC 3463, X.7).
FOR_GOOD, SENDER = 500, b"5.7."
#: What somebody is told because they answered: whoever types the address of somebody else sets these letters off.
ANSWERED = {"confirmed", "waiting"}
#: The notices whose letter is asked for among all that people say, and of how many that is done at a tick.
NEWS, SHARE = Q(kind="news"), 20


class _AwayError(Exception):
    """The mail server does not answer, or does no longer: no letter is at fault."""


def send_due(now: datetime) -> int:
    """Send every notice that is due, but news; how many were sent. Once the mail server is away, all others wait."""
    count, away = 0, False
    while not away and (claimed := notices.claim(now, ~NEWS)):
        some, away = _send_all(claimed, now)
        count += some
    return count


def send_news(now: datetime) -> int:
    """Write and send a share of the news that is due, of those who have waited longest; how many were sent."""
    return _send_all(notices.claim(now, NEWS, SHARE), now)[0]


def _send_all(claimed: Sequence[notices.Due], now: datetime) -> tuple[int, bool]:
    """How many of what is claimed were sent, and whether the mail server is away."""
    count = 0
    try:
        for one in claimed:
            count += _sent(one, now)
    except _AwayError:
        notices.put_back(claimed, now)
        return count, True
    return count, False


def _sent(due: notices.Due, now: datetime) -> bool:
    with _line() as line:
        return _send(due, line, now)


@contextmanager
def _line() -> Iterator[BaseEmailBackend]:
    """A connection to the mail server. However it ends, what the server took has left."""
    line = get_connection()
    try:
        _open(line)
        yield line
    finally:
        with suppress(OSError):
            line.close()


def _open(line: BaseEmailBackend) -> None:
    try:
        line.open()
    except OSError as error:
        # What it answers may repeat the name by which one signs in: the log says the kind of error alone.
        log.error("no mail leaves for now, the mail server does not take it: %s", type(error).__name__)
        raise _AwayError from error


def _send(due: notices.Due, line: BaseEmailBackend, now: datetime) -> bool:
    try:
        counted = people.left_address(person=due.recipient) if due.kind in ANSWERED else ""
        if counted and notices.hold(due, counted, now):
            return False
        letter = letters.letter(due.recipient, due.kind, due.about)
        if letter is None:
            notices.drop(due)
            return False
        _message(letter, due, line).send()
    except Exception as error:
        # One letter that cannot be sent must not keep the others back, whatever is wrong with it.
        # What a mail server answers repeats the address, and with it a name: the log says the kind of error alone.
        told = None if isinstance(error, smtplib.SMTPException) else error
        log.error("notice %s could not be sent: %s", due.uid, type(error).__name__, exc_info=told)
        _put_off(due, error, now)
        return False
    _note(due, partial(notices.sent, due, now))
    _note(due, letter.left)
    if counted:
        _note(due, partial(notices.note_letter, counted, now))
    return True


def _note(due: notices.Due, left: Callable[[], object]) -> None:
    """Note something of a letter that has left: where that fails, the letter is no less in its mailbox."""
    try:
        left()
    except Exception:
        log.exception("notice %s has left, which could not be noted", due.uid)


def _put_off(due: notices.Due, error: Exception, now: datetime) -> None:
    if _is_refused(error):
        notices.drop(due)
        log.error("notice %s is given up: the mail server takes nothing for its recipient", due.uid)
    elif not notices.put_off(due, now):
        log.error("notice %s is given up after %s tries", due.uid, due.tries)
    if _is_over(error):
        raise _AwayError from error


def _is_refused(error: Exception) -> bool:
    """Whether a recipient is refused for good, and not whoever sends: that is for the operator to mend."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return False
    return all(code >= FOR_GOOD and not said.startswith(SENDER) for code, said in error.recipients.values())


def _is_over(error: Exception) -> bool:
    """Whether the connection is."""
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code == HANGS_UP
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return any(code == HANGS_UP for code, _ in error.recipients.values())
    lost = isinstance(error, OSError) and not isinstance(error, smtplib.SMTPException)
    return lost or isinstance(error, smtplib.SMTPServerDisconnected)


def _message(letter: Letter, due: notices.Due, line: BaseEmailBackend) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(subject=letter.subject, body=letter.text, to=[letter.address], connection=line)
    message.attach_alternative(letter.html, "text/html")
    message.extra_headers = {
        # A letter that goes out twice carries one id, by which mailboxes know it again; what is told again has another.
        "Message-ID": f"<{due.uid}@{urlsplit(settings.BASE_URL).hostname}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": letter.language,
    }
    return message
