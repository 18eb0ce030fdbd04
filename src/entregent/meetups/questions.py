"""Closed questions that go with the answer to an evening: what may be asked, what somebody chose; for actions alone.

A question is known by a hash of its words: changed, it is another one, which nobody answered yet.
"""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from entregent.common import errors, ids, wording
from entregent.meetups import tally
from entregent.meetups.models import Meetup, Pick

#: How many questions, with how many answers to choose from; longest question and longest answer.
MOST, CHOICES, TEXT, CHOICE = 3, range(2, 7), 120, 60


def written(asked: Sequence[tuple[str, Sequence[str]]]) -> list[list[object]]:
    """Questions as an evening keeps them. Raises `Invalid`, which names the question by its place from 1."""
    if len(asked) > MOST:
        raise errors.Invalid("questions", _("Three questions at most."))
    return [_one(f"question_{place}", *one) for place, one in enumerate(asked, start=1)]


def _one(field: str, text: str, choices: Sequence[str]) -> list[object]:
    text, shown = wording.line(text), [wording.line(choice) for choice in choices]
    if not text or len(text) > TEXT:
        raise errors.Invalid(field, _("A question of %(longest)s characters at most.") % {"longest": TEXT})
    if len(shown) not in CHOICES or len({choice.casefold() for choice in shown}) < len(shown):
        raise errors.Invalid(field, _("Between two and six different answers to choose from."))
    if not all(0 < len(choice) <= CHOICE for choice in shown):
        raise errors.Invalid(field, _("An answer of %(longest)s characters at most.") % {"longest": CHOICE})
    return [text, shown]


def check(meetup: Meetup, picks: Mapping[str, int]) -> None:
    """Whether the evening asks this, and has these answers. Raises `Invalid`."""
    asked = {tally.key_of(text, choices): len(choices) for text, choices in meetup.questions}
    if not all(0 <= choice < asked.get(key, 0) for key, choice in picks.items()):
        raise errors.Invalid("picks", _("The questions have changed: look at them again."))


def note(meetup: Meetup, person: int, picks: Mapping[str, int]) -> None:
    """Write down what somebody chose; what they chose of other questions stays. Nobody else may see it."""
    if not picks:
        return
    row = Pick.ledger.filter(meetup=meetup, owner=person).first()
    said = {"picks": {**(row.picks if row else {}), **picks}, "audience": None, "discreet": False}
    Pick.ledger.update_or_create(meetup_id=meetup.pk, owner_id=person, defaults=said)


def withdraw(meetup: Meetup, *people: int) -> None:
    """Forget what these people chose: as many statements whoever they are, and whether they chose anything."""
    Pick.ledger.filter(meetup=meetup, owner__in={ids.NO_KEY, *people}).delete()


def hand_over(meetup: Meetup, guest: int, person: int) -> None:
    """Make what a guest chose the person's own, unless the person chose something."""
    if guest == person:
        return
    if Pick.ledger.filter(meetup=meetup, owner=person).exists():
        withdraw(meetup, guest)
    Pick.ledger.filter(meetup=meetup, owner=guest).update(owner=person)
