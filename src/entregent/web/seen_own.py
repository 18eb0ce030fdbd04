"""Everything that is one's own, as *Qui voit quoi* lists it: what it says, on which terms, where it is changed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from entregent.cards import queries as cards
from entregent.circles.fixed import EVERYONE
from entregent.common import clock
from entregent.communities import queries as communities
from entregent.encounters import queries as encounters
from entregent.exchange import queries as exchange
from entregent.market import queries as market
from entregent.meetups import albums, gatherings
from entregent.meetups import queries as meetups
from entregent.meetups.shown import Gathering
from entregent.meetups.shown import Own as Said
from entregent.people import queries as people
from entregent.profiles import queries as profiles
from entregent.profiles.words import lines
from entregent.recall import kept
from entregent.ties import queries as ties
from entregent.web import words
from entregent.web.labels import listing
from entregent.web.me_own import Own
from entregent.writing import queries as words_kept

#: The page of an evening on which each kind of what somebody says of it is changed.
LINKS = {
    "Meetup": "evening_edit",
    "Organising": "evening_share",
    "Joint": "evening_edit",
    "Presence": "room",
    "Rsvp": "evening",
    "Admission": "door",
}
#: The kinds of what somebody says of an evening that they organise.
ORGANISED = frozenset({"Meetup", "Organising", "Joint"})


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing of the viewer's own.

    `kind` is written as in `docs/discretion.md`, empty for what has no terms because it is nobody else's, ever; `what`
    is what it says, `label` what it is, `link` where it is changed, `undo` where it is taken back; `circle` is its
    audience (None: only me). `evening` is the one that it is about, `over` is said where that has ended.
    """

    kind: str
    uid: UUID | None
    what: str
    label: str
    link: str
    circle: int | None = None
    discreet: bool = False
    until: datetime | None = None
    evening: Gathering | None = None
    over: bool = False
    undo: str = ""

    @property
    def ended(self) -> bool:
        """Whether nobody else sees it any more."""
        return self.until is not None and self.until <= clock.now()

    @property
    def unseen(self) -> bool:
        """Whether it is about an evening that its owner no longer sees."""
        return self.evening is None and self.kind.removeprefix("meetups.") in LINKS


def things(own: Own) -> list[Thing]:
    """All of it, what others may see first."""
    parts = (_words, _work, _needs, _evenings, _pictures, _asking, _cards, _private)
    return [thing for part in parts for thing in part(own)]


def _words(own: Own) -> Iterator[Thing]:
    me, link = profiles.me(own.viewer), reverse("me")
    if me.name:
        yield _said("profiles.Name", me.name, _("your name"), link)
    if me.headline:
        yield _said("profiles.Headline", me.headline, _("what you do"), link)
    if own.portrait:
        link, terms = reverse("me_portrait"), (own.portrait.audience, own.portrait.discreet)
        yield Thing("profiles.Portrait", own.portrait.uid, _("Your portrait"), _("a photograph"), link, *terms)
    for kind, said in own.said.items():
        thing = _said("profiles.Words", said, str(words.KINDS[kind].listed), reverse(f"me_{kind}"))
        yield replace(thing, what=" · ".join(lines(kind, said.text)))


def _said(kind: str, said: profiles.Said, label: str, link: str) -> Thing:
    return Thing(kind, said.uid, said.text, label, link, said.audience, said.discreet)


def _work(own: Own) -> Iterator[Thing]:
    link = f"{reverse('me')}#work"
    for one in own.positions:
        held = one.held
        label = _("where you worked") if one.over else _("a client of yours") if one.client else _("where you work")
        what = ", ".join(filter(None, (held.title, held.organisation)))
        yield Thing("market.Position", held.uid, what, label, link, one.audience, one.discreet)
    if market.situation(own.viewer):
        yield Thing("", None, _("Your answer to “where do you work?”"), _("private, always"), link)


def _needs(own: Own) -> Iterator[Thing]:
    for one in own.stated:
        label = _("what you offer") if one.said.offered else _("what you look for")
        terms = (one.audience, one.discreet, one.until)
        link = reverse("need_edit", args=[one.said.uid])
        yield Thing("needs.Need", one.said.uid, one.said.text, label, link, *terms)


def _evenings(own: Own) -> Iterator[Thing]:
    for one in sorted(gatherings.mine(own.viewer), key=_nearest):
        at = one.evening
        yield Thing(
            kind=f"meetups.{one.kind}",
            uid=one.uid,
            what=at.title if at else _("An evening that you no longer see"),
            label=_evening_label(one),
            link=_evening_link(one),
            circle=one.audience,
            discreet=one.discreet,
            evening=at,
            over=_over(one),
        )


