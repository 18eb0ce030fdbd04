"""What a steward may know of others by looking after a community: D6 of the closed list in `docs/discretion.md`."""

from django.db.models import Q

from entregent.discretion import policy
from entregent.discretion.viewer import Viewer

#: What the policy reads of a report, with whom it names in the place of who makes it.
_OF_THE_NAMED = ("person", *policy.Columns._fields[1:])


def hears(viewer: Viewer) -> Q:
    """D6: what was reported, though it says something of somebody else.

    Never for whoever stands before the shield of the one whom it names, or is blocked by them; and nobody hears
    as a steward what they reported themselves.
    """
    terms = ("blocked", "shielded_person", "shielded_circle")
    kept = (policy.Condition(viewer, term, _OF_THE_NAMED) for term in terms)
    return ~Q(owner=viewer.person) & ~Q(next(kept)) & ~Q(next(kept)) & ~Q(next(kept))
