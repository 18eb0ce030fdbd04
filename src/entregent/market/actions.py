"""Writes about where people work, and the circles and first shields that follow from it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from entregent.circles import actions as circles
from entregent.circles import fixed
from entregent.circles.models import Circle
from entregent.common import chance, clock, days, errors, wording
from entregent.discretion import actions as discretion
from entregent.discretion import queries as standing
from entregent.discretion.models import Shield
from entregent.discretion.viewer import Viewer
from entregent.market import queries
from entregent.market.domains import PUBLIC, domain_of
from entregent.market.models import Answer, Bond, FirstShield, Organisation, Position, Shielded, Situation
from entregent.people import actions as who
from entregent.people import queries as people
from entregent.search import actions as search
from entregent.search.stems import fold

#: Years that a position may be dated in.
YEARS = range(1900, 2101)
#: How many positions one states, those that are over included: a page reads them all, and at one place each of them is
#: laid beside each of everybody else's. What those of two people weigh together still is an exact sum: `ties.evidence`.
MOST = 60
#: The circles that a job search may go to: people named, or cards crossed.
NARROW = ("chosen", "connections")


def stated(actor: Viewer, *, audience: int | None, discreet: bool) -> dict[str, Any]:
    """The fields of a fact that the actor states now.

    Raises `Refused` for something discreet that an employer would read in the actor's mailbox, `Invalid` for
    something discreet and public.
    """
    if discreet and not queries.may_be_discreet(actor):
        raise errors.Refused(
            _("Your employer can open this account's mailbox: say this from an account with an address of your own.")
        )
    return discretion.stated(audience=audience, discreet=discreet)


def searching(actor: Viewer, *, audience: int | None) -> dict[str, Any]:
    """The fields of a fact that says that the actor looks for a job: discreet, always.

    Raises `Invalid` for a circle of others than people named, or whose cards were crossed; `Refused` as `stated` does.
    """
    if audience is not None and not Circle.objects.filter(pk=audience, kind__in=NARROW).exists():
        few = _("A job search goes only to people you name, or with whom you crossed cards.")
        raise errors.Invalid("audience", few)
    return stated(actor, audience=audience, discreet=True)


@transaction.atomic
def register(actor: Viewer, *, name: str, town: str = "", words: str = "", domain: str = "") -> str:
    """The slug of the organisation of that name, made if there is none.

    `domain` is taken where the actor signs in with an address there. Raises `Invalid`.
    """
    mine = people.mail_domain(person=actor.me)
    firm = _organisation(name, town=wording.line(town), words=wording.lines(words))
    if domain and domain_of(domain) != mine:
        raise errors.Invalid("domain", _("Sign in with an address of that domain to say that it is theirs."))
    if domain:
        know_domain(organisation=name, domain=mine)
    return firm.slug


@transaction.atomic
def know_domain(*, organisation: str, domain: str) -> None:
    """Take a mail domain as that of the organisation of a name: whoever signs in with it stands there.

    It is made if there is none: whether somebody works there is not to be learnt. Raises `Invalid`.
    """
    if domain_of(domain) in PUBLIC:
        raise errors.Invalid("domain", _("Anybody can have an address there."))
    firm = _organisation(organisation)
    Organisation.objects.filter(pk=firm.pk).update(domain=domain_of(domain))
    keep_staff(organisation=firm.pk)


@transaction.atomic
def forget_domain(*, domain: str) -> None:
    """Take a mail domain as nobody's: whoever signs in with it stands nowhere by that. Raises `NotFound`."""
    firms = Organisation.objects.filter(domain=domain_of(domain)).exclude(domain="")
    keys = list(firms.values_list("pk", flat=True))
    if not keys:
        raise errors.NotFound
    firms.update(domain="")
    for key in keys:
        keep_staff(organisation=key)


@transaction.atomic
def recognise(actor: Viewer, *, before: str = "") -> None:
    """Let the actor stand with the organisation whose mail domain they sign in with.

    `before` is the domain with which they did until now: with its organisation they stand by that no longer.
    """
    domains = [people.mail_domain(person=actor.me), before]
    for firm in Organisation.objects.filter(domain__in=domains).exclude(domain="").values_list("pk", flat=True):
        keep_staff(organisation=firm)


@transaction.atomic
def say_situation(actor: Viewer, *, answer: str) -> None:
    """Answer "where do you work?", for nobody else to read. `employed` wants a position stated first."""
    if answer not in Answer.values:
        raise errors.Invalid("answer", _("Choose one of the answers."))
    if answer == Answer.EMPLOYED and not Position.ledger.filter(owner=actor.me, client=False).exists():
        raise errors.Invalid("organisation", _("Say where you work."))
    _answer(actor, answer)


