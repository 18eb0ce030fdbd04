"""What every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from entregent.communities import queries as communities
from entregent.discretion.viewer import ANYBODY

#: Who runs this server and for whom they work, empty where they have not said it.
OPERATOR = {"name": settings.OPERATOR, "employer": settings.OPERATOR_EMPLOYER, "mail": settings.OPERATOR_MAIL}


def page(request: HttpRequest) -> dict[str, Any]:
    """Whether somebody is signed in, the community they are in, this server's address and who runs it.

    `community` is None or has `name` and `slug`; a page that is about one says which. It is read when it is used.
    """
    viewer = getattr(request, "viewer", ANYBODY)
    return {
        "signed_in": request.user.is_authenticated if hasattr(request, "user") else False,
        "community": SimpleLazyObject(lambda: next(iter(communities.mine(viewer)), None)),
        "base_url": settings.BASE_URL,
        "operator": OPERATOR,
        "demonstration": settings.DEMONSTRATION,
    }
