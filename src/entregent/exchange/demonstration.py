"""The demonstration community: opened once, through actions, with the clock of each act."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import F

from entregent.common import clock
from entregent.communities.models import Community
from entregent.exchange import script
from entregent.exchange.stage import Stage
from entregent.market import due as market
from entregent.meetups import due as meetups
from entregent.meetups.models import Meetup
from entregent.notices.models import Notice
from entregent.ties import due as ties

DATA = Path(__file__).with_name("demonstration.toml")


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody whom a visitor of the demonstration can be with one click: the operator's name for them, and theirs."""

    handle: str
    name: str
    headline: str


@cache
def data() -> dict[str, Any]:
    """What the demonstration is made of; its format stands at its head."""
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


def roles() -> list[Role]:
    """Whom one click signs in, in the order of the page."""
    people = {person["handle"]: person for person in data()["people"]}
    return [Role(handle, people[handle]["name"], people[handle]["headline"]) for handle in data()["signs_in"]]


def is_open() -> bool:
    """Whether the demonstration community is here."""
    return Community.objects.filter(slug=data()["community"]["slug"]).exists()


def next_evening() -> str:
    """The code of the demonstration's evening that begins next, or began last."""
    evenings = Meetup.ledger.filter(community__slug=data()["community"]["slug"])
    coming = evenings.filter(starts_at__gt=clock.now()).order_by("starts_at")
    return str((coming.first() or evenings.latest("starts_at")).code)


@transaction.atomic
def open_on(on: date) -> bool:
    """Open the demonstration as it is on the day `on`, where it is not here yet; whether it was opened now."""
    if is_open():
        return False
    stage = Stage(data(), on)
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
    ties.rebuild(clock.now())
    Notice.objects.filter(sent_at=None, due_at__lte=now).update(sent_at=F("due_at"))
