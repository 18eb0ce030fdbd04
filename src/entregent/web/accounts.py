"""Sign-in by a code sent by e-mail: what allauth asks of the house."""

from allauth.account.adapter import DefaultAccountAdapter


class Adapter(DefaultAccountAdapter):
    """Allauth, in the house's words."""
