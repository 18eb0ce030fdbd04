"""Whose mail domain one is, by the operator's word: with whom those stand who sign in with an address there."""

import re
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from entregent.common import errors
from entregent.market import actions as market
from entregent.market.domains import domain_of
from entregent.market.models import Organisation
from entregent.search.stems import fold

#: What a mail domain looks like: words with dots between them, 120 characters at most.
DOMAIN = re.compile(r"(?=.{4,120}$)[^\s@/:.]+(\.[^\s@/:.]+)+")


@dataclass(frozen=True, slots=True)
class Known:
    """A mail domain, and its organisation, whose name is in small letters: how a member writes it stays theirs."""

    domain: str
    organisation: str


def known() -> list[Known]:
    """Every mail domain of which the operator said whose it is."""
    rows = Organisation.objects.exclude(domain="").order_by("domain", "folded")
    return [Known(*row) for row in rows.values_list("domain", "folded")]


@transaction.atomic
def say(domain: str, *, organisation: str) -> None:
    """Take a mail domain as that of the organisation of a name.

    Raises `Invalid` for what is none, or anybody's; `Refused` where the organisation has another one.
    """
    said = domain_of(domain)
    if not DOMAIN.fullmatch(said):
        raise errors.Invalid("domain", _("%s is no mail domain; example.org is one.") % domain)
    firms = Organisation.objects.filter(folded=fold(organisation)[:120])
    other = firms.exclude(domain__in=["", said]).values_list("domain", flat=True).first()
    if other:
        words = _("%(organisation)s has %(domain)s: take that back first.")
        raise errors.Refused(words % {"organisation": organisation, "domain": other})
    market.know_domain(organisation=organisation, domain=said)


def take_back(domain: str) -> None:
    """Take a mail domain as nobody's. Raises `NotFound` where it is nobody's already."""
    try:
        market.forget_domain(domain=domain)
    except errors.NotFound as error:
        raise errors.NotFound(_("%s is no organisation's mail domain here.") % domain) from error
