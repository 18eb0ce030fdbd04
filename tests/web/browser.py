"""A browser of somebody in the cast, for tests of pages: Django's test client, signed in by the account."""

from django.contrib.auth import get_user_model
from django.test import Client

from entregent.discretion.viewer import Viewer
from entregent.people import queries as people


def of(viewer: Viewer) -> Client:
    """The browser of a member who is signed in."""
    client = Client()
    account = people.account_of(person=viewer.me)
    client.force_login(get_user_model().objects.get(pk=str(account)))
    return client
