"""Letters leave by SMTP, into a folder or onto the terminal; what a server says decides what they become."""

import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from knowledgebase.domain.letter import Enveloped, Worded
from knowledgebase.services import transports
from knowledgebase.services.transports import NotSent, Send, Why, sender
from tests.servers import missing
from tests.servers.smtp import HOST, SmtpServer, serving

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
FROM = "noreply@exchange.example"
WORDED = Worded("fa", "نظر تازه", "متن\n.\n..\n", "<p>متن</p>", "تبادل دانش شهرها")
LETTER = Enveloped("abc123", "sara@tehran.example", NOON, WORDED)


@pytest.fixture(scope="session")
def tls(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    """Return what a server of this machine speaks TLS with; nobody vouches for its certificate."""
    if shutil.which("openssl") is None:
        missing("no openssl to make a certificate with (Debian: openssl)")
    folder = tmp_path_factory.mktemp("mail-tls")
    names = "-subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1"
    command = f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 {names} -keyout key.pem -out cert.pem"
    subprocess.run(command.split(), cwd=folder, check=True, capture_output=True)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return context


@pytest.fixture
def server() -> Iterator[SmtpServer]:
    """Lend a server that takes everything."""
    with serving(SmtpServer()) as running:
        yield running


def by(url: str) -> Send:
    return sender(url, from_address=FROM)


def refusal_of(send: Send) -> NotSent:
    with pytest.raises(NotSent) as refused:
        send(LETTER)
    return refused.value


def test_a_letter_arrives_as_it_was_written(server: SmtpServer) -> None:
    by(server.url)(LETTER)

    letter = server.arrived("sara@tehran.example")[0]
    body = letter.get_body(("plain",))
    assert (letter["Subject"], letter["To"]) == ("نظر تازه", "sara@tehran.example")
    assert body
    assert body.get_content() == WORDED.text
    assert f"MAIL FROM:<{FROM}>" in " ".join(server.said).replace("mail FROM", "MAIL FROM")


@pytest.mark.parametrize(("answer", "why"), [("550 no such box", Why.NEVER), ("450 greylisted", Why.LATER)])
def test_a_refused_recipient_is_told_from_one_that_waits(answer: str, why: Why) -> None:
    with serving(SmtpServer(refused={"sara@tehran.example": answer})) as server:
        refused = refusal_of(by(server.url))

    assert (refused.why, str(refused)) == (why, answer)


@pytest.mark.parametrize(("answer", "why"), [("554 spam", Why.NEVER), ("451 later", Why.LATER)])
def test_a_refused_letter_is_told_from_one_that_waits(answer: str, why: Why) -> None:
    with serving(SmtpServer(data_answer=answer)) as server:
        refused = refusal_of(by(server.url))

    assert (refused.why, str(refused)) == (why, answer)


def test_a_server_that_is_busy_is_away() -> None:
    with serving(SmtpServer(greeting="421 too many connections")) as server:
        assert refusal_of(by(server.url)).why is Why.AWAY


def test_a_server_that_is_not_there_is_away() -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        url = f"smtp://{HOST}:{taken.getsockname()[1]}"

        assert refusal_of(by(url)).why is Why.AWAY


@pytest.mark.parametrize("server", [SmtpServer(greeting=None), SmtpServer(drip=0.1)], ids=["silent", "drips"])
def test_a_server_that_hangs_is_given_up(server: SmtpServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transports, "SECONDS", 1.0)
    with serving(server):
        began = time.monotonic()
        refused = refusal_of(by(server.url))

    assert refused.why is Why.AWAY
    assert 0.5 < time.monotonic() - began < 3


def test_a_server_that_goes_silent_behind_the_letter_is_away() -> None:
    with serving(SmtpServer(drops_after_data=True)) as server:
        assert refusal_of(by(server.url)).why is Why.AWAY


def test_what_the_server_offers_is_encrypted(tls: ssl.SSLContext) -> None:
    with serving(SmtpServer(tls=tls)) as server:
        by(server.url)(LETTER)

        assert server.letters
        assert not any(command.startswith("mail") for command in server.said)
        assert any(command.startswith("tls mail") for command in server.said)


def test_user_and_password_are_decoded_and_sent_behind_tls(tls: ssl.SSLContext) -> None:
    with serving(SmtpServer(tls=tls, begins_with_tls=True)) as server:
        by(server.url.replace("//", "//office%40city:p%2Fw%3A1@"))(LETTER)

    assert server.log_ins == [("office@city", "p/w:1")]
    assert all(command.startswith("tls ") for command in server.said)


def test_a_password_is_not_sent_in_the_clear_to_another_machine(
    server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transports, "_is_here", lambda host: not host)

    refused = refusal_of(by(server.url.replace("//", "//office:secret@")))

    assert refused.why is Why.AWAY
    assert "STARTTLS" in str(refused)
    assert server.log_ins == []


def test_with_a_password_another_machine_must_be_vouched_for(
    tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transports, "_is_here", lambda host: not host)
    with serving(SmtpServer(tls=tls)) as server:
        refused = refusal_of(by(server.url.replace("//", "//office:secret@")))

    assert refused.why is Why.AWAY
    assert "certificate" in str(refused).lower()
    assert server.log_ins == []


def test_an_address_that_is_none_is_never_sent_to(server: SmtpServer) -> None:
    hostile = Enveloped("abc123", "a@b.example>\r\nRCPT TO:<c@d.example", NOON, WORDED)

    with pytest.raises(NotSent) as refused:
        by(server.url)(hostile)

    assert refused.value.why is Why.NEVER
    assert server.said == []


def test_a_folder_gets_one_whole_file_a_letter(tmp_path: Path) -> None:
    send = by(f"file://{tmp_path}/new%20letters")

    send(LETTER)
    send(Enveloped("def456", "nima@tehran.example", NOON, WORDED))

    files = sorted((tmp_path / "new letters").iterdir())
    assert [file.name for file in files] == [
        "20260301T120000000000-abc123.eml",
        "20260301T120000000000-def456.eml",
    ]
    assert message_from_bytes(files[0].read_bytes(), policy=default)["Subject"] == "نظر تازه"


def test_a_folder_that_cannot_be_written_is_away(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")

    assert refusal_of(by(f"file://{tmp_path}/taken")).why is Why.AWAY


def test_the_terminal_shows_the_text_and_nothing_that_moves_it(capsys: pytest.CaptureFixture[str]) -> None:
    worded = Worded("en", "Smog\x1b[2J", "Line\x1b[2J\x07\u202e\n", "", "Exchange")

    by("console:")(Enveloped("abc123", "sara@tehran.example", NOON, worded))

    shown = capsys.readouterr().out
    assert "letter to sara@tehran.example: Smog [2J" in shown
    assert "Line [2J" in shown
    assert not {"\x1b", "\x07", "\u202e"} & set(shown)
