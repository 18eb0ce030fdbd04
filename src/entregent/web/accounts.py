"""Signing in by a code sent by e-mail: allauth's machinery behind one form, which tells nobody who is known here."""

from collections.abc import Mapping
from smtplib import SMTPException
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.forms import ConfirmLoginCodeForm
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.views import ConfirmLoginCodeView
from allauth.core import ratelimit
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model, logout
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from entregent.common import chance
from entregent.people import actions as people
from entregent.web import arrival, offline, pending, repairs
from entregent.web.methods import require_form, require_post

#: How long a code may be used, in minutes.
MINUTES = settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60
TOO_OFTEN = _("That was tried many times: wait a few minutes, then ask for a new code.")
#: What a request says of a code that is not to leave.
UNSENT = "entregent.unsent"
#: Whether what was begun on this browser comes along.
ALONG = (("yes", _("Yes, that is me")), ("no", _("No, somebody else")))


class Adapter(DefaultAccountAdapter):
    """Allauth, in the house's words; whoever proved an address comes in through `arrival`."""

    error_messages = {  # noqa: RUF012  allauth declares it so
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("That is not the code of the last message. Read it again, or ask for another."),
        "too_many_login_attempts": TOO_OFTEN,
        "rate_limited": TOO_OFTEN,
    }

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Say what went wrong; what went well is seen."""
        if level == messages.ERROR:
            super().add_message(request, level, *args, **kwargs)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """There is no door but the code."""
        return False

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        """An account that was closed is one that never was."""
        return redirect("sign_in")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send what allauth wants sent, with what our templates say of it.

        Where enough has left for an address, as much is done and nothing leaves: neither the page nor its time tells.
        """
        said = {**context, "minutes": MINUTES, "base_url": settings.BASE_URL}
        if not self.request.META.get(UNSENT):
            super().send_mail(template_prefix, email, said)
            return
        message = self.render_mail(template_prefix, email, {"request": self.request, "email": email, **said})
        with message.get_connection():
            message.message()

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponseBase:
        """Bring in whoever proved their address, then go where they wanted to go."""
        arrival.arrive(request, account=UUID(str(user.pk)), email=user.email)  # type: ignore[attr-defined]
        response: HttpResponseBase = super().post_login(request, user, **kwargs)
        return response


class AddressForm(forms.Form):
    """An address to send a code to; where somebody `called` so began something on this browser, whether it was them."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={
            "required": _("An address, for the code."),
            "invalid": _("Is the address complete? name@example.org"),
        },
    )

    along = forms.ChoiceField(
        choices=ALONG, widget=forms.RadioSelect, error_messages={"required": _("One tap: was that you?")}
    )

    def __init__(self, *args: Any, called: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if called:
            self.fields["along"].label = _("Are you %(name)s?") % {"name": called}
            said = _("What %(name)s said on this phone comes into your account then.")
            self.fields["along"].help_text = said % {"name": called}
        else:
            del self.fields["along"]

    def clean_email(self) -> str:
        """The address in small letters."""
        return str(self.cleaned_data["email"]).lower()

    def brings(self, begun: Mapping[str, Any]) -> Mapping[str, Any]:
        """What was begun here, where it comes along; nothing where that was somebody else."""
        return begun if self.cleaned_data.get("along") == "yes" else {}


class CodeForm(ConfirmLoginCodeForm):
    """The code that came by e-mail."""

    code = forms.CharField(
        label=_("The code of the message"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": _("Eight digits: they are in the message.")},
    )


class Code(ConfirmLoginCodeView):
    """The second step: the code."""

    template_name = "sign_in_code.html"

    def get_form_class(self) -> type[forms.Form]:
        """Our words for it."""
        return CodeForm

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """Ask again, as every form does; too many wrong codes lead back to the first step."""
        answer: HttpResponse = super().form_invalid(form)
        if answer.status_code == 200:
            answer.status_code = 422
        return answer


code = require_form(Code.as_view())


@require_form
def sign_in(request: HttpRequest) -> HttpResponse:
    """The first step: an address. The answer is always "check your mail".

    `?autre=` asks for another address than the one before, and whether what was begun for that one comes along.
    """
    if request.user.is_authenticated:
        return HttpResponseRedirect(_within(request, _wanted(request)))
    waiting = pending.begun(request) if "autre" in request.GET else {}
    form = AddressForm(request.POST or None, called=arrival.begun_by(waiting))
    if form.is_valid():
        begun = form.brings(waiting) if "along" in form.fields else None
        if sent := begin(request, form, _wanted(request), begun):
            return sent
    return _first_step(request, form)


@require_form
def answer_account(request: HttpRequest, key: str) -> HttpResponse:
    """The same first step for somebody known by a secret link: what they answered will be theirs, as the page says."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(_within(request, _wanted(request)))
    form = AddressForm(request.POST or None)
    if form.is_valid() and (sent := begin(request, form, _wanted(request), {pending.BECOMING: key})):
        return sent
    return _first_step(request, form, becoming=arrival.guest_name(key))


