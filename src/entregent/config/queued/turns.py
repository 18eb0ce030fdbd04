"""A line of threads: each has its turn in the order in which they came. Pure."""

import threading
from collections import deque


class Line:
    """Lets one thread through at a time; the next one is whoever has waited longest."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._taken = False
        self._waiting: deque[threading.Lock] = deque()

    def enter(self, patience: float) -> bool:
        """Wait for one's turn, at most `patience` seconds: whether it came.

        >>> line = Line()
        >>> line.enter(1), line.enter(0.01)
        (True, False)
        >>> line.leave()
        >>> line.enter(1)
        True
        """
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
        return turn.acquire(timeout=patience) or self._came_late(turn)

    def leave(self) -> None:
        """Let the next one through."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False

    def _came_late(self, turn: threading.Lock) -> bool:
        """Stand in line no longer; whether the turn came in the same moment."""
        with self._guard:
            if turn in self._waiting:
                self._waiting.remove(turn)
                return False
            return True
