"""Every action that the code writes into the journal has its sentence; the actions are read from the code."""

import ast
import fnmatch
from collections.abc import Iterator
from functools import cache

import pytest

from knowledgebase.config import ROOT
from knowledgebase.domain.language import INTERFACE
from knowledgebase.web.journal_sentences import SENTENCES
from knowledgebase.web.journal_view import action_label

SAID = ("action", "what")  # how an action is called on its way to the journal
OTHERS = {"services/limiting"}  # counts tries of something, which it calls so too
HANDED_ON = {"action", "what", "act.what", "_WHAT[outcome]"}  # said by a caller, who is looked at too


@cache
def modules() -> dict[str, ast.Module]:
    """Return every module that may write into the journal."""
    rooms = (ROOT / "knowledgebase" / room for room in ("services", "store"))
    paths = sorted(path for room in rooms for path in room.glob("*.py"))
    return {f"{path.parent.name}/{path.stem}": ast.parse(path.read_text(encoding="utf-8")) for path in paths}


@cache
def recorders() -> dict[tuple[str, str], int | None]:
    """Return by module and function where an action is handed in, None for functions that take none.

    A method is named with a dot before it, and counted without `self`.
    """
    found: dict[tuple[str, str], int | None] = {}
    for module, tree in modules().items():
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and module not in OTHERS:
                found[module, node.name] = place_in(node)
            elif isinstance(node, ast.ClassDef):
                methods = [one for one in node.body if isinstance(one, ast.FunctionDef)]
                found |= {(module, f".{one.name}"): place_in(one) for one in methods}
                if node.name == "Act":
                    found[module, node.name] = 2
    return found


def place_in(function: ast.FunctionDef) -> int | None:
    """Return the place of the argument by which a function is handed an action."""
    taken = [one for one in function.args.args if one.arg != "self"]
    for place, one in enumerate(taken):
        if one.arg in SAID and one.annotation and ast.unparse(one.annotation) == "str":
            return place
    return None


@cache
def imported(module: str) -> dict[str, str]:
    """Return from which module each name comes that a module imports."""
    return {
        alias.asname or alias.name: "/".join((node.module or "").split(".")[1:])
        for node in ast.walk(modules()[module])
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def places_of(module: str, function: ast.expr) -> set[int]:
    """Return where a call hands in an action: by the function it means, else by any of that name."""
    known, called = recorders(), ast.unparse(function).rpartition(".")[2]
    stems = {name.rpartition("/")[2] for name in modules()}
    if isinstance(function, ast.Attribute) and ast.unparse(function.value) not in stems:
        called = f".{called}"
    home = module if (module, called) in known else imported(module).get(called, "")
    if (home, called) in known:
        places = {known[home, called]}
    else:
        places = {place for (_, name), place in known.items() if name == called}
    return {place for place in places if place is not None}


def named(node: ast.AST) -> Iterator[str]:
    """Yield the constants that an expression may be; a star stands for what is put into one."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*named(node.body), *named(node.orelse))
    elif isinstance(node, ast.Dict):
        for value in node.values:
            yield from named(value)
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(one.value) if isinstance(one, ast.Constant) else "*" for one in node.values)
    elif not ast.unparse(node).startswith("Action."):  # what somebody may do is no line of the journal
        assert ast.unparse(node) in HANDED_ON, f"no test can see what {ast.unparse(node)} is"


def of_call(module: str, node: ast.Call) -> Iterator[str]:
    """Yield the actions that a call hands in."""
    called = ast.unparse(node.func).rpartition(".")[2]
    takes = called in {name for _, name in recorders()}
    for keyword in node.keywords:
        if keyword.arg in SAID and takes:
            yield from named(keyword.value)
    for place in places_of(module, node.func):
        if place < len(node.args):
            yield from named(node.args[place])


def of_assignment(node: ast.Assign) -> Iterator[str]:
    """Yield the actions that a name gets which is handed in later."""
    for target in node.targets:
        pairs = [(target, node.value)]
        if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            pairs = list(zip(target.elts, node.value.elts, strict=True))
        for name, value in pairs:
            if ast.unparse(name) in (*SAID, "_WHAT"):
                yield from named(value)


@cache
def written() -> frozenset[str]:
    """Return every action that the code writes."""
    found: set[str] = set()
    for module, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                found.update(of_call(module, node))
            elif isinstance(node, ast.Assign):
                found.update(of_assignment(node))
    return frozenset(found)


def test_the_search_for_actions_finds_them() -> None:
    assert {"published", "withdrawn", "tagged", "proposed", "joined", "suspended", "tag-merged"} <= written()


def test_every_action_has_its_sentence() -> None:
    assert [action for action in sorted(written()) if not fnmatch.filter(SENTENCES, action)] == []


@pytest.mark.parametrize("language", INTERFACE)
@pytest.mark.parametrize("action", sorted(SENTENCES))
def test_an_action_can_be_chosen_by_its_words(action: str, language: str) -> None:
    label = action_label(action, language)

    assert label
    assert "%" not in label
