"""A form with thousands of people to tick is taken, whether a page shows them all or not."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from entregent.encounters import queries
from entregent.exchange.contacts import reading
from tests.exchange import books
from tests.web import browser

pytestmark = pytest.mark.django_db


def test_two_thousand_that_are_ticked_come_in(bob, community):
    bobs = browser.of(bob)
    cards = books.cards(2_001).encode()
    file = SimpleUploadedFile("contacts.vcf", cards)
    address = bobs.post(reverse("contact_bring"), {"file": file})["Location"]
    lines = [one.line for one in reading.read(cards).said][:2_000]
    assert bobs.post(address, {"what": "ticked", "who": lines}).status_code == 302
    assert queries.size(bob) == 2_000
