"""Pictures: whatever file somebody has, drawn anew as one of ours, so that nothing else of the file is kept. Pure.

A portrait is one small square, a photograph all that there is to see.
"""

import io
import struct
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from PIL import ExifTags, Image, ImageOps

from entregent.common import heif

#: The kinds of file that Pillow reads, by its names; HEIC is read beside them, by `heif`.
FORMATS = ("JPEG", "PNG", "WEBP")
#: All of them, as the field of a form names them: by type, and by the ending where a system has no type for it. A
#: browser that draws a picture anew draws the first, which all have.
ACCEPT = "image/jpeg,image/png,image/webp,image/heic,image/heif,.heic,.heif"
#: The largest file, in bytes; the most that is decoded in this process, in pixels, and the most that a file may hold:
#: what telephones call 50 megapixels is 8,192 by 6,144 at most.
LARGEST, DECODED, CLAIMED = 12 * 2**20, 16_000_000, 8192 * 6144
#: The longest side that a file may hold, in pixels: what is no wider than a hair takes a step for each of its rows.
LONGEST = 2**15
#: The side of a portrait and the longer one of a photograph, in pixels, and the ground where a file lets one through.
SIDE, LONG, GROUND = 320, 1600, "#f2f4ef"
#: How many rows are reduced at once, as they are then; how a file says which side is up.
BAND, UPRIGHT = 16, ExifTags.Base.Orientation

#: How often all of a JPEG may be drawn over, and what begins doing so: within what is drawn, FF is followed by 00.
SCANS, SCAN = 100, b"\xff\xda"

#: Raised where other pictures are being read at this moment: the same file can be read in a while.
Busy = heif.Busy
#: What a reader raises for a file that was not made as it should be.
WRONG = (OSError, SyntaxError, EOFError, ValueError, ArithmeticError, struct.error)
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


@dataclass(frozen=True, slots=True)
class Opened:
    """A picture that can be read: its sides in pixels, its rows from one to the one before another, which side is up.

    `upright` says so as Exif counts, from 1 to 8; it is asked once the rows were read.
    """

    width: int
    height: int
    rows: Callable[[int, int], Image.Image]
    upright: Callable[[], int]


def portrait(file: bytes) -> bytes:
    """The middle of a picture, upright, as a square JPEG without place, date, camera or comment.

    Raises `ValueError` for what is no picture of these formats, or too large a one, and `Busy`.
    """
    return _drawn(file, "portrait")


def photograph(file: bytes) -> bytes:
    """A whole picture, upright, as a JPEG of at most `LONG` pixels a side; as `portrait` beside that."""
    return _drawn(file, "photograph")


def shaped(picture: Opened, shape: str) -> bytes:
    """A picture as one of ours: a "portrait" or a "photograph"."""
    return _encoded(_square(picture) if shape == "portrait" else _whole(picture))


def _drawn(file: bytes, shape: str) -> bytes:
    if len(file) > LARGEST:
        raise ValueError("too large a file")
    if heif.is_one(file):
        return heif.drawn(file, shape)
    if file.startswith(b"\xff\xd8") and file.count(SCAN) > SCANS:
        raise ValueError("too many scans")
    try:
        with Image.open(io.BytesIO(file), formats=FORMATS) as picture:
            return shaped(_opened(picture, 2 * SIDE if shape == "portrait" else LONG), shape)
    except (*WRONG, *_BOMBS) as error:
        raise ValueError("no picture that can be read") from error


def _opened(picture: Image.Image, side: int) -> Opened:
    """What Pillow opened; refused where it is too large. A JPEG is decoded as small as it may be, `side` pixels."""
    bound(picture.width, picture.height)
    picture.draft("RGB", (side, side))
    if picture.width * picture.height > DECODED:
        raise ValueError("too many pixels")
    width, height = picture.size
    return Opened(width, height, lambda top, end: picture.crop((0, top, width, end)), lambda: _upright(picture))


def bound(width: int, height: int) -> None:
    """Raise `ValueError` for more pixels than a picture, or a side of one, may hold."""
    if width * height > CLAIMED or max(width, height) > LONGEST:
        raise ValueError("too many pixels")


def _square(picture: Opened) -> Image.Image:
    small = _reduced(picture, min(picture.width, picture.height) // (2 * SIDE))
    return ImageOps.fit(ImageOps.exif_transpose(small), (SIDE, SIDE), Image.Resampling.LANCZOS)


def _whole(picture: Opened) -> Image.Image:
    upright = ImageOps.exif_transpose(_reduced(picture, max(picture.width, picture.height) // (2 * LONG)))
    upright.thumbnail((LONG, LONG), Image.Resampling.LANCZOS)
    return upright


def _reduced(picture: Opened, factor: int) -> Image.Image:
    """The picture, so many times smaller, band by band: no second one of its size is held."""
    factor = max(1, factor)
    small = Image.new("RGBA", (ceil(picture.width / factor), ceil(picture.height / factor)))
    for top in range(0, picture.height, factor * BAND):
        band = picture.rows(top, min(top + factor * BAND, picture.height))
        small.paste(band.convert("RGBA").reduce(factor), (0, top // factor))
    small.getexif()[UPRIGHT] = picture.upright()
    return small


def _upright(picture: Image.Image) -> int:
    """Which side is up; as it lies, where the file says nothing that can be read."""
    try:
        said = picture.getexif().get(UPRIGHT)
    except (*WRONG, TypeError, AttributeError, LookupError):
        return 1
    return said if isinstance(said, int) and said in range(1, 9) else 1


def _encoded(drawn: Image.Image) -> bytes:
    # On a ground of its own: an image that is converted takes its comments and profiles along.
    ground = Image.new("RGBA", drawn.size, GROUND)
    ground.alpha_composite(drawn)
    held = io.BytesIO()
    ground.convert("RGB").save(held, "JPEG", quality=85, optimize=True)
    return held.getvalue()
