"""An evening of several communities, on pages: in which it stands, and in which of one's own it is to stand."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy

from entregent.communities import queries as communities
from entregent.discretion.viewer import Viewer
from entregent.meetups.shown import Evening
from entregent.web.labels import Audience

#: A community as a form offers it: slug and name.
Place = tuple[str, str]
#: Who can answer an evening that may stand in several communities.
ENTRIES = (("everyone", gettext_lazy("Whoever has the link")), ("community", gettext_lazy("Its communities alone")))


class SeveralForm(forms.Form):
    """In which communities an evening stands beside its own, of those of whoever announces it."""

    also = forms.MultipleChoiceField(
        label=gettext_lazy("Announce it in these communities, too"),
        help_text=gettext_lazy(
            "On their pages, in their calendars. Everybody reads the name of the community that announces it; the "
            "names of these only their people, or all where anybody may come in."
        ),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def offer(self, places: Sequence[Place]) -> None:
        """Offer these communities; without any there is nothing to choose."""
        if not places:
            del self.fields["also"]
            return
        self.fields["also"].choices = list(places)  # type: ignore[attr-defined]
        self.fields["entry"].choices = list(ENTRIES)  # type: ignore[attr-defined]


def offered(viewer: Viewer, own: str, one: Evening | None = None) -> list[Place]:
    """In which communities an evening of the community at `own` may stand, too: the viewer's, and where it stands."""
    if one is not None and one.owner != viewer.person:
        return []
    mine = {page.slug: page.name for page in communities.mine(viewer)} | dict(one.also if one else ())
    return sorted(((slug, name) for slug, name in mine.items() if slug != own), key=lambda place: place[1].casefold())


def mine(viewer: Viewer, one: Evening) -> list[communities.Page]:
    """Of several communities in which an evening stands, those in which the viewer is."""
    if not one.also:
        return []
    stands = {one.community, *dict(one.also)}
    return [page for page in communities.mine(viewer) if page.slug in stands]


def looked_after(viewer: Viewer, one: Evening) -> list[str]:
    """The slugs of the further communities in which an evening stands that the viewer looks after."""
    return [page.slug for page in mine(viewer, one) if page.steward and page.slug != one.community]


def of_community(viewer: Viewer, one: Evening, circle: int | None) -> Audience:
    """Who sees an answer that is for the community: of one that was given, `circle` is the key of its audience."""
    if circle is not None:
        held = communities.labels(viewer, [circle]).get(circle)
        return _called(one, held.name, held.entry) if held else Audience("communities")
    here = mine(viewer, one)
    if len(here) > 1:
        return Audience("communities")
    page = here[0] if here else communities.community(viewer, one.community)
    return _called(one, page.name, page.entry)


def _called(one: Evening, name: str, entry: str) -> Audience:
    apart = bool(one.also) or name != one.community_name
    return Audience("members", names=(name,), entry=entry, told_apart=apart)
