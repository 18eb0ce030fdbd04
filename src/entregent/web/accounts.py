"""Signing in by a code sent by e-mail: allauth's machinery behind one form, which tells nobody who is known here."""

from smtplib import SMTPException
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import ConfirmLoginCodeForm
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.views import ConfirmLoginCodeView
from allauth.core import context, ratelimit
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model, logout
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from entregent.people import actions as people
from entregent.web import arrival, offline, repairs
from entregent.web.methods import require_form, require_post

#: How long a code may be used, in minutes.
MINUTES = settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60
TOO_OFTEN = _("That was tried many times: wait a few minutes, then ask for a new code.")


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
        """Send what allauth wants sent, with what our templates say of it."""
        super().send_mail(template_prefix, email, {**context, "minutes": MINUTES, "base_url": settings.BASE_URL})

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponseBase:
        """Bring in whoever proved their address, then go where they wanted to go."""
        arrival.arrive(request, account=UUID(str(user.pk)))
        response: HttpResponseBase = super().post_login(request, user, **kwargs)
        return response


class AddressForm(forms.Form):
    """An address to send a code to. Its account is opened now, so that known and new addresses go one way."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={
            "required": _("An address, for the code."),
            "invalid": _("Is the address complete? name@example.org"),
        },
    )

    def clean_email(self) -> str:
        """The address in small letters; asking too often is said of any address."""
        email = str(self.cleaned_data["email"]).lower()
        if not ratelimit.consume(context.request, action="request_login_code", key=email):
            raise forms.ValidationError(TOO_OFTEN)
        return email


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
def sign_in(request: HttpRequest, becoming: str = "") -> HttpResponse:
    """The first step: an address. The answer is always "check your mail"; `becoming` is whose answers come along."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if request.user.is_authenticated:
        return HttpResponseRedirect(_within(request, wanted))
    form = AddressForm(request.POST or None)
    if form.is_valid() and (sent := begin(request, form, wanted)):
        return sent
    said = {"form": form, "next": wanted, "becoming": becoming}
    return render(request, "sign_in.html", said, status=repairs.status(form))


def begin(request: HttpRequest, form: forms.Form, wanted: str = "") -> HttpResponse | None:
    """Send a code to the `email` of a valid form: the way to the page that asks for it, and then to `wanted`.

    None, with the form saying so, where no message could leave.
    """
    email = form.cleaned_data["email"]
    account = people.open_account(email=email, language=(get_language() or settings.LANGUAGE_CODE)[:2])
    user = get_user_model().objects.get(pk=account)
    try:
        LoginCodeVerificationProcess.initiate(request=request, user=user, email=email)
    except (SMTPException, OSError):
        form.add_error(None, _("No message could leave just now. Try again in a moment."))
        return None
    return redirect(f"{reverse('code')}?{urlencode({'next': _within(request, wanted)})}")


@require_form
def answer_account(request: HttpRequest, key: str) -> HttpResponse:
    """The same first step for somebody known by a secret link: what they answered will be theirs, as the page says."""
    if AddressForm(request.POST or None).is_valid():
        arrival.remember_guest(request, secret=key)
    return sign_in(request, becoming=arrival.guest_name(key))


@require_post
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave: this browser forgets everything, a secret link included."""
    logout(request)
    return offline.forgotten(redirect("home"))


def _within(request: HttpRequest, address: str) -> str:
    """An address of this site, home for any other."""
    own = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if own else reverse("home")
