"""Print the sources of the cases in content/ as Markdown, by case.

Usage: .venv/bin/python tools/list_sources.py > docs/content-sources.md

The numbers are those that the text of a case cites. A file that does not pass the gate is named on the
error output and left out; exit 1 then.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from knowledgebase.domain.case import Case  # noqa: E402
from knowledgebase.domain.source import Source  # noqa: E402
from knowledgebase.intake.folder import walk  # noqa: E402
from knowledgebase.intake.incoming import read_files  # noqa: E402

CONTENT = ROOT / "content"
HEAD = """# The sources, by case

Written by `tools/list_sources.py`; do not edit. The number before a source is the one that its case cites.
How the sources were used: [content.md](content.md)."""


def escaped(text: str) -> str:
    """Return a text in which Markdown finds nothing to format."""
    return "".join(f"\\{sign}" if sign in r"\`*_[]<>|" else sign for sign in text)


def entry(number: int, source: Source) -> str:
    """Return the line of a source: number, title, publisher, year, address; what is not known is left out."""
    told = [escaped(source.title), escaped(source.publisher or ""), str(source.year or "")]
    address = f" <{source.url}>" if source.url else ""
    return f"{number}. {'. '.join(part.rstrip('.') for part in told if part)}.{address}"


def document(cases: Iterable[Case]) -> Iterator[str]:
    """Yield the blocks of the list: its head, then heading and sources of every case, by id."""
    kept = sorted(cases, key=lambda case: case.id)
    yield f"{HEAD}\n{len(kept)} cases name {sum(len(case.sources) for case in kept)} sources."
    for case in kept:
        title = case.title_in("en")
        yield f"## {escaped(title)}\n\n[{case.id}](../content/{case.id}.md)"
        yield "\n".join(entry(number, source) for number, source in enumerate(case.sources, start=1))


def main() -> int:
    """Print the list; return the exit code."""
    files = list(read_files(CONTENT, walk(CONTENT), {}))
    refused = [file.path for file in files if file.value is None]
    cases = [file.value for file in files if isinstance(file.value, Case)]
    sys.stdout.write("\n\n".join(document(cases)) + "\n")
    sys.stderr.writelines(f"{path}: does not pass the gate\n" for path in refused)
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
