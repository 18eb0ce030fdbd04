"""As whom one can look at oneself: roles, never people.

A role stands in the circles that one's own facts name, and with the organisations that one's own shield and positions
name. Nothing of anybody else is looked up: what a role sees tells nothing of those who are in it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from entregent.circles.fixed import DECLARED
from entregent.discretion.viewer import ANYBODY, Standing, Viewer
from entregent.market import queries as market
from entregent.web.me_own import Own

#: Kinds of circles that one gets into by oneself; of those, the ones around an evening.
EVENING = {"going", "attended"}
OPEN = EVENING | {"members", "communities"}


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody imagined: `key` stands in the address, `chip` on the button, `who` in a sentence, `hint` below it.

    `firm` is the organisation that they stand with, empty where they stand with none.
    """

    key: str
    chip: str
    who: str
    hint: str
    viewer: Viewer
    firm: str = ""


def roles(own: Own, circles: Mapping[int, str]) -> list[Role]:
    """The roles that say something to the viewer; `circles` are the audiences of their own facts, key and kind."""
    return [*_outside(), *_inside(own, circles), *_beside(own, circles), *_near(own, circles)]


def _outside() -> Iterator[Role]:
    hint = _("Nobody is signed in: it could be anybody, or a search engine.")
    yield Role("visiteur", _("Without an account"), _("a visitor without an account"), hint, _imagined())


def _inside(own: Own, circles: Mapping[int, str]) -> Iterator[Role]:
    several = len(own.communities) > 1
    for page in own.communities:
        where = page.name if several else _("the community")
        who = _("somebody of the community %(name)s") % {"name": page.name}
        hint = _("They have said where they work, and it is not where you do.")
        viewer = _imagined(_declared(), Standing(page.members_circle))
        yield Role(f"de-{page.slug}", where[:1].upper() + where[1:], who, hint, viewer)
    if own.communities:
        hint = _("They are in your communities and at your evenings, and never answered “where do you work?”.")
        viewer = _imagined(*_mine(own), *_of(circles, OPEN))
        yield Role("sans-reponse", _("Silent on their work"), _("somebody silent on where they work"), hint, viewer)


def _beside(own: Own, circles: Mapping[int, str]) -> Iterator[Role]:
    """The worst that may happen: they are wherever one goes oneself."""
    around = (*_mine(own), *_of(circles, OPEN))
    employers = {one.held.slug: one.held.organisation for one in own.positions if one.employs}
    names = {**employers, **{kept.slug: kept.name for kept in own.kept}}
    standing = market.beside(own.viewer, names)
    for slug, name in names.items():
        yield Role(
            key=f"chez-{slug}",
            chip=_("At %(name)s") % {"name": name},
            who=_("somebody of %(name)s") % {"name": name},
            hint=_("Even one who is in your communities and comes to your evenings."),
            viewer=_imagined(_declared(), standing[slug], *around),
            firm=name,
        )


def _near(own: Own, circles: Mapping[int, str]) -> Iterator[Role]:
    named, there = _of(circles, {"chosen"}, "named"), _of(circles, EVENING)
    if named:
        hint = _("Somebody of your communities whom you named, one by one.")
        viewer = _imagined(_declared(), *_mine(own), *named)
        yield Role("nomme", _("Whom I named"), _("somebody whom you named"), hint, viewer)
    crossed = _of(circles, {"connections"}, "crossed")
    if crossed:
        hint = _("Somebody with whom you crossed cards.")
        viewer = _imagined(_declared(), *_mine(own), *crossed)
        yield Role("carte", _("Crossed cards"), _("somebody with your card"), hint, viewer)
    if there:
        hint = _("They come from elsewhere: neither your communities nor your employers.")
        who = _("somebody from elsewhere, at the same evenings")
        yield Role("soirees", _("At the same evenings"), who, hint, _imagined(_declared(), *there))
    organising = (*there, *_of(circles, {"organisers"}))
    if organising:
        hint = _(
            "Whoever organises also knows how many come, with a line per seat: a plant’s name where yours is hidden."
        )
        viewer = _imagined(_declared(), *_mine(own), *organising)
        yield Role("organise", _("Who organises"), _("whoever organises your evenings"), hint, viewer)


def _imagined(*places: Standing) -> Viewer:
    return Viewer(imagined=places) if places else ANYBODY


def _declared() -> Standing:
    return Standing(DECLARED)


def _mine(own: Own) -> tuple[Standing, ...]:
    return tuple(Standing(page.members_circle) for page in own.communities)


def _of(circles: Mapping[int, str], kinds: set[str], how: str = "open") -> tuple[Standing, ...]:
    return tuple(Standing(circle, how) for circle, kind in sorted(circles.items()) if kind in kinds)
