"""Takes a picture of every page in every state: at 390 and 1280 px, light and dark, in French and English.

    python -m tools.screenshots [--only NAME ...] [--out DIR]

`tests/journeys/pages.py` says what there is to look at; a page that is not in it fails, here and in the tests.
"""

import argparse
import sys
import tempfile
from fnmatch import fnmatch
from pathlib import Path

from playwright.sync_api import Error, Page

from tests.journeys import looking, pages, stage

OUT = Path("build/screenshots")


def main() -> None:
    """Look at what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="*", default=["*"], metavar="NAME", help="names of looks; * and ? are wild")
    parser.add_argument("--out", type=Path, default=OUT, metavar="DIR", help=f"where to; {OUT} unless given")
    for kind, known in (("language", pages.LANGUAGES), ("theme", looking.THEMES)):
        parser.add_argument(f"--{kind}", nargs="*", choices=known, default=known)
    parser.add_argument("--width", nargs="*", type=int, default=[looking.PHONE, looking.WIDE])
    parser.add_argument("--height", type=int, help="of what is seen without scrolling; the whole page unless given")
    asked = parser.parse_args()
    looks = [look for look in pages.LOOKS if any(fnmatch(look.name, name) for name in asked.only)]
    asked.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, stage.served(Path(home)) as staged, looking.chromium() as browser:
        eyes = [looking.Eyes(browser, staged, language) for language in asked.language]
        failed = [look.name for look in looks if not seen(look, eyes, asked)]
    sys.exit(f"Not as the table says: {' '.join(failed)}" if failed else 0)


def seen(look: pages.Look, eyes: list[looking.Eyes], asked: argparse.Namespace) -> bool:
    """Look in each language; whether all went as the table says."""
    print(look.name, flush=True)
    try:
        for one in eyes:
            picture(one.look(look), asked, f"{look.name}-{{}}-{{}}-{one.language}.png")
    except (AssertionError, Error) as error:
        print(error, file=sys.stderr)
        return False
    return True


def picture(page: Page, asked: argparse.Namespace, name: str) -> None:
    """Take a page at each width, in each light."""
    for width in asked.width:
        page.set_viewport_size({"width": width, "height": looking.HEIGHT})
        # As high as the page is: what keeps to the foot of the window stands at the foot of the picture.
        height = asked.height or page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": width, "height": height})
        for theme in asked.theme:
            page.emulate_media(color_scheme=theme)
            page.screenshot(path=asked.out / name.format(width, theme), animations="disabled")


if __name__ == "__main__":
    main()
