"""Writing to somebody: on a channel that is known, with a draft; else one word that is relayed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from entregent.cards import queries as cards
from entregent.cards.queries import Own
from entregent.common import days, ids
from entregent.discretion import queries as discretion
from entregent.discretion.viewer import Viewer
from entregent.encounters import queries as encounters
from entregent.encounters.queries import Met, Page
from entregent.exchange import queries as exchange
from entregent.people import queries as people
from entregent.profiles import queries as profiles
from entregent.web import asking, drafts, once, reaching, repairs, sentences
from entregent.web.methods import require_form, signed_in
from entregent.web.middleware import Request
from entregent.web.writing_forms import DraftForm, WordForm
from entregent.writing import actions
from entregent.writing import queries as words
from entregent.writing.queries import Got


@dataclass(frozen=True, slots=True)
class Whom:
    """Somebody to write to: a member, an entry of the viewer's book, or both; `back` is their page."""

    name: str
    back: str
    key: int | None
    member: UUID | None
    channels: tuple[tuple[str, str], ...]
    met: Met | None

    @property
    def first_name(self) -> str:
        """By what they are called in a sentence."""
        return sentences.first_name(self.name)


@require_form
@signed_in
def write(request: Request, uid: UUID) -> HttpResponse:
    """Write to a member."""
    viewer, card = request.viewer, profiles.person(request.viewer, uid)
    if card.person == viewer.person:
        return redirect("me")
    entry = next(iter(encounters.entries(viewer, people=[card.person])), None)
    page = encounters.contact(viewer, entry.uid) if entry else None
    back = reverse("person", args=[uid])
    return _written(request, _whom(viewer, card.name, (card.person, uid), page, back=back))


@require_form
@signed_in
def contact_write(request: Request, uid: UUID) -> HttpResponse:
    """Write to somebody of the notebook, a member or not."""
    viewer, page = request.viewer, encounters.contact(request.viewer, uid)
    back = reverse("contact", args=[uid])
    return _written(request, _whom(viewer, page.name, (page.person, page.member), page, back=back))


def _whom(viewer: Viewer, name: str, member: tuple[int | None, UUID | None], page: Page | None, *, back: str) -> Whom:
    """Somebody with the ways to reach them: what the viewer noted, then what a card gave."""
    key, uid = member
    noted = [(one.kind, one.value) for one in page.channels] if page else []
    given = [way for one in words.got_from(viewer, key or ids.NO_KEY) if one.card for way in one.card.channels]
    met = page.encounters[-1] if page and page.encounters else None
    return Whom(name, back, key, uid, tuple(dict.fromkeys([*noted, *given])), met)


def _written(request: Request, whom: Whom) -> HttpResponse:
    """The page; what its buttons ask for."""
    if request.POST.get("way") is not None:
        return _leave(request, whom)
    if request.POST.get("relay") is not None and whom.member is not None and not whom.channels:
        return _relay(request, whom, whom.member)
    return _page(request, whom)


def _leave(request: Request, whom: Whom) -> HttpResponse:
    """The message, and the link that opens the service: one more tap, as no form of ours may be sent elsewhere."""
    form, letters = DraftForm(request.POST), reaching.letters(whom.channels)
    chosen = next((one for one in letters if f"{one.kind} {one.value}" == request.POST["way"]), None)
    if chosen is None or not form.is_valid():
        return _page(request, whom, form=form)
    text, subject = form.cleaned_data["text"], request.POST.get("subject", "")[: drafts.SUBJECT]
    said = {"whom": whom, "letter": chosen, "text": text, "subject": subject}
    return render(request, "write_leave.html", {**said, "address": reaching.carried(chosen, text, subject)})


def _relay(request: Request, whom: Whom, member: UUID) -> HttpResponse:
    form = WordForm(request.POST, cards=cards.mine(request.viewer))
    written: list[UUID] = []

    def keep() -> None:
        written.append(actions.write(request.viewer, person=member, **form.cleaned_data, once=once.uid(request)))

    if not repairs.kept(form, keep):
        return _page(request, whom, form=form)
    said = _("Your word leaves in a minute.")
    messages.success(request, said, extra_tags=reverse("word_take_back", args=written))
    return redirect("words")


def _page(request: Request, whom: Whom, form: DraftForm | WordForm | None = None) -> HttpResponse:
    viewer, draft = request.viewer, _draft(request, whom)
    said = {
        "whom": whom,
        "letters": reaching.letters(whom.channels),
        "others": [
            {"kind": kind, "value": value, "href": reaching.href(kind, value)}
            for kind, value in whom.channels
            if kind != "mail"
        ],
        "subject": draft.subject,
        "blocked": whom.key in discretion.blocked(viewer),
        "form": form or _form(viewer, whom, draft.text),
        **_between(viewer, whom),
    }
    return render(request, "write.html", said, status=422 if form else 200)


def _form(viewer: Viewer, whom: Whom, text: str) -> DraftForm | WordForm:
    if whom.channels:
        return DraftForm(initial={"text": text})
    kept = cards.mine(viewer)
    return WordForm(cards=kept, initial={**card(viewer, kept), "text": text})


def _draft(request: Request, whom: Whom) -> drafts.Draft:
    """What a message begins with: what was written before, else what one knows of them and the need that led here."""
    if request.POST.get("again") is not None:
        return drafts.Draft(request.POST.get("text", ""), request.POST.get("subject", ""))
    need = request.POST.get("need", "").strip()[: asking.LONGEST]
    return drafts.draft(whom.name, whom.met, need, days.today(settings.HOME_ZONE))


def _between(viewer: Viewer, whom: Whom) -> dict[str, Any]:
    """What stands between the two already, where a word would be relayed; the community that brought them in."""
    if whom.member is None or whom.channels or whom.key is None:
        return {}
    waiting: Got | None = next((one for one in words.got_from(viewer, whom.key) if one.waits), None)
    return {
        "before": words.sent_to(viewer, whom.key),
        "theirs": waiting,
        "unclaimed": exchange.unclaimed(viewer, whom.member),
    }


def card(viewer: Viewer, kept: Sequence[Own]) -> dict[str, str]:
    """The card that was handed over last, which is one of those that are `kept` or was typed.

    At first the one that was taken out last, else the address that signs in, there to be read and struck out.
    """
    held = words.card(viewer)
    if held is not None:
        same = [one for one in kept if (one.face.mail, one.face.telephone) == (held.mail, held.telephone)]
        return {"mail": held.mail, "telephone": held.telephone, "card": str(same[0].uid) if same else ""}
    if kept:
        return {"mail": kept[0].face.mail, "telephone": kept[0].face.telephone, "card": str(kept[0].uid)}
    mailbox = people.mailbox(person=viewer.me)
    return {"mail": mailbox.address if mailbox else ""}
