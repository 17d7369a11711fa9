"""The encrypted way to an engine: the right authority is asked for, and the deadline holds there too."""

import json
import shutil
import socket
import ssl
import subprocess
import time
from contextlib import closing
from pathlib import Path

import pytest

from knowledgebase.domain.errors import SearchUnavailable
from knowledgebase.search.backend import Ask
from knowledgebase.search.choice import choose
from tests.contract.engines import a_question
from tests.contract.faulty import EMPTY, LIMIT, Behaviour, drip, hang, read_request, reply, saying, serving
from tests.servers import missing


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with a certificate for this machine and its key, made now."""
    if shutil.which("openssl") is None:
        missing("no openssl to make a certificate with (Debian: openssl)")
    folder = tmp_path_factory.mktemp("tls")
    names = "-subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1"
    command = f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 {names} -keyout key.pem -out cert.pem"
    subprocess.run(command.split(), cwd=folder, check=True, capture_output=True)
    both = folder / "both.pem"
    both.write_text(
        (folder / "cert.pem").read_text("ascii") + (folder / "key.pem").read_text("ascii"), "ascii"
    )
    return both


def encrypted(behaviour: Behaviour, certificate: Path) -> Behaviour:
    """Let a server greet with TLS and then behave badly inside it."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)

    def behave(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as secured:
            secured.settimeout(5)
            read_request(secured)
            behaviour(secured)

    return behave


def test_the_engine_answers_over_tls(certificate: Path) -> None:
    speaking = encrypted(saying(reply(json.dumps(EMPTY).encode())), certificate)
    with serving(speaking, is_read_first=False) as server:
        address = server.url.replace("http:", "https:")
        with closing(choose(address, folder=Path("unused"), ca=str(certificate))) as engine:
            assert engine.search(Ask(a_question("air"))).total == 0


def test_an_unknown_authority_is_refused(certificate: Path) -> None:
    speaking = encrypted(saying(reply(json.dumps(EMPTY).encode())), certificate)
    with serving(speaking, is_read_first=False) as server:
        address = server.url.replace("http:", "https:")
        with (
            closing(choose(address, folder=Path("unused"))) as engine,
            pytest.raises(SearchUnavailable, match="TlsError"),
        ):
            engine.search(Ask(a_question("air")))


@pytest.mark.parametrize("behaviour", [hang, drip])
def test_a_slow_engine_is_given_up_in_time_over_tls(certificate: Path, behaviour: Behaviour) -> None:
    with serving(encrypted(behaviour, certificate), is_read_first=False) as server:
        assert given_up_after(server.url, certificate) < LIMIT


def test_a_handshake_that_hangs_is_given_up_in_time(certificate: Path) -> None:
    with serving(hang, is_read_first=False) as server:
        assert given_up_after(server.url, certificate) < LIMIT


def given_up_after(url: str, certificate: Path) -> float:
    address = url.replace("http:", "https:")
    with closing(choose(address, folder=Path("unused"), ca=str(certificate))) as engine:
        start = time.monotonic()
        with pytest.raises(SearchUnavailable, match="ConnectionTimeout"):
            engine.search(Ask(a_question("air")))
        return time.monotonic() - start
