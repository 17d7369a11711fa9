"""An attacker who has an account: it sends forms of the living site by program, then looks at pages."""

import re
from collections.abc import Mapping
from datetime import timedelta

from playwright.sync_api import APIResponse, Page

from knowledgebase.store.tables_people import people
from tests.browser.living import Living, Somebody
from tests.sites import site_of

CANARY = "window.__x = 1, alert(1)"
HARMED = "window.__x === 1"
OLD = timedelta(days=30)  # an account that may say thirty things in ten minutes
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
# What texts from people may carry and attacks may not: handlers, styles, htmx orders, forms, frames.
_STRANGE = """(place) => [...document.querySelectorAll(place)].flatMap((part) =>
  [...part.attributes].filter((one) => /^(on|hx-|style$|srcdoc|formaction)/.test(one.name)
    || /^(href|src|action)$/.test(one.name) && !/^(https?:|mailto:|#|\\/(?!\\/))/.test(one.value))
    .map((one) => `${part.tagName} ${one.name}=${one.value}`)
  .concat(/^(SCRIPT|STYLE|IFRAME|FORM|OBJECT|EMBED|BASE|META|LINK|VIDEO|TEMPLATE)$/.test(part.tagName)
    ? [part.tagName] : []))"""


def armed(payload: str) -> str:
    """Return a payload that leaves a trace when any of it runs."""
    return payload.replace("alert(1)", CANARY)


def one_line(text: str, most: int = 110) -> str:
    """Return a text as a line of a form has to be."""
    return " ".join(text.split())[:most].rstrip()


def grow_old(live: Living) -> None:
    """Let every account be there for a month."""
    site = site_of(live.app)
    with site.store.writing() as db:
        db.execute(people.update().values(created=site.now() - OLD))


class Attacker(Somebody):
    """Somebody who sends forms by program, with the cookies of its window."""

    def read(self, path: str) -> str:
        """Return a page as text."""
        answer = self.window.request.get(f"{self.live.address}/{self.way.language}{path}")
        assert answer.ok, (answer.status, path)
        return answer.text()

    def hidden(self, path: str) -> dict[str, str]:
        """Return the hidden fields of the forms of a page."""
        return dict(_HIDDEN.findall(self.read(path)))

    def send(self, path: str, fields: Mapping[str, str], of: str = "") -> APIResponse:
        """Send the form of a page, with its hidden fields; redirections are not followed."""
        whole = {**self.hidden(of or path), **fields}
        address = f"{self.live.address}/{self.way.language}{path}"
        return self.window.request.post(address, form=whole, max_redirects=0)  # type: ignore[arg-type]


def provoke(page: Page) -> None:
    """Do what a reader might: point at everything, focus everything, unfold everything."""
    page.evaluate(
        """() => { for (const part of document.querySelectorAll("main *")) {
          if (part.tagName === "DETAILS") part.open = true;
          part.dispatchEvent(new MouseEvent("mouseover", {bubbles: true}));
          part.dispatchEvent(new Event("toggle"));
          part.focus?.();
        } }"""
    )


def strange(page: Page, *places: str) -> list[str]:
    """Return what should not be in those parts of a page, after doing what a reader might."""
    provoke(page)
    found: list[str] = page.evaluate(_STRANGE, ", ".join(f"{place} *" for place in places))
    return [*found, *(["harmed"] if page.evaluate(HARMED) else [])]
