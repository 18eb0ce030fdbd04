"""What happens once somebody has proven an address: they are that person, and what they began as a guest is theirs."""

from uuid import UUID

from django.http import HttpRequest

from entregent.discretion.viewer import Viewer
from entregent.market import actions as market
from entregent.meetups import actions as meetups
from entregent.people import actions as people
from entregent.people import queries as who
from entregent.profiles import actions as profiles
from entregent.profiles import queries as cards
from entregent.web.middleware import KEY, LANGUAGE

#: Where a session keeps the secret of the guest who is becoming a member.
BECOMING = "becoming"


def remember_guest(request: HttpRequest, *, secret: str) -> None:
    """Keep in mind whose answers the account will hold."""
    request.session[BECOMING] = secret


def arrive(request: HttpRequest, *, account: UUID) -> None:
    """Bring in whoever proved the address of an account."""
    guest = who.holder_of(secret=request.session.pop(BECOMING, ""))
    person = people.person_of(account=account) if guest is None else _become(request, guest, account)
    actor = Viewer(person=person)
    market.recognise(actor)
    _speak(request, person)


def _become(request: HttpRequest, guest: int, account: UUID) -> int:
    person = people.attach(person=guest, account=account)
    name = meetups.adopt(guest=guest, person=person)
    if name and cards.me(Viewer(person=person)).name is None:
        profiles.call_me(Viewer(person=person), text=name, audience=None)
    request.session.pop(KEY, None)
    return person


def _speak(request: HttpRequest, person: int) -> None:
    """Keep the language that was chosen on this browser; else speak the one that the person keeps."""
    if LANGUAGE in request.session:
        people.speak(person=person, language=request.session[LANGUAGE])
    else:
        request.session[LANGUAGE] = who.language_of(person=person)
