"""The picture of an evening that messengers show with its link, drawn in the look: night, lambrequin, lit slopes.

It holds what it is given and nobody's name. The font is the one of the pages, as FreeType reads it (OFL, beside it).
"""

import io
import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from xml.etree import ElementTree as ET

from PIL import Image, ImageDraw, ImageFont

HERE = Path(__file__).parent
FONT = HERE / "static" / "entregent" / "fonts" / "bricolage-fr.ttf"
SLOPES = HERE / "templates" / "includes" / "hauts.svg"
#: Its size, as messengers want it; it is drawn twice as large, then made smaller, for smooth edges.
SIZE, DRAWN = (1200, 630), 2
NIGHT, HORIZON, PAPER, LAMP = "#0c232e", "#285462", "#f2f4ef", "#f5b52e"
WORDS, QUIET = "#f3f4ec", "#b9cbcf"
CRESTS = ("#0e2833", "#081a23")
MARGIN, SCALLOP = 80, 50
#: Beyond ASCII, the characters that the font has.
COVERED = set(" «°·»ÀÂÇÈÉÊËÎÏÔÙÛàâäçèéêëîïôöùûüŒœ –’… €")


@lru_cache(maxsize=64)
def drawn(title: str, lines: tuple[str, ...]) -> bytes:
    """A PNG of 1200 by 630 with a title on up to three lines, and smaller lines below it."""
    picture = _night()
    pen = ImageDraw.Draw(picture)
    _slopes(pen)
    _lambrequin(pen)
    below = _title(pen, _legible(title))
    for number, line in enumerate(lines):
        font = _font(40, 500 if number == 0 else 400)
        below += 58
        pen.text((_px(MARGIN), _px(below)), _cut(_legible(line), font), font=font, fill=QUIET if number else WORDS)
    smaller = picture.resize(SIZE, Image.Resampling.LANCZOS)
    file = io.BytesIO()
    smaller.save(file, "PNG")
    return file.getvalue()


def _px(length: float) -> int:
    return round(length * DRAWN)


@cache
def _font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(FONT), _px(size))
    font.set_variation_by_axes([weight])
    return font


def _legible(text: str) -> str:
    """A text in characters that the font has.

    >>> _legible("Aperó Wëb 🎉 à Saint-Denis")
    'Apero Wëb à Saint-Denis'
    """
    plain = (c if c in COVERED or c.isascii() else unicodedata.normalize("NFKD", c)[:1] for c in text)
    return " ".join("".join(c for c in plain if c in COVERED or c.isascii()).split())


def _night() -> Image.Image:
    gradient = Image.linear_gradient("L").resize((_px(SIZE[0]), _px(SIZE[1])))
    horizon, night = (Image.new("RGB", gradient.size, colour) for colour in (HORIZON, NIGHT))
    return Image.composite(horizon, night, gradient)


def _lambrequin(pen: ImageDraw.ImageDraw) -> None:
    pen.rectangle((0, 0, _px(SIZE[0]), _px(8)), fill=PAPER)
    for middle in range(0, SIZE[0] + SCALLOP, SCALLOP):
        _dot(pen, (middle + SCALLOP / 2, 3), 15, PAPER)
        _dot(pen, (middle, 12), 23, PAPER)
        _dot(pen, (middle, 16), 4.5, NIGHT)


def _dot(pen: ImageDraw.ImageDraw, at: tuple[float, float], radius: float, fill: str) -> None:
    (x, y), r = at, radius
    pen.ellipse((_px(x - r), _px(y - r), _px(x + r), _px(y + r)), fill=fill)


def _slopes(pen: ImageDraw.ImageDraw) -> None:
    scale = SIZE[0] / 720
    top = SIZE[1] - 130 * scale
    root = ET.fromstring(SLOPES.read_text())  # noqa: S314  our own file
    crests = [element.attrib["d"] for element in root.iter() if element.tag.endswith("path")]
    for path, colour in zip(crests, CRESTS, strict=True):
        ridge = list(map(float, re.findall(r"[\d.]+", path.partition("V")[0])))
        points = [(_px(x * scale), _px(top + y * scale)) for x, y in zip(ridge[::2], ridge[1::2], strict=True)]
        pen.polygon([*points, (_px(SIZE[0]), _px(SIZE[1])), (0, _px(SIZE[1]))], fill=colour)
    for lamp in (element.attrib for element in root.iter() if element.tag.endswith("circle")):
        x, y, radius = (float(lamp[name]) * scale for name in ("cx", "cy", "r"))
        _dot(pen, (x, top + y), radius, LAMP)


#: The sizes that a title is tried in, and on how many lines.
FITS = ((116, 1), (88, 2), (64, 3))


def _title(pen: ImageDraw.ImageDraw, title: str) -> int:
    """Write a title as large as it fits; where its last line ends."""
    wrapped = [(size, _wrapped(title, _font(size, 700)), most) for size, most in FITS]
    size, lines, most = next((fit for fit in wrapped if len(fit[1]) <= fit[2]), wrapped[-1])
    kept, font = [*lines[: most - 1], " ".join(lines[most - 1 :])], _font(size, 700)
    for number, line in enumerate(filter(None, kept)):
        pen.text((_px(MARGIN - 4), _px(88 + number * size * 1.05)), _cut(line, font), font=font, fill=WORDS)
    return 88 + round(min(len(lines), most) * size * 1.05)


def _wrapped(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        lines[-1:] = [longer] if not lines or _fits(longer, font) else [lines[-1], word]
    return lines


def _fits(text: str, font: ImageFont.FreeTypeFont) -> bool:
    return font.getlength(text) <= _px(SIZE[0] - 2 * MARGIN)


def _cut(text: str, font: ImageFont.FreeTypeFont) -> str:
    """A line that fits, with an ellipsis where it was longer."""
    if _fits(text, font):
        return text
    return next(kept for end in range(len(text), 0, -1) if _fits(kept := f"{text[:end].rstrip()}…", font))
