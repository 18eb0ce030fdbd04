"""Portraits: whatever file somebody has, drawn anew as one small square, so that nothing else of the file is kept."""

import io
import struct
from math import ceil

from PIL import ExifTags, Image, ImageOps

#: The kinds of file that are read, by Pillow's names.
FORMATS = ("JPEG", "PNG", "WEBP")
#: The largest file, in bytes; the most that is decoded, in pixels, and the most that a file may say to hold.
LARGEST, DECODED, CLAIMED = 8 * 2**20, 16_000_000, 50_000_000
#: The side of a portrait, in pixels, and its ground where the file lets one through.
SIDE, GROUND = 320, "#f2f4ef"
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
    if len(file) > LARGEST:
        raise ValueError("too large a file")
    if file.startswith(b"\xff\xd8") and file.count(SCAN) > SCANS:
        raise ValueError("too many scans")
    try:
        with Image.open(io.BytesIO(file), formats=FORMATS) as picture:
            return _encoded(_square(picture))
    except (*_WRONG, *_BOMBS) as error:
        raise ValueError("no picture that can be read") from error


def _square(picture: Image.Image) -> Image.Image:
    if picture.width * picture.height > CLAIMED:
        raise ValueError("too many pixels")
    picture.draft("RGB", (2 * SIDE, 2 * SIDE))  # a JPEG is decoded as small as it may be
    if picture.width * picture.height > DECODED:
        raise ValueError("too many pixels")
    return ImageOps.fit(ImageOps.exif_transpose(_reduced(picture)), (SIDE, SIDE), Image.Resampling.LANCZOS)


def _reduced(picture: Image.Image) -> Image.Image:
    """The picture as small as a portrait may be made of, band by band: no second one of its size is held."""
    factor = max(1, min(picture.size) // (2 * SIDE))
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


def _encoded(square: Image.Image) -> bytes:
    # On a ground of its own: an image that is converted takes its comments and profiles along.
    ground = Image.new("RGBA", square.size, GROUND)
    ground.alpha_composite(square)
    held = io.BytesIO()
    ground.convert("RGB").save(held, "JPEG", quality=85, optimize=True)
    return held.getvalue()
