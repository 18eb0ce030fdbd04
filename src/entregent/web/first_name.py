"""The field for the first name of somebody who has no account, wherever one is asked for it."""

from django import forms
from django.utils.translation import gettext_lazy as _


def field() -> forms.CharField:
    """Any first name that they like."""
    return forms.CharField(
        label=_("Your first name"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": _("A first name is enough, any that you like.")},
    )
