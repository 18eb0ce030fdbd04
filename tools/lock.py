"""Writes the two locks: what the product needs, and what its gate needs on top. No registry's address goes in."""

import subprocess
import sys
from pathlib import Path

COMPILE = (
    *(sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml"),
    *("--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--quiet"),
)
LOCKS = {
    "requirements.lock": ("--group", "build"),
    "requirements-dev.lock": ("--group", "build", "--group", "dev", "--constraint", "requirements.lock"),
}


def main(upgrade: list[str]) -> None:
    """Resolve again; `upgrade` names packages to move, everything else stays where it is."""
    for lock, groups in LOCKS.items():
        moved = [word for name in upgrade for word in ("--upgrade-package", name)]
        subprocess.run([*COMPILE, *groups, *moved, "--output-file", lock], check=True)
        if "://" in Path(lock).read_text():
            sys.exit(f"{lock} names an address")


main(sys.argv[1:])
