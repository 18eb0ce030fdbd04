"""Mes cartes: those that one keeps, each for an occasion."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from entregent.cards import actions, queries
from entregent.discretion.viewer import Viewer
from entregent.market import queries as market
from entregent.people import queries as people
from entregent.profiles import queries as profiles
from entregent.web import once, repairs
from entregent.web.cards_forms import CardForm
from entregent.web.methods import require_form, require_post, require_safe, signed_in
from entregent.web.middleware import Request


@require_safe
@signed_in
def me_cards(request: Request) -> HttpResponse:
    """The cards that one keeps; those that one was handed and has not noted; with whom they were crossed."""
    viewer = request.viewer
    said = {"cards": queries.mine(viewer), "crossed": queries.crossed(viewer), "handed": queries.handed(viewer)}
    return render(request, "me_cards.html", said)


@require_form
@signed_in
def card_new(request: Request) -> HttpResponse:
    """Keep a card; it begins with what one says of oneself, there to be struck out."""
    if request.method != "POST":
        return _form(request, CardForm(initial={**_begun(request.viewer), "shown": request.GET.get("carte", "")}))
    form = CardForm(request.POST)
    if not repairs.kept(form, lambda: actions.keep(request.viewer, **form.printed, once=once.uid(request))):
        return _form(request, form)
    messages.success(request, _("The card is kept."))
    return redirect("card_shown", shown) if (shown := form.cleaned_data["shown"]) else redirect("me_cards")


@require_form
@signed_in
def card_edit(request: Request, uid: UUID) -> HttpResponse:
    """Write a card anew."""
    held = queries.one(request.viewer, uid)
    if request.method != "POST":
        initial = {"title": held.title, **dict(zip(queries.FACE, held.face, strict=True))}
        return _form(request, CardForm(initial=initial), held)
    form = CardForm(request.POST)
    if not repairs.kept(form, lambda: actions.edit(request.viewer, card=uid, **form.printed)):
        return _form(request, form, held)
    messages.success(request, _("The card says so from now on. What you handed over stays as it was."))
    return redirect("me_cards")


@require_post
@signed_in
def card_drop(request: Request, uid: UUID) -> HttpResponse:
    """Keep a card no longer; one tap takes that back."""
    actions.drop(request.viewer, card=uid)
    messages.success(request, _("The card is taken out."), extra_tags=reverse("card_restore", args=[uid]))
    return redirect("me_cards")


@require_post
@signed_in
def card_restore(request: Request, uid: UUID) -> HttpResponse:
    """Keep it after all."""
    actions.restore(request.viewer, card=uid)
    messages.success(request, _("The card is kept."))
    return redirect("me_cards")


@require_post
@signed_in
def card_note(request: Request, uid: UUID) -> HttpResponse:
    """Copy a card into the notebook that one was handed."""
    contact = actions.note(request.viewer, handed=uid)
    messages.success(request, _("The card is in your notebook."))
    return redirect("contact", contact)


@require_post
@signed_in
def card_let_be(request: Request, uid: UUID) -> HttpResponse:
    """Lay it aside; one tap takes that back."""
    actions.let_be(request.viewer, handed=uid)
    messages.success(request, _("It is laid aside. Nobody is told."), extra_tags=reverse("card_take_up", args=[uid]))
    return redirect("me_cards")


@require_post
@signed_in
def card_take_up(request: Request, uid: UUID) -> HttpResponse:
    """Take it up again."""
    actions.take_up(request.viewer, handed=uid)
    return redirect("me_cards")


@require_post
@signed_in
def crossing_withdraw(request: Request, uid: UUID) -> HttpResponse:
    """Show somebody no longer what is for crossed cards; one tap takes that back."""
    actions.withdraw(request.viewer, crossing=uid)
    said = _("Your card is withdrawn. Nobody is told, and what was handed over stays with them.")
    messages.success(request, said, extra_tags=reverse("crossing_rejoin", args=[uid]))
    return redirect("me_cards")


@require_post
@signed_in
def crossing_rejoin(request: Request, uid: UUID) -> HttpResponse:
    """Show them again."""
    actions.rejoin(request.viewer, crossing=uid)
    messages.success(request, _("Your card is back."))
    return redirect("me_cards")


def _form(request: Request, form: CardForm, held: queries.Own | None = None) -> HttpResponse:
    return render(request, "card_form.html", {"form": form, "card": held}, status=repairs.status(form))


def _begun(viewer: Viewer) -> dict[str, str]:
    """What a first card begins with: what one says of oneself, and the address that signs in."""
    me, mailbox = profiles.me(viewer), people.mailbox(person=viewer.me)
    work = [own.held.organisation for own in market.mine(viewer) if not own.over and not own.client]
    return {
        "name": me.name.text if me.name else "",
        "does": me.headline.text if me.headline else "",
        "organisation": work[0] if work else "",
        "mail": mailbox.address if mailbox else "",
    }
