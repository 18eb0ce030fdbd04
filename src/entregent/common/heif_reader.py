"""Draws the HEIF picture on its input as a JPEG on its output: `heif` runs it, with SHAPE MEMORY SECONDS. Pure.

Of several pictures in one file the one is drawn that the file calls its own; no thumbnail, no depth, no film.
"""

import resource
import sys

import pillow_heif
from PIL import Image
from pillow_heif import options

from entregent.common import heif, pictures

#: What is raised for a file that was not made as it should be.
WRONG = (*pictures.WRONG, RuntimeError, MemoryError, LookupError, TypeError, AttributeError)

options.THUMBNAILS = options.DEPTH_IMAGES = options.AUX_IMAGES = False
options.DECODE_THREADS = 1


def main(shape: str, memory: int, seconds: int) -> int:
    """Draw it within so many bytes and seconds; what the process ends with."""
    _hold(memory, seconds)
    try:
        drawn = pictures.shaped(_opened(sys.stdin.buffer.read()), shape)
    except WRONG:
        return heif.UNREADABLE
    sys.stdout.buffer.write(drawn)
    return 0


def _hold(memory: int, seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    if sys.platform == "linux":  # others have no such bound, or do not keep it
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _opened(file: bytes) -> pictures.Opened:
    """The picture, decoded; its rows are taken from where the decoder put them.

    The decoder turns it as the file says (`irot`, `imir`), and what its Exif says of that is not heard: that is the
    rule of the format, and turning twice is wrong.
    """
    found = pillow_heif.open_heif(file, remove_stride=False)
    pictures.bound(*found.size)
    pixels, mode, stride = memoryview(found.data), found.mode, found.stride
    width, height = found.size  # once it is decoded: what is cut or turned was not, before

    def rows(top: int, end: int) -> Image.Image:
        return Image.frombytes(mode, (width, end - top), pixels[top * stride : end * stride], "raw", mode, stride)

    return pictures.Opened(width, height, rows, lambda: 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], *map(int, sys.argv[2:])))
