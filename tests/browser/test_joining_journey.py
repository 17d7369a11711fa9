"""A city comes in: added, its first admin, a colleague, its page, somebody who asks, a case taken over."""

from playwright.sync_api import Browser, expect

from knowledgebase.domain.person import CityRole, PlatformRole
from tests.browser.living import Living, Somebody, Way
from tests.browser.watching import sizes
from tests.running import get

LEAST_MS = 3_100  # a form that is sent sooner was filled in by a machine
PAGE = {"fa": "شهری میان کوه و دریا.", "en": "A city between hills and sea."}
FIRST = {"fa": "نخستین نظر من.", "en": "My very first comment."}


def shown_link(admin: Somebody) -> str:
    """Return the path of a one-time link that is on the page, which another look does not show again."""
    link = admin.page.locator(".secret")
    expect(link).to_have_count(1)
    path = f"/join/{link.inner_text().strip().partition('/join/')[2]}"
    assert sizes(admin.page)["beyond"] <= 0
    admin.page.goto(admin.page.url)
    expect(admin.page.locator(".secret")).to_have_count(0)
    return path


def invite(admin: Somebody, email: str, role: CityRole) -> str:
    """Invite somebody on the page of a city's people and return the path of the link."""
    admin.page.fill("#f-email", email)
    admin.page.select_option("#f-role", role.value)
    admin.press("form[action$='/invite'] .button")
    return shown_link(admin)


def test_a_city_comes_in_and_fills_its_page(browser: Browser, live: Living, way: Way) -> None:
    city, name = f"new-{way.name}", f"New {way.name}"
    platform = Somebody(browser, live, way).enter(live.moderator(f"pia-{way.name}", PlatformRole.ADMIN))

    platform.go("/cities/")
    platform.press("a[href$='/cities/new']")
    platform.picture("add-city")
    platform.fill({"name.en": name, "name.fa": f"شهر نو {way.name}", "id": city})
    platform.page.select_option("[name=country]", "IR")
    platform.press("main form .button")
    link = invite(platform, f"first@{city}.example", CityRole.ADMIN)
    first = Somebody(browser, live, way).join(link, "First")
    used = platform.page.goto(f"{live.address}/{way.language}{link}")
    first.go("/desk")
    first.press(".matters a[href$='/members']")
    colleague = first.again().join(invite(first, f"second@{city}.example", CityRole.CONTRIBUTOR), "Second")

    first.go(f"/cities/{city}")
    first.press("a[href$='/edit']")
    first.fill({"body": PAGE[way.language], "contact.office": "Foreign office"})
    first.picture("city-form")
    assert sizes(first.page)["beyond"] <= 0
    first.press(".form-part button.button[type=submit]")
    first.reads(PAGE[way.language])

    assert used is not None
    assert used.status in (404, 410)
    answer = colleague.page.goto(f"{live.address}/{way.language}/cities/{city}/edit")
    assert answer is not None
    assert answer.status == 403
    assert PAGE[way.language] in get(f"{live.address}/{way.language}/cities/{city}")[1]
    assert [one.complaints(used.status) for one in (platform, first)] == [[], []]
    assert colleague.complaints(403) == []
    for one in (platform, first, colleague):
        one.window.close()


def test_who_asked_to_join_is_let_in_and_its_first_comment_waits(
    browser: Browser, live: Living, way: Way
) -> None:
    city, case = f"asked-{way.name}", "/cases/seoul/food-waste"
    admin = Somebody(browser, live, way).enter(live.member("adel", city, CityRole.ADMIN))
    asking = Somebody(browser, live, way)
    visitor = asking.again()

    asking.go("/join")
    asking.page.select_option("#f-city", city)
    whom = {"name": "Asal", "position": "Clerk", "office": "Parks", "email": f"asal@{city}.example"}
    asking.fill(whom | {"letter": "Letter 12 of the registry."})
    asking.press("main form .button")
    expect(asking.page).to_have_url(f"{live.address}/{way.language}/join/asked")
    admin.go("/requests")
    admin.press("ul.lines a.button")
    admin.reads("Letter 12 of the registry.")
    admin.picture("request")
    admin.press("form[action$='/accept'] .button")
    asking.join(shown_link(admin), "Asal")

    body = f"{FIRST[way.language]} {way.name}"
    asking.go(case)
    asking.page.fill("#f-body", body)
    asking.page.wait_for_timeout(LEAST_MS)
    asking.press("form:has(#f-body) .button:not(.button-quiet)")
    expect(asking.page.locator(".notice").first).to_be_visible()
    asking.picture("held")
    visitor.go(case)
    assert body not in visitor.page.inner_text("main")
    admin.go("/moderation")
    admin.press("button[value=release]")
    visitor.go(case)
    visitor.reads(body, f"article.comment:has-text('{body}')")

    assert [one.complaints() for one in (admin, asking, visitor)] == [[], [], []]
    for one in (admin, asking, visitor):
        one.window.close()


def test_a_city_takes_over_what_a_file_says_and_goes_on_writing(
    browser: Browser, live: Living, way: Way
) -> None:
    city = f"filed-{way.name}"
    case = f"/cases/{city}/clean-air"
    admin = Somebody(browser, live, way).enter(live.member("tala", city, CityRole.ADMIN, may_publish=True))

    admin.go(case)
    admin.press("a[href$='/take-over']")
    admin.picture("take-over")
    admin.press("button[name=what][value=all]")
    admin.go(case)
    admin.press(".case-acts form button")
    admin.fill({"summary": f"Written by {city} itself."})
    admin.press("button[value=publish]")
    admin.press("main a.button")

    admin.reads(f"Written by {city} itself.")
    assert admin.complaints() == []
    admin.window.close()
