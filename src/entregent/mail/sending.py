"""Sends what is due: what fails is put off, what no longer holds is dropped, and nobody is told."""

import logging
import smtplib
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from entregent.mail import letters
from entregent.mail.letter import Letter
from entregent.notices import due as notices

log = logging.getLogger(__name__)


def send_due(now: datetime) -> int:
    """Send every notice that is due; how many were sent."""
    count = 0
    while claimed := notices.claim(now):
        count += sum(_send(one, now) for one in claimed)
    return count


def _send(due: notices.Due, now: datetime) -> bool:
    try:
        letter = letters.letter(due.recipient, due.kind, due.about)
        if letter is None:
            notices.drop(due)
            return False
        _message(letter, due).send()
        letter.left()
    except Exception as error:
        # One letter that cannot be sent must not keep the others back, whatever is wrong with it.
        # What a mail server answers repeats the address, and with it a name: the log says the kind of error alone.
        told = None if isinstance(error, smtplib.SMTPException) else error
        log.error("notice %s could not be sent: %s", due.uid, type(error).__name__, exc_info=told)
        if not notices.put_off(due, now):
            log.error("notice %s is given up after %s tries", due.uid, due.tries)
        return False
    notices.sent(due, now)
    return True


def _message(letter: Letter, due: notices.Due) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(subject=letter.subject, body=letter.text, to=[letter.address])
    message.attach_alternative(letter.html, "text/html")
    message.extra_headers = {
        # A letter that goes out twice carries one id, by which mailboxes know it again.
        "Message-ID": f"<{due.uid}.{due.until.timestamp():.0f}@{urlsplit(settings.BASE_URL).hostname}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": letter.language,
    }
    return message
