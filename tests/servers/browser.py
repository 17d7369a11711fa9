"""A real Chromium for page tests: the system's own, driven by Playwright, which downloads nothing."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

from tests.servers import Missing

NAMES = ("chromium", "chromium-browser", "google-chrome-stable")
ARGUMENTS = (
    "--no-sandbox",  # root cannot have it; only our own pages are opened
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a browser without a window, and close it afterwards.

    Each test should open a context of its own (`browser.new_context()`): cookies and storage
    live there. Raises Missing when no Chromium is installed.
    """
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        raise Missing("no Chromium (Debian: chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()
