"""What actions raise carries what the actor can be told, and nothing about what is hidden."""

import pytest

from entregent.common import errors


@pytest.mark.parametrize("kind", [errors.NotFound, errors.NotSignedIn, errors.Refused])
def test_an_error_says_what_it_was_given_and_nothing_of_its_own(kind):
    assert (str(kind()), kind().message) == ("", "")
    assert (str(kind("The evening is over.")), kind("The evening is over.").message) == ("The evening is over.",) * 2


def test_an_invalid_field_is_named():
    error = errors.Invalid("starts_at", "Choose a date.")
    assert (error.field, error.message, str(error)) == ("starts_at", "Choose a date.", "Choose a date.")


def test_a_door_catches_every_kind_at_once_and_no_accident():
    kinds = {errors.NotFound, errors.NotSignedIn, errors.Refused, errors.Invalid}
    assert set(errors.DomainError.__subclasses__()) >= kinds
    assert not any(issubclass(accident, errors.DomainError) for accident in (ValueError, KeyError, RuntimeError))


def test_hidden_erased_and_never_there_are_one_error():
    assert errors.NotFound.__subclasses__() == []
