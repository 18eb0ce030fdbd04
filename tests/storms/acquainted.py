"""A program: Bob and Charlie in a community of this installation; prints Bob's session and Charlie's public id."""

import sys

import django


def acquainted() -> tuple[str, str]:
    """The key of a session of Bob's, and who Charlie is to him."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    from entregent.communities import actions as communities
    from entregent.communities import queries as community_of
    from entregent.people import queries as people
    from entregent.profiles import actions as profiles
    from tests.cast import member

    bob, charlie = member("bob"), member("charlie")
    slug = communities.found(bob, name="Les gens du web", entry="open")
    communities.join(charlie, slug=slug)
    profiles.call_me(charlie, text="Charlie Grondin", audience=community_of.community(bob, slug).members_circle)
    browser = Client()
    browser.force_login(get_user_model().objects.get(pk=str(people.account_of(person=bob.me))))
    return browser.cookies["sessionid"].value, str(people.uid_of(person=charlie.me))


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(" ".join(acquainted()))
