"""Writes about going out of a community: whoever does organises none of its evenings that are not over any more.

`communities` says who belongs, and knows no evening: this is how doors have somebody leave, or take somebody out.
"""

from uuid import UUID

from django.db import transaction

from entregent.communities import actions as communities
from entregent.discretion.viewer import Viewer
from entregent.meetups import organising


@transaction.atomic
def leave(actor: Viewer, *, slug: str) -> None:
    """Belong no longer, from this moment on, as `communities.leave` says."""
    out = communities.leave(actor, slug=slug)
    organising.hand_on(out.community, out.person)


@transaction.atomic
def remove(actor: Viewer, *, slug: str, person: UUID) -> None:
    """Take somebody out of a community, from this moment on. For stewards."""
    out = communities.remove(actor, slug=slug, person=person)
    organising.hand_on(out.community, out.person)


@transaction.atomic
def remove_named(actor: Viewer, *, report: UUID) -> str:
    """Take whom a report names out of the community, shown or hidden; the slug. For the stewards who hear it."""
    out = communities.remove_named(actor, report=report)
    organising.hand_on(out.community, out.person)
    return out.slug


@transaction.atomic
def expel(*, community: int, person: int) -> None:
    """Take somebody out of a community, as the operator's word does. Raises `Refused` for the only steward."""
    out = communities.expel(community=community, person=person)
    organising.hand_on(out.community, out.person)