@transaction.atomic
def state_position(
    actor: Viewer,
    *,
    organisation: str,
    title: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
    audience: int | None,
    discreet: bool = False,
    client: bool = False,
) -> UUID:
    """The id of a new position at the organisation of that name.

    A present one answers "where do you work?"; unless it is a client, the actor's first there keeps their discreet
    facts from that organisation. Raises `Invalid`, and `Refused` where there are enough.
    """
    who.wait_turn(person=actor.me)
    _check_dates(starts_on, ends_on)
    _keep_few(actor)
    firm = _organisation(organisation)
    position = Position.ledger.create(
        owner_id=actor.me,
        organisation=firm,
        named=wording.line(organisation)[:120],
        title=wording.line(title)[:120],
        starts_on=starts_on,
        ends_on=ends_on,
        client=client,
        **stated(actor, audience=audience, discreet=discreet),
    )
    _written(position)
    if ends_on is None or ends_on > days.today(settings.HOME_ZONE):
        _settle(actor, position)
    return position.uid


@transaction.atomic
def end_position(actor: Viewer, *, position: UUID, ends_on: date) -> None:
    """Say when a position of the actor's ended, or will end."""
    held = _own(actor, position)
    _check_dates(held.starts_on, ends_on)
    held.ends_on, held.changed_at = ends_on, clock.now()
    held.save(update_fields=["ends_on", "changed_at"])
    _written(held)


@transaction.atomic
def show_position(actor: Viewer, *, position: UUID, audience: int | None, discreet: bool = False) -> None:
    """Choose who sees a position of the actor's."""
    held = _own(actor, position)
    for field, value in stated(actor, audience=audience, discreet=discreet).items():
        setattr(held, field, value)
    held.save(update_fields=["audience_id", "discreet", "changed_at"])
    _written(held)


@transaction.atomic
def withdraw_position(actor: Viewer, *, position: UUID) -> None:
    """Take back a position; with the last one goes the answer that the actor is employed."""
    held = _own(actor, position)
    held.delete()
    search.drop(about=held.uid)
    keep_staff(organisation=held.organisation_id)
    if not Position.ledger.filter(owner=actor.me, client=False).exists():
        Situation.ledger.filter(owner=actor.me, answer=Answer.EMPLOYED).delete()
        _keep_declared(actor.me)


@transaction.atomic
def shield(actor: Viewer, *, organisation: str) -> None:
    """Keep the actor's discreet facts from the organisation of that name, and from those tied to it."""
    _shield(actor, _organisation(organisation), organisation)


@transaction.atomic
def unshield(actor: Viewer, *, organisation: str) -> None:
    """End the shield around the organisation with that slug."""
    firm = _known(organisation)
    discretion.unshield(actor, circle=_around(firm))
    Shielded.objects.filter(person=actor.me, organisation=firm).delete()


@transaction.atomic
def tie(actor: Viewer, *, one: str, other: str, kind: str = Bond.Kind.SISTER) -> None:
    """Say that two organisations, by name, stand together. Until it is confirmed it counts for the actor alone."""
    firms = [(_organisation(name), name) for name in (one, other)]
    bond = _bond(firms[0][0], firms[1][0], kind)
    Bond.objects.filter(pk=bond.pk, stated_by=None, confirmed_at=None).update(stated_by=actor.me)
    around = [_around(firm) for firm, _name in firms]
    if Shield.objects.filter(owner=actor.me, circle__in=around, over=Shield.Over.DISCREET).exists():
        for firm, name in firms:
            _shield(actor, firm, name)


@transaction.atomic
def confirm_tie(actor: Viewer, *, one: str, other: str) -> None:
    """Have two organisations, by name, stand together for all, whether or not anybody said so. For stewards."""
    _steward(actor)
    bind(one=one, other=other)


@transaction.atomic
def lift_tie(actor: Viewer, *, one: str, other: str) -> None:
    """Have two organisations, by name, no longer stand together, whether or not they did. For stewards."""
    _steward(actor)
    bond = _bond(_organisation(one), _organisation(other), Bond.Kind.SISTER)
    _keep_within(bond, together=False)
    bond.delete()


@transaction.atomic
def bind(*, one: str, other: str, kind: str = Bond.Kind.SISTER) -> None:
    """Tie two organisations, by name, for all: the operator knows."""
    bond = _bond(_organisation(one), _organisation(other), kind)
    Bond.objects.filter(pk=bond.pk).update(confirmed_at=clock.now())
    _keep_within(bond, together=True)


@transaction.atomic
def keep_staff(*, organisation: int) -> None:
    """Make the circle of an organisation's staff hold what positions and mail domains say."""
    firm = Organisation.objects.select_for_update().get(pk=organisation)
    circles.keep(kind="staff", about=firm.uid, people=lambda: _staff(firm))


def _staff(firm: Organisation) -> dict[int, datetime | None]:
    """Who stands with an organisation by a position or by the domain of their address, until when."""
    until: dict[int, datetime | None] = {}
    for person, ends_on in Position.ledger.filter(organisation=firm).order_by("pk").values_list("owner", "ends_on"):
        until[person] = _later(until[person], _until(ends_on)) if person in until else _until(ends_on)
    standing_now = {person: end for person, end in until.items() if end is None or end > clock.now()}
    return {**standing_now, **dict.fromkeys(people.people_of_domain(domain=firm.domain))}


