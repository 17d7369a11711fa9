"""The house holds its own rules: import direction, package owners, sizes, names."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "knowledgebase"
FILES = sorted(PACKAGE.rglob("*.py"))
TESTS = Path(__file__).parent
TEST_FILES = sorted(TESTS.rglob("*.py"))
FILE_MAX = 300  # lines
FUNCTION_MAX = 40  # lines

ROOMS = {"domain", "text", "intake", "store", "search", "services", "web", "cli", "config", "app"}
MAY_IMPORT = {
    "__init__": set(),
    "domain": set(),
    "config": set(),
    "text": {"domain"},
    "intake": {"domain", "text"},
    "store": {"domain"},
    "search": {"domain", "text"},
    "services": {"domain", "text", "store", "search"},
    "web": {"domain", "text", "intake", "services"},
    "cli": {"config", "domain", "intake", "services", "web"},  # of the settings only where the project lies
    "app": ROOMS,
}
OWNERS = {
    "markdown": {"text"},
    "nh3": {"text"},
    "Stemmer": {"text"},
    "yaml": {"intake"},
    "PIL": {"intake"},
    "pydantic": {"intake", "store", "web", "config"},
    "pydantic_settings": {"config"},
    "argon2": {"services"},
    "sqlalchemy": {"store"},
    "alembic": {"store"},
    "pysqlite3": {"store"},
    "psycopg": {"store"},
    "elasticsearch": {"search"},
    "elastic_transport": {"search"},
    "tantivy": {"search"},
    "flask": {"web"},
    "flask_login": {"web"},
    "flask_wtf": {"web"},
    "limits": {"web"},
    "werkzeug": {"web"},
    "jinja2": {"web"},
    "jinja2_fragments": {"web"},
    "babel": {"web"},
    "persiantools": {"web", "intake"},
    "feedgen": {"web"},
    "spectree": {"web"},
    "click": {"cli"},
    "gunicorn": {"cli"},
    "whitenoise": set(),
}
BANNED_NAMES = {"utils", "helpers", "common", "misc", "base", "manager", "core", "info"}

each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: relative import"
            yield node.module or ""


@each_file
def test_imports_go_one_way(path: Path) -> None:
    room = room_of(path)

    for name in imports(path):
        package, _, inner = name.partition(".")
        if package == "knowledgebase":
            target = inner.partition(".")[0]
            assert not target or target in MAY_IMPORT[room] | {room}, f"{room} imports {target}"
        elif room != "app":
            assert room in OWNERS.get(package, {room}), f"{room} imports {package}"


@each_file
def test_files_and_functions_stay_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert len(text.splitlines()) <= FILE_MAX
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            assert node.end_lineno - node.lineno + 1 <= FUNCTION_MAX, f"{path.name}: {node.name}"


@pytest.mark.parametrize("path", TEST_FILES, ids=lambda path: str(path.relative_to(TESTS)))
def test_files_of_tests_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= FILE_MAX


@each_file
def test_every_module_says_why_it_exists(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))

    assert docstring
    assert path.stem not in BANNED_NAMES


@each_file
def test_broad_excepts_are_not_used(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ExceptHandler):
            caught = ast.unparse(node.type) if node.type else "everything"
            allowed = path.name == "working.py" and caught == "Exception"
            assert allowed or caught not in {"everything", "Exception", "BaseException"}, path.name


def test_only_the_visitor_knows_flask_login() -> None:
    knowing = {path.name for path in FILES if "flask_login" in set(imports(path))}

    assert knowing <= {"visitor.py"}