def _wanted(request: HttpRequest) -> str:
    return request.POST.get("next") or request.GET.get("next") or ""


def _first_step(request: HttpRequest, form: AddressForm, becoming: str = "") -> HttpResponse:
    said = {"form": form, "next": _wanted(request), "becoming": becoming}
    return render(request, "sign_in.html", said, status=repairs.status(form))


def begin(
    request: HttpRequest, form: AddressForm, wanted: str = "", begun: Mapping[str, Any] | None = None
) -> HttpResponse | None:
    """Send a code to the `email` of a valid form: the way to the page that asks for it, and then to `wanted`.

    `begun` is what comes along once the code is back, as `pending` keeps it; None leaves what waits for that address.
    None, with the form saying so, where this browser asked too often or no message could leave. The account is opened
    now, so that known and new addresses go one way.
    """
    email = form.cleaned_data["email"]
    if not ratelimit.consume(request, action="request_login_code", key=f"{_browser(request)} {email}"):
        form.add_error("email", TOO_OFTEN)
        return None
    account = people.open_account(email=email, language=(get_language() or settings.LANGUAGE_CODE)[:2])
    try:
        _send_code(request, get_user_model().objects.get(pk=account), email)
    except (SMTPException, OSError):
        form.add_error(None, _("No message could leave just now. Try again in a moment."))
        return None
    pending.wait(request, email=email, begun=pending.begun(request, email=email) if begun is None else begun)
    return redirect(f"{reverse('code')}?{urlencode({'next': _within(request, wanted)})}")


def _send_code(request: HttpRequest, user: AbstractBaseUser, email: str) -> None:
    """Have a code leave; where enough have left for that address, whoever asks is told the same, and none would fit."""
    request.META[UNSENT] = not ratelimit.consume(request, action="login_code_mail", key=email)
    asked = LoginCodeVerificationProcess.initiate(request=request, user=user, email=email)
    if request.META[UNSENT]:
        asked.state["code"] = chance.token()
        asked.persist()


def _browser(request: HttpRequest) -> str:
    """Which browser this is, else which machine: others on one network are not counted with it."""
    return str(request.META.get("CSRF_COOKIE") or get_adapter().get_client_ip(request))


@require_post
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave: this browser forgets everything, a secret link included."""
    return forgotten(request)


def forgotten(request: HttpRequest) -> HttpResponse:
    """Home, where nobody is known: the browser forgets who was here, and whatever would know them again.

    Its mark goes as well: the secret of a guest follows from it, and whoever is lent the phone next, and answers the
    same evening, would be taken for the guest before.
    """
    logout(request)
    rotate_token(request)
    return offline.forgotten(redirect("home"))


def _within(request: HttpRequest, address: str) -> str:
    """An address of this site, home for any other."""
    own = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if own else reverse("home")
