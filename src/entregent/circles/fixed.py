"""Two circles with a fixed key."""

#: Everyone, with or without an account. Nobody is written into it.
EVERYONE = 1
#: Those who have said where they work.
DECLARED = 2
