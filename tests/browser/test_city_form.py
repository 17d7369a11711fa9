"""A city's admin edits its page in a real browser: invited, taken over, rows by buttons, two at once."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.watching import sizes
from tests.running import environment, kb, running
from tests.sites import Folder

PASSWORD = "orchid lantern quietly"  # noqa: S105 - of a person of this test
PICTURES = os.environ.get("CITY_FORM_PICTURES")  # a folder, for people who want to look
WAYS = [("fa", True, 1280, "light"), ("en", False, 390, "dark"), ("fa", False, 320, "light")]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Lend the address of a running site with Tehran and a case in files, and its instance folder."""
    place = tmp_path_factory.mktemp("desk")
    folder = Folder(place / "content")
    folder.case("tehran/clean-air", title="Clean air zone")
    folder.case("tehran/noise", title="Noise map")
    with running(place / "instance", folder.path) as (address, _):
        yield address, place / "instance"


def invited(page: Page, address: str, instance: Path, language: str, name: str) -> None:
    """Let somebody come in as Tehran's admin, as an invitation is accepted."""
    email = f"{name}@tehran.example"
    made = kb(["invite", "--city", "tehran", "--role", "admin", email], environment(instance))
    assert made.returncode == 0, made.stderr
    path = made.stdout.strip().partition("/join/")[2]
    page.goto(f"{address}/{language}/join/{path}")
    for field, text in {"name": name, "position": "Engineer", "office": "Air", "password": PASSWORD}.items():
        page.fill(f"#f-{field}", text)
    page.check("#f-has_accepted")
    page.click("form.form button[type=submit]")
    expect(page.locator(".who")).to_contain_text(name)


def picture(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)


@pytest.mark.parametrize(("language", "has_scripts", "width", "scheme"), WAYS)
def test_an_admin_takes_over_and_edits_the_page_of_its_city(
    browser: Browser, desk: tuple[str, Path], language: str, has_scripts: bool, width: int, scheme: str
) -> None:
    address, instance = desk
    with (
        browser.new_context(
            java_script_enabled=has_scripts,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,  # type: ignore[arg-type]
        ) as window,
        browser.new_context(java_script_enabled=False) as other,
    ):
        page, rival = window.new_page(), other.new_page()
        name = f"{'ab'[has_scripts]}{language}{width}"
        invited(page, address, instance, language, name)
        picture_name = f"{language}-{width}-{scheme}"
        page.goto(f"{address}/{language}/cities/tehran")
        if page.locator("a[href$='/take-over']").count():
            page.click("a[href$='/take-over']")
            picture(page, f"take-over-{picture_name}")
            page.click("button[name=what][value=all]")
            page.click("a[href$='/edit']")
        else:
            page.click("a[href$='/edit']")

        before = page.locator("fieldset.form-row:has([name^='capacities.'])").count()
        page.click("button[value='add:capacities']")
        focused = page.locator(f"[name='capacities.{before + 1}.title']")
        if has_scripts:
            expect(focused).to_be_focused()
        expect(focused).to_be_in_viewport()
        focused.fill(f"Metro training {name}")
        page.click("button[value='add:sources']")
        picture(page, f"edit-{picture_name}")
        page.locator(".form-part button.button[type=submit]").click()
        expect(page.locator(".wrong-all")).to_be_visible()
        picture(page, f"faults-{picture_name}")
        page.select_option(f"[name='capacities.{before + 1}.kind']", "training")
        invited(rival, address, instance, language, f"r{name}")
        rival.goto(f"{address}/{language}/cities/tehran/edit")
        rival.fill("[name=body]", f"Theirs {name}")
        rival.locator(".form-part button.button[type=submit]").click()
        page.fill("[name=body]", f"Mine {name}")
        page.locator("[name=body]").press("Tab")
        page.locator("[name='contact.office']").fill("Air office")
        page.locator("[name='contact.office']").press("Enter")

        expect(page.locator("fieldset.conflict")).not_to_have_count(0)
        picture(page, f"conflict-{picture_name}")
        assert sizes(page)["beyond"] <= 0
        page.check("[name='take.body'][value=mine]")
        page.locator("form.form button.button[type=submit]").click()

        expect(page.locator("main")).to_contain_text(f"Mine {name}")
        expect(page.locator("main")).to_contain_text(f"Metro training {name}")
        page.click("a[href$='/edit']")
        assert sizes(page)["beyond"] <= 0
