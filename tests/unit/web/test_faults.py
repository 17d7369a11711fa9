"""Every fault of the code has its sentence in both languages, with the values that the code gives."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

import pytest

from knowledgebase.config import ROOT
from knowledgebase.domain.errors import Fault
from knowledgebase.domain.language import INTERFACE
from knowledgebase.web.fault_sentences import LIMITS, LISTS, SENTENCES
from knowledgebase.web.faults import MISSING, UNSEEN, sentence
from knowledgebase.web.messages import wording

PACKAGE = ROOT / "knowledgebase"
RAISERS = {"Fault", "refusal", "_refused", "_Refused", "Pattern", "_plain_number"}
TABLES = {"_PROBLEMS", "_CODES"}  # of codes for other libraries' errors
WITHOUT_CODE = {"search/embedded_writer.py", "search/elastic.py"}  # their `refusal` says why to an operator

_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
_PERSIAN = re.compile("[\u0600-\u06ff]")

each_code = pytest.mark.parametrize("code", sorted(SENTENCES))
each_language = pytest.mark.parametrize("language", INTERFACE)


def sources() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield str(path.relative_to(PACKAGE)), ast.parse(path.read_text(encoding="utf-8"))


def name_of(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def code_of(call: ast.Call) -> str | None:
    """Return the code that a call names, None where it passes on one that was named elsewhere."""
    at = 1 if name_of(call) in {"Pattern", "_plain_number"} else 0
    given = call.args[at] if len(call.args) > at else None
    return given.value if isinstance(given, ast.Constant) and isinstance(given.value, str) else None


def values_of(call: ast.Call) -> frozenset[str] | None:
    """Return the names of the values that a call gives, None where they are computed."""
    if name_of(call) in {"Pattern", "_plain_number"}:
        return frozenset({"value"})
    if name_of(call) != "Fault":
        return frozenset(
            keyword.arg for keyword in call.keywords if keyword.arg not in {None, "at"} and keyword.arg
        )
    given = [keyword.value for keyword in call.keywords if keyword.arg == "values"] or call.args[3:4]
    if not given:
        return frozenset()
    if not isinstance(given[0], ast.Dict):
        return None
    return frozenset(
        key.value for key in given[0].keys if isinstance(key, ast.Constant) and isinstance(key.value, str)
    )


@cache
def raised() -> dict[str, list[frozenset[str] | None]]:
    """Return for each code what each of its places gives."""
    found: defaultdict[str, list[frozenset[str] | None]] = defaultdict(list)
    for name, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and name_of(node) in RAISERS and name not in WITHOUT_CODE:
                code = code_of(node)
                if code is not None:
                    found[code].append(values_of(node))
            if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Dict):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                if any(isinstance(target, ast.Name) and target.id in TABLES for target in targets):
                    for value in node.value.values:
                        assert isinstance(value, ast.Constant)
                        found[str(value.value)].append(None)
    return dict(found)


def test_every_fault_of_the_code_has_a_sentence() -> None:
    assert sorted(raised().keys() - SENTENCES.keys()) == []


def test_no_sentence_is_for_a_fault_that_nothing_raises() -> None:
    assert sorted(SENTENCES.keys() - raised().keys()) == []


def test_the_search_for_faults_finds_them() -> None:
    assert len(raised()) > 80
    assert raised()["too-many"] == [frozenset({"most", "length"})]


@each_code
def test_a_sentence_asks_for_no_value_that_the_code_does_not_give(code: str) -> None:
    asked = set(_PLACEHOLDER.findall(SENTENCES[code]))

    assert [given for given in raised()[code] if given is not None and not asked <= given] == []


@each_language
@each_code
def test_a_fault_is_worded_in_every_language(code: str, language: str) -> None:
    values: dict[str, str | int] = {name: f"<{name}>" for name in _PLACEHOLDER.findall(SENTENCES[code])}

    said = sentence(Fault(code, values=values), language)

    assert all(str(value) in said for value in values.values())
    assert "%(" not in said
    assert MISSING not in said.replace("title: …", "")
    assert bool(_PERSIAN.search(said)) is (language == "fa")


@pytest.mark.parametrize("phrase", [*LIMITS.values(), *LISTS.values()])
def test_the_words_inside_sentences_are_translated(phrase: str) -> None:
    assert _PERSIAN.search(wording("fa").gettext(phrase))


def limits_of(name: str, node: ast.AST) -> Iterator[str]:
    """Yield the names of limits that a place of the code uses."""
    if isinstance(node, ast.Dict):
        given = dict(zip(map(ast.unparse, filter(None, node.keys)), node.values, strict=False))
        if isinstance(limit := given.get("'limit'"), ast.Constant):
            yield str(limit.value)
    if (
        isinstance(node, ast.Call)
        and name_of(node) == "_ChildGone"
        and isinstance(node.args[0], ast.Constant)
    ):
        yield str(node.args[0].value)
    if name == "text/prefilter.py" and isinstance(node, ast.Constant) and node.value not in {"limit", "body"}:
        yield from re.findall("^[a-z]+$", str(node.value))


def test_every_limit_of_a_text_is_worded() -> None:
    named = {limit for name, tree in sources() for node in ast.walk(tree) for limit in limits_of(name, node)}

    assert named == set(LIMITS)


def test_a_number_is_written_in_the_reader_s_digits() -> None:
    fault = Fault("file-too-large", values={"most": 10_000_000})

    assert "10,000,000 bytes" in sentence(fault, "en")
    assert "۱۰٬۰۰۰٬۰۰۰ بایت" in sentence(fault, "fa")


def test_a_year_is_not_grouped() -> None:
    fault = Fault("out-of-range", values={"least": 1000, "most": 2200})

    assert "1000 to 2200" in sentence(fault, "en")
    assert "۱۰۰۰ تا ۲۲۰۰" in sentence(fault, "fa")


def test_a_section_is_called_by_its_name() -> None:
    fault = Fault("missing-section", "body", values={"section": "limits"})

    assert "“What did not work”" in sentence(fault, "en")
    assert "«چه چیز جواب نداد»" in sentence(fault, "fa")


def test_a_limit_is_told_in_words() -> None:
    fault = Fault("too-complex", "body", values={"limit": "brackets"})

    assert (
        sentence(fault, "en") == "The text cannot be shown: one paragraph has too many brackets. Simplify it."
    )


@each_language
def test_a_repeated_value_can_neither_turn_a_line_nor_steer_a_terminal(language: str) -> None:
    fault = Fault("misnamed-file", values={"name": "a\u202eb\x1b[31mc\u200cd"})

    said = sentence(fault, language)

    assert f"a{UNSEEN}b{UNSEEN}[31mc\u200cd" in said


def test_a_forgotten_value_does_not_break_the_sentence() -> None:
    assert sentence(Fault("twice"), "en") == f"“{MISSING}” is here twice. Leave one out."


def test_a_fault_that_nobody_worded_is_named() -> None:
    assert "(brand-new)" in sentence(Fault("brand-new"), "en")


def test_a_percent_sign_in_a_value_is_only_a_sign() -> None:
    assert "“100%(x)s”" in sentence(Fault("not-a-number", values={"value": "100%(x)s"}), "en")
