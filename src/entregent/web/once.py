"""A form that is sent twice, as by a double tap on a bad network, states what it says once."""

from uuid import UUID

from django.conf import settings

from entregent.common import chance
from entregent.web.middleware import Request


def uid(request: Request, part: str = "") -> UUID | None:
    """The public id of what a form states: the same each time that it is sent as it was drawn and filled in.

    The token of a form is drawn with each page; without one, every sending is a form of its own. Of a form that states
    several things, `part` says which.
    """
    if "csrfmiddlewaretoken" not in request.POST:
        return None
    said = [(name, request.POST.getlist(name)) for name in sorted(request.POST)]
    drawn = chance.digest(settings.SECRET_KEY, request.viewer.person, request.path, said, *filter(None, [part]))
    return UUID(hex=drawn[:32], version=4)
