"""Who has no account: known by the secret of a link, and reached where they say, once; for actions alone."""

from django.db.models import Q
from django.utils.translation import gettext as _

from entregent.common import clock, errors, ids
from entregent.discretion.viewer import Viewer
from entregent.meetups import declassified, seats
from entregent.meetups.models import Meetup, Rsvp
from entregent.people import actions as people
from entregent.people.models import Person, is_address


def known(actor: Viewer, *, language: str, secret: str, mail_to: str = "") -> tuple[int, str]:
    """The key of the actor, known by an earlier link, else of a new person; and the secret of their link.

    `secret` is one of the door's own, by which whoever taps twice stays one person.
    """
    if actor.person is not None:
        people.write_to(person=actor.person, mail_to=mail_to)
        return actor.person, people.hand_key(person=actor.person)
    return people.welcome(language=language, mail_to=mail_to, secret=secret)


def unless_known(actor: Viewer, meetup: Meetup, mail_to: str) -> str:
    """An e-mail address; none where news would come to it twice, of this evening or of another that the actor awaits.

    That is where whoever left it hopes to come, too; whoever gave the seat back, or comes elsewhere, does not count.
    """
    hoping = Rsvp.ledger.filter(answer__in=seats.HOPEFUL)
    awaited = hoping.filter(owner=actor.person or ids.NO_KEY, meetup__ends_at__gt=clock.now()).values("meetup")
    there = hoping.filter(Q(meetup=meetup) | Q(meetup__in=awaited)).values("owner")
    held = Person.objects.filter(is_address("mail_to", mail_to), pk__in=there).exists()
    return "" if held else mail_to


def check_room(meetup: Meetup, person: int, guests: int | None) -> None:
    """Whether somebody without account may newly answer, who brings so many. Raises `Refused` while too many do."""
    if not seats.hopes(meetup, person) and not declassified.takes_visitors(meetup, 1 + (guests or 0)):
        many = _(
            "So many people answered without an account in the last hour "
            "that this evening takes no more of them for now."
        )
        later = _("Sign in to answer now, or come back in an hour.")
        raise errors.Refused(f"{many} {later}")
