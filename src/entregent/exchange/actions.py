"""What a person can do with all that is theirs."""

from entregent.discretion.viewer import Viewer
from entregent.exchange import erasing


def erase_me(actor: Viewer) -> None:
    """Forget the actor for good, account included. There is no way back."""
    erasing.erase(actor.me)
