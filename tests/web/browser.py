"""A browser of somebody in the cast, for tests of pages: Django's test client, signed in by the account."""

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from entregent.discretion.viewer import Viewer
from entregent.people import queries as people


def of(viewer: Viewer) -> Client:
    """The browser of a member who is signed in."""
    client = Client()
    account = people.account_of(person=viewer.me)
    client.force_login(get_user_model().objects.get(pk=str(account)))
    return client


def rows(asked: CaptureQueriesContext, words: str) -> int:
    """How many rows those of some statements read, asked once more, that hold these words."""
    with connection.cursor() as cursor:
        read = 0
        for one in asked.captured_queries:
            if words in one["sql"]:
                cursor.execute(one["sql"])
                read += len(cursor.fetchall())
    return read
