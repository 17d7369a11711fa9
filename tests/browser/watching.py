"""Everything that a browser complains about while it shows our pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, Dialog, Page, Request

# What the policy refused is said in the console as well, but not for every directive.
_TELL = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
"""


@dataclass
class Watch:
    """A window's complaints: console errors, refusals of the policy, failed and foreign requests, dialogs."""

    address: str  # of the one site that may be asked
    complaints: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> Page:
        """Listen to everything in a window, and return its first page."""
        context.add_init_script(_TELL)
        context.on("console", lambda said: self._hear("console", said.text, said.type == "error"))
        context.on("weberror", lambda error: self._hear("script", str(error.error)))
        context.on("request", lambda asked: self._hear("foreign", asked.url, self._is_foreign(asked.url)))
        context.on("requestfailed", self._fail)
        context.on(
            "response", lambda got: self._hear("refused", f"{got.status} {got.url}", got.status >= 400)
        )
        context.on("dialog", self._close)
        return context.new_page()

    def _hear(self, kind: str, text: str, is_complaint: bool = True) -> None:
        if is_complaint:
            self.complaints.append(f"{kind}: {text}")

    def _fail(self, request: Request) -> None:
        # a page that is left gives up what was still under way: no fault of ours
        self._hear("failed", f"{request.url} {request.failure}", request.failure != "net::ERR_ABORTED")

    def _close(self, dialog: Dialog) -> None:
        self._hear("dialog", dialog.message)
        dialog.dismiss()

    def _is_foreign(self, url: str) -> bool:
        return not url.startswith((f"{self.address}/", "data:"))


def sizes(page: Page) -> Mapping[str, Any]:
    """Return how far a page reaches beyond the screen, in pixels, and its widest parts."""
    page.wait_for_load_state()  # a click may have led to a page that is still on its way
    found: Mapping[str, Any] = page.evaluate(
        """() => {
          const root = document.documentElement, wide = [];
          const beyond = root.scrollWidth - root.clientWidth;
          if (beyond > 0) for (const part of document.querySelectorAll("body *")) {
            const box = part.getBoundingClientRect();
            if (box.right > root.clientWidth + 1 || box.left < -1) wide.push(part.outerHTML.slice(0, 120));
          }
          return {beyond, wide: wide.slice(0, 5)};
        }"""
    )
    return found
