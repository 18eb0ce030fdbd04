"""What a community says of itself, checked, and the address at which it begins: rows, for actions alone."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from entregent.common import chance, errors, wording
from entregent.communities.models import Community, Entry

#: How long the readable part of an address may be.
SLUG = 50
#: How much is kept of what a community says of itself, in characters.
LONGEST = {"name": 80, "town": 80, "words": 1000, "conduct": 2000}
#: What is kept line by line.
LINES = {"words", "conduct"}


def say(community: Community, fields: dict[str, str]) -> None:
    """What a community says of itself, there to be saved. Raises `Invalid`."""
    for field, value in fields.items():
        shown = wording.lines if field in LINES else wording.line
        setattr(community, field, shown(value)[: LONGEST.get(field)])
    if not community.name:
        raise errors.Invalid("name", _("A community needs a name."))
    if community.entry not in Entry.values:
        raise errors.Invalid("entry", _("Choose how one gets in."))
    try:
        ZoneInfo(community.zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise errors.Invalid("zone", _("Choose a time zone of the list.")) from error


def begin(community: Community, wanted: str) -> None:
    """Write a new community down at a free address. Who takes one of the same name in this moment has the first."""
    while True:
        community.slug = _free_slug(wanted)
        try:
            with transaction.atomic():
                community.save(force_insert=True)
        except IntegrityError:
            if not Community.objects.filter(slug=community.slug).exists():
                raise
        else:
            return


def _free_slug(name: str) -> str:
    wanted = slugify(name)[:SLUG] or chance.code().lower()
    taken = set(Community.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    candidates = (wanted if number == 1 else f"{wanted}-{number}" for number in range(1, len(taken) + 2))
    return next(slug for slug in candidates if slug not in taken)
