"""What time does to words: once one has waited it goes, to somebody or to nobody, and whoever wrote it is not told."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from entregent.cards import actions as cards
from entregent.discretion import queries as discretion
from entregent.discretion.viewer import Viewer
from entregent.notices import actions as notices
from entregent.people import queries as people
from entregent.profiles import queries as profiles
from entregent.writing.models import Closed, Given, Written

log = logging.getLogger(__name__)

#: How long a first word waits, so that whoever wrote it may take it back. An answer does not wait.
PATIENCE = timedelta(minutes=1)


def relay(now: datetime) -> int:
    """Let the words go that have waited, the oldest first; how many were given to somebody.

    One that cannot go keeps no other back.
    """
    ready = Q(at__lte=now - PATIENCE) | Q(answers__isnull=False)
    keys = Written.ledger.filter(ready, gone_at=None).order_by("at", "uid").values_list("pk", "uid")
    return sum(_relay(key, uid, now) for key, uid in list(keys))


def _relay(key: int, uid: UUID, now: datetime) -> bool:
    try:
        return _let_go(key, now)
    except Exception:
        log.exception("The word %s does not go", uid)
        return False


@transaction.atomic
def _let_go(key: int, now: datetime) -> bool:
    """One word, by one worker: whether it was given."""
    word = Written.ledger.select_for_update().filter(pk=key, gone_at=None).first()
    if word is None:
        return False
    name = _signed(word)
    Written.ledger.filter(pk=key).update(gone_at=now)
    receiver = word.to_id if name else None
    if _crosses(word):
        cards.cross_both(*_sides(word, receiver, name))
    if receiver is None:
        return False
    _give(word, receiver, name, now)
    return True


def _sides(word: Written, receiver: int | None, name: str) -> Iterator[tuple[int, int | None, str]]:
    """Whose cards are crossed with whose: those of whoever answered, and of whoever is given the answer."""
    yield word.owner_id, word.to_id, word.name
    if receiver is not None:
        yield receiver, word.owner_id, name


def _crosses(word: Written) -> bool:
    """Whether a word answers one, and a card went along with each: whoever says "no, thank you" crosses none.

    Whoever answered has crossed cards, whatever becomes of their answer: they are not told.
    """
    held = Given.ledger.filter(owner=word.owner_id, uid=word.answers).first() if word.answers else None
    return held is not None and all(one.mail or one.telephone for one in (held, word))


def _signed(word: Written) -> str:
    """The name under which a word is given, as its receiver sees it; empty where nobody is to receive it.

    It is kept from whoever blocks its owner and from whomever its owner blocks; from who has no account. A first word
    is kept from who wants none, and from who does not see its owner's name: no name is handed over behind a shield.
    Whoever answers is known by the name under which they were written to.
    """
    if word.to_id is None or people.account_of(person=word.to_id) is None:
        return ""
    receiver, giver = Viewer(person=word.to_id), Viewer(person=word.owner_id)
    if word.owner_id in discretion.blocked(receiver) or word.to_id in discretion.blocked(giver):
        return ""
    card = profiles.cards(receiver, [word.owner_id]).get(word.owner_id)
    if word.answers is None:
        closed = Closed.ledger.filter(owner=word.to_id).exists()
        return "" if card is None or closed else card.name
    first = Written.ledger.filter(owner=word.to_id, uid=word.answers).values_list("name", flat=True).first()
    return card.name if card else first or ""


def _give(word: Written, receiver: int, name: str, now: datetime) -> None:
    """Hand a word over; whoever asked by it has their answer, and may write again."""
    said = {"text": word.text, "mail": word.mail, "telephone": word.telephone, "answers": word.answers}
    Given.ledger.create(uid=word.uid, owner_id=receiver, by_id=word.owner_id, name=name, at=now, **said)
    if word.answers is not None:
        Written.ledger.filter(owner=receiver, uid=word.answers).update(answered_at=now)
    notices.tell(recipient=receiver, kind="word" if word.answers is None else "word_back", about=word.uid, due_at=now)
