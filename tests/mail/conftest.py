"""A mail server of our own on this machine, and an evening of Alice's to write about."""

import email
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from entregent.common import clock
from entregent.discretion.viewer import Viewer
from entregent.meetups import actions
from tests.installation import free_port

SUNDAY = datetime.fromisoformat("2026-11-22T08:00:00+00:00")
#: Thursday, half past six in the evening on La Réunion.
STARTS = datetime.fromisoformat("2026-11-26T14:30:00+00:00")
ENDS = STARTS + timedelta(hours=4)


class Mailboxes:
    """Takes every message that is sent to it, unless it is told to refuse."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.senders: list[str] = []
        self.refuses = ""
        self.refusal = "451 Try again later"
        self.of_nobody = ""

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        """Take an address, or say what is said of one that nobody has."""
        if self.of_nobody:
            return f"{self.of_nobody} {address}"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  aiosmtpd's name
        """Keep a message."""
        if self.refuses and self.refuses in envelope.rcpt_tos:
            return self.refusal
        message = email.message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        self.messages.append(message)
        self.senders.append(envelope.mail_from)
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        """What came for an address."""
        return [message for message in self.messages if message["To"] == address]


@pytest.fixture(autouse=True)
def sunday() -> Iterator[None]:
    """The clock stands on the Sunday before the evening."""
    with clock.at(SUNDAY):
        yield


@pytest.fixture
def mailboxes(settings: Any) -> Iterator[Mailboxes]:
    """A mail server, which the settings name."""
    held, port = Mailboxes(), free_port()
    server = Controller(held, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield held
    server.stop()


@pytest.fixture
def announce(alice: Viewer, community: str) -> Callable[..., str]:
    """Announces an evening of Alice's, with a title that names somebody; what is given replaces what stands here."""

    def announced(**said: object) -> str:
        usual = {"title": "Le pot de Karine", "starts_at": STARTS, "ends_at": ENDS, "place": "Chez Zélie"}
        return actions.announce(alice, **{"community": community, **usual, **said})  # type: ignore[arg-type]

    return announced
