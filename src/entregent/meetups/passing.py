"""Evenings of somebody who goes: locked, left to an heir, or taken away; rows, for actions alone."""

from collections.abc import Collection

from entregent.circles import actions as circles
from entregent.common import ids
from entregent.meetups import heirs, joints, organising, pictures, series
from entregent.meetups.models import Admission, Export, Joint, Listed, Meetup, Organising, Picture, Presence, Rsvp
from entregent.search import actions as search

#: The kinds of circles about an evening, which go with it.
CIRCLES = ("going", "attended", "organisers", joints.INVITED)


def lock_all(person: int) -> None:
    """Lock the evenings that somebody organises or was part of, in the order in which whoever locks several does."""
    kinds = (Rsvp, Presence, Organising, Admission, Picture)
    keys = {key for kind in kinds for key in kind.ledger.filter(owner=person).values_list("meetup", flat=True)}
    keys.update(Meetup.ledger.filter(owner=person).values_list("pk", flat=True))
    list(Meetup.ledger.select_for_update().filter(pk__in={ids.NO_KEY, *keys}).order_by("pk"))


def answered(person: int) -> set[int]:
    """The keys of the evenings to which somebody answered, or at which they were."""
    answers = Rsvp.ledger.filter(owner=person).values_list("meetup", flat=True)
    return {*answers, *Presence.ledger.filter(owner=person).values_list("meetup", flat=True)}


def pass_on(meetup: Meetup, leaving: int) -> None:
    """Leave an evening to whoever organised it too, else to a steward, to a member, or to whoever was part of it.

    Where there was nobody, it goes. As much is asked either way: whoever it passes to may be hidden from who leaves.
    """
    found = heirs.of(meetup, leaving)
    entrust(meetup, leaving, found[0] if found else leaving)
    _forget([] if found else [meetup])


def entrust(meetup: Meetup, leaving: int, heir: int) -> None:
    """Leave an evening of somebody who goes to an heir, with whom they let in there."""
    Admission.ledger.filter(meetup=meetup, owner=leaving).update(owner=heir)
    organising.entrust({meetup.pk: heir}, meetup.community_id)


def _forget(meetups: Collection[Meetup]) -> None:
    """Take evenings away, with all that is about them: as many statements, also for none."""
    keys, about = {ids.NO_KEY, *(one.pk for one in meetups)}, {ids.NO_UID, *(one.uid for one in meetups)}
    search.drop_many(abouts=about)
    Export.objects.filter(about__in=about).delete()
    for kind in (Listed, Admission, Joint):
        kind.ledger.filter(meetup__in=keys).delete()
    pictures.go_with(meetups=keys)
    Meetup.ledger.filter(pk__in=keys).delete()
    circles.close(kinds=CIRCLES, about=about)
    series.close_empty(one.series_id for one in meetups)
