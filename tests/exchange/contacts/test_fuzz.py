"""Whatever a file holds, a reader says what it says or why not."""

import contextlib
import time
import timeit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entregent.common import chance
from entregent.exchange.contacts import attendees
from entregent.exchange.contacts.said import Unreadable
from tests.exchange import fuzz


@pytest.mark.parametrize("reader", fuzz.WHOLE)
def test_damaged_files_of_each_reader_are_read_or_refused(reader):
    outcomes = set()
    for number in range(300):
        with chance.seeded(f"{reader} tests {number}") as draw:
            outcomes.add(fuzz.checked(fuzz.damaged(draw, reader)))
    assert "read" in outcomes
    assert outcomes - {"read"}


@pytest.mark.parametrize("made", fuzz.HOSTILE.values(), ids=fuzz.HOSTILE)
def test_whatever_says_much_for_its_size_is_read_or_refused_in_time(made):
    assert fuzz.checked(made())


@pytest.mark.parametrize("name", ["long heads", "wide and narrow"])
def test_a_list_of_attendees_that_says_much_for_its_size_is_read_or_refused_in_time(name):
    data = fuzz.HOSTILE[name]()
    with fuzz.timely(data), contextlib.suppress(Unreadable):
        attendees.read(data)


@settings(max_examples=300)
@given(st.binary(max_size=2000))
def test_any_bytes_are_read_or_refused(data):
    assert fuzz.checked(data)


@settings(max_examples=300)
@given(st.text(alphabet='a;,:"=\\\n\r\t ()@.é', max_size=400))
def test_any_lines_of_a_card_are_read_or_refused(text):
    assert fuzz.checked(f"BEGIN:VCARD\nFN:Zoé\n{text}\nEND:VCARD\n".encode())


@settings(max_examples=300)
@given(st.text(alphabet="abÉ ()[]-|/0123'.,", max_size=300))
def test_any_name_is_read_or_nobody_is_named(text):
    assert fuzz.checked(f"Prénom,Nom,Mail\n{text},,a@b.re\n".encode())


@pytest.mark.parametrize("piece", [b"x,;", b'";', b",;,", b'"a"'])
def test_parameters_without_an_end_are_as_much_more_work_as_there_are_more_of_them(piece):
    def reading(count: int) -> float:
        """The least of five, in seconds of the processor."""
        data = b"BEGIN:VCARD\nFN:Zoe\n" + (b"TEL;TYPE=" + piece * count + b'"\n') * 20 + b"END:VCARD\n"
        assert fuzz.checked(data) == "read"
        return min(timeit.repeat(lambda: fuzz.checked(data), timer=time.process_time, number=1, repeat=5))

    assert reading(4000) < reading(500) * 24  # eight times as many: a square would take 64 times as long
