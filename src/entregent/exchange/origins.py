"""Whom and what the operator names on the command line: by a handle, an e-mail, or the key of an imported file."""

from collections.abc import Sequence

from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from entregent.common import errors
from entregent.communities.models import Community
from entregent.discretion.viewer import Viewer
from entregent.exchange.models import Origin
from entregent.meetups.models import Meetup
from entregent.people import queries as people
from entregent.people.models import Person
from entregent.profiles import queries as profiles

#: The kinds of imported things, and what each is called in the files.
GROUP, MEMBER, EVENT = "group", "member", "event"


def person(name: str) -> int:
    """The key of the person whom the operator calls `name`. Raises `NotFound`."""
    return _only(name, _called(name))


def seen(viewer: Viewer, name: str) -> int:
    """The same, among those whose name a viewer may see: the others are not here. Raises `NotFound`."""
    return _only(name, [*profiles.cards(viewer, _called(name))])


def viewer(name: str) -> Viewer:
    """The person whom the operator calls `name`, for whom something is to be computed. Raises `NotFound`."""
    return Viewer(person=person(name))


def nobody(name: str) -> errors.NotFound:
    """What is said of a name that nobody has, or of somebody who is hidden: the two are one answer."""
    return errors.NotFound(_("Nobody here is called %s.") % name)


def meetup(name: str) -> str:
    """The code of the evening that the operator calls `name`: itself, or the one of an imported evening."""
    uids = Origin.objects.filter(kind=EVENT, key=name).values("about")
    code = Meetup.ledger.filter(uid__in=uids).values_list("code", flat=True).first()
    return code or name


def community_called(name: str) -> Community | None:
    """The community of a name, or of the address that the name would give. Raises `Invalid` for several."""
    found = list(Community.objects.filter(Q(name=name) | Q(slug=slugify(name))).order_by("pk")[:2])
    if len(found) > 1:
        raise errors.Invalid("community", _("Several communities are called %s.") % name)
    return found[0] if found else None


def _called(name: str) -> list[int]:
    """Those whom a name may mean: several where an imported key came in with several communities."""
    key = people.person_with(handle=name) or (people.person_with(email=name) if "@" in name else None)
    if key is not None:
        return [key]
    # Who turned out to be whom is not to be learnt from the key of a file.
    uids = Origin.objects.filter(kind=MEMBER, key=name, merged=False).values("about")
    return list(Person.objects.filter(uid__in=uids).values_list("pk", flat=True))


def _only(name: str, found: Sequence[int]) -> int:
    if len(found) > 1:
        raise errors.Refused(_("%s came in with several communities: name a handle or an e-mail.") % name)
    if not found:
        raise nobody(name)
    return found[0]
