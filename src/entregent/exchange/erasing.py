"""Forgets a person: every part forgets what it knows, the upper floors first, and the person last.

What the person gave stays with whoever received it, and so does the key of an imported history that stood for them:
without it, importing again would bring them back.
"""

from django.db import transaction

from entregent.cards import actions as cards
from entregent.circles import actions as circles
from entregent.communities import actions as communities
from entregent.discretion import actions as discretion
from entregent.encounters import actions as encounters
from entregent.exchange.models import Origin
from entregent.market import actions as market
from entregent.meetups import actions as meetups
from entregent.needs import actions as needs
from entregent.notices import actions as notices
from entregent.people import actions as people
from entregent.people.models import Person
from entregent.profiles import actions as profiles
from entregent.recall import actions as recall
from entregent.search import actions as search
from entregent.ties import actions as ties
from entregent.writing import actions as writing

#: Every part, from the roof down: none is asked to forget somebody whom an upper one still points at.
PARTS = (
    *(recall, writing, ties, cards, encounters, profiles, needs, meetups, market, communities),
    *(search, notices, discretion, circles, people),
)


@transaction.atomic
def erase(person: int) -> None:
    """Forget a person for good, once what they do at this moment is done."""
    people.wait_turn(person=person)
    communities.hold(people=[person])
    Origin.objects.filter(about__in=Person.objects.filter(pk=person).values("uid")).update(address="")
    for part in PARTS:
        part.erase(person)
