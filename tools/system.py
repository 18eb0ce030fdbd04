"""What the gate needs from the system: a Chromium for the journeys, gettext for the catalogue.

Run with the names of either, it installs what is missing where it can, and says what to install where it cannot.
"""

import os
import shutil
import subprocess
import sys

#: The variable that names a Chromium which lies somewhere else.
NAMED = "ENTREGENT_CHROMIUM"
CHROMIUMS = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
#: What Debian's packages are called; fonts come with the browser, for the words that our own do not cover.
PACKAGES = {"chromium": ("chromium", "fonts-liberation"), "gettext": ("gettext",)}


def chromium() -> str | None:
    """The path of a Chromium on this machine."""
    return next(filter(None, map(shutil.which, (os.environ.get(NAMED, ""), *CHROMIUMS))), None)


def gettext() -> str | None:
    """The path of the message extractor, where its companions lie too."""
    return shutil.which("xgettext") and shutil.which("msgmerge")


FOUND = {"chromium": chromium, "gettext": gettext}


def install(missing: list[str]) -> None:
    """Install by the system's package manager, as root only."""
    print("Installing", *missing, file=sys.stderr)
    surroundings = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    packages = [package for name in missing for package in PACKAGES[name]]
    for words in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        subprocess.run(["apt-get", "-qq", *words], env=surroundings, stdout=subprocess.DEVNULL, check=True)


def main(wanted: list[str]) -> None:
    """See that everything wanted is there, or end with what to install."""
    missing = [name for name in wanted if FOUND[name]() is None]
    if missing and shutil.which("apt-get") and os.geteuid() == 0:
        install(missing)
        missing = [name for name in missing if FOUND[name]() is None]
    if missing:
        names = " ".join(missing)
        sys.exit(
            f"Missing: {names}. Install it with the system's package manager"
            f" (apt-get install {names}; dnf install {names}; brew install {names});"
            f" {NAMED} names a Chromium that lies somewhere else."
        )


if __name__ == "__main__":
    main(sys.argv[1:])
