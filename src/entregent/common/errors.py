"""What actions raise. Doors turn each into one clear answer; a message is safe to show to the actor."""


class DomainError(Exception):
    """Something that the actor can be told: `message` says what happened and what to do."""

    def __init__(self, message: object = "") -> None:
        super().__init__(message)
        self.message = message


class NotFound(DomainError):
    """Hidden, erased or never there: the three are one answer."""


class NotSignedIn(DomainError):
    """The act needs somebody who is signed in."""


class Refused(DomainError):
    """The actor may see the thing, but may not do this to it, or not now."""


class Invalid(DomainError):
    """One field holds something that cannot be taken; nothing was changed.

    `field` names the parameter of the action.
    """

    def __init__(self, field: str, message: object) -> None:
        super().__init__(message)
        self.field = field
