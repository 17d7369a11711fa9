"""`kb run` as an operator meets it: it starts, says where it is, stops whole, and refuses in one line."""

import os
import signal
import socket
import sys
import time
from pathlib import Path

import pytest

from tests.running import environment, free_port, get, kb, processes_of, running, wait_until_gone
from tests.sites import Folder

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are counted in /proc")


def test_it_imports_indexes_and_serves(tmp_path: Path, folder: Folder) -> None:
    folder.case("tehran/clean-air", title="Clean air zone")

    with running(tmp_path / "instance", folder.path) as (address, _):
        status, page = get(f"{address}/en/search?q=zone")

    assert status == 200
    assert "tehran/clean-air" in page


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["term", "ctrl-c"])
def test_a_signal_stops_everything(tmp_path: Path, folder: Folder, number: signal.Signals) -> None:
    folder.city()
    with running(tmp_path / "instance", folder.path) as (_, process):
        session = process.pid
        count = len(processes_of(session))

        os.kill(process.pid, number)
        code = process.wait(timeout=20)
        output = process.stdout.read() if process.stdout else ""

    assert count >= 4  # parent, server, its workers, the indexing worker
    assert code == 0
    assert wait_until_gone(session, 1) == []
    assert "Traceback" not in output


def test_a_killed_parent_leaves_nothing_behind(tmp_path: Path, folder: Folder) -> None:
    folder.city()
    with running(tmp_path / "instance", folder.path) as (_, process):
        session = process.pid

        os.kill(process.pid, signal.SIGKILL)
        process.wait(timeout=5)

        assert wait_until_gone(session, 5) == []


def test_a_killed_worker_is_started_again(tmp_path: Path, folder: Folder) -> None:
    folder.city()
    instance = tmp_path / "instance"
    with running(instance, folder.path) as (address, process):
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        os.kill(int(children[1]), signal.SIGKILL)
        folder.case("tehran/clean-air", title="Later words")

        kb(["import", str(folder.path)], environment(instance))
        found = False
        deadline = time.monotonic() + 20  # a page takes milliseconds, another worker a second and more
        while not found and time.monotonic() < deadline:
            found = "tehran/clean-air" in get(f"{address}/en/search?q=later")[1]
            time.sleep(0.05)

    assert found


def test_a_refused_file_is_printed_and_stops_nothing(tmp_path: Path, folder: Folder) -> None:
    folder.case("tehran/clean-air")
    folder.write("tehran/faulty.md", "no front matter")

    with running(tmp_path / "instance", folder.path) as (address, process):
        assert get(f"{address}/en/")[0] == 200
        os.kill(process.pid, signal.SIGTERM)
        process.wait(timeout=20)
        output = process.stdout.read() if process.stdout else ""

    assert "tehran/faulty.md:1" in output


def test_it_prints_the_first_admins_link_while_nobody_is_there(tmp_path: Path, folder: Folder) -> None:
    folder.city()

    with running(tmp_path / "instance", folder.path) as (address, process):
        os.kill(process.pid, signal.SIGTERM)
        process.wait(timeout=20)
        output = process.stdout.read() if process.stdout else ""

    assert f"{address}/fa/join/" in output


def test_a_taken_port_is_one_clear_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        ended = kb(["run", "--port", str(port)], environment(tmp_path / "instance"))

    assert ended.returncode == 1
    assert ended.stderr.strip().splitlines() == [
        f"Error: port {port} of 127.0.0.1 is taken; choose another one: PORT=8080 make run"
    ]


@pytest.mark.parametrize("port", ["abc", "0", "70000", "-1", "80.5", ""])
def test_what_is_no_port_is_one_clear_line(tmp_path: Path, port: str) -> None:
    ended = kb(["run", "--port", port], environment(tmp_path / "instance"))

    assert ended.returncode == 1
    assert ended.stderr.strip().splitlines() == [
        f"Error: PORT={port} is no port from 1 to 65535: PORT=8080 make run"
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KB_WORKERS", "many"),
        ("KB_DATABASE_URL", "mysql://x/y"),
        ("KB_SEARCH_URL", "ftp://x"),
        ("KB_SEARCH_URL", "http://search.example:9200"),
        ("KB_SECRET_KEY", "کلید"),
        ("KB_BASE_URL", "not an address"),
        ("KB_BASE_URL", "https://a b.example"),
        ("KB_BASE_URL", "https://kb:secret@a.example"),
        ("KB_BASE_URL", "https://a.example:99999"),
        ("KB_BASE_URL", "https://a.example/sub?x"),
        ("KB_DATABASE_URL", "postgresql://h:port/x"),
        ("KB_DATABASE_URL", "postgresql:///x?foo=bar"),
        ("KB_MAIL_URL", "mail.example"),
        ("KB_EMBEDDINGS", "../model"),
        ("KB_SEARCH_CA", "/nowhere/ca.pem"),
    ],
)
def test_a_wrong_setting_is_one_line_that_names_it(tmp_path: Path, name: str, value: str) -> None:
    ended = kb(["status"], environment(tmp_path / "instance", **{name: value}))

    assert ended.returncode == 1
    assert len(ended.stderr.strip().splitlines()) == 1
    assert name in ended.stderr


def test_an_unwritable_folder_is_one_clear_line() -> None:
    ended = kb(["run", "--port", str(free_port())], environment(Path("/proc/none")))

    assert ended.returncode == 1
    assert len(ended.stderr.strip().splitlines()) == 1
    assert "KB_INSTANCE" in ended.stderr


def test_an_unknown_setting_is_told_and_harmless(tmp_path: Path) -> None:
    ended = kb(["upgrade"], environment(tmp_path / "instance", KB_SERCH_URL="x"))

    assert ended.returncode == 0
    assert "KB_SERCH_URL" in ended.stderr


def test_what_the_server_itself_refuses_is_told_in_both_languages(tmp_path: Path, folder: Folder) -> None:
    folder.city()
    requests = {
        400: b"GET / nonsense\r\n\r\n",
        414: b"GET /?" + b"a" * 9_000 + b" HTTP/1.1\r\n\r\n",
        431: b"GET / HTTP/1.1\r\n" + b"X-A: b\r\n" * 200 + b"\r\n",
    }

    with running(tmp_path / "instance", folder.path) as (address, _):
        answers = {status: _raw(address, request) for status, request in requests.items()}

    for status, answer in answers.items():
        assert answer.startswith(f"HTTP/1.1 {status} ")
        assert '<section lang="fa" dir="rtl">' in answer
        assert '<section lang="en" dir="ltr">' in answer
        assert "nosniff" in answer
        assert "Invalid" not in answer


def _raw(address: str, request: bytes) -> str:
    host, _, port = address.removeprefix("http://").rstrip("/").rpartition(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(request)
        parts = []
        try:
            while part := connection.recv(65_536):
                parts.append(part)
        except ConnectionResetError:
            pass
    return b"".join(parts).decode()
