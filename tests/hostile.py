"""What attacks write, for every text from people: payloads that would run, texts that would cost."""

from html.parser import HTMLParser

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#x73;cript:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](vbscript:msgbox)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](javascript:alert(1))",
    "![x](data:image/svg+xml;base64,AAAA)",
    "![x](http://169.254.169.254/latest)",
    "![x](//evil.example/p.png)",
    "[x](//evil.example/)",
    "[x](../../admin/logout)",
    "[x](/logout)",
    "<style>@import 'x'</style>",
    "<p style='background:url(javascript:1)'>x</p>",
    "<form action=/x><input name=q></form>",
    "<meta http-equiv=refresh content='0;url=//e'>",
    "<base href=//evil.example/>",
    "<object data=x></object><embed src=x>",
    "<template><b>x</b></template>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<a id=login name=login class=button>x</a>",
    "<div id=login>x</div>",
    "# x {#login onclick=alert(1)}",
    "<bdo dir=rtl>x</bdo>",
    "<body onload=alert(1)>",
    "<link rel=stylesheet href=//e>",
    "<video src=x onerror=alert(1)></video>",
    "<details ontoggle=alert(1) open>x</details>",
    "`<script>alert(1)</script>`",
    "```html\n<script>alert(1)</script>\n```",
    '<http://example.org/"onmouseover="alert(1)>',
    "<javascript:alert(1)>",
    '[x](http://e.org "onload=alert(1)")',
    "[x]: javascript:alert(1)\n\n[x]",
    "| a |\n|---|\n| <img src=x onerror=alert(1)> |",
    "> <script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<img srcset='x 1x' src=x>",
    "<button hx-get=/x hx-trigger=load>x</button>",
    "{{ 7*7 }} {% include 'x' %}",
]

BOMBS = {
    "brackets": "[" * 8_000,
    "images": "![[" * 4_000,
    "pairs": "[" * 4_000 + "](x)" * 4_000,
    "cdata": "<![CDATA[" * 2_000,
    "open-links": "[a](" * 4_000,
    "open-tags": "<a " * 8_000,
    "footnotes": "x[^1] " * 3_000 + "\n\n[^1]: note",
    "fences": ("```" + " " * 10 + "\n") * 2_000,
    "headings": "# a\n" * 4_000,
    "stars": "* " * 4_000 + "a",
    "numbers": "1. " * 4_000 + "a",
    "quotes": ">" * 8_000 + "a",
    "columns": "|" + "a|" * 1_000 + "\n|" + "-|" * 1_000,
    "indent": "\n".join(" " * (2 * depth) + "- a" for depth in range(500)),
    "blanks": "a" + " " * 50_000 + "b",
}


def elements(html: str) -> list[tuple[str, dict[str, str | None]]]:
    """Return every element of a page with its attributes."""
    found: list[tuple[str, dict[str, str | None]]] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attrs: found.append((tag, dict(attrs)))  # type: ignore[method-assign]
    parser.feed(html)
    return found
