"""Writes about communities: founding one, getting in and out, looking after it."""

from collections.abc import Collection
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from entregent.circles import actions as circles
from entregent.common import chance, clock, errors, wording
from entregent.communities import declassified, founding, hearings, memberships
from entregent.communities.memberships import Out
from entregent.communities.models import Claim, Community, Departure, Entry, Membership, Report, Request
from entregent.communities.queries import MY_COMMUNITIES
from entregent.discretion.viewer import Viewer
from entregent.people import actions as people_kept
from entregent.people import queries as who

MEMBER, STEWARD = Membership.Role.MEMBER, Membership.Role.STEWARD
#: How long what somebody reports may be, in characters.
REPORTED = 2000


@transaction.atomic
def found(
    actor: Viewer,
    *,
    name: str,
    town: str = "",
    words: str = "",
    conduct: str = "",
    entry: str = Entry.LINK,
    zone: str = "",
    slug: str | None = None,
    once: UUID | None = None,
) -> str:
    """The slug of a new community, which the actor belongs to and looks after. Raises `Invalid`.

    `once` is the public id that a door gives it, the same however often a form is sent.
    """
    if once is not None and (founded := _founded(actor, once)):
        return founded
    steward = actor.me
    community = Community(zone=settings.HOME_ZONE)
    community.uid = once or community.uid
    said = {"name": name, "town": town, "words": words, "conduct": conduct, "entry": entry}
    founding.say(community, {**said, "zone": zone or settings.HOME_ZONE})
    founding.begin(community, slug or name)
    _admit(community, steward, STEWARD)
    return community.slug


@transaction.atomic
def edit(
    actor: Viewer,
    *,
    slug: str,
    name: str | None = None,
    town: str | None = None,
    words: str | None = None,
    conduct: str | None = None,
    entry: str | None = None,
    zone: str | None = None,
) -> None:
    """Change what a community says of itself, and how one gets in. For its stewards."""
    fields = {"name": name, "town": town, "words": words, "conduct": conduct, "entry": entry, "zone": zone}
    community = _looked_after(actor, slug)
    founding.say(community, {field: value for field, value in fields.items() if value is not None})
    community.save()


@transaction.atomic
def renew_invite(actor: Viewer, *, slug: str) -> str:
    """The code of a new invitation link; the old one leads nowhere from now on. For stewards."""
    community = _looked_after(actor, slug)
    community.invite = chance.code()
    community.save(update_fields=["invite"])
    return community.invite


@transaction.atomic
def join(actor: Viewer, *, slug: str, invite: str = "", name: str = "", words: str = "") -> Literal["in", "asked"]:
    """Get into a community that is open, or into one whose invitation link was followed; else ask.

    Raises `Refused` where only the link lets in and `invite` is not its code.
    """
    person, community = actor.me, _locked(slug)
    outside = not memberships.belongs(community, person)
    if outside and community.entry == Entry.APPROVED:
        return _ask(community, person, name=name, words=words)
    if outside and community.entry == Entry.LINK and invite.upper() != community.invite:
        raise errors.Refused(_("One gets into this community by its invitation link: ask somebody who is in."))
    _admit(community, person, MEMBER)
    return "in"


@transaction.atomic
def approve(actor: Viewer, *, request: UUID) -> str:
    """Let in somebody who asked; the slug of the community. For stewards."""
    asking = _request(actor, request)
    community = Community.objects.get(pk=asking.community_id)
    _admit(community, asking.owner_id, MEMBER)
    return community.slug


@transaction.atomic
def decline(actor: Viewer, *, request: UUID) -> str:
    """Leave somebody who asked outside; the slug. They are not told, and may ask again. For stewards."""
    asking = _request(actor, request)
    asking.delete()
    return Community.objects.values_list("slug", flat=True).get(pk=asking.community_id)


@transaction.atomic
def withdraw_request(actor: Viewer, *, slug: str) -> None:
    """Ask no longer to be let in."""
    Request.ledger.filter(owner=actor.me, community__slug=slug).delete()


@transaction.atomic
def leave(actor: Viewer, *, slug: str) -> Out:
    """Belong no longer, from this moment on. Where no steward is left, the eldest with an account becomes one.

    Doors go by `meetups.departures`, here and wherever somebody is taken out: evenings that they organise are in it.
    """
    return memberships.go(_locked(slug), actor.me)


@transaction.atomic
def remove(actor: Viewer, *, slug: str, person: UUID) -> Out:
    """Take somebody out of a community, from this moment on. For stewards, who leave it where that is themselves."""
    community = _looked_after(actor, slug)
    member = memberships.member(community, person)
    return memberships.go(community, member) if member == actor.me else memberships.see_off(community, member)


