"""What a steward may know of others by looking after a community: D6 of the closed list in `docs/discretion.md`."""

from django.db.models import F, Q

from entregent.discretion import policy
from entregent.discretion.viewer import Viewer


class _OfTheNamed(policy.Condition):
    """A condition of the policy, over whom a report names in the place of who makes it."""

    def __init__(self, viewer: Viewer, term: str) -> None:
        super().__init__(viewer, term)
        self.columns[0] = F("person")


def hears(viewer: Viewer) -> Q:
    """D6: what was reported, though it says something of somebody else.

    Never for whoever stands before the shield of the one whom it names, or is blocked by them; and nobody hears
    as a steward what they reported themselves.
    """
    kept = (_OfTheNamed(viewer, term) for term in ("blocked", "shielded_person", "shielded_circle"))
    return ~Q(owner=viewer.person) & ~Q(next(kept)) & ~Q(next(kept)) & ~Q(next(kept))
