"""What runs beside the pages: each tick lets every part do what is due by the clock; mails leave beside that."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime

from django.db import connections

from entregent.cards import due as cards
from entregent.common import clock
from entregent.encounters import due as encounters
from entregent.exchange import due as exchange
from entregent.mail import sending
from entregent.market import due as market
from entregent.meetups import due as meetups
from entregent.notices import due as notices
from entregent.people import due as people
from entregent.recall import due as recall
from entregent.ties import due as ties
from entregent.writing import due as writing

log = logging.getLogger(__name__)

#: Time between two ticks, in seconds.
PAUSE = 15

Duty = Callable[[datetime], object]

#: What is done at each tick, in this order; each is quick when nothing is due, and safe when several workers do it.
DUTIES: tuple[Duty, ...] = (
    exchange.give_claimed,
    meetups.end_offers,
    meetups.refresh_bands,
    meetups.forget_listed,
    meetups.forget_addresses,
    market.clear_former_staff,
    encounters.forget,
    encounters.drop_uploads,
    cards.forget,
    encounters.remind,
    cards.enter,
    people.forget_unproven,
    people.forget_browsers,
    notices.forget,
    ties.refresh,
    writing.relay,
    recall.forget,
    recall.ask_again,
    sending.send_due,
    sending.send_news,
)

#: What somebody waits for: it is done on time, however long the others take, by a worker of its own.
PROMPT: tuple[Duty, ...] = (meetups.end_offers,)
#: What waits for another server, which may not answer.
LETTERS: tuple[Duty, ...] = (sending.send_due,)
#: What asks much before it is written: a share at each tick, and no other letter waits for it.
ASKED: tuple[Duty, ...] = (sending.send_news,)
#: What each of the workers does that run beside the pages.
BESIDE = tuple(duty for duty in DUTIES if duty not in {*LETTERS, *ASKED})
SHARES: tuple[tuple[Duty, ...], ...] = (BESIDE, PROMPT, LETTERS, ASKED)


def tick(now: datetime, duties: tuple[Duty, ...] = DUTIES) -> None:
    """Do what is due at `now`. A duty that fails is logged, tried again at the next tick, and keeps no other back."""
    for duty in duties:
        try:
            duty(now)
        except Exception:
            log.exception("%s.%s failed", duty.__module__, duty.__qualname__)


class Worker(threading.Thread):
    """Ticks until it is told to end, with a pause of `pause` seconds between two ticks."""

    def __init__(self, duties: tuple[Duty, ...], pause: float = PAUSE) -> None:
        super().__init__(name="worker", daemon=True)
        self._ending = threading.Event()
        self._duties, self._pause = duties, pause

    def run(self) -> None:
        """Tick, hand the connection back, pause."""
        while not self._ending.is_set():
            tick(clock.now(), self._duties)
            connections.close_all()
            self._ending.wait(self._pause)

    def end(self, patience: float) -> None:
        """Begin no other tick, and wait `patience` seconds for the present one."""
        self._ending.set()
        self.join(patience)
