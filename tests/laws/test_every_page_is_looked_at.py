"""No page is left out of the table that the screenshots and the tests in a browser go through."""

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from entregent.common import ids
from entregent.web import urls
from tests.journeys import pages

#: Something to stand in an address, by the kind of its part.
SOMETHING = {"UUIDConverter": ids.new(), "SlugConverter": "nothing", "StringConverter": "nothing"}

#: How addresses of files for calendars, contacts, feed readers and scripts end, which are no pages.
FILES = (".ics", ".vcf", ".atom", ".js", ".json")
ADDRESSES = {pattern.name: pattern for pattern in urls.urlpatterns if isinstance(pattern, URLPattern)}


def answers_get(pattern: URLPattern) -> bool:
    kept = {name: SOMETHING[type(kind).__name__] for name, kind in pattern.pattern.converters.items()}
    return Client().get(reverse(str(pattern.name), kwargs=kept)).status_code != 405


def shown() -> set[str]:
    """The addresses that answer GET with a page, each by its first name."""
    first = {str(pattern.pattern): name for name, pattern in reversed(ADDRESSES.items())}
    return {str(name) for path, name in first.items() if answers_get(ADDRESSES[name]) and not path.endswith(FILES)}


@pytest.mark.django_db
def test_every_address_that_answers_with_a_page_is_looked_at():
    named = {name for look in pages.LOOKS for name in (look.url, look.leads_to)} - {""}
    assert shown() == {name for name in named if answers_get(ADDRESSES[name])}


def test_every_look_has_a_name_of_its_own():
    names = [look.name for look in pages.LOOKS]
    assert sorted(names) == sorted(set(names))
