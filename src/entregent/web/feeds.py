"""The next evenings of a community for readers of feeds (Atom, RFC 4287).

Nobody's name is in it: its author is the community.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from uuid import UUID

from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _

from entregent.common import clock
from entregent.communities import queries as communities
from entregent.meetups import gatherings
from entregent.meetups.shown import Gathering
from entregent.web import labels
from entregent.web.evenings import absolute
from entregent.web.methods import require_safe
from entregent.web.middleware import Request
from entregent.web.rhythms import rhythm
from entregent.web.templatetags import look

#: When a feed was last changed in which nothing stands: the day that the format wants to know says nothing.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class Feed(Atom1Feed):
    """A feed that is as new as its newest evening, whenever it is asked for."""

    def latest_post_date(self) -> datetime:
        """When the latest change was."""
        return max((item["updateddate"] for item in self.items), default=NEVER)


@require_safe
def community_feed(request: Request, slug: str) -> HttpResponse:
    """The evenings of a community to come, as far as whoever reads sees them: of a series the next one."""
    page = communities.community(request.viewer, slug)
    address = absolute("community_feed", slug)
    feed = Feed(
        title=page.name,
        link=absolute("community", slug),
        description=page.words,
        subtitle=page.words or None,
        author_name=page.name,
        language=labels.language(),
        feed_url=address,
        feed_guid=address,
    )
    for one in nearest(gatherings.published(request.viewer, community=slug)):
        feed.add_item(
            title=_("Cancelled: %(name)s") % {"name": one.title} if one.cancelled else one.title,
            link=absolute("evening", one.code),
            description=escape(_told(one)),
            unique_id=f"urn:uuid:{one.uid}",
            updateddate=one.revised_at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=Feed.content_type)


def nearest(evenings: Iterable[Gathering]) -> Iterator[Gathering]:
    """Of evenings in their order those to come; of a series the next that takes place, after those called off."""
    settled: set[UUID] = set()
    for one in evenings:
        if one.ends_at <= clock.now() or (one.recurs is not None and one.recurs.series in settled):
            continue
        if one.recurs is not None and not one.cancelled:
            settled.add(one.recurs.series)
        yield one


def _told(one: Gathering) -> str:
    """When and where, and how often, on one line."""
    when, where = look.evening(one.starts_at, one.zone), ", ".join(filter(None, (one.place, one.address, one.town)))
    return labels.beside(f"{when[:1].upper()}{when[1:]}", where, rhythm(one.recurs))
