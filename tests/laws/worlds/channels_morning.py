"""Channels by which the morning after would tell what is hidden: what others promised, whom others noted."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from entregent.discretion.viewer import Viewer
from entregent.encounters import followups
from entregent.encounters.followups import SAID, Promise
from entregent.encounters.models import Encounter, FollowUp
from entregent.encounters.queries import Entry
from tests.laws.worlds.channels import channel, put


@channel("what others promised oneself, among what one promised", "promise", "tonight", "book", "follow_up")
def promised_to_me() -> Iterator[None]:
    real = followups.due

    def due(viewer: Viewer, today: date) -> list[Promise]:
        others = FollowUp.ledger.filter(contact__person=viewer.person).exclude(owner=viewer.person).order_by("pk")
        return [*real(viewer, today), *(Promise(*row) for row in others.values_list(*SAID))]

    with put(followups, "due", due):
        yield


@channel("that somebody noted oneself at an evening, among whom one noted", "encounter contact", "room_morning")
def noted_by_others() -> Iterator[None]:
    real = followups.met_at

    def met_at(viewer: Viewer, code: str) -> list[Entry]:
        found, me = real(viewer, code), viewer.person
        others = Encounter.ledger.filter(meetup__code=code.upper(), contact__person=me).exclude(owner=me)
        told = [Entry(one.uid, "Somebody", "", None, (), "") for one in others.order_by("pk")] if me else []
        return [*found, *(replace(one, note="noted you") for one in told)]

    with put(followups, "met_at", met_at):
        yield
