"""A program: an evening that begins in an hour, with a door, in the installation of its environment; prints what it is.

Zoé comes under her name, Kim and Lou come without it; Alice organises, and has two phones.
"""

import json
import sys
from datetime import timedelta
from typing import Any

import django


def opened() -> dict[str, Any]:
    """The code of the evening, the tickets, and sessions: two of Alice's, one of Zoé's; the link of Rose, her tickets.

    Rose has no account, and comes to another evening, too.
    """
    from entregent.common import clock
    from entregent.communities import actions as communities
    from entregent.communities import queries as community_of
    from entregent.discretion.viewer import Viewer
    from entregent.meetups import actions as meetups
    from entregent.meetups import queries
    from entregent.people import actions as people
    from entregent.profiles import actions as profiles

    cast = {
        name: Viewer(person=people.person_of(account=people.open_account(email=f"{name}@example.org")))
        for name in ("alice", "zoe", "kim", "lou")
    }
    community = communities.found(cast["alice"], name="Les gens du web", entry="open")
    starts_at = clock.now() + timedelta(hours=1)
    said: dict[str, Any] = {"title": "Apéro Web 47", "place": "Chez Zélie", "starts_at": starts_at}
    code = meetups.announce(cast["alice"], community=community, ends_at=starts_at + timedelta(hours=3), **said)
    for name, called, audience in (("zoe", "Zoé Técher", "going"), ("kim", "Kim Lebon", "me"), ("lou", "Lou", "me")):
        communities.join(cast[name], slug=community)
        profiles.call_me(cast[name], text=called, audience=community_of.community(cast[name], community).members_circle)
        meetups.answer(cast[name], code=code, audience=audience)
    later = {"starts_at": starts_at + timedelta(days=2), "ends_at": starts_at + timedelta(days=2, hours=3)}
    other = meetups.announce(cast["alice"], community=community, **{**said, **later})
    tickets = {name: queries.ticket(cast[name], code).code for name in ("zoe", "kim", "lou")}
    sessions = {phone: session(cast[phone.rstrip("2")]) for phone in ("alice", "alice2", "zoe")}
    return {
        "code": code,
        "tickets": tickets,
        "sessions": {**sessions, "rose": "none"},
        "rose": without_account(other, code),
    }


def without_account(*codes: str) -> dict[str, Any]:
    """Somebody who answers evenings by a secret link: that link, and the ticket of each."""
    from entregent.discretion.viewer import Viewer
    from entregent.meetups import actions as meetups
    from entregent.meetups import queries
    from entregent.people import queries as people

    link, rose = "", Viewer()
    for code in codes:
        link = meetups.answer_as_guest(rose, code=code, name="Rose").secret
        rose = Viewer(person=people.holder_of(secret=link))
    return {"link": link, "tickets": {code: queries.ticket(rose, code).code for code in codes}}


def session(viewer: Any) -> str:
    """The key of a new session of somebody, in French."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    from entregent.people import queries as people
    from entregent.web.middleware import LANGUAGE

    client = Client()
    client.force_login(get_user_model().objects.get(pk=str(people.account_of(person=viewer.me))))
    kept = client.session
    kept[LANGUAGE] = "fr"
    kept.save()
    return str(kept.session_key)


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(opened()))
