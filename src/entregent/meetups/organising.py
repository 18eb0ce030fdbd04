"""Who organises an evening besides whoever announced it. Wants the evening's row locked, as `seats` does."""

from collections.abc import Collection, Mapping

from django.db.models import BigIntegerField, Case, Exists, F, OuterRef, Q, Value, When

from entregent.circles import actions as circles
from entregent.circles.models import Circle
from entregent.common import clock, ids
from entregent.communities import actions as stewards
from entregent.communities.models import Membership
from entregent.meetups import heirs, joints, seats
from entregent.meetups.models import Admission, Joint, Meetup, Organising
from entregent.search import actions as search


def people(meetup: Meetup) -> set[int]:
    """The keys of those who organise an evening: whoever announced it, and the others."""
    return {meetup.owner_id, *Organising.ledger.filter(meetup=meetup).values_list("owner", flat=True)}


def admit(meetup: Meetup, person: int) -> None:
    """Have somebody organise an evening, too: no report of it comes to them. Doing it twice changes nothing."""
    Organising.ledger.update_or_create(
        meetup_id=meetup.pk, owner_id=person, defaults={"audience_id": meetup.audience_id}
    )
    circles.admit(circles=[seats.circle(meetup, "organisers")], person=person)
    stewards.keep_from(person=person, about=meetup.uid)


def dismiss(meetup: Meetup, person: int) -> None:
    """Have somebody organise an evening no longer; whoever announced it stays."""
    Organising.ledger.filter(meetup=meetup, owner=person).delete()
    gone: Collection[int] = [] if person == meetup.owner_id else [seats.circle(meetup, "organisers")]
    circles.dismiss(circles=gone, person=person)


def keep_alone(meetup: Meetup) -> None:
    """Have nobody organise an evening but whoever announced it: as many statements, however many did."""
    Organising.ledger.filter(meetup=meetup).delete()
    circles.keep(kind="organisers", about=meetup.uid, people=lambda: {meetup.owner_id: None})


def hand_on(community: int, person: int) -> None:
    """Have somebody who is no longer of a community organise none of its evenings that are not over.

    What they announced goes to one of `heirs`, and stays theirs where there is none; of what others announced and that
    stands in it as well, they help with nothing. As much is asked whatever they
    organise: whoever takes them out may not see all of it.
    """
    evenings = _not_over(community, person)
    heir = heirs.of_all([one.pk for one in evenings if one.owner_id == person], community, person)
    left = {one.uid: one.pk for one in evenings if one.owner_id != person or one.pk in heir}
    kept = Circle.objects.filter(kind="organisers", about__in={ids.NO_UID, *left}).values_list("pk", flat=True)
    Organising.ledger.filter(owner=person, meetup__in={ids.NO_KEY, *left.values()}).delete()
    circles.dismiss(circles=list(kept), person=person)
    entrust(heir, community)


def _not_over(community: int, person: int) -> list[Meetup]:
    """The evenings of a community that somebody organises and that are not over, each row locked."""
    helping = Q(pk__in=Organising.ledger.filter(owner=person).values("meetup"))
    also = Q(pk__in=Joint.ledger.filter(community=community).values("meetup"))
    mine = Q(community=community) & (Q(owner=person) | helping) | also & helping
    rows = Meetup.ledger.select_for_update().filter(mine, ends_at__gt=clock.now())
    return list(rows.order_by("pk"))


def entrust(heir: Mapping[int, int], community: int) -> None:
    """Give evenings of a community, by key, to whoever announces them from now on; each stands there alone then.

    As much is asked whatever evenings these are, also for none. Whom somebody let in stays let in by them.
    """
    about = dict(Meetup.ledger.filter(pk__in={ids.NO_KEY, *heir}).values_list("pk", "uid"))
    cases = [When(pk=meetup, then=Value(person)) for meetup, person in heir.items()]
    owner = Case(*cases, default=F("owner"), output_field=BigIntegerField())
    Meetup.ledger.filter(pk__in={ids.NO_KEY, *heir}).update(owner=owner)
    Organising.ledger.filter(meetup__in={ids.NO_KEY, *heir}, owner=F("meetup__owner")).delete()
    circles.admit_each(kind="organisers", people={about[meetup]: person for meetup, person in heir.items()})
    search.hand_over(owners={about[meetup]: person for meetup, person in heir.items()})
    joints.end(about, community)
    dismiss_strangers(about)


def dismiss_strangers(meetups: Collection[int]) -> None:
    """Have nobody help with evenings (keys) who is in none of their communities: what is over stays whose it was.

    As much is asked whoever helps: whoever takes an evening off a community may not see all of them.
    """
    own = Membership.objects.filter(person=OuterRef("owner"), community=OuterRef("meetup__community"))
    theirs = Membership.objects.filter(person=OuterRef(OuterRef("owner"))).values("community")
    further = Joint.ledger.filter(meetup=OuterRef("meetup"), community__in=theirs)
    strangers = Organising.ledger.filter(~Exists(own), ~Exists(further), meetup__in={ids.NO_KEY, *meetups})
    helping = strangers.filter(meetup__ends_at__gt=clock.now())
    gone = list(helping.values_list("pk", "meetup__uid", "owner"))
    Organising.ledger.filter(pk__in={ids.NO_KEY, *(key for key, *_rest in gone)}).delete()
    circles.dismiss_each(kind="organisers", people={(about, person) for _key, about, person in gone})


def follow(meetup: Meetup) -> None:
    """Let those see who organises an evening who see the evening."""
    Organising.ledger.filter(meetup=meetup).update(audience_id=meetup.audience_id)


def leave(person: int) -> None:
    """Have somebody organise nothing any more but what they announced; whom they let in elsewhere stays let in."""
    rows = Meetup.ledger.select_for_update().order_by("pk")
    for meetup in rows.filter(pk__in=Organising.ledger.filter(owner=person).values("meetup")):
        dismiss(meetup, person)
    admitted = Admission.ledger.filter(owner=person)
    for meetup in rows.filter(pk__in=admitted.values("meetup")).exclude(owner=person):
        admitted.filter(meetup=meetup).update(owner=meetup.owner_id)
