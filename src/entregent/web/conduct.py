"""The code of conduct as pages show it: what the community wrote, or a few lines of the product's own."""

from django.utils.translation import gettext_lazy as _

#: For a community that wrote nothing: what suits any evening.
USUAL = (
    _("Everybody came to talk, and nobody owes anybody a conversation: a no is a whole answer."),
    _("No remark on a body, an origin, a belief or a love; no gesture that was not wanted."),
    _("What was said in confidence stays there, and no picture is taken of whoever did not agree."),
    _("Nothing is sold by force, and nobody has to drink."),
    _("Whoever breaks this is asked to stop, then to leave."),
)


def lines(words: str) -> list[str]:
    """A community's code of conduct, line by line; the product's own where it wrote none."""
    return [line for line in words.splitlines() if line] or [str(line) for line in USUAL]
