"""HEIC, as iPhones keep pictures: drawn upright and without anything else, in a process that may fall."""

import io
import sys

import pytest
from PIL import Image, ImageOps

from entregent.common import heif, pictures
from tests.pictures import drawn, heic, of_a_telephone

WORDS = (b"Karine", b"Filaos", b"Exif")


def read(file):
    return Image.open(io.BytesIO(file))


def corners(picture):
    """What each corner is nearest to: a letter of red, green, blue, white."""
    across, down = (4, picture.width - 5), (4, picture.height - 5)
    seen = (picture.getpixel((x, y)) for y in down for x in across)
    return ["RGB"[pixel.index(max(pixel))] if min(pixel) < 128 else "W" for pixel in seen]


def of_four():
    picture = Image.new("RGB", (80, 60), "#ff0000")
    for color, at in (("#00ff00", (40, 0)), ("#0000ff", (0, 30)), ("#ffffff", (40, 30))):
        picture.paste(color, (*at, at[0] + 40, at[1] + 30))
    return picture


def test_nothing_of_the_file_is_kept_but_the_picture():
    file = of_a_telephone("HEIC")
    assert [word in file for word in WORDS] == [True] * 3
    kept = pictures.photograph(file)
    found = read(kept)
    assert (found.format, found.mode, found.size) == ("JPEG", "RGB", (40, 60))
    assert (found.getexif(), {*found.info} & {"exif", "comment", "icc_profile", "xmp"}) == ({}, set())
    assert [word for word in (*WORDS, b"ICC_PROFILE") if word in kept] == []


@pytest.mark.parametrize("side", [3, 5, 6])
def test_it_is_turned_once_as_its_boxes_say_though_exif_says_it_too(side):
    exif = Image.Exif()
    exif[0x0112] = side
    file, as_told = heic(of_four(), exif=exif.tobytes(), quality=90), of_four()
    as_told.getexif()[0x0112] = side
    told = bytes.fromhex("0112 0003 00000001") + side.to_bytes(2)  # the orientation, as Exif writes it
    assert (b"irot" in file, told in file) == (True, True)
    assert corners(read(pictures.photograph(file))) == corners(ImageOps.exif_transpose(as_told))


def test_a_large_one_is_made_smaller_and_a_portrait_is_its_middle():
    wide = Image.new("RGB", (1800, 600), "#ff0000")
    wide.paste("#00ff00", (600, 0, 1200, 600))
    file = heic(wide)
    assert read(pictures.photograph(file)).size == (1600, 533)
    square = read(pictures.portrait(file))
    assert (square.size, corners(square)) == ((320, 320), ["G"] * 4)


def test_of_several_pictures_the_one_is_kept_that_the_file_calls_its_own():
    red, green = (Image.new("RGB", (60, 40), color) for color in ("#ff0000", "#00ff00"))
    assert corners(read(pictures.photograph(heic(red, green, primary_index=1)))) == ["G"] * 4


def test_what_one_sees_through_has_a_ground():
    assert min(read(pictures.photograph(heic(Image.new("RGBA", (50, 50), (0, 0, 0, 0))))).getpixel((25, 25))) > 230


def claiming(width, height):
    """A file that says of itself that it holds a picture of that size."""
    file = drawn("HEIC", size=(64, 64))
    at = file.index(b"ispe") + 8
    return file[:at] + width.to_bytes(4) + height.to_bytes(4) + file[at + 8 :]


@pytest.mark.parametrize(
    "file",
    [
        bytes(4) + b"ftypheic",
        bytes(3) + b"\x18ftypmsf1" + bytes(40),
        drawn("HEIC")[:300],
        drawn("HEIC")[:-8],
        claiming(9000, 9000),
        claiming(2, 2),
        drawn("HEIC") + bytes(pictures.LARGEST),
    ],
    ids=["nothing", "film", "cut", "end cut", "too many pixels", "fewer pixels than there are", "large"],
)
def test_what_is_no_picture_or_too_large_is_refused(file):
    with pytest.raises(ValueError, match=r"picture|pixels|file"):
        pictures.photograph(file)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not keep a bound of memory")
def test_a_reader_that_wants_too_much_memory_falls_alone(monkeypatch):
    file = drawn("HEIC", size=(800, 800))
    monkeypatch.setattr(heif, "MEMORY", 2**20)
    with pytest.raises(ValueError, match="picture"):
        pictures.photograph(file)
    monkeypatch.undo()
    assert read(pictures.photograph(file)).size == (800, 800)


def test_a_reader_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(heif, "PATIENCE", 0.001)
    with pytest.raises(ValueError, match="in time"):
        pictures.photograph(drawn("HEIC"))


def test_whoever_sends_one_while_another_is_read_waits_a_little_and_is_told_to_send_it_again(monkeypatch):
    monkeypatch.setattr(heif, "WAIT", 0.01)
    with heif._turn, pytest.raises(pictures.Busy):
        pictures.portrait(drawn("HEIC"))
    with heif._turn:
        assert pictures.portrait(drawn("JPEG"))
    assert pictures.portrait(drawn("HEIC"))


def test_a_reader_that_does_not_run_is_no_fault_of_the_picture(monkeypatch):
    monkeypatch.setattr(heif, "MEMORY", "much")
    with pytest.raises(RuntimeError, match="does not run"):
        pictures.photograph(drawn("HEIC"))
