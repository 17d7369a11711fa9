"""How long a log-in takes, and that its time does not tell whether an address has an account.

Usage: .venv/bin/python -m tests.bench.log_ins
"""

import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

from knowledgebase.app import make_site
from knowledgebase.config import Settings
from knowledgebase.domain.errors import LogInRefused
from knowledgebase.services import entering, joining, limiting
from knowledgebase.services.site import Site
from tests.people import OTHER_PASSWORD, PASSWORD, a_profile

TRIES = 200
APART_MOST = 5.0  # milliseconds between the medians
LOG_IN_MOST = 150.0  # milliseconds, median
_KNOWN, _UNKNOWN = "chief@exchange.example", "nobody@exchange.example"


def taken(work: Callable[[], object]) -> float:
    """Return the milliseconds that a piece of work takes."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1_000


def refused(site: Site, email: str) -> None:
    """Log in with a wrong password."""
    try:
        entering.log_in(site, email, OTHER_PASSWORD, address="192.0.2.1")
    except LogInRefused:
        return
    raise AssertionError(email)


def main() -> int:
    """Print the medians beside their bounds and return 1 when one is broken."""
    limiting.PER_ACCOUNT = limiting.PER_ADDRESS = limiting.IN_ALL = 10 * TRIES
    with tempfile.TemporaryDirectory() as folder:
        site = make_site(Settings(instance=Path(folder), secret_key="k" * 32))
        site.store.upgrade()
        link = joining.first_admin_link(site)
        assert link
        entered = joining.accept(site, link.token, a_profile(), PASSWORD, has_accepted=True, email=_KNOWN)
        times: dict[str, list[float]] = {_KNOWN: [], _UNKNOWN: []}
        for number in range(2 * TRIES):
            email = (_KNOWN, _UNKNOWN)[(number + number // 2) % 2]  # known, unknown, unknown, known ...
            times[email].append(taken(partial(refused, site, email)))
        ins = [taken(lambda: entering.log_in(site, _KNOWN, PASSWORD, address="192.0.2.1")) for _ in range(50)]
        whos = [taken(lambda: entering.who(site, entered.token)) for _ in range(500)]
        site.close()
    known, unknown = median(times[_KNOWN]), median(times[_UNKNOWN])
    lines = (
        f"wrong password, known account    {known:8.2f} ms (median of {TRIES})",
        f"wrong password, unknown account  {unknown:8.2f} ms",
        f"apart                            {abs(known - unknown):8.2f} ms, at most {APART_MOST}",
        f"log-in                           {median(ins):8.2f} ms, at most {LOG_IN_MOST}",
        f"whose token is this              {median(whos):8.2f} ms",
    )
    sys.stdout.write("\n".join(lines) + "\n")
    return int(abs(known - unknown) > APART_MOST or median(ins) > LOG_IN_MOST)


if __name__ == "__main__":
    sys.exit(main())
