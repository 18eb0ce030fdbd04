"""Files as cameras and telephones make them, for whoever shows one."""

import io
from typing import Any

from PIL import Image


def drawn(kind: str = "PNG", *, size: tuple[int, int] = (60, 40), color: str = "#b5522e", **more: Any) -> bytes:
    """A file that holds a picture all of one colour; `more` is what else it holds, as Pillow writes it."""
    held = io.BytesIO()
    Image.new("RGB", size, color).save(held, kind, **more)
    return held.getvalue()
