"""One piece of an operator's work in a process of its own, timed without the start of the process.

    KB_INSTANCE=... python -m tests.bench.worked import FOLDER | index | reindex

Prints one JSON object: seconds by the wall, CPU seconds of this process and of its children.
"""

import json
import os
import sys
import time
from pathlib import Path

from knowledgebase.app import make_site
from knowledgebase.cli.content import bring_in
from knowledgebase.cli.index import bring_up_to_date
from knowledgebase.config import load
from knowledgebase.services import rebuilding
from knowledgebase.services.site import Site


def _import(site: Site, folder: str) -> None:
    imported = bring_in(site, Path(folder))
    if imported.has_failed:
        raise SystemExit("a file of the corpus was refused")


def _do(site: Site, act: str, folder: str) -> None:
    if act == "import":
        _import(site, folder)
    elif act == "index":
        bring_up_to_date(site)
    else:
        rebuilding.reindex(site)


def main(act: str, folder: str = "") -> None:
    """Do it once."""
    site = make_site(load())
    site.store.upgrade()
    began = time.perf_counter()
    _do(site, act, folder)
    seconds = time.perf_counter() - began
    site.close()  # only the CPU of children that were waited for is known
    times = os.times()
    own, children = times.user + times.system, times.children_user + times.children_system
    sys.stdout.write(json.dumps({"seconds": seconds, "cpu": own, "children_cpu": children}) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
