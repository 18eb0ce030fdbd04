"""Blocking somebody and taking it back; and the page of those whom one blocks and of what one reported."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from entregent.communities import queries as communities
from entregent.profiles import actions, queries
from entregent.web.methods import require_post, require_safe, signed_in
from entregent.web.middleware import Request


@require_post
@signed_in
def person_block(request: Request, uid: UUID) -> HttpResponse:
    """Keep everything of one's own from somebody."""
    actions.block(request.viewer, person=uid)
    # Without a name: it is read with the next page, by which time the name may be hidden.
    messages.success(request, _("You block this person."), extra_tags=reverse("person_unblock", args=[uid]))
    return redirect("person", uid)


@require_post
@signed_in
def person_unblock(request: Request, uid: UUID) -> HttpResponse:
    """End it; one tap takes that back."""
    actions.unblock(request.viewer, person=uid)
    messages.success(request, _("The block has ended."), extra_tags=reverse("person_block", args=[uid]))
    return redirect("me_blocks")


@require_safe
@signed_in
def me_blocks(request: Request) -> HttpResponse:
    """Whom one blocks, what one reported."""
    said = {"people": queries.blocked(request.viewer), "reports": communities.reported(request.viewer)}
    return render(request, "blocks.html", said)
