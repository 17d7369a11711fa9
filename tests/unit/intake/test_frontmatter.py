"""A file as raw mapping and body: table 2.3 and rows M7, M8 of the contract."""

import time
from itertools import pairwise

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledgebase.domain.errors import Fault, Invalid
from knowledgebase.intake import frontmatter
from knowledgebase.intake.frontmatter import DEPTH_MAX, FILE_MAX, FRONT_MAX, KEYS_MAX, parse

LOADERS = [pytest.param(loader, id=loader.__name__) for loader in {yaml.BaseLoader, frontmatter._LOADER}]


@pytest.fixture(params=LOADERS)
def _loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frontmatter, "_LOADER", request.param)


def problems(front: str, body: str = "") -> list[tuple[str, str, int | None]]:
    return bytes_problems(f"---\n{front}\n---\n{body}".encode())


def bytes_problems(data: bytes) -> list[tuple[str, str, int | None]]:
    with pytest.raises(Invalid) as refused:
        parse(data)
    return [(fault.code, fault.key, fault.line) for fault in refused.value.faults]


@pytest.mark.usefixtures("_loader")
def test_all_scalars_stay_text() -> None:
    raw = parse(
        b"---\ncountry: NO\na: 012\nb: 1:30:00\n2: x\nc: 9999-99-99\nd: 1.10\ne: 1_000\nf: yes\n---\n"
    )

    assert raw.mapping == {
        "country": "NO",
        "a": "012",
        "b": "1:30:00",
        "2": "x",
        "c": "9999-99-99",
        "d": "1.10",
        "e": "1_000",
        "f": "yes",
    }


@pytest.mark.usefixtures("_loader")
def test_every_key_keeps_its_line_of_the_file() -> None:
    raw = parse(
        b"---\ntitle: A\n\ntopics: [air,\n  water]\nresults:\n  - indicator: B\n    unit: C\n---\nbody\n"
    )

    assert dict(raw.lines) == {
        "": 1,
        "title": 2,
        "topics": 4,
        "topics.1": 4,
        "topics.2": 5,
        "results": 6,
        "results.1": 7,
        "results.1.indicator": 7,
        "results.1.unit": 8,
        "body": 10,
    }
    assert (raw.body, raw.body_line) == ("body\n", 10)


@pytest.mark.parametrize("nothing", ["", "~", "null", "Null", "NULL", "''", '""'])
def test_an_empty_value_is_empty_text(nothing: str) -> None:
    assert parse(f"---\na: {nothing}\n---\n".encode()).mapping == {"a": ""}


def test_a_quoted_null_is_text() -> None:
    assert parse(b"---\na: 'null'\n---\n").mapping == {"a": "null"}


@pytest.mark.usefixtures("_loader")
def test_an_alias_bomb_is_refused_at_once() -> None:
    bomb = "a: &a [x]\n" + "".join(f"{b}: &{b} [*{a},*{a},*{a},*{a}]\n" for a, b in pairwise("abcdefghi"))

    started = time.process_time()
    found = problems(bomb)

    assert time.process_time() - started < 0.5
    assert {code for code, _, _ in found} == {"alias", "anchor"}
    assert ("alias", "b.1", 3) in found


@pytest.mark.usefixtures("_loader")
@pytest.mark.parametrize(
    ("front", "fault"),
    [
        ("a: &a [*a]", ("anchor", "a", 2)),
        ("a: *b", ("alias", "a", 2)),
        ("a: !!python/object/apply:os.system [x]", ("tag", "a", 2)),
        ("a: 1\nb: !!binary aGk=", ("tag", "b", 3)),
        ("a: ! x", ("tag", "a", 2)),
        ("a: 1\nb: 2\na: 3", ("duplicate-key", "a", 4)),
        ("a:\n  b: 1\n  b: 2", ("duplicate-key", "a.b", 4)),
        ("- a\n- b", ("not-a-map", "", 2)),
        ("just text", ("not-a-map", "", 2)),
        ("x: 1\n{a: b}: c", ("key-not-text", "", 3)),
        ("a:\n  ? [b]\n  : c", ("key-not-text", "a", 3)),
        ("'': c", ("key-not-text", "", 2)),
        ("a: 1\n--- b", ("several-documents", "", 3)),
        ("a: b: c", ("yaml-colon", "", 2)),
        ("x: 1\na: @b", ("yaml-start", "", 3)),
        ("x: 1\na: 'b", ("yaml-unclosed", "", 3)),
        ("cost:\n\tcapital: 1", ("yaml-tab", "", 3)),
        ("a: 1\n\tb: 2", ("yaml-tab", "", 3)),
        ("x: [1,2\nb: c", ("yaml", "", 3)),
        ("a:\n  - b\n c: d", ("yaml", "", 4)),
    ],
)
def test_what_front_matter_may_not_hold_is_refused_with_its_line(
    front: str, fault: tuple[str, str, int]
) -> None:
    assert fault in problems(front)


def test_all_structural_faults_come_at_once() -> None:
    assert problems("a: 1\na: 2\nb: &x 3\nc: !!str 4\nb: 5") == [
        ("duplicate-key", "a", 3),
        ("anchor", "b", 4),
        ("tag", "c", 5),
        ("duplicate-key", "b", 6),
    ]


