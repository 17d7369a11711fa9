"""Which engine an address means, and which addresses cannot be meant."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from knowledgebase.domain.errors import Invalid
from knowledgebase.search.choice import choose
from knowledgebase.search.elastic import ElasticBackend, Place

ROOT = Path(__file__).parents[2]


def place_of(url: str, **named: object) -> Place:
    engine = choose(url, folder=Path("unused"), **named)  # type: ignore[arg-type]
    assert isinstance(engine, ElasticBackend)
    return engine._place


def test_no_address_means_the_embedded_engine(tmp_path: Path) -> None:
    engine = choose("", folder=tmp_path)

    assert engine.name == "embedded"
    assert engine.live() is None


def test_an_address_means_elasticsearch() -> None:
    place = place_of(
        "https://search.example.org:9200/es", shards=3, replicas=1, api_key="k", prefix="x", slots=2
    )

    assert place == Place("https://search.example.org:9200/es", "x", 3, 1, "k", None, "", 2)


def test_name_and_password_leave_the_address() -> None:
    place = place_of("https://reader:p%40ss@search.example.org:9200")

    assert place.url == "https://search.example.org:9200"
    assert place.user == ("reader", "p@ss")


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9200", "http://127.8.8.8:9200", "http://[::1]:9200", "http://localhost:9200"]
)
def test_this_machine_needs_no_encryption(url: str) -> None:
    assert place_of(url).url == url


@pytest.mark.parametrize(
    "url",
    [
        "http://search:9200",
        "http://10.0.0.7:9200",
        "http://[fd00::7]:9200",
        "http://0.0.0.0:9200",
        "http://localhost.example.org:9200",
    ],
)
def test_another_machine_needs_encryption_or_a_clear_wish(url: str) -> None:
    with pytest.raises(Invalid) as refused:
        choose(url, folder=Path("unused"))

    assert [(fault.code, fault.key) for fault in refused.value.faults] == [("plain-engine", "KB_SEARCH_URL")]
    assert place_of(url, allow_plain=True).url == url


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://search.example.org", "no-port"),
        ("https://search.example.org:port", "not-an-address"),
        ("ftp://search.example.org:21", "not-an-address"),
        ("search.example.org:9200", "not-an-address"),
        ("https://:9200", "not-an-address"),
        ("https://search.example.org:9200/?q=1", "not-an-address"),
        ("https://[search:9200", "not-an-address"),
    ],
)
def test_what_is_no_address_is_refused_by_name(url: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        choose(url, folder=Path("unused"))

    assert [(fault.code, fault.key) for fault in refused.value.faults] == [(code, "KB_SEARCH_URL")]


def test_the_client_of_elasticsearch_is_loaded_only_for_its_address() -> None:
    program = """
import sys
from pathlib import Path
from knowledgebase.search.choice import choose
choose("", folder=Path("unused"))
print("elasticsearch" in sys.modules, "tantivy" in sys.modules)
"""
    said = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout

    assert said.split() == ["False", "True"]


def test_choosing_opens_nothing() -> None:
    before = threading.active_count(), set(os.listdir("/proc/self/fd"))  # noqa: PTH208  # names are enough

    choose("https://search.example.org:9200", folder=Path("unused"))

    assert (threading.active_count(), set(os.listdir("/proc/self/fd"))) == before  # noqa: PTH208


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_a_file_that_is_no_authority_is_refused_by_name(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "ca.pem"
    if content:
        file.write_text(content, "ascii")

    with pytest.raises(Invalid) as refused:
        choose("https://search.example.org:9200", folder=tmp_path, ca=str(file))

    assert [(fault.code, fault.key) for fault in refused.value.faults] == [
        ("unreadable-file", "KB_SEARCH_CA")
    ]
