"""Saying "this is me" of somebody who came in by an import, and what the stewards answer."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from entregent.exchange import actions
from entregent.web.methods import require_post, signed_in
from entregent.web.middleware import Request


@require_post
@signed_in
def person_claim(request: Request, uid: UUID) -> HttpResponse:
    """Say that one is this person."""
    actions.claim(request.viewer, person=uid)
    return redirect("person", uid)


@require_post
@signed_in
def person_unclaim(request: Request, uid: UUID) -> HttpResponse:
    """Say it no longer."""
    actions.withdraw_claim(request.viewer, person=uid)
    return redirect("person", uid)


@require_post
@signed_in
def claim_accept(request: Request, uid: UUID) -> HttpResponse:
    """Have it made so. For stewards."""
    slug = actions.accept_claim(request.viewer, claim=uid)
    messages.success(request, _("These evenings find their owner within a minute."))
    return redirect("community", slug)


@require_post
@signed_in
def claim_decline(request: Request, uid: UUID) -> HttpResponse:
    """Leave it as it is. For stewards."""
    return redirect("community", actions.decline_claim(request.viewer, claim=uid))
