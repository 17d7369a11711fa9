"""The worker as an operator starts it: letters reach a real server, and survive what is done to it."""

import json
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import update

from knowledgebase.store.engine import Store
from knowledgebase.store.tables_letters import letters
from tests.make import NOON, a_city
from tests.running import environment, kb, start
from tests.servers.smtp import SmtpServer, serving
from tests.sites import Folder
from tests.stores import keep_city

SARA = "sara@tehran.example"
BASE = "https://exchange.example"


def upgraded(instance: Path) -> Store:
    """Return the database of an instance with the city of Tehran in it."""
    instance.mkdir(parents=True)
    store = Store.open(f"sqlite:///{instance}/knowledgebase.sqlite")
    store.upgrade()
    keep_city(store, a_city("tehran"))
    return store


def wait_for(condition: Callable[[], object], seconds: float = 30.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_an_invitation_of_the_operator_is_mailed_by_the_worker(tmp_path: Path) -> None:
    upgraded(tmp_path / "instance").close()
    with serving(SmtpServer()) as server:
        env = environment(tmp_path / "instance", KB_MAIL_URL=server.url, KB_BASE_URL=BASE)
        invited = kb(["invite", "--city", "tehran", "--role", "admin", SARA, "--language", "en"], env)
        worker = start(["work"], env)
        try:
            wait_for(lambda: server.arrived(SARA))
        finally:
            os.kill(worker.pid, signal.SIGTERM)
            output = worker.communicate(timeout=20)[0]

    letter = server.arrived(SARA)[0]
    body = letter.get_body(("plain",))
    assert invited.returncode == 0
    assert worker.returncode == 0
    assert "Traceback" not in output
    assert letter["From"].addresses[0].addr_spec == "noreply@exchange.example"
    assert body
    assert f"{BASE}/en/join/" in body.get_content()
    assert invited.stdout.strip() not in body.get_content()


def test_a_worker_killed_while_the_server_takes_a_letter_sends_it_again(tmp_path: Path) -> None:
    store = upgraded(tmp_path / "instance")
    with serving(SmtpServer(drops_after_data=True)) as server:  # taken, but nobody is told
        env = environment(tmp_path / "instance", KB_MAIL_URL=server.url, KB_BASE_URL=BASE)
        kb(["invite", "--city", "tehran", SARA], env)
        first = start(["work"], env)
        wait_for(lambda: server.arrived(SARA))
        os.kill(first.pid, signal.SIGKILL)
        first.communicate(timeout=20)
        server.drops_after_data = False
        with store.writing() as db:  # as if the time had passed
            db.execute(update(letters).values(next_try_at=NOON))
        second = start(["work"], env)
        try:
            wait_for(lambda: len(server.arrived(SARA)) == 2)
            time.sleep(2)
        finally:
            os.kill(second.pid, signal.SIGTERM)
            second.communicate(timeout=20)
    store.close()

    arrived = server.arrived(SARA)
    assert len(arrived) == 2
    assert len({letter["Message-ID"] for letter in arrived}) == 1


def test_a_mail_server_that_hangs_holds_up_neither_the_index_nor_the_end(
    tmp_path: Path, folder: Folder
) -> None:
    upgraded(tmp_path / "instance").close()
    folder.case("seoul/clean-air")
    with serving(SmtpServer(greeting=None)) as server:
        env = environment(tmp_path / "instance", KB_MAIL_URL=server.url, KB_BASE_URL=BASE)
        kb(["index"], env)
        kb(["invite", "--city", "tehran", SARA], env)
        worker = start(["work"], env)
        wait_for(lambda: server.connections)
        kb(["import", str(folder.path)], env)
        wait_for(lambda: json.loads(kb(["status", "--json"], env).stdout)["documents"] == 1, 15)
        os.kill(worker.pid, signal.SIGTERM)
        began = time.monotonic()
        worker.communicate(timeout=20)

    assert time.monotonic() - began < 5
    assert worker.returncode == 0
