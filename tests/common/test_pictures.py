"""Photographs: the whole picture, upright and bounded, and nothing else of the file."""

import io

import pytest
from PIL import Image

from entregent.common import pictures
from tests.pictures import drawn


def read(file):
    return Image.open(io.BytesIO(file))


def test_nothing_of_the_file_is_kept_but_the_whole_picture_upright():
    exif = Image.Exif()
    exif[0x0112], exif[0x013B], exif[0x010E] = 6, "Karine", "Chez moi, 12 rue des Filaos"
    exif.get_ifd(0x8825)[1] = "S"
    file = drawn("JPEG", exif=exif, comment=b"Karine", icc_profile=b"Karine" * 40, xmp=b"<x>Karine</x>")
    assert (b"Karine" in file, b"Filaos" in file) == (True, True)
    kept = pictures.photograph(file)
    found = read(kept)
    assert (found.format, found.mode, found.size) == ("JPEG", "RGB", (40, 60))
    assert (found.getexif(), {*found.info} & {"exif", "comment", "icc_profile", "xmp"}) == ({}, set())
    assert [word for word in (b"Karine", b"Filaos", b"Exif", b"ICC_PROFILE") if word in kept] == []


@pytest.mark.parametrize("kind", pictures.FORMATS)
@pytest.mark.parametrize(
    ("size", "kept"), [((3200, 1200), (1600, 600)), ((900, 2400), (600, 1600)), ((60, 40), (60, 40))]
)
def test_a_large_one_is_made_smaller_and_a_small_one_stays(kind, size, kept):
    assert read(pictures.photograph(drawn(kind, size=size))).size == kept


@pytest.mark.parametrize(
    "file",
    [
        *(b"", b"GIF89a", drawn("GIF"), bytes(pictures.LARGEST + 1)),
        *(drawn("PNG", size=size) for size in ((9000, 9000), (1, 40_000), (40_000, 1))),
    ],
)
def test_what_is_no_picture_or_too_large_is_refused(file):
    with pytest.raises(ValueError, match=r"picture|pixels|file"):
        pictures.photograph(file)
