"""What the doctor finds."""

from collections.abc import Callable
from dataclasses import dataclass

#: Told how many things of how many were looked at.
Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something kept that is not what the facts say, in words; `mend` puts it right, None where nothing here can."""

    words: str
    mend: Callable[[], object] | None