@transaction.atomic
def erase(person: int) -> None:
    """Forget where a person works and worked, and what they said of organisations."""
    firms = Position.ledger.filter(owner=person).values("organisation__uid")
    staffs = list(Circle.objects.filter(kind="staff", about__in=firms).values_list("pk", flat=True))
    Position.ledger.filter(owner=person).delete()
    Situation.ledger.filter(owner=person).delete()
    Shielded.objects.filter(person=person).delete()
    FirstShield.objects.filter(person=person).delete()
    Bond.objects.filter(stated_by=person).update(stated_by=None)
    # Whoever else works where they did is no concern of theirs: their own places go, and nothing is counted again.
    circles.dismiss(circles=[fixed.DECLARED, *staffs], person=person)


def _organisation(name: str, **said: str) -> Organisation:
    """The organisation of a name: as much is done whether or not somebody else has typed it before."""
    folded = fold(name)[:120]
    if not folded:
        raise errors.Invalid("organisation", _("Say its name."))
    new = Organisation(slug=_slug(folded), name=wording.line(name)[:120], folded=folded, **said)
    Organisation.objects.bulk_create([new], ignore_conflicts=True)
    firm = Organisation.objects.get(slug=new.slug)
    circles.put_within(inner=circles.circle(kind="staff", about=firm.uid), outer=_around(firm))
    return firm


def _slug(folded: str) -> str:
    """An address that depends on the name alone, and so on nobody else who typed one like it."""
    slug = slugify(folded)[:60]
    return slug if slug.replace("-", " ") == folded else f"{slug}-{chance.digest(folded)[:8]}".lstrip("-")


def _known(slug: str) -> Organisation:
    firm = Organisation.objects.filter(slug=slug).first()
    if firm is None:
        raise errors.NotFound
    return firm


def _around(firm: Organisation) -> int:
    return circles.circle(kind="around", about=firm.uid)


def _shield(actor: Viewer, firm: Organisation, named: str) -> None:
    discretion.shield(actor, circle=_around(firm))
    Shielded.objects.get_or_create(person_id=actor.me, organisation=firm, defaults={"named": wording.line(named)[:120]})


def _own(actor: Viewer, position: UUID) -> Position:
    # Its searchable line is written as it was read: nobody else may hide it, or take it back, in between.
    who.wait_turn(person=actor.me)
    held: Position | None = Position.ledger.filter(owner=actor.me, uid=position).first()
    if held is None:
        raise errors.NotFound
    return held


def _keep_few(actor: Viewer) -> None:
    if Position.ledger.filter(owner=actor.me).count() >= MOST:
        raise errors.Refused(_("That is enough places of work: take one back first."))


def _check_dates(starts_on: date | None, ends_on: date | None) -> None:
    for field, on in (("starts_on", starts_on), ("ends_on", ends_on)):
        if on is not None and on.year not in YEARS:
            raise errors.Invalid(field, _("Check the year."))
    if starts_on and ends_on and ends_on < starts_on:
        raise errors.Invalid("ends_on", _("It ends before it starts: check the dates."))


def _written(position: Position) -> None:
    search.write(
        fact=position,
        kind="position",
        text=", ".join(filter(None, (position.title, position.named))),
        subject=position.owner_id,
        on=position.starts_on,
    )
    keep_staff(organisation=position.organisation_id)


def _settle(actor: Viewer, position: Position) -> None:
    if position.client:
        if not Situation.ledger.filter(owner=actor.me).exists():
            _answer(actor, Answer.OWN)
        return
    _answer(actor, Answer.EMPLOYED)
    _mark, first = FirstShield.objects.get_or_create(person_id=actor.me, organisation=position.organisation)
    if first:
        _shield(actor, position.organisation, position.named)


def _answer(actor: Viewer, answer: str) -> None:
    said = {"answer": answer, "changed_at": clock.now()}
    Situation.ledger.update_or_create(owner_id=actor.me, defaults=said)
    _keep_declared(actor.me)


def _keep_declared(person: int) -> None:
    if Situation.ledger.filter(owner=person).exists():
        circles.admit(circles=[fixed.DECLARED], person=person)
    else:
        circles.dismiss(circles=[fixed.DECLARED], person=person)


def _until(ends_on: date | None) -> datetime | None:
    """Until when somebody stands with an organisation who worked there until a day: by the days at home."""
    return None if ends_on is None else days.begins(ends_on + queries.STANDING, settings.HOME_ZONE)


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return None if one is None or other is None else max(one, other)


def _steward(actor: Viewer) -> None:
    if actor.me and not standing.places_of_kind(actor, "stewards"):
        raise errors.Refused(_("A steward does this."))


def _bond(one: Organisation, other: Organisation, kind: str) -> Bond:
    if one == other:
        raise errors.Invalid("other", _("Name two organisations."))
    reverse = Bond.objects.filter(one=other, other=one).first()
    return reverse or Bond.objects.get_or_create(one=one, other=other, defaults={"kind": kind})[0]


def _keep_within(bond: Bond, *, together: bool) -> None:
    for inner, outer in ((bond.one, bond.other), (bond.other, bond.one)):
        both = {"inner": circles.circle(kind="staff", about=inner.uid), "outer": _around(outer)}
        if together:
            circles.put_within(**both)
        else:
            circles.take_out(**both)
