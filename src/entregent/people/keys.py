"""What is kept of a secret link: its hash. Pure."""

import hashlib


def digest(secret: str) -> str:
    """The hash under which a secret is kept.

    >>> digest("a") == digest("a") != digest("b")
    True
    """
    return hashlib.sha256(secret.encode()).hexdigest()
