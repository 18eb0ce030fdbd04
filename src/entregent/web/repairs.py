"""What an action could not take, told where it is repaired: at its field, in the form as it was filled in."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from django.forms import Form

from entregent.common import errors

SAME: Mapping[str, str] = MappingProxyType({})


def tell(form: Form, error: errors.Invalid, called: Mapping[str, str] = SAME) -> None:
    """Say it at the field of that parameter; `called` are the fields that are called otherwise."""
    field = called.get(error.field, error.field)
    form.add_error(field if field in form.fields else None, str(error.message))


def kept(form: Form, keep: Callable[[], object]) -> bool:
    """Whether what a valid form says was kept by `keep`; what is to be repaired is told on the form."""
    if form.is_valid():
        try:
            keep()
        except errors.Invalid as error:
            tell(form, error)
        except errors.Refused as error:
            form.add_error(None, str(error.message))
        else:
            return True
    return False


def status(form: Form) -> int:
    """How a page answers that holds a form: 422 where something is to be repaired."""
    return 422 if form.errors else 200
