"""The log names no secret of an address."""

import io
import logging
import re

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

from entregent.config.logs import NoSecrets

#: What an address calls a secret that it carries.
SECRETS = {"key", "together", "recalled"}


@pytest.fixture
def told():
    """What the log of this server says, in the place of the error stream."""
    [handler] = [one for one in logging.getLogger().handlers if isinstance(one, logging.StreamHandler) and one.filters]
    stream = io.StringIO()
    before = handler.setStream(stream)
    yield stream
    handler.setStream(before)


def test_a_secret_link_that_is_refused_is_not_written_down(db, told):
    statuses = [Client().get(address).status_code for address in ("/r/s3cret/rendre/", "/rejoindre/s3cret/", "/no/")]
    assert (statuses, told.getvalue().splitlines()) == (
        [405, 404, 404],
        ["Method Not Allowed (GET): /r/.../rendre/", "Not Found: /rejoindre/.../", "Not Found: /no/"],
    )


def carriers() -> list[URLPattern]:
    """The patterns whose addresses carry a secret."""
    ours = [one for one in get_resolver().url_patterns if isinstance(one, URLPattern)]
    return [one for one in ours if SECRETS & one.pattern.converters.keys()]


@pytest.mark.parametrize("pattern", carriers(), ids=lambda one: one.name)
def test_no_address_with_a_secret_is_written_down_with_it(pattern):
    values = {name: "s3cret" if name in SECRETS else "other" for name in pattern.pattern.converters}
    address = re.sub(r"<\w+:(\w+)>", lambda named: values[named[1]], str(pattern.pattern))
    told = logging.LogRecord("x", logging.WARNING, "", 0, "%s: %s", ("Not Found", f"/{address}?a=b"), None)
    NoSecrets().filter(told)
    assert told.getMessage() == f"Not Found: /{address.replace('s3cret', '...')}?a=b"


def test_every_kind_of_secret_is_carried_by_some_address():
    assert {name for one in carriers() for name in SECRETS & one.pattern.converters.keys()} == SECRETS