@transaction.atomic
def appoint(actor: Viewer, *, slug: str, person: UUID) -> None:
    """Make a member a steward as well. For stewards. Raises `Refused` for somebody who cannot sign in."""
    community = _looked_after(actor, slug)
    member = memberships.member(community, person)
    if who.account_of(person=member) is None:
        raise errors.Refused(_("This person has no account: whoever looks after a community signs in first."))
    _admit(community, member, STEWARD)


@transaction.atomic
def report(actor: Viewer, *, slug: str, kind: str, about: UUID, called: str, person: int, words: str) -> None:
    """Tell the stewards of a community what happened; said again of the same thing, it takes the place of the first.

    For the parts that know what it is about (`kind` is `person` or `evening`, `about` its public id), which the actor
    sees and calls `called`; `person` is the key of whom it names, who does not hear it. Raises `Invalid`, `Refused`.
    """
    community, shown = _locked(slug), wording.lines(words)[:REPORTED]
    if person == actor.me:
        raise errors.Refused(_("This is about yourself."))
    if not shown:
        raise errors.Invalid("words", _("Say what happened, in a few words."))
    said = {"community": community, "kind": kind, "called": called, "person_id": person, "words": shown}
    kept, _new = Report.ledger.update_or_create(
        owner_id=actor.me, about=about, defaults={**said, "said_at": clock.now(), "seen_to_at": None}
    )
    Report.ledger.filter(pk=kept.pk).update(audience=hearings.keep(kept))


@transaction.atomic
def keep_from(*, person: int, about: UUID) -> None:
    """Have somebody hear no report about a thing that concerns them; for the parts that know what it is."""
    hearings.keep_from(person, about)


@transaction.atomic
def withdraw_report(actor: Viewer, *, report: UUID) -> None:
    """Take back what the actor reported. Raises `NotFound` for what somebody else did."""
    if not Report.ledger.filter(owner=actor.me, uid=report).delete()[0]:
        raise errors.NotFound
    hearings.close([report])


@transaction.atomic
def see_to(actor: Viewer, *, report: UUID) -> str:
    """Take a report off the table: it was seen to; the slug of the community. For the stewards who hear it."""
    return _settle(actor, report, seen_to_at=clock.now())


@transaction.atomic
def reopen(actor: Viewer, *, report: UUID) -> str:
    """Put a report back on the table; the slug. For the stewards who hear it."""
    return _settle(actor, report, seen_to_at=None)


@transaction.atomic
def remove_named(actor: Viewer, *, report: UUID) -> Out:
    """Take whom a report names out of the community, shown or hidden. For the stewards who hear it."""
    heard = _heard(actor, report)
    community = _by_key(heard.community_id)
    if heard.person_id is None:
        raise errors.NotFound  # they are gone, and nobody hears it any more
    return memberships.see_off(community, heard.person_id)


@transaction.atomic
def stays(actor: Viewer, *, community: int) -> bool:
    """Whether the actor belongs to a community (by key), and will until the transaction ends: nobody goes meanwhile."""
    return memberships.belongs(_by_key(community), actor.me)


@transaction.atomic
def hold(*, people: Collection[int]) -> None:
    """Lock the communities in which people are, by key: before any evening, as whoever leaves or is taken out does.

    Until the transaction ends nobody comes in there, or goes. In the order in which whoever locks several does.
    """
    theirs = Membership.objects.filter(person__in=people).values("community")
    list(Community.objects.select_for_update().filter(pk__in=theirs).order_by("pk"))


@transaction.atomic
def around(actor: Viewer) -> int:
    """The key of the circle of all who are in one of the actor's communities: it follows the actor in and out."""
    return memberships.keep_around(actor.me)


@transaction.atomic
def enrol(*, community: int, people: Collection[int]) -> None:
    """Put many into a community at once, as an import does: whoever is in stays as they are, whoever went stays out.

    No steward changes, and so nothing that was reported: as much is asked whatever that is.
    """
    memberships.enrol(_by_key(community), people)


@transaction.atomic
def entrust(*, community: int, person: int) -> None:
    """Have somebody look after a community, in which they then are as well. Doing it twice changes nothing."""
    _admit(_by_key(community), person, STEWARD)


@transaction.atomic
def expel(*, community: int, person: int) -> Out:
    """Take somebody out of a community, as the operator's word does. Raises `Refused` for the only steward."""
    place = _by_key(community)
    memberships.keep_a_steward(place, person)
    return memberships.see_off(place, person)


