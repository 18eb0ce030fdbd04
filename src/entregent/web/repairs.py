"""What an action could not take, told where it is repaired: at its field, in the form as it was filled in."""

from collections.abc import Mapping
from types import MappingProxyType

from django.forms import Form

from entregent.common import errors

SAME: Mapping[str, str] = MappingProxyType({})


def tell(form: Form, error: errors.Invalid, called: Mapping[str, str] = SAME) -> None:
    """Say it at the field of that parameter; `called` are the fields that are called otherwise."""
    field = called.get(error.field, error.field)
    form.add_error(field if field in form.fields else None, str(error.message))


def status(form: Form) -> int:
    """How a page answers that holds a form: 422 where something is to be repaired."""
    return 422 if form.errors else 200
