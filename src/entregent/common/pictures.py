"""Pictures: whatever file somebody has, drawn anew as one of ours, so that nothing else of the file is kept. Pure.

A portrait is one small square, a photograph all that there is to see.
"""

import io
import struct
from collections.abc import Callable
from math import ceil

from PIL import ExifTags, Image, ImageOps

#: The kinds of file that are read, by Pillow's names.
FORMATS = ("JPEG", "PNG", "WEBP")
#: The largest file, in bytes; the most that is decoded, in pixels, and the most that a file may say to hold.
LARGEST, DECODED, CLAIMED = 8 * 2**20, 16_000_000, 50_000_000
#: The side of a portrait and the longer one of a photograph, in pixels, and the ground where a file lets one through.
SIDE, LONG, GROUND = 320, 1600, "#f2f4ef"
#: How many rows are reduced at once, as they are then; how a file says which side is up.
BAND, UPRIGHT = 16, ExifTags.Base.Orientation

#: How often all of a JPEG may be drawn over, and what begins doing so: within what is drawn, FF is followed by 00.
SCANS, SCAN = 100, b"\xff\xda"

_WRONG = (OSError, SyntaxError, EOFError, ValueError, ArithmeticError, struct.error)
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def portrait(file: bytes) -> bytes:
    """The middle of a picture, upright, as a square JPEG without place, date, camera or comment.

    Raises `ValueError` for what is no picture of these formats, or too large a one.
    """
    return _drawn(file, _square)


def photograph(file: bytes) -> bytes:
    """A whole picture, upright, as a JPEG of at most `LONG` pixels a side; as `portrait` beside that."""
    return _drawn(file, _whole)


def _drawn(file: bytes, shape: Callable[[Image.Image], Image.Image]) -> bytes:
    if len(file) > LARGEST:
        raise ValueError("too large a file")
    if file.startswith(b"\xff\xd8") and file.count(SCAN) > SCANS:
        raise ValueError("too many scans")
    try:
        with Image.open(io.BytesIO(file), formats=FORMATS) as picture:
            return _encoded(shape(picture))
    except (*_WRONG, *_BOMBS) as error:
        raise ValueError("no picture that can be read") from error


def _square(picture: Image.Image) -> Image.Image:
    _bound(picture, 2 * SIDE)
    small = _reduced(picture, min(picture.size) // (2 * SIDE))
    return ImageOps.fit(ImageOps.exif_transpose(small), (SIDE, SIDE), Image.Resampling.LANCZOS)


def _whole(picture: Image.Image) -> Image.Image:
    _bound(picture, LONG)
    upright = ImageOps.exif_transpose(_reduced(picture, max(picture.size) // (2 * LONG)))
    upright.thumbnail((LONG, LONG), Image.Resampling.LANCZOS)
    return upright


def _bound(picture: Image.Image, side: int) -> None:
    """Refuse what is too large; a JPEG is decoded as small as it may be."""
    if picture.width * picture.height > CLAIMED:
        raise ValueError("too many pixels")
    picture.draft("RGB", (side, side))
    if picture.width * picture.height > DECODED:
        raise ValueError("too many pixels")


def _reduced(picture: Image.Image, factor: int) -> Image.Image:
    """The picture, so many times smaller, band by band: no second one of its size is held."""
    factor = max(1, factor)
    small = Image.new("RGBA", (ceil(picture.width / factor), ceil(picture.height / factor)))
    for top in range(0, picture.height, factor * BAND):
        band = picture.crop((0, top, picture.width, min(top + factor * BAND, picture.height)))
        small.paste(band.convert("RGBA").reduce(factor), (0, top // factor))
    small.getexif()[UPRIGHT] = _upright(picture)
    return small


def _upright(picture: Image.Image) -> int:
    """Which side is up; as it lies, where the file says nothing that can be read."""
    try:
        said = picture.getexif().get(UPRIGHT)
    except (*_WRONG, TypeError, AttributeError, LookupError):
        return 1
    return said if isinstance(said, int) and said in range(1, 9) else 1


def _encoded(drawn: Image.Image) -> bytes:
    # On a ground of its own: an image that is converted takes its comments and profiles along.
    ground = Image.new("RGBA", drawn.size, GROUND)
    ground.alpha_composite(drawn)
    held = io.BytesIO()
    ground.convert("RGB").save(held, "JPEG", quality=85, optimize=True)
    return held.getvalue()
