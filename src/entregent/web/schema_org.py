"""An evening as machines read it (schema.org, JSON-LD): what its page shows to everybody, and nobody's name.

It is a block of data, which no browser runs: the policy on scripts lets it be.
"""

import json
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.safestring import SafeString, mark_safe

from entregent.meetups.shown import Evening

#: Gives the whole address of a page.
Address = Callable[..., str]
HERE = "https://schema.org/"
#: What could end the block in which this stands, or begin another; as JSON writes letters by number.
ESCAPES = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


def written(one: Evening, absolute: Address) -> SafeString:
    """An evening as the content of its block; empty for one that is not open to everybody."""
    if one.audience != "everyone":
        return SafeString("")
    text = json.dumps(_event(one, absolute), ensure_ascii=False).translate(ESCAPES)
    return mark_safe(text)  # noqa: S308  the letters that mean something in HTML are gone


def _event(one: Evening, absolute: Address) -> dict[str, Any]:
    start, end = (at.astimezone(ZoneInfo(one.zone)).isoformat() for at in (one.starts_at, one.ends_at))
    status = "EventCancelled" if one.state == "cancelled" else "EventScheduled"
    seats = {"maximumAttendeeCapacity": one.capacity} if one.capacity is not None else {}
    return {
        "@context": HERE.rstrip("/"),
        "@type": "Event",
        "name": one.title,
        "startDate": start,
        "endDate": end,
        "eventStatus": HERE + status,
        "eventAttendanceMode": f"{HERE}OfflineEventAttendanceMode",
        "url": absolute("evening", one.code),
        "image": absolute("evening_preview", one.code),
        "location": _place(one),
        "organizer": {"@type": "Organization", "name": one.community_name, "url": absolute("community", one.community)},
        **({"description": one.words} if one.words else {}),
        **seats,
    }


def _place(one: Evening) -> dict[str, Any]:
    parts = {"streetAddress": one.address, "addressLocality": one.town}
    address = {name: value for name, value in parts.items() if value}
    return {
        "@type": "Place",
        "name": one.place,
        **({"address": {"@type": "PostalAddress", **address}} if address else {}),
    }