def _pictures(own: Own) -> Iterator[Thing]:
    for uid, circle, title in albums.my_pictures(own.viewer):
        yield Thing("meetups.Picture", uid, title, _("a picture that you show"), reverse("picture", args=[uid]), circle)


def _over(one: Said) -> bool:
    return one.evening is not None and (one.evening.cancelled or one.evening.ends_at <= clock.now())


def _nearest(one: Said) -> tuple[bool, float]:
    at = one.evening.starts_at.timestamp() if one.evening else 0.0
    return _over(one), -at if _over(one) else at


def _evening_label(one: Said) -> str:
    if one.kind == "Admission":
        return _("you let people in at the door")
    if one.kind == "Joint":
        return _("you announce it in %(name)s, too") % {"name": one.answer}
    if _over(one):
        said_no = _("you said that you would not come") if one.answer == "not_going" else ""
        came = _("you were there") if one.kind == "Presence" else _("you said that you would come")
        return _("you organised") if one.kind in ORGANISED else said_no or came
    if one.kind in ORGANISED:
        return _("you organise it")
    if one.kind == "Presence":
        return _("you said that you were there")
    return {
        "going": _("you are coming"),
        "waiting": _("you are on the list"),
        "offered": _("a seat is kept for you"),
        "lapsed": _("you let a seat pass"),
        "released": _("those who organise no longer keep a place for you"),
        "not_going": _("you are not coming"),
    }[one.answer]


def _evening_link(one: Said) -> str:
    if one.evening is None:
        return ""
    name = LINKS[one.kind]
    return reverse(name, args=[one.evening.code])


def _asking(own: Own) -> Iterator[Thing]:
    said = ties.let_ask(own.viewer)
    if said:
        what = _("One may go through you") if said.yes else _("One may not go through you")
        label = _("to meet somebody you know")
        yield Thing("ties.Willing", said.uid, what, label, f"{reverse('me')}#ask", said.audience)
    for ask in communities.asked(own.viewer):
        undo = reverse("request_withdraw", args=[ask.slug])
        yield Thing("communities.Request", ask.uid, ask.name, _("you ask to come in"), "", ask.audience, undo=undo)
    for claim in exchange.claimed(own.viewer):
        link = reverse("person", args=[claim.person]) if claim.person else ""
        what = claim.name or _("Somebody whom you no longer see")
        yield Thing("communities.Claim", claim.uid, what, _("you said: this is me"), link, claim.audience)
    for report in communities.reported(own.viewer):
        label = _("you reported it to those who look after %(name)s") % {"name": report.community}
        yield Thing("communities.Report", report.uid, report.called, label, reverse("me_blocks"))


def _cards(own: Own) -> Iterator[Thing]:
    for uid, name, until in cards.showing(own.viewer):
        label = _("a card that you show, to whoever has its address")
        yield Thing("cards.Showing", uid, name, label, reverse("me_cards"), EVERYONE, until=until)
    if cards.mine(own.viewer):
        label = _("each for its occasion, to be handed over when you choose to")
        yield Thing("", None, _("Your cards"), label, reverse("me_cards"))


def _counted(own: Own) -> Iterator[Thing]:
    if meetups.has_picks(own.viewer):
        label = _("counted for those who organise from five answers on, never by name")
        yield Thing("", None, _("What you answered to questions"), label, reverse("tonight"))


def _private(own: Own) -> Iterator[Thing]:
    if encounters.size(own.viewer):
        label = _("people, when and where you met, your lines")
        yield Thing("", None, _("Your notebook"), label, reverse("book"))
    if words_kept.has_words(own.viewer):
        yield Thing("", None, _("Your words"), _("what you wrote to somebody, what you were given"), reverse("words"))
    if words_kept.is_closed(own.viewer):
        label = _("nobody is told; answers to your own words still come")
        yield Thing("", None, _("No first words, please"), label, f"{reverse('words')}#take")
    yield from _counted(own)
    if kept.size(own.viewer):
        yield Thing("", None, _("What you watch for"), _("asked again for you, told to nobody"), reverse("kept"))
    if own.kept:
        label = _("what you keep discreet does not reach %(names)s") % {"names": listing([k.name for k in own.kept])}
        yield Thing("", None, _("Your shield"), label, f"{reverse('me')}#shield")
    blocked = [card.name for card in profiles.blocked(own.viewer)]
    if blocked:
        label = _("everything of yours is hidden from %(names)s") % {"names": listing(blocked)}
        yield Thing("", None, _("Whom you block"), label, reverse("me_blocks"))
    mailbox = people.mailbox(person=own.viewer.me)
    if mailbox:
        yield Thing("", None, mailbox.address, _("your address: it lets you in, and we write to it"), "")
