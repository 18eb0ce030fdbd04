"""`serve` and `demo` answer on their port until they are told to end; the demonstration answers this machine alone."""

import http.client
import urllib.request

import pytest

from entregent.config.serve import BODY
from entregent.exchange.contacts.said import CARDS_BYTES
from tests.installation import Installation

pytestmark = pytest.mark.both


@pytest.mark.parametrize("command", [("serve",), ("demo", "--small")])
def test_a_fresh_installation_serves_its_first_page(bare: Installation, command: tuple[str, ...]):
    with bare.serve(*command) as url, urllib.request.urlopen(url) as page:
        assert (page.status, page.headers["Content-Type"]) == (200, "text/html; charset=utf-8")


def test_the_demonstration_says_where_it_is_and_three_things_to_try(installed: Installation):
    with installed.serve("demo", "--small", LC_ALL="C.UTF-8"):
        said = installed.home.with_suffix(".log").read_text().splitlines()
    assert said[0] == f"The demonstration community is open: {installed.url}"
    assert [line[:2] for line in said if line[:1].isdigit()] == ["1.", "2.", "3."]


def test_whoever_serves_is_told_that_nothing_comes_back_to_a_sender_whom_the_world_does_not_know(
    installed: Installation,
):
    said = []
    for sender in ("", "Entregent <soirees@example.org>"):
        smtp = {"ENTREGENT_SMTP_HOST": "smtp.example.org", "ENTREGENT_MAIL_FROM": sender}
        with installed.serve("serve", LC_ALL="C.UTF-8", **smtp):
            lines = installed.home.with_suffix(".log").read_text().splitlines()
        said.append([line.partition(":")[0] for line in lines if "Mails" in line])
    assert said == [["Mails leave from entregent@localhost, where nothing comes back"], []]


def status(port: int, length: int, body: bytes) -> int:
    """What is answered to a visitor who sends a body, or begins to send one of that length."""
    visitor = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    visitor.putrequest("POST", "/carnet/apporter/")
    visitor.putheader("Content-Length", str(length))
    visitor.endheaders(body)
    answer = visitor.getresponse()
    answer.read()
    visitor.close()
    return answer.status


def test_no_body_is_taken_that_is_longer_than_eight_photographs(installed: Installation):
    with installed.serve():
        book = bytes(CARDS_BYTES + 10_000)
        refused = [status(installed.port, length, b"") for length in (BODY, 10**9)]
        assert (status(installed.port, len(book), book), refused) == (403, [413, 413])
