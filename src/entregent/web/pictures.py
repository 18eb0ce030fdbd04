"""Pictures of an evening, for those who came: added by whoever organises, taken down by whoever is on them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entregent.common import clock, errors, wording
from entregent.common.pictures import ACCEPT, LARGEST
from entregent.meetups import actions, albums, pictures, queries
from entregent.web import evening_card, once
from entregent.web.methods import require_form, require_post, require_safe
from entregent.web.middleware import Request

#: How many files are taken at once: as many as the server takes in one request, each as large as it may be.
FILES = 8
#: How much is said of what a file is called.
CALLED = 40


@require_form
def evening_pictures(request: Request, code: str) -> HttpResponse:
    """The pictures of an evening, for whoever came or organises it; whoever organises adds some."""
    evening = queries.evening(request.viewer, code)
    mine = queries.my_presence(request.viewer, code)
    if not evening.organises and mine is None:
        return redirect("evening", code)
    wrong: list[str] = []
    if request.method == "POST":
        if not evening.organises:
            raise errors.NotFound
        wrong = _added(request, code)
        if not wrong:
            return redirect("evening_pictures", code)
    said = {
        "pictures": albums.pictures(request.viewer, code),
        "down": albums.taken_down(request.viewer, code),
        "organises": evening.organises,
        "begun": evening.starts_at <= clock.now(),
        "accept": ACCEPT,
        "wrong": wrong,
    }
    return render(
        request, "evening_pictures.html", {**evening_card.shown(evening), **said}, status=422 if wrong else 200
    )


def _added(request: Request, code: str) -> list[str]:
    """Add the files that were sent, each by itself; which of them were not taken, by why, and what to do."""
    files = request.FILES.getlist("pictures")
    if not files:
        return [_("Choose a picture.")]
    left: dict[str, list[str]] = {}
    for number, file in enumerate(files):
        wrong = _add(request, code, number, file)
        if wrong:
            left.setdefault(wrong, []).append(_called(file))
    _tell(request, len(files) - sum(map(len, left.values())))
    said = _("Not added: %(names)s. %(reason)s")
    return [said % {"names": ", ".join(names), "reason": reason} for reason, names in left.items()]


def _add(request: Request, code: str, number: int, file: "UploadedFile[Any]") -> str:
    """Add one file of several; what is wrong with it, or nothing."""
    if number >= FILES:
        return _("%(count)s go up at a time: choose these again.") % {"count": FILES}
    try:
        sent = once.uid(request, f"{number} {file.name} {file.size}")
        pictures.add_picture(request.viewer, code=code, file=file.read(LARGEST + 1), once=sent)
    except (errors.Invalid, errors.Refused) as error:
        return str(error.message)
    return ""


def _called(file: "UploadedFile[Any]") -> str:
    """What a file is called, with its ending, as long as a line of a phone."""
    name = wording.line(file.name or "") or "?"
    return name if len(name) <= CALLED else f"{name[: CALLED - 10]}…{name[-9:]}"


def _tell(request: Request, shown: int) -> None:
    if shown:
        said = ngettext(
            "%(count)s picture: those who came can see it now.",
            "%(count)s pictures: those who came can see them now.",
            shown,
        )
        messages.success(request, said % {"count": shown})


@require_post
def evening_pictured(request: Request, code: str) -> HttpResponse:
    """Say whether one wants to be on pictures."""
    actions.say_pictured(request.viewer, code=code, yes=request.POST.get("yes") == "yes")
    messages.success(request, _("It is noted."))
    return redirect("evening", code)


@require_safe
def picture(request: Request, uid: UUID) -> HttpResponse:
    """One picture. The policy is asked each time, and no browser keeps it."""
    return HttpResponse(albums.picture(request.viewer, uid), content_type="image/jpeg")


@require_post
def picture_down(request: Request, uid: UUID) -> HttpResponse:
    """Retirez-moi: the picture is hidden at once; nobody learns who asked."""
    code = _code(request, uid)
    asked = pictures.take_picture_down(request.viewer, picture=uid)
    words = _("The picture is hidden from everybody. Whoever put it there is not told who asked.")
    messages.success(request, words, extra_tags=reverse("picture_back", args=[asked]))
    return redirect("evening_pictures", code)


@require_post
def picture_back(request: Request, uid: UUID) -> HttpResponse:
    """The picture may be shown after all."""
    if request.viewer.person is None:
        raise errors.NotFound
    code = albums.evening_of_takedown(request.viewer, uid)
    pictures.put_picture_back(request.viewer, takedown=uid)
    return redirect("evening_pictures", code)


@require_post
def picture_delete(request: Request, uid: UUID) -> HttpResponse:
    """Delete one's own picture."""
    code = _code(request, uid)
    pictures.delete_picture(request.viewer, picture=uid)
    messages.success(request, _("The picture is deleted."))
    return redirect("evening_pictures", code)


def _code(request: Request, uid: UUID) -> str:
    if request.viewer.person is None:
        raise errors.NotFound
    return albums.evening_of_picture(request.viewer, uid)
