"""The rules of who sees what, in plain words: of each circle, of a fact's own terms, of what a role is told."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from entregent.web.labels import Audience, listing
from entregent.web.seen_own import Thing
from entregent.web.seen_roles import OPEN, Role
from entregent.web.templatetags import look

#: What others see, in a sentence that begins with "Somebody of Filao sees": in the order in which it is said.
SEEN = {
    "profiles.Name": gettext_lazy("your name"),
    "profiles.Headline": gettext_lazy("what you do"),
    "profiles.Portrait": gettext_lazy("your portrait"),
    "profiles.Words": gettext_lazy("what you say of yourself"),
    "market.Position": gettext_lazy("where you work"),
    "needs.Need": gettext_lazy("what you look for and offer"),
    "meetups.Organising": gettext_lazy("the evenings that you organise with others"),
    "meetups.Joint": gettext_lazy("in which communities you announce your evenings"),
    "meetups.Rsvp": gettext_lazy("your answers to evenings"),
    "meetups.Presence": gettext_lazy("that you were there"),
    "meetups.Picture": gettext_lazy("your pictures of evenings"),
    "meetups.Meetup": gettext_lazy("the evenings that you organise"),
    "meetups.Admission": gettext_lazy("whom you let in at the door"),
    "ties.Willing": gettext_lazy("whether one may go through you"),
    "communities.Request": gettext_lazy("where you ask to come in"),
    "communities.Claim": gettext_lazy("whom you say you are"),
    "communities.Report": gettext_lazy("what you reported"),
    "cards.Showing": gettext_lazy("a card that you show"),
}
#: The kinds that appear under one's name, and not without it.
UNDER_THE_NAME = SEEN.keys() - {
    "profiles.Name",
    "meetups.Meetup",
    "meetups.Joint",
    "meetups.Picture",
    "meetups.Admission",
    "cards.Showing",
    "communities.Request",
    "communities.Report",
}

#: From the widest circle to the narrowest.
WIDEST = (
    *("everyone", "communities", "invited", "members", "going", "attended", "organisers", "stewards", "hearing"),
    *("connections", "chosen", "me"),
)

#: Who is in a circle, for whoever put a fact there; communities are told apart by how one gets in.
RULES = {
    "me": gettext_lazy("Nobody else: on no page, in no mail."),
    "chosen": gettext_lazy("You named them one by one."),
    "connections": gettext_lazy("Whoever has your card, because you have theirs."),
    "going": gettext_lazy("Whoever has a seat at the same evening, and whoever organises it."),
    "attended": gettext_lazy("Whoever was at the same evening."),
    "organisers": gettext_lazy("Whoever organises the evening."),
    "stewards": gettext_lazy("Whoever lets people in there, and nobody else."),
    "hearing": gettext_lazy("Not whom you report, nor whoever organises the evening that you report."),
    "communities": gettext_lazy("Whoever is in one of your communities."),
    "invited": gettext_lazy("Whoever is in a community in which the evening stands."),
    "everyone": gettext_lazy("With or without an account."),
    "open": gettext_lazy("%(name)s: anybody may come in."),
    "link": gettext_lazy("%(name)s: one comes in by the invitation link."),
    "approved": gettext_lazy("%(name)s: a steward says yes to each."),
}
#: Why somebody is in a circle, and why not.
WITHIN = {
    "chosen": gettext_lazy("You named them."),
    "connections": gettext_lazy("You crossed cards."),
    "going": pgettext_lazy("somebody", "They come too."),
    "attended": pgettext_lazy("somebody", "They were there too."),
    "organisers": pgettext_lazy("somebody", "They organise it."),
    "stewards": pgettext_lazy("somebody", "They look after the community."),
    "hearing": pgettext_lazy("somebody", "They look after the community."),
    "members": pgettext_lazy("somebody", "They are in the community."),
    "communities": pgettext_lazy("somebody", "They are in one of your communities."),
    "invited": pgettext_lazy("somebody", "They are in a community in which the evening stands."),
    "everyone": gettext_lazy("It is for everyone."),
}
WITHOUT = {
    "me": gettext_lazy("It is yours alone."),
    "chosen": gettext_lazy("You did not name them."),
    "connections": gettext_lazy("You did not cross cards."),
    "going": pgettext_lazy("somebody", "They do not come."),
    "attended": pgettext_lazy("somebody", "They were not there."),
    "organisers": pgettext_lazy("somebody", "They do not organise it."),
    "stewards": pgettext_lazy("somebody", "They do not look after the community."),
    "hearing": pgettext_lazy("somebody", "They do not look after the community."),
    "members": pgettext_lazy("somebody", "They are not in the community."),
    "communities": pgettext_lazy("somebody", "They are in none of your communities."),
    "invited": pgettext_lazy("somebody", "They are in no community in which the evening stands."),
}


def rule(audience: Audience) -> str:
    """Who is in an audience."""
    return str(RULES[audience.entry or audience.kind]) % {"name": listing(audience.names)}


def own_terms(thing: Thing, audience: Audience, *, declared: bool) -> str:
    """What there is to say of a fact besides its audience: what being discreet does, when it ends."""
    said = [_discreet(audience, declared)] if thing.discreet and thing.circle else []
    if thing.until is not None:
        ends = _("Ended on %(day)s.") if thing.ended else _("Until %(day)s.")
        said.append((ends % {"day": look.short(thing.until)}).replace("..", "."))  # « 26 nov. » ends it already
    return " ".join(said)


def _discreet(audience: Audience, declared: bool) -> str:
    if audience.kind not in OPEN:
        return _("Discreet: it passes your shield for those whom you named, and for nobody else.")
    if not declared:
        return _("Discreet: nobody sees it until you have said where you work.")
    if not audience.apart_from:
        return _("Discreet: kept from whoever has not said where they work.")
    names = {"names": listing(audience.apart_from)}
    return _("Discreet: your shield keeps it from %(names)s, and from whoever has not said where they work.") % names


def why_seen(thing: Thing, audience: Audience, conditions: Mapping[str, bool]) -> str:
    """Why somebody sees a fact."""
    if thing.discreet and conditions["named"]:
        return _("You named them: that passes your shield.")
    if thing.discreet:
        return f"{WITHIN[audience.kind]} " + _("It is discreet, and your shield does not keep it from them.")
    return str(WITHIN[audience.kind])


def why_not(thing: Thing, audience: Audience, conditions: Mapping[str, bool], role: Role) -> str:
    """Why somebody does not see a fact: the first condition that keeps it from them."""
    if not conditions["current"] and thing.until:
        return _("It ended on %(day)s: nobody else sees it.") % {"day": look.short(thing.until)}
    if not conditions["in_audience"]:
        return str(WITHOUT[audience.kind])
    if conditions["shielded_circle"]:
        return _("Discreet: your shield keeps it from %(names)s.") % {"names": role.firm}
    if not conditions["viewer_declared"]:
        return _("Discreet: they have not said where they work.")
    return _("Discreet: say first where you work.")
