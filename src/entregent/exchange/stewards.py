"""What the operator alone can do for a community: have somebody look after it, as after importing its history."""

from django.utils.translation import gettext as _

from entregent.common import errors
from entregent.communities import actions as communities
from entregent.exchange import origins
from entregent.people import queries as people


def appoint(name: str, *, community: str) -> None:
    """Have the person whom the operator calls `name` look after a community, and be in it.

    Raises `NotFound` where there is no such person or community, `Refused` for a person who cannot sign in.
    """
    person, found = origins.person(name), origins.community_called(community)
    if found is None:
        raise errors.NotFound(_("No community here is called %s.") % community)
    if people.account_of(person=person) is None:
        raise errors.Refused(_("%s has no account: whoever looks after a community signs in first.") % name)
    communities.entrust(community=found.pk, person=person)
