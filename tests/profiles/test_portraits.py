"""Portraits: what is kept of a file, and to whom it shows."""

import io
import subprocess
import sys

import pytest
from PIL import Image

from entregent.circles.fixed import EVERYONE
from entregent.common import errors, pictures
from entregent.discretion import actions as discretion
from entregent.profiles import actions, queries
from entregent.profiles.models import Portrait
from tests.pictures import drawn

RED, GREEN = "#ff0000", "#00ff00"


def read(file):
    return Image.open(io.BytesIO(file))


def of_a_camera():
    """A photograph that lies on its side, and says where and by whom it was taken."""
    exif = Image.Exif()
    exif[0x0112], exif[0x013B], exif[0x010E] = 6, "Karine", "Chez moi, 12 rue des Filaos"
    exif.get_ifd(0x8825)[1] = "S"
    return drawn("JPEG", exif=exif, comment=b"Karine", icc_profile=b"Karine" * 40, xmp=b"<x>Karine</x>")


def test_nothing_of_the_file_is_kept_but_the_picture():
    file = of_a_camera()
    assert (b"Karine" in file, b"Filaos" in file) == (True, True)
    kept = pictures.portrait(file)
    found = read(kept)
    assert (found.format, found.mode, found.size) == ("JPEG", "RGB", (320, 320))
    assert (found.getexif(), {*found.info} & {"exif", "comment", "icc_profile", "xmp"}) == ({}, set())
    assert [word for word in (b"Karine", b"Filaos", b"Exif") if word in kept] == []


def test_a_picture_that_is_drawn_over_and_over_is_refused():
    held = io.BytesIO()
    Image.new("L", (64, 64), 128).save(held, "JPEG", progressive=True)
    file, last = held.getvalue(), held.getvalue().rindex(b"\xff\xda")
    assert pictures.portrait(file[:-2] + 5 * file[last:-2] + file[-2:])
    with pytest.raises(ValueError, match="scans"):
        pictures.portrait(file[:-2] + 200 * file[last:-2] + file[-2:])


@pytest.mark.parametrize("side", [b"odd", 0, 9, 2**31, (1, 2)])
def test_what_a_file_says_oddly_of_its_side_leaves_it_as_it_lies(side):
    odd = bytes.fromhex(
        "49492a000800000003000f010b00020000000800000012010300010000000300000011010100030000003c9f513a00000000aefeb40e4c60"
        "ce33a6e1d50d8b8804bfe0fa75baf8ecad1dd6616116dff3"
    )
    held = io.BytesIO()
    Image.new("RGB", (90, 30), RED).save(held, "PNG", exif=b"Exif\0\0" + odd)
    assert read(pictures.portrait(held.getvalue())).size == (320, 320)
    picture = Image.new("RGB", (90, 30), RED)
    picture.getexif()[0x0112] = side
    assert pictures._upright(picture) == 1


def test_the_middle_of_an_upright_picture_is_kept():
    wide = Image.new("RGB", (900, 300), RED)
    wide.paste(GREEN, (300, 0, 600, 300))
    held, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = 6
    wide.save(held, "PNG", exif=exif)
    found = read(pictures.portrait(held.getvalue()))
    corners = [found.getpixel(at) for at in ((4, 4), (315, 4), (4, 315), (315, 315))]
    assert [(r < 40, g > 215) for r, g, _b in corners] == [(True, True)] * 4


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIC"])
def test_whatever_telephones_make_is_read(kind):
    assert read(pictures.portrait(drawn(kind))).size == (320, 320)


def test_what_one_sees_through_has_a_ground():
    held = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(held, "PNG")
    assert min(read(pictures.portrait(held.getvalue())).getpixel((160, 160))) > 230


GROWS = """
import resource, sys
from entregent.common import pictures
file = sys.stdin.buffer.read()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
pictures.portrait(file)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems count the memory of a process otherwise")
def test_a_large_picture_is_held_once():
    exif = Image.Exif()
    exif[0x0112] = 6
    file = drawn("PNG", size=(4000, 4000), exif=exif)
    grown = subprocess.run([sys.executable, "-c", GROWS], input=file, capture_output=True, check=True)
    assert int(grown.stdout) / 1024 < 1.5 * 4000 * 4000 * 4 / 2**20  # in MiB: the picture has 4 bytes a pixel


def too_many():
    return drawn("PNG", size=(4001, 4000))


def claimed():
    """A file of a few bytes that says it holds 10 billion pixels."""
    file = bytearray(drawn("PNG"))
    file[16:24] = (100_000).to_bytes(4) * 2
    return bytes(file)


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"GIF89a" + bytes(40),
        drawn("GIF"),
        drawn("PNG")[:60],
        of_a_camera()[:-200],
        drawn("HEIC")[:-8],
        b"\xff" * (pictures.LARGEST + 1),
        too_many(),
        claimed(),
    ],
    ids=[
        "nothing",
        "svg",
        "broken gif",
        "gif",
        "cut png",
        "cut jpeg",
        "cut heic",
        "large",
        "too many pixels",
        "claimed",
    ],
)
def test_no_other_file_is_taken_and_what_stood_stays(file, alice, members):
    actions.portray(alice, picture=drawn(), audience=members)
    before = queries.portrait(alice, alice.me)
    with pytest.raises(errors.Invalid) as told:
        actions.portray(alice, picture=file, audience=None)
    assert told.value.field == "picture"
    assert (queries.portrait(alice, alice.me), Portrait.ledger.get().audience_id) == (before, members)


def test_a_portrait_shows_to_whom_it_is_for(alice, bob, dana, anonymous, members):
    actions.portray(alice, picture=drawn(), audience=members)
    shown = [queries.is_portrayed(viewer, alice.me) for viewer in (alice, bob, dana, anonymous)]
    assert shown == [True, True, False, False]
    assert queries.portrait(bob, alice.me) == queries.portrait(alice, alice.me)
    discretion.block(alice, person=bob.me)
    for viewer in (bob, dana):
        with pytest.raises(errors.NotFound):
            queries.portrait(viewer, alice.me)


def test_the_same_picture_may_be_shown_to_others(alice, dana, members):
    with pytest.raises(errors.Invalid):
        actions.portray(alice, picture=None, audience=members)
    actions.portray(alice, picture=drawn(), audience=members)
    before = queries.portrait(alice, alice.me)
    actions.portray(alice, picture=None, audience=EVERYONE)
    assert queries.portrait(dana, alice.me) == before


def test_a_portrait_is_taken_back_and_erased(alice, bob, members):
    for viewer in (alice, bob):
        actions.portray(viewer, picture=drawn(), audience=members)
    actions.take_portrait_back(alice)
    assert (queries.my_portrait(alice), queries.is_portrayed(alice, bob.me)) == (None, True)
    actions.erase(bob.me)
    assert Portrait.ledger.count() == 0
