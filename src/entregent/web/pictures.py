"""Pictures of an evening, for those who came: added by whoever organises, taken down by whoever is on them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from entregent.common import clock, errors
from entregent.common.pictures import LARGEST
from entregent.meetups import actions, pictures, queries
from entregent.web import evening_card, once
from entregent.web.methods import require_form, require_post, require_safe
from entregent.web.middleware import Request

#: How many files are taken at once.
FILES = 4


@require_form
def evening_pictures(request: Request, code: str) -> HttpResponse:
    """The pictures of an evening, for whoever came or organises it; whoever organises adds some."""
    evening = queries.evening(request.viewer, code)
    mine = queries.my_presence(request.viewer, code)
    if not evening.organises and mine is None:
        return redirect("evening", code)
    error = ""
    if request.method == "POST":
        if not evening.organises:
            raise errors.NotFound
        error = _added(request, code)
        if not error:
            return redirect("evening_pictures", code)
    said = {
        "pictures": queries.pictures(request.viewer, code),
        "down": queries.taken_down(request.viewer, code),
        "organises": evening.organises,
        "begun": evening.starts_at <= clock.now(),
        "error": error,
    }
    return render(
        request, "evening_pictures.html", {**evening_card.shown(evening), **said}, status=422 if error else 200
    )


def _added(request: Request, code: str) -> str:
    """Add the files that were sent; what is wrong with the first that is none, else nothing."""
    files = request.FILES.getlist("pictures")[:FILES]
    if not files:
        return _("Choose a picture.")
    for number, file in enumerate(files):
        try:
            sent = once.uid(request, f"{number} {file.name} {file.size}")
            pictures.add_picture(request.viewer, code=code, file=file.read(LARGEST + 1), once=sent)
        except (errors.Invalid, errors.Refused) as error:
            return str(error.message)
    messages.success(request, _("Those who came can see it now."))
    return ""


@require_post
def evening_pictured(request: Request, code: str) -> HttpResponse:
    """Say whether one wants to be on pictures."""
    actions.say_pictured(request.viewer, code=code, yes=request.POST.get("yes") == "yes")
    messages.success(request, _("It is noted."))
    return redirect("evening", code)


@require_safe
def picture(request: Request, uid: UUID) -> HttpResponse:
    """One picture. The policy is asked each time, and no browser keeps it."""
    return HttpResponse(queries.picture(request.viewer, uid), content_type="image/jpeg")


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
    code = queries.evening_of_takedown(request.viewer, uid)
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
    return queries.evening_of_picture(request.viewer, uid)
