"""`entregent erase` and `entregent address`: what the operator does for an account, without reading what is in it."""

import os
import pty
import subprocess
from collections.abc import Iterator

import pytest
from aiosmtpd.controller import Controller

from tests.installation import COMMAND, Installation, free_port
from tests.mail.conftest import Mailboxes
from tests.migrated import ask

KARINE = "SELECT count(*) FROM people_person WHERE handle = 'karine'"


def test_whoever_is_named_twice_is_erased(demonstrated: Installation):
    done = demonstrated.run("erase", "karine", "--again", "karine")
    words = "karine is erased. Older backups still hold what was theirs.\n"
    assert (done.returncode, done.stdout, done.stderr) == (0, words, "")
    assert ask(demonstrated, KARINE) == [(0,)]
    done = demonstrated.run("erase", "karine", "--again", "karine")
    assert (done.returncode, done.stderr) == (1, "entregent: Nobody here is called karine.\n")
    assert demonstrated.run("doctor").returncode == 0


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("karine",), "There is no way back: name karine once more, by --again."),
        (("karine", "--again", "jeremie"), "The two are not the same: nobody was erased."),
    ],
)
def test_nobody_is_erased_by_accident(demonstration: Installation, words: tuple[str, ...], line: str):
    done = demonstration.run("erase", *words)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"entregent: {line}\n")
    assert ask(demonstration, KARINE) == [(1,)]


def test_at_a_terminal_the_name_is_typed_once_more(demonstrated: Installation):
    ours, theirs = pty.openpty()
    os.write(ours, b"karine\n")
    command = [str(COMMAND), "erase", "karine"]
    done = subprocess.run(
        command, env=demonstrated.environment(), stdin=theirs, capture_output=True, text=True, check=False
    )
    os.close(ours)
    os.close(theirs)
    assert (done.returncode, "is erased" in done.stdout, "There is no way back." in done.stderr) == (0, True, True)
    assert ask(demonstrated, KARINE) == [(0,)]


@pytest.fixture
def post() -> Iterator[tuple[Mailboxes, dict[str, str]]]:
    """A mail server, and the variables that name it."""
    held, port = Mailboxes(), free_port()
    server = Controller(held, hostname="127.0.0.1", port=port)
    server.start()
    yield held, {"ENTREGENT_SMTP_HOST": "127.0.0.1", "ENTREGENT_SMTP_PORT": str(port)}
    server.stop()


EMAIL = "SELECT a.email FROM people_account a JOIN people_person p ON p.account_id = a.id WHERE p.handle = 'karine'"


def test_whoever_lost_a_mailbox_gets_another_address_and_the_old_one_is_told(demonstrated: Installation, post):
    held, smtp = post
    [(before,)] = ask(demonstrated, EMAIL)
    done = demonstrated.run("address", "karine", "Karine@Example.net", **smtp, ENTREGENT_OPERATOR_MAIL="op@example.org")
    words = "karine signs in with Karine@Example.net from now on, and no browser is signed in any more.\n"
    assert (done.returncode, done.stdout, done.stderr) == (0, words, "")
    assert ask(demonstrated, EMAIL) == [("karine@example.net",)]
    [message] = held.messages
    text = message.get_content()
    assert (message["To"], message["Content-Language"], "op@example.org" in text) == (before, "fr", True)
    assert "example.net" not in text


def test_a_mailbox_that_is_gone_is_said_and_a_mail_server_that_is_away_changes_nothing(
    demonstrated: Installation, post
):
    held, smtp = post
    before = ask(demonstrated, EMAIL)
    done = demonstrated.run("address", "karine", "karine@example.net", **{**smtp, "ENTREGENT_SMTP_PORT": "1"})
    line = "entregent: No message could leave (ConnectionRefusedError): nothing was changed.\n"
    assert (done.returncode, done.stdout, done.stderr, ask(demonstrated, EMAIL)) == (1, "", line, before)
    held.of_nobody = "550 5.1.1 Nobody is called"
    done = demonstrated.run("address", "karine", "karine@example.net", **smtp)
    line = "The address before takes no mail: nobody could be told there.\n"
    assert (done.returncode, done.stderr, ask(demonstrated, EMAIL)) == (0, line, [("karine@example.net",)])