@transaction.atomic
def keep_circles(*, community: int) -> None:
    """Make the circles of members and stewards hold what memberships say. Doing it twice changes nothing."""
    uid = _by_key(community).uid
    roles = dict(Membership.objects.filter(community=community).values_list("person", "role"))
    circles.keep(kind="members", about=uid, people=lambda: dict.fromkeys(roles))
    stewards = [person for person, role in roles.items() if role == STEWARD]
    circles.keep(kind="stewards", about=uid, people=lambda: dict.fromkeys(stewards))
    hearings.keep_all(community)


@transaction.atomic
def settle(*, report: int, seen_to_at: datetime | None) -> None:
    """Take a report off the table, or put it back on, for whoever knows that they may."""
    # Its owner reads this row too, and is not to learn when it was seen to.
    Report.ledger.filter(pk=report).update(seen_to_at=seen_to_at, changed_at=F("changed_at"))


@transaction.atomic
def keep_hearing(*, report: int) -> None:
    """Make the circle of those who hear a report hold whom memberships say. Doing it twice changes nothing."""
    told = Report.ledger.get(pk=report)
    _by_key(told.community_id)
    hearings.keep(told)


@transaction.atomic
def adopt(*, person: int, heir: int) -> None:
    """Have what was reported of somebody name the person who they turn out to be, who looks after what they did."""
    hearings.adopt(person, heir)
    memberships.adopt(person, heir)


@transaction.atomic
def erase(person: int) -> None:
    """Forget where a person belonged; a community that loses its last steward is left to its eldest account."""
    Request.ledger.filter(owner=person).delete()
    Departure.objects.filter(person=person).delete()
    Claim.ledger.filter(Q(owner=person) | Q(person=person)).delete()
    hearings.forget(person)
    mine = list(Membership.objects.filter(person=person).values_list("community", flat=True))
    for community in Community.objects.select_for_update().filter(pk__in=mine).order_by("pk"):
        memberships.take_away(community, person)
    circles.close(kinds=[MY_COMMUNITIES], about=[who.uid_of(person=person)])


def _locked(slug: str) -> Community:
    community = Community.objects.select_for_update().filter(slug=slug).first()
    if community is None:
        raise errors.NotFound
    return community


def _by_key(community: int) -> Community:
    """A community with its row locked: until the transaction ends nobody else comes in, goes, or becomes a steward."""
    return Community.objects.select_for_update().get(pk=community)


def _looked_after(actor: Viewer, slug: str) -> Community:
    person, community = actor.me, _locked(slug)
    if not Membership.objects.filter(community=community, person=person, role=STEWARD).exists():
        raise errors.Refused(_("The stewards of this community do this."))
    return community


def _request(actor: Viewer, request: UUID) -> Request:
    asking: Request | None = Request.objects.visible_to(actor).filter(uid=request).first()
    if asking is None:
        raise errors.NotFound
    _looked_after(actor, Community.objects.values_list("slug", flat=True).get(pk=asking.community_id))
    # It may have been answered meanwhile, or taken back: nobody does either from here on.
    held: Request | None = Request.ledger.select_for_update().filter(pk=asking.pk).first()
    if held is None:
        raise errors.NotFound
    return held


def _heard(actor: Viewer, report: UUID) -> Report:
    heard: Report | None = Report.objects.visible_to(actor).filter(declassified.hears(actor), uid=report).first()
    if heard is None:
        raise errors.NotFound
    return heard


def _settle(actor: Viewer, report: UUID, *, seen_to_at: datetime | None) -> str:
    heard = _heard(actor, report)
    settle(report=heard.pk, seen_to_at=seen_to_at)
    return Community.objects.values_list("slug", flat=True).get(pk=heard.community_id)


def _admit(community: Community, person: int, role: str) -> None:
    memberships.admit(community, person, role)
    Request.ledger.filter(community=community, owner=person).delete()


def _ask(community: Community, person: int, *, name: str, words: str) -> Literal["asked"]:
    shown = wording.line(name)[:80]
    if not shown:
        raise errors.Invalid("name", _("Say who asks: a name that the stewards know."))
    stewards = memberships.circle(community, "stewards")
    said = {"name": shown, "words": wording.lines(words)[:300], "audience_id": stewards}
    Request.ledger.update_or_create(community=community, owner_id=person, defaults={**said, "changed_at": clock.now()})
    return "asked"


def _founded(actor: Viewer, once: UUID) -> str | None:
    people_kept.wait_turn(person=actor.me)
    return Community.objects.filter(uid=once).values_list("slug", flat=True).first()
