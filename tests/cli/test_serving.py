"""`serve` and `demo` answer on their port until they are told to end; the demonstration answers this machine alone."""

import urllib.request

import pytest

from tests.installation import Installation


@pytest.mark.parametrize("command", [("serve",), ("demo", "--small")])
def test_a_fresh_installation_serves_its_first_page(installed: Installation, command: tuple[str, ...]):
    with installed.serve(*command) as url, urllib.request.urlopen(url) as page:
        assert (page.status, page.headers["Content-Type"]) == (200, "text/html; charset=utf-8")


def test_the_demonstration_says_where_it_is_and_three_things_to_try(installed: Installation):
    with installed.serve("demo", "--small", LC_ALL="C.UTF-8"):
        said = installed.home.with_suffix(".log").read_text().splitlines()
    assert said[0] == f"The demonstration community is open: {installed.url}"
    assert [line[:2] for line in said if line[:1].isdigit()] == ["1.", "2.", "3."]
