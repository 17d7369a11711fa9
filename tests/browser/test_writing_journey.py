"""A case from the invitation of its writer to its withdrawal, in several people's windows at once."""

import time

from playwright.sync_api import Browser, expect

from knowledgebase.domain.person import CityRole
from tests.browser.living import Living, Somebody, Way
from tests.browser.watching import sizes

BOXES = {
    "section.challenge": {"fa": "دود شهر را گرفته بود.", "en": "Smog covered the city."},
    "section.solution": {"fa": "محدوده‌ای بدون خودروهای قدیمی.", "en": "A zone without old diesels."},
    "section.results": {"fa": "هوا پاک‌تر شد.", "en": "The air became cleaner."},
}
WORD = {"fa": "پاکان", "en": "Zephyr"}


def type_a_case(writer: Somebody, title: str) -> None:
    """Fill the required fields as a person would."""
    page, language = writer.page, writer.way.language
    page.select_option("#f-topics-1", "air")
    page.select_option("#f-status", "operating")
    writer.fill({"title": title} | {name: texts[language] for name, texts in BOXES.items()})


def look(writer: Somebody, title: str) -> None:
    """See the preview: with scripts while writing, without by its button."""
    if not writer.way.has_scripts:
        writer.press("button[value='preview']")
    expect(writer.page.locator("#look .look-title")).to_have_text(title)
    writer.reads(BOXES["section.challenge"][writer.way.language], "#look")
    assert sizes(writer.page)["beyond"] <= 0
    writer.picture("form")


def show_to_a_visitor(writer: Somebody, title: str) -> None:
    """Make a link, which somebody without an account opens and nobody else after its end."""
    writer.press(".decide button[value='save']")
    draft = writer.page.url.partition("?")[0]
    writer.press("form[action$='/share'] button")
    link = writer.page.locator("code.secret").inner_text()
    visitor = writer.again()
    visitor.page.goto(link)
    visitor.reads(title, "h1")
    assert visitor.page.locator("main form").count() == 0
    writer.page.goto(draft)
    writer.press("form[action$='/revoke'] button")
    answer = visitor.page.goto(link)
    assert answer is not None
    assert answer.status in (404, 410)
    assert visitor.complaints(answer.status) == []
    visitor.window.close()


def wait_until_found(somebody: Somebody, title: str) -> float:
    """Return after how many seconds a search finds a case."""
    began = time.monotonic()
    while time.monotonic() - began < 5.0:
        somebody.go(f"/search?q={title.partition(' ')[0]}")
        if title in somebody.page.locator(".card-title").all_inner_texts():
            return time.monotonic() - began
    raise AssertionError(f"{title} was not found")


def test_a_case_goes_from_an_invitation_to_its_withdrawal(browser: Browser, live: Living, way: Way) -> None:
    city, title = f"wrote-{way.name}", f"{WORD[way.language]} {way.name}"
    admin_mail = live.member("adel", city, CityRole.ADMIN)
    invitation = live.invitation(f"wali@{city}.example", city, CityRole.CONTRIBUTOR)
    writer = Somebody(browser, live, way).join(invitation, "Wali")
    admin = Somebody(browser, live, way).enter(admin_mail)

    writer.go("/write")
    writer.press("main form .button")
    type_a_case(writer, title)
    look(writer, title)
    show_to_a_visitor(writer, title)
    draft = writer.page.url.rpartition("/")[2]
    writer.press("button[value='ask']")
    expect(writer.page.locator("form[action$='/take-back']")).to_have_count(1)

    admin.go("/desk")
    assert admin.page.locator(".matters [data-waits]").count() == 1
    admin.picture("desk")
    admin.press(".matters [data-waits] a")
    admin.press(f"a[href$='{draft}']")
    admin.fill({"line": "Say since when."})
    admin.press("form[action$='/return'] button")
    writer.go(f"/write/{draft}")
    writer.reads("Say since when.", ".notice[data-kind=warning]")
    writer.fill({"started": "2021"})
    writer.press("button[value='ask']")
    admin.go(f"/write/{draft}")
    admin.picture("asked")
    admin.press("form[action$='/decide'] button")
    admin.press("main a.button")
    admin.reads(title, "h1")
    case = admin.page.url.partition(f"/{way.language}/")[2]
    assert wait_until_found(admin.again(), title) < 2.0

    assert writer.complaints() == []
    assert admin.complaints() == []
    correct_at_once(writer, admin, f"/{case}", title)
    withdraw(admin, f"/{case}")
    writer.window.close()
    admin.window.close()


def correct_at_once(writer: Somebody, admin: Somebody, case: str, title: str) -> None:
    """Let both revise the case; the second meets the first one's text, chooses, and nothing is lost."""
    admin.go(f"/cities/{case.split('/')[2]}/members")
    line = admin.page.locator("ul.lines > li", has_text="Wali")
    line.locator("details > summary").click()
    line.locator("input[name=may_publish]").check()
    line.locator("form .button").first.click()
    for one in (writer, admin):
        one.go(case)
        one.press(".case-acts form button")
    admin.fill({"title": f"{title} now", "section.results": "Fewer patients."})
    admin.press("button[value='publish']")
    admin.press("main a.button")
    admin.reads(f"{title} now", "h1")

    writer.fill({"section.results": "Less soot.", "summary": "Shorter."})
    writer.press("button[value='publish']")
    expect(writer.page.locator("fieldset.choice")).to_have_count(3)
    writer.picture("conflict")
    writer.reads("Fewer patients.", "main form")
    writer.reads("Less soot.", "main form")
    assert sizes(writer.page)["beyond"] <= 0
    writer.page.check("[name='choice.section.results'][value=mine]")
    writer.press("main form .button:not(.button-quiet)")
    assert writer.page.input_value("#f-title") == f"{title} now"
    assert writer.page.input_value("#f-summary") == "Shorter."
    writer.press("button[value='publish']")
    writer.press("main a.button")
    writer.reads(f"{title} now", "h1")
    writer.reads("Less soot.")
    writer.reads("Shorter.")
    assert [one.complaints(409) for one in (writer, admin)] == [[], []]


def withdraw(admin: Somebody, case: str) -> None:
    """Take the case back: its address is gone, and the search forgets it."""
    admin.go(case)
    admin.press(".case-acts a")
    admin.fill({"line": "It ended."})
    admin.press("main form button.danger")

    answer = admin.page.goto(f"{admin.live.address}/{admin.way.language}{case}")

    assert answer is not None
    assert answer.status == 410
    assert admin.complaints(409, 410) == []
