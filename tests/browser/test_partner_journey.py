"""A partner city talks about another city's case: said, answered, mended, reported, hidden, shown again."""

from playwright.sync_api import Browser, Page, expect

from knowledgebase.domain.person import CityRole
from tests.browser.living import Living, Somebody, Way
from tests.browser.watching import sizes

OWN = {"fa": "ما همین کار را کردیم، ولی کندتر.", "en": "We did the same, but slower."}
OFFICIAL = {"fa": "شهر ما آماده همکاری است.", "en": "Our city is ready to help."}
MENDED = {"fa": "ما همین کار را تندتر کردیم.", "en": "We did the same, and faster."}
ANSWER = {"fa": "چه چیزی کارتان را کند کرد؟", "en": "What made it slow?"}
LEAST_MS = 3_100  # a form that is sent sooner was filled in by a machine


def write(writer: Somebody, body: str, voice: str | None = None) -> None:
    """Fill the form of a comment that is on the page and send it."""
    page = writer.page
    page.fill("#f-body", body)
    if voice:
        page.check(f"input[name=voice][value='{voice}']")
    page.wait_for_timeout(LEAST_MS)
    writer.press("form:has(#f-body) .button:not(.button-quiet)")


def said(page: Page, body: str) -> str:
    """Return the address of the comment that says something."""
    one = page.locator("article.comment", has_text=body).first
    expect(one.locator(".comment-text").first).to_contain_text(body)
    address = one.locator(".comment-foot a").first.get_attribute("href")
    assert address
    return address.partition("/comments/")[2]


def give_reason(somebody: Somebody, act: str, reason: str) -> None:
    """Unfold one of the acts of a comment, say why and do it."""
    form = somebody.page.locator(f"details.reasoned:has(form[action$='/{act}'])")
    form.locator("summary").click()
    form.locator("[name=reason]").fill(reason)
    form.locator("button").click()


def test_a_partner_comments_and_the_city_answers(browser: Browser, live: Living, way: Way) -> None:
    home, language = f"partner-{way.name}", way.language
    case = f"/cases/filed-{way.name}/clean-air"
    speaker = live.member("sara", home, CityRole.CONTRIBUTOR, speaks=True)
    host = live.member("hadi", f"filed-{way.name}", CityRole.ADMIN)
    partner = Somebody(browser, live, way)

    partner.go(case)
    partner.press(".say a.button")
    partner.fill({"email": speaker, "password": "orchid lantern quietly"})
    partner.press("main form .button")
    assert partner.page.url.partition("#")[0].endswith(case)
    write(partner, OWN[language])
    first = said(partner.page, OWN[language])
    partner.go(case)
    write(partner, OFFICIAL[language], f"{home}+")
    partner.go(case)
    said(partner.page, OFFICIAL[language])
    official = partner.page.locator("article.comment[data-voice=city]")
    expect(official).to_have_count(1)
    assert "Sara" not in official.inner_text()
    own = partner.page.locator("article.comment", has_text=OWN[language]).locator(".comment-text")
    assert own.get_attribute("lang") == language
    assert own.get_attribute("dir") == {"fa": "rtl", "en": "ltr"}[language]

    answering = Somebody(browser, live, way).enter(host)
    answering.go(f"/comments/{first}")
    write(answering, ANSWER[language])
    partner.go(f"/comments/{first}/edit")
    partner.fill({"body": MENDED[language]})
    partner.press("main form .button")
    partner.go(case)
    said(partner.page, MENDED[language])
    expect(partner.page.locator(".answers article.comment")).to_contain_text(ANSWER[language])
    assert sizes(partner.page)["beyond"] <= 0
    partner.picture("comments")

    answer = said(partner.page.locator(".answers").page, ANSWER[language])
    partner.go(f"/comments/{answer}")
    give_reason(partner, "report", "Not polite.")
    hide_and_reverse(partner, answering, first, case)
    answering.go(f"/comments/{answer}")
    answering.press("form[action$='/delete'] button")
    partner.go(case)
    expect(partner.page.locator("article.comment", has_text=ANSWER[language])).to_have_count(0)
    assert [one.complaints() for one in (partner, answering)] == [[], []]
    leave_and_come_back_with_the_old_cookie(partner)
    answering.window.close()


def hide_and_reverse(partner: Somebody, host: Somebody, comment: str, case: str) -> None:
    """Let the case's city hide what the partner said, and a moderator show it again."""
    language = partner.way.language
    host.go(f"/comments/{comment}")
    give_reason(host, "hide", "Off the subject.")
    visitor = host.again()
    visitor.go(case)
    visitor.reads("Off the subject.", "section.comments")
    assert MENDED[language] not in visitor.page.inner_text("main")

    watcher = host.again().enter(host.live.moderator(f"mina-{host.way.name}"))
    watcher.go("/moderation")
    expect(watcher.page.locator("ol.threads > li").first).to_be_visible()
    assert sizes(watcher.page)["beyond"] <= 0
    watcher.picture("queue")
    hidden = watcher.page.locator("ol.threads > li", has_text="Off the subject.")
    hidden.locator("[name=reason]").fill("It is on the subject.")
    hidden.locator("button[value=reverse]").click()
    visitor.go(case)
    said(visitor.page, MENDED[language])
    assert [one.complaints() for one in (visitor, watcher)] == [[], []]
    visitor.window.close()
    watcher.window.close()


def leave_and_come_back_with_the_old_cookie(somebody: Somebody) -> None:
    """Log out, put the cookies back as a thief would, and find that they open nothing."""
    kept = somebody.window.cookies()
    assert kept
    somebody.go("/account")
    somebody.press("form[action$='/log-out'] button")
    expect(somebody.page.locator(".who a[href*='/log-in']")).to_have_count(1)
    somebody.window.clear_cookies()
    somebody.window.add_cookies(kept)  # type: ignore[arg-type]

    somebody.go("/account")

    assert "/log-in" in somebody.page.url
    assert somebody.complaints() == []
    somebody.window.close()
