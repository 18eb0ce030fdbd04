"""What acts make, under every name that an address may hold, and the mails that left."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

#: To whom something is shown that lies on the table.
ANYBODY = "anybody"


@dataclass(frozen=True, slots=True)
class Thing:
    """What an act made, or somebody (`kind` is then person); `owner` is whoever has its secret, by handle.

    `shown` is to whom it was shown besides: a handle, or `ANYBODY`; nobody where it is empty.
    """

    kind: str
    uid: UUID | None = None
    slug: str = ""
    code: str = ""
    here: str = ""
    invite: str = ""
    secret: str = ""
    owner: str = ""
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """A mail that left at a moment."""

    at: datetime
    to: str
    head: tuple[tuple[str, str], ...]
    text: str
    html: str
