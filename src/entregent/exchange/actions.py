"""What a person can do with all that is theirs: hand it over to an account, claim it, have it forgotten."""

from uuid import UUID

from django.db import transaction
from django.db.models import F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from entregent.circles import actions as circles
from entregent.common import clock, errors
from entregent.communities import actions as communities
from entregent.communities.models import Claim, Community, Membership
from entregent.discretion import actions as discretion
from entregent.discretion.viewer import Viewer
from entregent.encounters import adoptions as encounters
from entregent.exchange import erasing, queries
from entregent.exchange.models import Origin
from entregent.exchange.origins import MEMBER
from entregent.meetups import actions as meetups
from entregent.people import actions as people
from entregent.people.models import Account, Person
from entregent.profiles import actions as profiles
from entregent.profiles import queries as cards


@transaction.atomic
def take_account(actor: Viewer, *, account: UUID) -> int:
    """Give what the actor did without account to the person of a proven account; the key of that person.

    That is the actor, unless the account had its person before: then the actor is forgotten. What somebody without
    account can have is here: answers, presences, what they chose, asked of pictures, organise; their book.
    """
    guest = actor.me
    person = Viewer(person=people.attach(person=guest, account=account))
    communities.hold(people=[guest, person.me])
    encounters.adopt(guest=guest, person=person.me)
    name = meetups.adopt(guest=guest, person=person.me)
    if name and cards.me(person).name is None:
        profiles.call_me(person, text=name, audience=None)
    if person != actor:
        _leave_to(guest, person.me)
    return person.me


@transaction.atomic
def take_imported(actor: Viewer) -> None:
    """Give the actor what was imported under the address that they sign in with, and a place where it was."""
    address = Account.objects.values_list("email", flat=True).get(
        pk__in=Person.objects.filter(pk=actor.me).values("account")
    )
    came = Origin.objects.filter(kind=MEMBER, address=address.lower()).values("about")
    found = list(Person.objects.select_for_update().filter(uid__in=came, account=None).order_by("pk"))
    communities.hold(people=[actor.me, *(imported.pk for imported in found)])
    for imported in found:
        for place in Membership.objects.filter(person=imported).values_list("community", flat=True):
            communities.enrol(community=place, people=[actor.me])
        _merge(imported, actor.me)


@transaction.atomic
def claim(actor: Viewer, *, person: UUID) -> None:
    """Tell the stewards that the actor is somebody imported, whom they see. Raises `NotFound` for anybody else."""
    found = queries.unclaimed(actor, person)
    if found is None:
        raise errors.NotFound
    said = {
        "community": Community.objects.get(uid=found.community),
        "audience_id": circles.circle(kind="stewards", about=found.community),
    }
    Claim.ledger.get_or_create(owner_id=actor.me, person_id=found.person, defaults=said)


@transaction.atomic
def withdraw_claim(actor: Viewer, *, person: UUID) -> None:
    """Say no longer that one is somebody."""
    Claim.ledger.filter(owner=actor.me, person__uid=person).delete()


@transaction.atomic
def accept_claim(actor: Viewer, *, claim: UUID) -> str:
    """Have the worker make what was imported the claimant's own; the slug. For stewards, and never for oneself.

    The request does not do it: what the claimant answered, and who waits for a seat, is not to be told by its cost.
    """
    asking = _claim(actor, claim)
    Claim.ledger.filter(pk=asking.pk).update(accepted_at=clock.now(), changed_at=F("changed_at"))
    return _slug(asking)


@transaction.atomic
def give_claimed(*, claim: int) -> bool:
    """Make what a steward agreed to so; whether it still stood."""
    agreed = Claim.ledger.filter(pk=claim).exclude(accepted_at=None)
    asking = agreed.first()
    if asking is None:
        return False
    imported = Person.objects.select_for_update().filter(pk=asking.person_id, account=None).first()
    if imported is None:
        return False
    # The claim is taken hold of last, as where somebody is forgotten: neither waits for the other.
    communities.hold(people=[imported.pk, asking.owner_id])
    if agreed.select_for_update().first() is None:
        return False
    _merge(imported, asking.owner_id)
    return True


@transaction.atomic
def decline_claim(actor: Viewer, *, claim: UUID) -> str:
    """Leave it as it is; the slug. The claimant is not told. For stewards, and never for oneself."""
    asking = _claim(actor, claim)
    # Its owner reads this row too, and is not to learn when it was decided.
    Claim.ledger.filter(pk=asking.pk).update(declined_at=clock.now(), changed_at=F("changed_at"))
    return _slug(asking)


def erase_me(actor: Viewer) -> None:
    """Forget the actor for good, account included. There is no way back."""
    erasing.erase(actor.me)


def _claim(actor: Viewer, claim: UUID) -> Claim:
    """A claim that is on the actor's table, as `queries.claims` lists them."""
    members = Membership.objects.filter(community=OuterRef("community")).values("person")
    pending = Q(owner=actor.me) | Q(declined_at=None, accepted_at=None, owner__in=members)
    asking: Claim | None = Claim.objects.visible_to(actor).filter(pending, uid=claim).first()
    named = {asking.owner_id, asking.person_id} if asking else set()
    shown = cards.cards(actor, named).keys() == named
    if asking is not None and asking.owner_id == actor.me:
        raise errors.Refused(_("Another steward decides on what you claim."))
    if asking is None or not shown:
        raise errors.NotFound
    return asking


def _slug(asking: Claim) -> str:
    return Community.objects.values_list("slug", flat=True).get(pk=asking.community_id)


def _merge(imported: Person, person: int) -> None:
    """Give all that was imported to a person; its origin leads to them, so that importing again changes nothing."""
    uid = Person.objects.values_list("uid", flat=True).get(pk=person)
    communities.hold(people=[imported.pk, person])
    meetups.adopt(guest=imported.pk, person=person)
    Origin.objects.filter(about=imported.uid).update(about=uid, address="", merged=True)
    _leave_to(imported.pk, person)


def _leave_to(person: int, heir: int) -> None:
    """Forget somebody who turned out to be another: whoever kept away from them, or reported them, means the other."""
    discretion.adopt(person=person, heir=heir)
    communities.adopt(person=person, heir=heir)
    erasing.erase(person)
