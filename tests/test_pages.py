"""Templates, styles, scripts and words hold the rules of docs/style.md, Pages."""

import base64
import gzip
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from flask import Flask

from knowledgebase.config import ROOT
from knowledgebase.domain.language import INTERFACE
from knowledgebase.domain.topic import Topic
from knowledgebase.web.messages import read_catalogue
from knowledgebase.web.wiring import register
from tools.translations import sentences

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STYLES = sorted((ROOT / "static" / "css").glob("*.css"))
SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))
VENDOR = ROOT / "static" / "vendor"

STYLES_MAX = 46_000  # bytes of all sheets of public pages
DESK = {"forms", "write", "tagging", "work", "rows"}  # sheets that only people who are logged in need
DESK_MAX = 12_000  # bytes of these together
STYLES_SENT_MAX = 9_500  # bytes after gzip
SCRIPTS_MAX = 6_000  # bytes of our own scripts together
BASE_MAX = 60  # lines of layout/base.html

_JINJA = re.compile(r"{#.*?#}|{%-?\s*trans\b.*?endtrans\s*-?%}|{%.*?%}|{{.*?}}", re.DOTALL)
_PHYSICAL = re.compile(
    r"(?<![\w-])(?:left|right)(?![\w-])|(?:margin|padding|border)-(?:left|right|top|bottom)"
)
_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_SHOWN_ATTRIBUTES = {"alt", "aria-label", "placeholder", "title"}
_SIGNS = {
    "RSS",
    "JSON",
    "CSV",
    "Markdown",
    "BibTeX",
    "RIS",
    "Atom",
    "API",
    "OpenAPI",
}  # names, the same in every language

each_template = pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))


