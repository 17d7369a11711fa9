"""The documents name what is there: links, files, commands, settings, packages; their examples are valid."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from knowledgebase.cli import kb
from knowledgebase.config import PREFIX, Settings
from knowledgebase.intake.case import accept
from knowledgebase.intake.city import accept_city
from knowledgebase.intake.frontmatter import parse
from knowledgebase.intake.schema import case_schema, city_schema
from tests.make import a_city

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
PICTURE_MAX = 120_000  # bytes
FORMAT = [DOCS / "write-a-case.md", DOCS / "write-a-case.fa.md"]
PACKAGE = ROOT / "knowledgebase"
PLACES = ("docs/", "knowledgebase/", "migrations/", "static/", "templates/", "tests/", "tools/")
ROOMS = tuple(f"{folder.name}/" for folder in PACKAGE.iterdir() if folder.is_dir())

_LINK = re.compile(r"\]\(([^()\s]+)\)")
_CODE = re.compile(r"`+([^`\n]+)`+")
_HEADING = re.compile(r"^#{1,6} +(.+)$", re.MULTILINE)
_FENCED = re.compile(r"^(`{3,}|~{3,}).*?^\1$", re.MULTILINE | re.DOTALL)

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
each_format = pytest.mark.parametrize("page", FORMAT, ids=lambda page: page.name)


def prose(page: Path) -> str:
    return _FENCED.sub("", page.read_text(encoding="utf-8"))


def anchors(page: Path) -> set[str]:
    """Return the names that headings get on the usual hosts: lower case, words joined by hyphens."""
    headings = (_LINK.sub("]", heading).lower() for heading in _HEADING.findall(prose(page)))
    return {re.sub(r"[^\w\- ]", "", heading).strip().replace(" ", "-") for heading in headings}


def code(page: Path) -> Iterator[str]:
    yield from _CODE.findall(prose(page))


def fenced(page: Path, opening: str) -> bytes:
    fence = opening.rstrip("abcdefghijklmnopqrstuvwxyz")
    found = re.search(rf"^{opening}\n(.*?)^{fence}$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert found, f"{page.name} has no {opening}"
    return found[1].encode()


@each_page
def test_links_lead_somewhere(page: Path) -> None:
    for link in _LINK.findall(prose(page)):
        if link.startswith(("http:", "https:", "mailto:")):
            continue
        path, _, anchor = unquote(link).partition("#")
        target = (page.parent / path).resolve() if path else page

        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@each_page
def test_named_files_are_there(page: Path) -> None:
    for name in code(page):
        if re.search(r"[<*\s]", name):
            continue
        assert not name.startswith(PLACES) or (ROOT / name).exists(), name
        assert not name.startswith(ROOMS) or (PACKAGE / name).exists(), name


@each_page
def test_named_commands_are_there(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))

    for line in (*code(page), *re.findall(r"^ {4}(.+)$", prose(page), re.MULTILINE)):
        for command in re.findall(r"(?:^|wsgi )kb ([a-z][a-z-]+)", line):
            assert command in kb.commands, line
        for target in re.findall(r"(?:^|\s)make ([a-z]+)", line):
            assert target in targets, line


@each_format
def test_the_full_example_passes_the_gate(page: Path) -> None:
    raw = parse(fenced(page, "````markdown"))

    case = accept(raw.mapping, raw.body, city="sample-city", slug="listening-to-pipes", lines=raw.lines)

    assert case.evidence_in(a_city()).level == 4  # as the page says


@each_format
def test_the_example_of_a_city_passes_the_gate(page: Path) -> None:
    raw = parse(fenced(page, "```yaml"))

    assert accept_city(raw.mapping, raw.body, city="sample-city", lines=raw.lines).name["en"] == "Sample City"


@each_format
def test_every_key_is_described(page: Path) -> None:
    told = set(code(page))

    assert told >= {*case_schema()["properties"], *city_schema()["properties"]}


def test_every_setting_is_described() -> None:
    told = set(re.findall(r"^\| `(KB_\w+)` \|", (DOCS / "operate.md").read_text("utf-8"), re.MULTILINE))

    assert told == {PREFIX + name.upper() for name in Settings.model_fields}


def test_every_pinned_package_has_its_line() -> None:
    page = (DOCS / "decisions" / "0008-dependencies.md").read_text("utf-8")
    pinned = {
        name
        for file in ("requirements.txt", "requirements-dev.txt")
        for name in re.findall(r"^([\w.-]+)(?:\[\w+\])?==", (ROOT / file).read_text("utf-8"), re.MULTILINE)
    }
    pinned |= set(json.loads((ROOT / "package.json").read_text("utf-8"))["devDependencies"])

    told = re.findall(r"^\| `([^`]+)` \|", page, re.MULTILINE)

    assert sorted(told) == sorted(pinned)


@pytest.mark.parametrize("page", [ROOT / "README.md", ROOT / "README.fa.md"], ids=lambda page: page.name)
def test_the_pictures_of_the_readme_are_there_small_and_described(page: Path) -> None:
    shown = re.findall(r'<img src="([^"]+)" width="\d+%" alt="([^"]+)"', page.read_text(encoding="utf-8"))

    assert {ROOT / place for place, _ in shown} == set((DOCS / "pictures").iterdir())
    assert all((ROOT / place).stat().st_size <= PICTURE_MAX for place, _ in shown)
    assert all(alt.strip() for _, alt in shown)


def test_the_tests_named_for_what_must_hold_are_there() -> None:
    missing = []
    for line in prose(DOCS / "holding.md").splitlines():
        files = [ROOT / name for name in _CODE.findall(line) if name.startswith("tests/")]
        source = "".join(file.read_text(encoding="utf-8") for file in files)
        named = [name for name in _CODE.findall(line) if name.startswith("test_")]
        missing += [name for name in named if f"def {name}(" not in source]

    assert missing == []
