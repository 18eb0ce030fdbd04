"""Whose mail domain one is: said by the operator, taken back, listed."""

from dataclasses import asdict

from entregent.cli import database, printing, show
from entregent.cli.language import _
from entregent.exchange import domains


def list_all(*, as_json: bool) -> None:
    """Print those of which it was said."""
    database.require()
    found = domains.known()
    if as_json:
        printing.json_of({"domains": [asdict(one) for one in found]})
        return
    for one in found:
        show.line(f"{one.domain}  {printing.clean(one.organisation)}")
    if not found:
        show.line(_("No organisation has a mail domain here: no address says where somebody works."))


def say(domain: str, *, organisation: str) -> None:
    """Take one as an organisation's."""
    database.require()
    domains.say(domain, organisation=organisation)
    words = _("Whoever signs in with an address at {domain} stands with {organisation}.")
    show.line(words.format(domain=domain, organisation=organisation))


def take_back(domain: str) -> None:
    """Take one as nobody's."""
    database.require()
    domains.take_back(domain)
    show.line(_("{domain} is nobody's: an address there says nothing of where somebody works.").format(domain=domain))
