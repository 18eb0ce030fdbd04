"""What is sent to somebody: one letter, in their language, as plain text and as a mailbox that draws shows it."""

from collections.abc import Callable
from dataclasses import dataclass


def nothing() -> None:
    """There is nothing to note once it has left."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What is sent. `language` is that of its words; `left` notes what its reader knows once it has left."""

    address: str
    subject: str
    text: str
    html: str
    language: str
    left: Callable[[], object] = nothing