@pytest.mark.usefixtures("_loader")
def test_a_thousand_brackets_are_refused_at_once() -> None:
    started = time.process_time()
    found = problems("a: " + "[" * 1000)

    assert time.process_time() - started < 0.5
    assert found == [("too-deep", "a.1.1.1.1.1", 2)]


def test_six_levels_are_read_and_seven_refused() -> None:
    assert parse(b"---\na: [[[[[x]]]]]\n---\n").mapping == {"a": [[[[["x"]]]]]}
    assert problems("a: [[[[[[x]]]]]]")[0][0] == "too-deep"
    assert DEPTH_MAX == 6


def test_two_thousand_keys_are_read_and_one_more_refused() -> None:
    keys = "\n".join(f"k{number}: x" for number in range(KEYS_MAX))

    assert len(parse(f"---\n{keys}\n---\n".encode()).mapping) == 2_000
    assert problems(f"{keys}\nlast: x") == [("too-many-keys", "", KEYS_MAX + 2)]


def test_front_matter_past_its_limit_is_refused_before_it_is_parsed() -> None:
    assert parse(b"---\na: " + b"x" * (FRONT_MAX - 3) + b"\n---\n").mapping["a"]
    assert problems("a: " + "x" * (FRONT_MAX - 2)) == [("front-matter-too-large", "", 1)]


def test_a_file_past_its_limit_is_refused_unread() -> None:
    assert bytes_problems(b"\0" * (FILE_MAX + 1)) == [("file-too-large", "", None)]


@pytest.mark.parametrize(
    "text", ["", "# A case\n\nNo front matter.", "\n---\na: 1\n---\n", "----\na: 1\n----\n"]
)
def test_a_file_without_front_matter_is_an_error(text: str) -> None:
    assert bytes_problems(text.encode()) == [("no-front-matter", "", 1)]


def test_front_matter_must_be_closed() -> None:
    assert bytes_problems(b"---\na: 1\n") == [("front-matter-not-closed", "", 1)]


def test_empty_front_matter_is_an_empty_mapping() -> None:
    assert parse(b"---\n---\nbody").mapping == {}


def test_a_byte_order_mark_and_crlf_change_nothing() -> None:
    plain = parse("---\ntitle: هوا\n---\n## چالش\n".encode())
    other = parse("\ufeff---\r\ntitle: هوا\r\n---\r\n## چالش\r\n".encode())

    assert other == plain


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("---\na: x\n---\n".encode("utf-16"), "other-encoding"),
        ("---\na: x\n---\n".encode("utf-16-le"), "other-encoding"),
        ("---\na: x\n---\n".encode("utf-32"), "other-encoding"),
        ("---\na: é\n---\n".encode("latin-1"), "not-utf-8"),
        ("---\na: هوا\n---\n".encode("cp1256"), "not-utf-8"),
        (b"---\na: \xed\xa0\x80\n---\n", "not-utf-8"),  # a lone surrogate
    ],
)
def test_other_encodings_are_named(data: bytes, code: str) -> None:
    assert bytes_problems(data)[0][0] == code


def test_a_byte_that_is_no_utf_8_is_reported_with_its_line() -> None:
    assert bytes_problems(b"---\na: x\n---\n\nol\xe9\n") == [("not-utf-8", "", 5)]


@pytest.mark.parametrize("sign", ["\0", "\a", "\x1b", "\x7f", "\x85", "\r", "\ufffe", "\ufdd0", "\U0001ffff"])
def test_controls_and_noncharacters_are_refused_with_their_line(sign: str) -> None:
    assert bytes_problems(f"---\na: x\n---\n\none\ntwo {sign} three".encode()) == [
        ("control-character", "", 6)
    ]


def test_a_long_line_is_no_trouble() -> None:
    started = time.process_time()
    raw = parse(b"---\na: x\n---\n" + b"y" * 200_000)

    assert time.process_time() - started < 0.5
    assert len(raw.body) == 200_000


def test_line_separators_of_unicode_do_not_shift_lines() -> None:
    raw = parse("---\na: one\u2028two\u2029three\nb: x\n---\n".encode())

    assert raw.lines["b"] == 3


def test_text_is_composed() -> None:
    assert parse("---\na: e\u0301\n---\no\u0308".encode()).mapping == {"a": "é"}
    assert parse("---\na: x\n---\no\u0308".encode()).body == "ö"


def test_dashes_in_the_body_belong_to_the_body() -> None:
    raw = parse(b"---\na: x\n---\none\n---\ntwo\n")

    assert raw.body == "one\n---\ntwo\n"


@settings(deadline=None)
@given(
    data=st.one_of(
        st.binary(max_size=200), st.text(max_size=200).map(lambda text: f"---\n{text}\n---\n".encode())
    )
)
def test_whatever_the_bytes_they_are_read_or_refused(data: bytes) -> None:
    faults, lines = outcome(data)

    assert faults or lines >= {"", "body"}


def outcome(data: bytes) -> tuple[tuple[Fault, ...], set[str]]:
    try:
        return (), set(parse(data).lines)
    except Invalid as refused:
        return refused.faults, set()
