"""What a role sees of one's own facts: the real policy, asked for somebody imagined."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from entregent.discretion import queries as discretion
from entregent.discretion.queries import Explanation
from entregent.discretion.viewer import Viewer
from entregent.web import seen_words
from entregent.web.labels import Audience
from entregent.web.seen_own import Thing
from entregent.web.seen_roles import Role


@dataclass(frozen=True, slots=True)
class Sight:
    """What is told to a role: of each fact, of the name, and which audiences of evenings it is in."""

    role: Role
    told: Mapping[UUID, Explanation]
    named: bool
    evenings: Collection[int]

    def verdict(self, thing: Thing, audience: Audience) -> tuple[bool, str]:
        """Whether the role sees something, and the reason that decides it."""
        if thing.unseen:
            # For whom the evening is, and where it stands, is not to be read from what a role is told.
            return False, _("They do not see this evening.")
        told = self.told.get(thing.uid) if thing.uid else None
        if told is None:
            return False, str(seen_words.WITHOUT[audience.kind])
        if not told.seen:
            return False, seen_words.why_not(thing, audience, told.conditions, self.role)
        if thing.evening and thing.evening.audience not in self.evenings:
            return False, _("They do not see this evening.")
        if thing.kind in seen_words.UNDER_THE_NAME and not self.named:
            return False, _("It goes with your name, which they do not see.")
        return True, seen_words.why_seen(thing, audience, told.conditions)


def sight(viewer: Viewer, role: Role, things: Iterable[Thing]) -> Sight:
    """What `role` is told of the viewer's `things`: one statement for each kind of fact that others may see."""
    shared: dict[str, dict[UUID, Thing]] = {}
    for thing in things:
        if thing.uid and thing.circle:
            shared.setdefault(thing.kind, {})[thing.uid] = thing
    told = {kind: discretion.explain(viewer, kind, known, role.viewer) for kind, known in shared.items()}
    evenings = [thing.evening for known in shared.values() for thing in known.values() if thing.evening]
    return Sight(
        role=role,
        told={uid: one for found in told.values() for uid, one in found.items()},
        named=any(one.seen for one in told.get("profiles.Name", {}).values()),
        evenings=discretion.among(role.viewer, {at.audience for at in evenings if at.audience}),
    )
