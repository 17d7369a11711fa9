"""Pictures of the pages for people to look at: `make screenshots`, or with the folder as an argument."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from playwright.sync_api import Browser

from tests.browser.ground import exchange
from tests.browser.places import PLACES, place
from tests.servers.browser import chromium

NAMES = {"home", "results", "narrowed", "case", "city-full", "404", "410"}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDTHS = (390, 1280)  # a phone, a desk
HEIGHT = 900


def take(browser: Browser, address: str, folder: Path, names: set[str]) -> list[Path]:
    """Write one picture for each page, language, scheme and width into a folder, and return them."""
    taken = []
    for scheme in SCHEMES:
        for width in WIDTHS:
            size = {"width": width, "height": HEIGHT}
            with browser.new_context(color_scheme=scheme, viewport=size) as context:  # type: ignore[arg-type]
                page = context.new_page()
                for name, language in PLACES:
                    if name not in names:
                        continue
                    page.goto(address + place(name, language))
                    page.evaluate("document.fonts.ready")
                    path = folder / f"{name}-{language}-{scheme}-{width}.png"
                    page.screenshot(path=path, full_page=True)
                    taken.append(path)
    return taken


def main(folder: Path, names: set[str]) -> None:
    """Start a site, take the pictures, and say where they are."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as workplace, exchange(Path(workplace)) as address, chromium() as browser:
        taken = take(browser, address, folder, names)
    print(f"{len(taken)} pictures in {folder}")  # noqa: T201 - a command for people


if __name__ == "__main__":
    main(Path(sys.argv[1]), set(sys.argv[2:]) or NAMES)
