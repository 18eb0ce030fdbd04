"""What a steward may know of others by looking after a community: D6 of the closed list in `docs/discretion.md`."""

from django.db.models import Q

from entregent.discretion import policy
from entregent.discretion.viewer import Viewer


def hears(viewer: Viewer) -> Q:
    """D6: what was reported, though it says something of somebody else.

    Never for whoever stands before the shield of the one whom it names, or is blocked by them; and nobody hears
    as a steward what they reported themselves.
    """
    return ~Q(owner=viewer.person) & ~Q(policy.kept_off(viewer, "person"))
