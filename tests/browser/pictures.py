"""The pictures of the README, taken of the real cases: `python -m tests.browser.pictures docs/pictures`."""

import sys
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from PIL import Image
from playwright.sync_api import Browser, ViewportSize

from tests.browser.ground import exchange
from tests.servers.browser import chromium

DESK, PHONE = ViewportSize(width=1200, height=800), ViewportSize(width=390, height=800)
QUALITY = 80  # of WebP
PICTURES = {
    "search-fa": (f"/fa/search?q={quote('هدررفت آب')}", DESK),
    "search-en": ("/en/search?q=water+loss", DESK),
    "case": ("/en/cases/london/ulez", DESK),
    "phone": ("/fa/cases/tabriz/bazaar-merchants", PHONE),
}


def take(browser: Browser, address: str, folder: Path) -> list[Path]:
    """Write the pictures into a folder as WebP, what a window shows of each page, and return them."""
    taken = []
    for name, (place, size) in PICTURES.items():
        with browser.new_context(color_scheme="light", viewport=size) as context:
            page = context.new_page()
            answer = page.goto(address + place)
            assert answer, place
            assert answer.ok, place
            page.evaluate("document.fonts.ready")
            path = folder / f"{name}.webp"
            with Image.open(BytesIO(page.screenshot())) as picture:
                picture.convert("RGB").save(path, quality=QUALITY, method=6)
            taken.append(path)
    return taken


def main(folder: Path) -> None:
    """Start a site, take the pictures, and say how large they are."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as workplace, exchange(Path(workplace)) as address, chromium() as browser:
        for path in take(browser, address, folder):
            print(f"{path}: {path.stat().st_size} bytes")  # noqa: T201 - a command for people


if __name__ == "__main__":
    main(Path(sys.argv[1]))
