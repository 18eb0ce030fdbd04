"""What every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """The viewer, the address of this server, and who runs it."""
    return {
        "viewer": getattr(request, "viewer", None),
        "base_url": settings.BASE_URL,
        "operator": settings.OPERATOR,
        "demonstration": settings.DEMONSTRATION,
    }
