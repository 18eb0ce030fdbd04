"""Files as cameras and telephones make them, for whoever shows one."""

import io
from typing import Any

import pillow_heif
from PIL import Image


def drawn(kind: str = "PNG", *, size: tuple[int, int] = (60, 40), color: str = "#b5522e", **more: Any) -> bytes:
    """A file that holds a picture all of one colour; `more` is what else it holds, as Pillow writes it."""
    picture = Image.new("RGB", size, color)
    if kind == "HEIC":
        return heic(picture, **more)
    held = io.BytesIO()
    picture.save(held, kind, **more)
    return held.getvalue()


def heic(*several: Image.Image, **more: Any) -> bytes:
    """A file as iPhones make them: of several pictures the first is its own, or the one at `primary_index`."""
    held, first = io.BytesIO(), pillow_heif.from_pillow(several[0])
    for picture in several[1:]:
        first.add_from_pillow(picture)
    first.save(held, enc_params={"preset": "ultrafast"}, **more)
    return held.getvalue()


def of_a_telephone(kind: str, side: int = 6) -> bytes:
    """A picture of 60 by 40 that lies on its side, and says where and by whom it was taken."""
    exif = Image.Exif()
    exif[0x0112], exif[0x013B], exif[0x010E] = side, "Karine", "Chez moi, 12 rue des Filaos"
    exif.get_ifd(0x8825)[1] = "S"
    return drawn(kind, exif=exif.tobytes(), xmp=b"<x>Karine</x>")
