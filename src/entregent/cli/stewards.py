"""Has somebody look after a community, by the operator's word."""

from entregent.cli import database, show
from entregent.cli.language import _
from entregent.exchange import stewards


def appoint(who: str, community: str) -> None:
    """Appoint."""
    database.require()
    stewards.appoint(who, community=" ".join(community.split()))
    show.line(_("{who} looks after {community}.").format(who=who, community=community))
