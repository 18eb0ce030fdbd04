"""For whom something is computed. Pure: it holds keys, never rows."""

from dataclasses import dataclass

from entregent.common import errors


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody's place in a circle: the circle's key and how they got in (`named`, `crossed` or `open`)."""

    circle: int
    how: str = "open"


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person, nobody (the anonymous visitor), or an imagined somebody who stands in given circles.

    `imagined` is for "see as": the same policy, for "somebody of my employer", never as a real person.
    """

    person: int | None = None
    imagined: tuple[Standing, ...] | None = None

    def __post_init__(self) -> None:
        if self.person is not None and self.imagined is not None:
            raise ValueError("an imagined viewer is nobody in particular")

    @property
    def me(self) -> int:
        """The key of the person, for what only a person can do.

        Raises `NotSignedIn` for anybody else.
        """
        if self.person is None:
            raise errors.NotSignedIn
        return self.person


ANYBODY = Viewer()
