"""What somebody began on a browser before they proved an address: for that address, and for as long as a code lives.

A phone is lent from hand to hand. Whose answers come along, and what was said in joining, wait in its session beside
the address that was typed and the moment; once either is another, they are nobody's.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from entregent.common import clock

#: The secret of the guest who is becoming a member; what was said in joining, by field.
BECOMING, JOINING = KINDS = ("becoming", "joining")
WAITS = timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)


def wait(request: HttpRequest, *, email: str, begun: Mapping[str, Any]) -> None:
    """Keep what was begun, by kind, until a code comes back from an address; whatever else waited is forgotten."""
    forget(request)
    for kind, said in begun.items():
        request.session[kind] = {"for": email.lower(), "at": clock.now().isoformat(), "said": said}


def begun(request: HttpRequest, *, email: str | None = None) -> dict[str, Any]:
    """What waits for an address, or for any, by kind: what was kept too long ago is not among it."""
    waiting = {kind: request.session[kind] for kind in KINDS if kind in request.session}
    fresh = {kind: entry for kind, entry in waiting.items() if _is_fresh(entry)}
    return {kind: entry["said"] for kind, entry in fresh.items() if email is None or entry["for"] == email.lower()}


def forget(request: HttpRequest) -> None:
    """Forget whatever waits."""
    for kind in KINDS:
        request.session.pop(kind, None)


def forget_stale(request: HttpRequest) -> None:
    """Forget what has waited too long."""
    for kind in KINDS:
        if kind in request.session and not _is_fresh(request.session[kind]):
            del request.session[kind]


def _is_fresh(entry: Any) -> bool:
    """Whether this was kept a moment ago; what an earlier version kept says no moment."""
    return isinstance(entry, dict) and "for" in entry and clock.now() - datetime.fromisoformat(entry["at"]) <= WAITS
