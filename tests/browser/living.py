"""A running site whose people write to it, and what its readers and writers do in their windows."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from knowledgebase.app import create_app
from knowledgebase.config import Settings
from knowledgebase.domain.person import Actor, CityRole, Invitation, PlatformRole, rights
from knowledgebase.services import joining
from tests.accounts import PASSWORD, member, moderator
from tests.browser.watching import Watch
from tests.running import running
from tests.sites import Folder, site_of

PICTURES = os.environ.get("JOURNEY_PICTURES")  # a folder, for people who want to look
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
WAYS = [("fa", True), ("fa", False), ("en", True), ("en", False)]
WAY_NAMES = [f"{language}-{'scripts' if scripts else 'no-scripts'}" for language, scripts in WAYS]
FILED = [f"filed-{name}" for name in WAY_NAMES]  # cities whose case comes from a file, one for each way
_PROFILE = {"position": "Engineer", "office": "Air", "password": PASSWORD}


@dataclass(frozen=True)
class Way:
    """How somebody goes: in which language, with scripts or without, on which screen."""

    language: str
    has_scripts: bool

    @property
    def name(self) -> str:
        return WAY_NAMES[WAYS.index((self.language, self.has_scripts))]


@dataclass(frozen=True)
class Living:
    """A site that runs in processes of its own, and an application on the same folder that brings people."""

    address: str
    app: Flask
    session: int  # of its processes

    def member(self, name: str, city: str, role: CityRole = CityRole.CONTRIBUTOR, **how: bool) -> str:
        """Make an account and return its e-mail address."""
        member(self.app, f"{name}@{city}.example", city, role, **how)
        return f"{name}@{city}.example"

    def moderator(self, name: str, role: PlatformRole = PlatformRole.MODERATOR) -> str:
        """Make an account with a role for the whole exchange and return its e-mail address."""
        moderator(self.app, f"{name}@exchange.example", role)
        return f"{name}@exchange.example"

    def invitation(self, email: str, city: str, role: CityRole, **held: bool) -> str:
        """Return the path of a one-time link, without its language."""
        whom = Invitation(email, city, rights(role, **held))
        return f"/join/{joining.invite(site_of(self.app), whom, by=Actor.operator()).token}"


@contextmanager
def living(place: Path) -> Iterator[Living]:
    """Lend a running site in an empty folder, some of whose cities and cases come from files."""
    folder = Folder(place / "content")
    folder.case("seoul/food-waste", title="Food waste")
    for city in FILED:
        folder.case(f"{city}/clean-air", title=f"Clean air in {city}")
    with running(place / "instance", folder.path) as (address, process):
        app = create_app(Settings(instance=place / "instance"))
        try:
            yield Living(address, app, process.pid)
        finally:
            site_of(app).close()


class Somebody:
    """A person's own window on the living site; everything that its browser complains about is kept."""

    def __init__(self, browser: Browser, live: Living, way: Way, **how: object) -> None:
        """Open the window: of desk size with scripts, of a phone without."""
        size = DESK if way.has_scripts else PHONE
        means = {"viewport": size, "java_script_enabled": way.has_scripts} | how
        self.window: BrowserContext = browser.new_context(**means)  # type: ignore[arg-type]
        self.window.set_default_timeout(8_000)
        self.live, self.way, self.watch = live, way, Watch(live.address)
        self.page: Page = self.watch.over(self.window)

    def go(self, path: str) -> Page:
        """Open a page of the site in the person's language."""
        self.page.goto(f"{self.live.address}/{self.way.language}{path}")
        return self.page

    def enter(self, email: str) -> "Somebody":
        """Log in by the page."""
        self.go("/log-in")
        self.fill({"email": email, "password": PASSWORD})
        self.press("main form .button")
        expect(self.page.locator(".who a[href$='/desk']")).to_have_count(1)
        return self

    def join(self, path: str, name: str) -> "Somebody":
        """Take an invitation up as a new person."""
        self.go(path)
        self.fill({"name": name} | _PROFILE)
        self.page.check("#f-has_accepted")
        self.press("main form .button")
        expect(self.page.locator(".who")).to_contain_text(name)
        return self

    def fill(self, fields: Mapping[str, str]) -> None:
        """Type into fields by their names."""
        for name, text in fields.items():
            self.page.fill(f"main [name='{name}']", text)

    def press(self, button: str) -> None:
        """Press a button or follow a link."""
        self.page.locator(button).first.click()

    def reads(self, text: str, where: str = "main") -> None:
        """Wait until a part of the page says something."""
        expect(self.page.locator(where).first).to_contain_text(text)

    def picture(self, name: str) -> None:
        """Take a picture for people, when they asked for it."""
        if PICTURES:
            folder = Path(PICTURES)
            folder.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=folder / f"{name}-{self.way.name}.png", full_page=True)

    def complaints(self, *but: int) -> list[str]:
        """Return what the browser complained about, but for answers that were expected to be refused."""
        expected = tuple(f" {status} " for status in but) + tuple(f"status of {status}" for status in but)
        return [said for said in self.watch.complaints if not any(word in said for word in expected)]

    def again(self, **how: object) -> "Somebody":
        """Return another window of somebody else who goes the same way."""
        browser = self.window.browser
        assert browser
        return Somebody(browser, self.live, replace(self.way), **how)
