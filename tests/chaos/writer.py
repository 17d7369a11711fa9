"""A process that imports one changed file after another and notes each in a ledger once it is acknowledged.

`python -m tests.chaos.writer FOLDER LEDGER SEED [--after-commit]`; it writes until it is killed. With
`--after-commit` it is broken on purpose: it makes no promise and tells the engine after the commit.
"""

import json
import os
import random
import sys
import time
from pathlib import Path

from knowledgebase.app import create_app
from knowledgebase.cli.content import bring_in
from knowledgebase.services.indexing import Beside, as_document
from knowledgebase.services.site import Site
from knowledgebase.store import cases, cities, outbox
from knowledgebase.web.context import the_site
from tests.sites import Folder

CASES = 12
GAP = 0.03  # seconds between commit and engine in the broken variant


def token(number: int, sequence: int) -> str:
    """Return the word that only this state of a case holds."""
    return f"zq{number}w{sequence}"


def _last(ledger: Path) -> dict[int, int]:
    """Return the highest sequence that was begun for each case, acknowledged or not."""
    begun: dict[int, int] = {}
    for line in ledger.read_text().splitlines():
        noted = json.loads(line)
        begun[noted["case"]] = max(begun.get(noted["case"], 0), noted["sequence"])
    return begun


def _note(ledger: int, **noted: object) -> None:
    os.write(ledger, json.dumps(noted).encode() + b"\n")
    os.fsync(ledger)


def _tell_engine(site: Site, case_id: str) -> None:
    """Do what the product does not: index from the writing process, after the commit."""
    time.sleep(GAP)
    with site.store.reading() as db:
        record = cases.states(db, [case_id])[case_id]
        labels = cities.labels(db, [case_id.partition("/")[0]])
    live = site.index.live()
    if record is not None and live is not None:
        site.index.put(live, [as_document(record, Beside(labels))])


def _break() -> None:
    """Take the promises out of the transactions."""

    def no_promise(*_: object, **__: object) -> None:
        return

    vars(outbox)["promise"] = no_promise


def main(folder: Path, ledger_path: Path, seed: int, *, is_broken: bool) -> None:
    """Write for ever."""
    chance = random.Random(seed)  # noqa: S311 - the same every time
    begun = _last(ledger_path)
    ledger = os.open(ledger_path, os.O_WRONLY | os.O_APPEND)
    files = Folder(folder)
    if is_broken:
        _break()
    with create_app().app_context():
        site = the_site()
        while True:
            number = chance.randrange(CASES)
            sequence = begun.get(number, 0) + 1
            begun[number] = sequence
            name = f"tehran/case-{number}"
            is_gone = chance.random() < 0.15 and (folder / f"{name}.md").exists()
            _note(ledger, case=number, sequence=sequence, is_gone=is_gone, state="begun")
            if is_gone:
                files.remove(f"{name}.md")
            else:
                files.case(name, title=token(number, sequence))
            bring_in(site, folder, may_withdraw=True)
            if is_broken:
                _tell_engine(site, name)
            _note(ledger, case=number, sequence=sequence, is_gone=is_gone, state="acknowledged")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), is_broken="--after-commit" in sys.argv)