def named(paths: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", paths, ids=lambda path: path.name)


class _Words(HTMLParser):
    """Collects what a reader would see or hear of a template whose expressions were taken out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._is_code = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_code = self._is_code or tag == "code"
        self.found += [value for name, value in attrs if name in _SHOWN_ATTRIBUTES and value]

    def handle_endtag(self, tag: str) -> None:
        self._is_code = self._is_code and tag != "code"

    def handle_data(self, data: str) -> None:
        if not self._is_code:
            self.found.append(data)


def words_of(template: str) -> set[str]:
    reader = _Words()
    reader.feed(_JINJA.sub("", template))
    return {word for text in reader.found for word in _LETTERS.findall(text)}


@each_template
def test_every_template_compiles(path: Path) -> None:
    app = Flask("knowledgebase", template_folder=str(ROOT / "templates"), static_folder=None)
    app.static_folder = str(ROOT / "static")
    register(app)

    app.jinja_env.get_template(str(path.relative_to(ROOT / "templates")))


@each_template
def test_no_word_of_a_template_is_left_untranslated(path: Path) -> None:
    assert words_of(path.read_text(encoding="utf-8")) - _SIGNS == set()


def test_the_search_for_untranslated_words_finds_them() -> None:
    template = (
        '<p title="Hover">{{ gettext("Fine") }} Plain {# note #}<code>GET</code><input placeholder="Type">'
        "{% trans %}Said <b>so</b>{% endtrans %}</p>"
    )

    assert words_of(template) == {"Hover", "Plain", "Type"}


@each_template
def test_nothing_is_inline_and_nothing_is_trusted_blindly(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert not re.search(r"\sstyle\s*=|<style|\son[a-z]+\s*=|javascript:", text)
    assert not re.search(r"\|\s*safe\b|autoescape|url_for|render_template_string", text)
    for tag in re.findall(r"<script[^>]*>", text):
        assert "src=" in tag or 'type="application/ld+json"' in tag


@each_template
def test_a_template_never_computes_an_inherited_htmx_value(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert not re.search(r"hx-on|js:|hx-vals", text)


def test_the_base_template_stays_small() -> None:
    text = (ROOT / "templates" / "layout" / "base.html").read_text(encoding="utf-8")

    assert len(text.splitlines()) <= BASE_MAX


@named(STYLES)
def test_styles_know_no_left_and_no_right(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    turned = re.sub(r'\[align="(?:left|right)"\]', "", text)  # of Markdown tables, to be turned

    assert _PHYSICAL.findall(turned) == []


@named(STYLES)
def test_only_the_tokens_and_the_printer_s_ink_are_raw_colours(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert path.name in {"tokens.css", "print.css"} or not re.search(
        r"#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(", text
    )


@named(STYLES)
def test_styles_hold_to_the_printed_page(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert not re.search(
        r"box-shadow(?!: 0 0 0 )|gradient\(|text-transform|italic|letter-spacing: [^0]", text
    )


def test_styles_and_scripts_stay_small() -> None:
    styles = b"".join(path.read_bytes() for path in STYLES if path.stem not in DESK)
    desk = b"".join(path.read_bytes() for path in STYLES if path.stem in DESK)

    assert len(styles) <= STYLES_MAX
    assert len(gzip.compress(styles)) <= STYLES_SENT_MAX
    assert len(desk) <= DESK_MAX
    assert sum(path.stat().st_size for path in SCRIPTS) <= SCRIPTS_MAX


def test_every_topic_has_a_colour_and_a_drawing() -> None:
    tokens = (ROOT / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
    drawings = (VENDOR / "icons.svg").read_text(encoding="utf-8")

    assert [
        topic
        for topic in Topic
        if f'[data-topic="{topic}"]' not in tokens and topic not in {"governance", "diplomacy"}
    ] == []
    assert [topic for topic in Topic if f'<symbol id="{topic}"' not in drawings] == []


@each_template
def test_every_drawing_that_a_template_names_is_there(path: Path) -> None:
    drawings = (VENDOR / "icons.svg").read_text(encoding="utf-8")
    asked = re.findall(r'icon\("([a-z-]+)"', path.read_text(encoding="utf-8"))

    assert [name for name in asked if f'<symbol id="{name}"' not in drawings] == []


def test_what_comes_from_elsewhere_is_as_its_manifest_says() -> None:
    listed = json.loads((VENDOR / "manifest.json").read_text(encoding="utf-8"))["sha384"]

    there = {
        path.name: base64.b64encode(hashlib.sha384(path.read_bytes()).digest()).decode()
        for path in VENDOR.iterdir()
        if path.name != "manifest.json"
    }

    assert there == listed
    assert {"htmx.LICENSE.txt", "lucide.LICENSE.txt", "vazirmatn.OFL.txt"} <= set(listed)


def test_the_lock_of_the_vendored_packages_names_no_address() -> None:
    assert "resolved" not in (ROOT / "package-lock.json").read_text(encoding="utf-8")


def texts_of(message: Message | None) -> tuple[str, ...]:
    """Return the translations of a sentence, one for each plural; none when it is missing or doubtful."""
    if message is None or message.fuzzy or not message.string:
        return ()
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


@pytest.mark.parametrize("language", INTERFACE)
def test_every_sentence_has_its_words_in_every_language(language: str) -> None:
    catalogue = read_catalogue(language)
    missing, unfit = [], []

    for message in sentences():
        key = message.id if isinstance(message.id, str) else message.id[0]
        texts = texts_of(catalogue.get(key))
        if key and not (texts and all(texts)):
            missing.append(key)
        elif any(set(_PLACEHOLDER.findall(text)) != set(_PLACEHOLDER.findall(key)) for text in texts if key):
            unfit.append(key)

    assert missing == []
    assert unfit == []


@pytest.mark.parametrize("language", INTERFACE)
def test_no_catalogue_holds_sentences_that_nobody_says(language: str) -> None:
    said = {str(message.id) for message in sentences()}

    assert [message.id for message in read_catalogue(language) if str(message.id) not in said] == []


def test_persian_words_are_typed_in_persian() -> None:
    texts = [text for message in read_catalogue("fa") if message.id for text in texts_of(message)]

    assert [text for text in texts if re.search("[\u064a\u0643\u0660-\u0669]", text)] == []
    assert [text for text in texts if re.search(r"(?:^|\s)(?:ها|های|می|نمی)\s", text)] == []
