"""The log names no secret of an address."""

import io
import logging

import pytest
from django.test import Client


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
