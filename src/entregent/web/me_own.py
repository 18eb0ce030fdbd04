"""What one's own page is drawn from, each thing read once; and its forms, filled with it."""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from entregent.cards import queries as cards
from entregent.common import clock, days
from entregent.communities import actions as communities_kept
from entregent.communities import queries as communities
from entregent.discretion import actions as discretion
from entregent.discretion import queries as standing
from entregent.discretion.viewer import Viewer
from entregent.encounters import queries as encounters
from entregent.market import queries as market
from entregent.needs import queries as needs
from entregent.people import queries as people
from entregent.profiles import queries as profiles
from entregent.ties import queries as ties
from entregent.web import audiences
from entregent.web.labels import Audience
from entregent.web.me_forms import AskForm, PositionForm, ShieldForm, ShowForm, WordsForm
from entregent.web.needs_forms import NAMED, NeedForm


class Own:
    """What belongs to the viewer, as their page shows it."""

    def __init__(self, viewer: Viewer) -> None:
        self.viewer = viewer

    @cached_property
    def offered(self) -> list[tuple[str, Any]]:
        """The audiences to choose from."""
        return audiences.offered(self.communities)

    @cached_property
    def communities(self) -> list[communities.Page]:
        """The communities they belong to."""
        return communities.mine(self.viewer)

    @cached_property
    def crossed(self) -> int | None:
        """The key of the circle of those with whom they crossed cards."""
        return cards.connections(self.viewer)

    @cached_property
    def positions(self) -> list[market.Own]:
        """Where they work and worked."""
        return market.mine(self.viewer)

    @cached_property
    def kept(self) -> list[market.Kept]:
        """From whom they keep discreet facts."""
        return market.shielded(self.viewer)

    @cached_property
    def organisations(self) -> list[tuple[str, str]]:
        """The organisations that the shield may name, slug and name: their own, and those it names already."""
        known = {own.held.slug: own.held.organisation for own in self.positions}
        return sorted({**known, **{kept.slug: kept.name for kept in self.kept}}.items(), key=_by_name)

    @cached_property
    def named(self) -> dict[str, tuple[int, str]]:
        """Who can be named one by one: those in their notebook who show them their name, by the id of the contact."""
        known = encounters.known(self.viewer)
        # Whoever hides their name and whoever left for good are one to them.
        seen = profiles.cards(self.viewer, known)
        shown = [(person, one) for person, one in known.items() if person in seen]
        in_order = sorted(shown, key=lambda each: (each[1].name.casefold(), each[1].uid))
        return {str(one.uid): (person, one.name) for person, one in in_order}

    @cached_property
    def stated(self) -> list[needs.Own]:
        """What they look for and offer."""
        return needs.mine(self.viewer)

    @cached_property
    def said(self) -> dict[str, profiles.Said]:
        """What they say of themselves beside name and headline, by kind."""
        return profiles.said(self.viewer)

    @cached_property
    def portrait(self) -> profiles.Said | None:
        """On which terms they show a picture of themselves."""
        return profiles.my_portrait(self.viewer)

    @cached_property
    def seen_by(self) -> dict[audiences.Terms, Audience]:
        """Who sees their words, positions, needs and offers, in words."""
        terms = [(own.audience, own.discreet) for own in self.positions]
        terms += [(own.audience, own.discreet) for own in self.stated]
        terms += [(said.audience, said.discreet) for said in self.said.values()]
        terms += [(self.portrait.audience, self.portrait.discreet)] if self.portrait else []
        return audiences.described(self.viewer, terms, self.kept)

    @property
    def need_lines(self) -> list[dict[str, Any]]:
        """What they look for and offer, as a page lists it."""
        return [_need(own, self.seen_by[own.audience, own.discreet]) for own in self.stated]

    def drawn(self) -> dict[str, Any]:
        """What the page shows besides its forms."""
        seen_by = self.seen_by
        mailbox = people.mailbox(person=self.viewer.me)
        return {
            "positions": [
                {**_position(own, seen_by[own.audience, own.discreet]), "show_form": self.show_form(own)}
                for own in self.positions
            ],
            "situation": market.situation(self.viewer),
            "shield": [kept.name for kept in self.kept],
            "needs": self.need_lines,
            "portrait": self._portrayed(),
            "mail": mailbox.address if mailbox else "",
        }

    def _portrayed(self) -> dict[str, Any] | None:
        """Where their own picture is, and who sees it; None where there is none."""
        if self.portrait is None:
            return None
        seen_by = self.seen_by[self.portrait.audience, self.portrait.discreet]
        return {"person": people.uid_of(person=self.viewer.me), "audience": seen_by}

    def words_form(self, data: Any = None) -> WordsForm:
        """Name and headline."""
        me = profiles.me(self.viewer)
        said = {"headline": me.headline.text if me.headline else "", "audience": audiences.usual(self.communities)}
        if me.name:
            said |= {"name": me.name.text, "audience": self.answer(me.name.audience)}
        return WordsForm(data, audiences=self.offered, initial=said)

    def work_form(self, data: Any = None) -> PositionForm:
        """Another place of work."""
        return PositionForm(data, audiences=self.offered, initial={"audience": audiences.ME}, auto_id="work_%s")

    def show_form(self, own: market.Own, data: Any = None) -> ShowForm:
        """Who sees a place of work."""
        said = {"audience": self.answer(own.audience), "discreet": own.discreet}
        return ShowForm(data, audiences=self.offered, initial=said, auto_id=f"show_{own.held.uid}_%s")

    def shield_form(self, data: Any = None) -> ShieldForm:
        """The shield, ticked as it stands."""
        ticked = [kept.slug for kept in self.kept]
        return ShieldForm(data, known=self.organisations, initial={"organisations": ticked}, auto_id="shield_%s")

    def need_form(self, data: Any = None, text: str = "", held: needs.Own | None = None) -> NeedForm:
        """A need or an offer: one that is `held` already, or a new one, which says `text` before it is changed."""
        people = [(contact, name) for contact, (_person, name) in self.named.items()]
        by_name = [(NAMED, _("People I name"))] if people else []
        choices = [self.offered[0], *by_name, *self.offered[1:]]
        said = self._needed(held) if held else {"text": text, "audience": audiences.ME}
        return NeedForm(data, audiences=choices, people=people, initial=said, auto_id="need_%s")

    def ask_form(self, data: Any = None) -> AskForm | None:
        """Whether others may ask through them; None for somebody who belongs to no community, whom nobody can ask."""
        if not self.communities:
            return None
        said = ties.let_ask(self.viewer)
        answered = {} if said is None else {"through_me": "yes" if said.yes else "no"}
        return AskForm(data, initial=answered, auto_id="ask_%s")

    def neighbours(self) -> int:
        """The key of the circle of everybody in a community of theirs."""
        first, *others = self.communities
        return communities_kept.around(self.viewer) if others else first.members_circle

    def audience(self, answer: str) -> int | None:
        """The key of the audience that was chosen among those offered."""
        offered = answer in dict(self.offered)
        return audiences.chosen(self.viewer, self.communities, answer) if offered else None

    def answer(self, circle: int | None) -> str:
        """The answer that stands for an audience of theirs."""
        return audiences.answer(self.communities, circle, self.crossed)

    def audience_of_need(self, said: dict[str, Any], held: needs.Own | None = None) -> int | None:
        """The same for a need, which may also go to people named one by one; those of one `held` already stay."""
        if said["audience"] != NAMED:
            return self.audience(said["audience"])
        if held and set(self._named_by(held)) == set(said["people"]):
            return held.audience
        return discretion.name_people(self.viewer, people=[self.named[contact][0] for contact in said["people"]])

    def _named_by(self, held: needs.Own) -> list[str]:
        """Whom a need names, of those who can be named, by the id of the contact; nobody where it goes to others."""
        circle = held.audience or 0
        people = standing.chosen(self.viewer, [circle]).get(circle, [])
        return [contact for contact, (person, _name) in self.named.items() if person in people]

    def _needed(self, held: needs.Own) -> dict[str, Any]:
        """What a need or an offer says, as its form has it."""
        said, people = held.said, self._named_by(held)
        words = {"text": said.text, "kind": said.kind, "place": said.place, "offered": "yes" if said.offered else ""}
        audience = NAMED if people else self.answer(held.audience)
        until = days.of(held.until, settings.HOME_ZONE) if held.until else None
        return {**words, "audience": audience, "people": people, "discreet": held.discreet, "until": until}


def _by_name(organisation: tuple[str, str]) -> str:
    return organisation[1].casefold()


def _position(own: market.Own, seen_by: Audience) -> dict[str, Any]:
    held = {"uid": own.held.uid, "title": own.held.title, "organisation": own.held.organisation}
    until = own.held.ends_on if own.over else None
    return {**held, "since": own.held.starts_on, "until": until, "client": own.client, "audience": seen_by}


def _need(own: needs.Own, seen_by: Audience) -> dict[str, Any]:
    said = {"uid": own.said.uid, "text": own.said.text, "place": own.said.place, "offered": own.said.offered}
    over = own.until is not None and own.until <= clock.now()
    return {**said, "audience": Audience("me") if over else seen_by, "until": own.until, "over": over}
