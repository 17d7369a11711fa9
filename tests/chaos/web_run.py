"""A whole site whose web workers are killed while four clients write, judged afterwards."""

import os
import random
import signal
import subprocess
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

from sqlalchemy import update

from knowledgebase.cli.content import bring_in
from knowledgebase.domain.person import CityRole, Invitation, rights
from knowledgebase.services import joining, rebuilding
from knowledgebase.services.site import Site
from knowledgebase.store.tables_people import people
from tests.chaos.browser import PATIENCE, Browser
from tests.chaos.clients import CITY, SQUARE, Client
from tests.chaos.judge import Verdict
from tests.chaos.ledger import Ledger
from tests.chaos.parts import KEY, opened
from tests.chaos.people_judge import judge
from tests.people import OPERATOR, PASSWORD, a_profile
from tests.running import processes_of, running
from tests.sites import Folder

CLIENTS, PEOPLE = 4, 4  # clients at once, and people of each
PAUSE = (0.1, 0.6)  # seconds before each kill, after what must be acknowledged
BETWEEN = 8  # acknowledged between two kills, and after the last, at least
AGE = timedelta(days=30)  # of accounts: new ones may say little
BEFORE = 80  # acknowledged before the first kill: something of each kind
NAMES = "bcdfghkmnprstvwz"  # first letters, none like another


@dataclass(frozen=True, slots=True)
class Run:
    """What became of a run."""

    verdict: Verdict
    kills: int
    repeats: int  # tries of clients that got no answer
    output: str  # of the site
    left: int  # processes that belong to no living worker


def kill_web_workers(
    folder: Path, settings: dict[str, str], kills: int, *, app: str = "wsgi", is_forgetful: bool = False
) -> Run:
    """Let clients write, kill so many web workers, stop everything, and judge.

    `app`: another application than ours. `is_forgetful`: clients that do not know a form again.
    """
    instance, content, ledger = folder / "instance", Folder(folder / "content"), Ledger(folder / "ledger")
    content.case(SQUARE, title="Square")
    with opened(instance, settings) as site:
        sessions = _prepare(site, content)
    serving = {"KB_SECRET_KEY": KEY, "KB_WORKERS": "2", **settings}
    with running(instance, content.path, app=app, **serving) as (address, process):
        told: list[str] = []
        Thread(target=_listen, args=(process, told), daemon=True).start()
        browsers = [[Browser(address, token) for token in tokens] for tokens in sessions]
        clients = [
            Client(number, own, ledger, is_forgetful=is_forgetful) for number, own in enumerate(browsers, 1)
        ]
        _write_and_kill(clients, ledger, process.pid, kills)
        left = _without_worker(process.pid)
    ledger.close()
    with opened(instance, settings) as site:
        verdict = judge(site, ledger.path)
    return Run(verdict, kills, sum(one.repeats for own in browsers for one in own), "".join(told), left)


def _prepare(site: Site, content: Folder) -> list[list[str]]:
    """Make the database, the index and everybody's account; return the sessions of each client's people."""
    site.store.upgrade()
    bring_in(site, content.path)
    held = rights(CityRole.CONTRIBUTOR, may_publish=True)
    sessions: list[list[str]] = [[] for _ in range(CLIENTS)]
    for number in range(CLIENTS * PEOPLE):
        name = f"{NAMES[number]}ara"
        invitation = Invitation(f"{name}@{CITY}.example", CITY, held)
        link = joining.invite(site, invitation, by=OPERATOR)
        entered = joining.accept(
            site, link.token, a_profile(name.title(), language="en"), PASSWORD, has_accepted=True
        )
        sessions[number % CLIENTS].append(entered.token)
    with site.store.writing() as db:
        db.execute(update(people).values(created=site.now() - AGE))
    rebuilding.reindex(site)
    return sessions


def _write_and_kill(clients: list[Client], ledger: Ledger, parent: int, kills: int) -> None:
    """Kill while the clients write; raises what a client met that no client may meet."""
    chance, is_over = random.Random(kills), Event()  # noqa: S311 - the same every time
    with ThreadPoolExecutor(CLIENTS) as threads:
        writing = [threads.submit(client.run, is_over.is_set) for client in clients]
        try:
            _wait_for(ledger, BEFORE, writing)
            for _ in range(kills):
                _wait_for(ledger, ledger.acknowledged + BETWEEN, writing)
                time.sleep(chance.uniform(*PAUSE))
                os.kill(chance.choice(_web_workers(parent)), signal.SIGKILL)
            _wait_for(ledger, ledger.acknowledged + BETWEEN, writing)
        finally:
            is_over.set()
        for client in writing:
            client.result()


def _wait_for(ledger: Ledger, acknowledged: int, writing: "list[Future[None]]") -> None:
    """Wait until so much is acknowledged, or a client has met what no client may meet."""
    deadline = time.monotonic() + PATIENCE
    while ledger.acknowledged < acknowledged and not any(client.done() for client in writing):
        assert time.monotonic() < deadline, "nothing is acknowledged any more"
        time.sleep(0.01)


def _web_workers(parent: int) -> list[int]:
    """Return the processes that answer requests: children of the server, which is the first child."""
    server = _children(parent)[0]
    deadline = time.monotonic() + 10
    while not (workers := _children(server)):
        assert time.monotonic() < deadline, "no web worker"
        time.sleep(0.01)
    return workers


def _children(process: int) -> list[int]:
    """Return the children that any thread of a process has begun."""
    lists = [task / "children" for task in Path(f"/proc/{process}/task").iterdir()]
    return [int(pid) for one in lists for pid in one.read_text().split()]


def _without_worker(parent: int) -> int:
    """Return how many processes of the site are no descendants of its parent any more."""
    known, found = [parent], {parent}
    while known:
        below = [child for pid in known for child in _children(pid)]
        found.update(below)
        known = below
    return len(set(processes_of(parent)) - found)


def _listen(process: "subprocess.Popen[str]", told: list[str]) -> None:
    """Take what a site prints, so that it never waits for a reader."""
    if process.stdout:
        told.extend(process.stdout)
