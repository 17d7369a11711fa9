"""What every answer carries and what no request may exceed: one table of headers, one of limits."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from flask import Flask, Response
from werkzeug.middleware.proxy_fix import ProxyFix

from knowledgebase.web.language import is_chosen_by_address

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "manifest-src 'self'",
    )
)
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
TRANSPORT = "max-age=31536000"  # seconds; sent only where the site itself is https

BODY_MAX = 1_000_000  # bytes of a request
FORM_MEMORY_MAX = 1_000_000  # bytes of one field of a form
FORM_PARTS_MAX = 100
LOOPBACK = ("localhost", "127.0.0.1")  # not [::1]: Werkzeug cannot match an IPv6 name in the list


def headers_for(base_url: str) -> dict[str, str]:
    """Return the headers of every answer, also of files that a server in front of the pages sends."""
    is_https = urlsplit(base_url).scheme == "https"
    return {**HEADERS, "Strict-Transport-Security": TRANSPORT} if is_https else dict(HEADERS)


def hosts_for(base_url: str) -> list[str]:
    """Return the names under which the site may be asked for: its own, and this machine's."""
    own = urlsplit(base_url).hostname
    return [*([own] if own else []), *(name for name in LOOPBACK if name != own)]


def protect(app: Flask, *, base_url: str = "", proxies: int = 0) -> None:
    """Set limits and trusted names, and put the headers on every answer, errors included.

    `proxies` is the number of trusted hops in front; without them no forwarded header is believed.
    """
    app.config.update(
        MAX_CONTENT_LENGTH=BODY_MAX,
        MAX_FORM_MEMORY_SIZE=FORM_MEMORY_MAX,
        MAX_FORM_PARTS=FORM_PARTS_MAX,
        TRUSTED_HOSTS=hosts_for(base_url),
    )
    table = headers_for(base_url)

    def _finish(response: Response) -> Response:
        for name, value in table.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-cache")
        if not is_chosen_by_address() and response.mimetype in {"text/html", "application/problem+json"}:
            response.vary.update(["Accept-Language", "Cookie"])
        return response

    app.after_request(_finish)
    if proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=0, x_port=0, x_prefix=0
        )
