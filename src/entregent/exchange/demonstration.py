"""The demonstration community: opened once, through actions, with the clock of each act."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F

from entregent.common import clock
from entregent.communities.models import Community
from entregent.encounters import due as encounters
from entregent.exchange import script, told
from entregent.exchange.stage import Stage
from entregent.market import due as market
from entregent.meetups import due as meetups
from entregent.meetups.models import Meetup
from entregent.notices.models import Notice
from entregent.ties import due as ties


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody whom a visitor of the demonstration can be with one click: the operator's name for them, and theirs."""

    handle: str
    name: str
    headline: str


def roles() -> list[Role]:
    """Whom one click signs in, in the order of the page."""
    people = {person["handle"]: person for person in told.small()["people"]}
    return [Role(handle, people[handle]["name"], people[handle]["headline"]) for handle in told.small()["signs_in"]]


def is_open() -> bool:
    """Whether the demonstration community is here."""
    return Community.objects.filter(slug=_slug()).exists()


def next_evening() -> str:
    """The code of the demonstration's evening that begins next, or began last."""
    evenings = Meetup.ledger.filter(community__slug=_slug())
    coming = evenings.filter(starts_at__gt=clock.now()).order_by("starts_at")
    return str((coming.first() or evenings.latest("starts_at")).code)


@transaction.atomic
def open_on(on: date, data: told.Data | None = None) -> bool:
    """Open the demonstration as it is on the day `on`, where it is not here yet; whether it was opened now.

    `data` is what is told: `told.small()` unless given, or `told.full()`.
    """
    if is_open():
        return False
    stage = Stage(data or told.small(), on)
    script.write(stage)
    stage.play()
    _let_time_pass(stage)
    return True


def _let_time_pass(stage: Stage) -> None:
    """What the worker would have done up to the day of the demonstration."""
    now = stage.moment(stage.on)
    with clock.at(now):
        market.clear_former_staff(now)
        meetups.refresh_bands(now)
        encounters.remind(now)
    ties.rebuild(clock.now())
    Notice.objects.filter(sent_at=None, due_at__lte=now).update(sent_at=F("due_at"))


def _slug() -> str:
    return str(told.small()["communities"][0]["slug"])
