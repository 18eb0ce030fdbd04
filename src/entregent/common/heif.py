"""HEIF, in which iPhones and others keep pictures (HEIC): drawn by `heif_reader`, in a process of its own. Pure.

The reader is a large library in C++ and the file a stranger's: whatever it does to that process, the server goes on.
"""

import subprocess
import sys
import threading

#: What a file says it is in its first box, where it holds pictures of this kind.
BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"})
#: What one picture may take: address space in bytes (50 megapixels take half of it), seconds of a processor, and
#: seconds by the clock, on a machine that does other things, too.
MEMORY, SECONDS, PATIENCE = 2**30, 20, 300
#: How long whoever sends one waits for those that are being read, in seconds: meanwhile they keep one of the few
#: threads that answer requests.
WAIT = 5
#: How the process ends that was given no picture which it can read.
UNREADABLE = 3

# One at a time: what a large one takes is taken once, however many are sent.
_turn = threading.Lock()


class Busy(Exception):
    """Others' pictures are being read, and it takes a while."""


def is_one(file: bytes) -> bool:
    """Whether a file says that it is of this kind.

    >>> is_one(bytes(4) + b"ftypheic"), is_one(b"GIF89a")
    (True, False)
    """
    return file[4:8] == b"ftyp" and file[8:12] in BRANDS


def drawn(file: bytes, shape: str) -> bytes:
    """The JPEG that is made of a file, as `pictures.shaped` has it.

    Raises `ValueError` for what cannot be read, `Busy` where others are being read.
    """
    if not _turn.acquire(timeout=WAIT):
        raise Busy
    try:
        return _read(file, shape)
    finally:
        _turn.release()


def _read(file: bytes, shape: str) -> bytes:
    command = [sys.executable, "-P", "-m", "entregent.common.heif_reader", shape, str(MEMORY), str(SECONDS)]
    try:
        done = subprocess.run(command, input=file, capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise ValueError("no picture that can be read in time") from None
    if done.returncode == UNREADABLE or done.returncode < 0:  # below: it fell, or was stopped at a bound
        raise ValueError("no picture that can be read")
    if done.returncode:
        raise RuntimeError("the reader of HEIF does not run: " + done.stderr.decode(errors="replace")[-500:])
    return done.stdout
