"""Des mots: what one was given and wrote; a word to answer, to let be, to take back; whether first words may come."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from entregent.cards import queries as cards
from entregent.common import errors
from entregent.communities import queries as communities
from entregent.web import reaching, repairs, sentences, writing
from entregent.web.methods import require_form, require_post, require_safe, signed_in
from entregent.web.middleware import Request
from entregent.web.writing_forms import AnswerForm
from entregent.writing import actions, queries


@require_safe
@signed_in
def words(request: Request) -> HttpResponse:
    """All words, those first that wait for the viewer."""
    got = queries.got(request.viewer)
    said = {
        "waiting": [one for one in got if one.waits],
        "others": [one for one in got if not one.waits],
        "sent": queries.sent(request.viewer),
        "closed": queries.is_closed(request.viewer),
    }
    return render(request, "words.html", said)


@require_form
@signed_in
def word(request: Request, uid: UUID) -> HttpResponse:
    """One word: read it, answer it; or one's own."""
    try:
        held = queries.one_got(request.viewer, uid)
    except errors.NotFound:
        return _own(request, uid)
    kept = cards.mine(request.viewer)
    if request.method != "POST":
        return _page(request, held, AnswerForm(cards=kept, initial=writing.card(request.viewer, kept)))
    form = AnswerForm(request.POST, cards=kept)
    if not repairs.kept(form, lambda: actions.answer(request.viewer, word=uid, **form.cleaned_data)):
        return _page(request, held, form)
    messages.success(request, _("Your answer is on its way, and your cards have crossed."))
    return redirect("word", uid)


def _own(request: Request, uid: UUID) -> HttpResponse:
    """A word that the viewer wrote: it takes no answer from themselves."""
    held = queries.one_sent(request.viewer, uid)
    if request.method == "POST":
        raise errors.NotFound
    answers = [one for one in queries.got(request.viewer) if one.answers == uid]
    return render(request, "word_sent.html", {"word": held, "answer": answers[0] if answers else None})


def _page(request: Request, held: queries.Got, form: AnswerForm) -> HttpResponse:
    channels = held.card.channels if held.card else ()
    mine = [one for one in queries.sent(request.viewer) if one.uid == held.answers or one.answers == held.uid]
    said: dict[str, Any] = {
        "word": held,
        "first_name": sentences.first_name(held.name),
        "mine": mine[0] if mine else None,
        "ways": [{"kind": kind, "value": value, "href": reaching.href(kind, value)} for kind, value in channels],
        "form": form,
        "may_report": bool(communities.mine(request.viewer)),
    }
    return render(request, "word.html", said, status=repairs.status(form))


@require_post
@signed_in
def word_leave(request: Request, uid: UUID) -> HttpResponse:
    """Let a word be; one tap takes that back."""
    actions.let_be(request.viewer, word=uid)
    messages.success(request, _("It is laid aside. Nobody is told."), extra_tags=reverse("word_take_up", args=[uid]))
    return redirect("words")


@require_post
@signed_in
def word_take_up(request: Request, uid: UUID) -> HttpResponse:
    """Take it up again."""
    actions.take_up(request.viewer, word=uid)
    return redirect("word", uid)


@require_post
@signed_in
def word_take_back(request: Request, uid: UUID) -> HttpResponse:
    """Take back a word of one's own that has not gone."""
    actions.take_back(request.viewer, word=uid)
    messages.success(request, _("It is taken back."))
    return redirect("words")


@require_post
@signed_in
def word_keep(request: Request, uid: UUID) -> HttpResponse:
    """Copy a card into the notebook."""
    contact = actions.keep_card(request.viewer, word=uid)
    messages.success(request, _("The card is in your notebook."))
    return redirect("contact", contact)


@require_post
@signed_in
def words_take(request: Request) -> HttpResponse:
    """Say whether first words may come."""
    yes = request.POST.get("yes") == "yes"
    actions.take_words(request.viewer, yes=yes)
    messages.success(
        request, _("First words reach you.") if yes else _("No first word reaches you any more. Nobody is told.")
    )
    return redirect("words")
