"""What only PostgreSQL needs: connections that give up a server which does not answer."""

import time
from contextlib import suppress
from typing import Any, Self

from psycopg import Connection, OperationalError
from psycopg.abc import RV, PQGen
from sqlalchemy import Engine, event

from knowledgebase.store.patience import current

CANCEL_WAIT = 0.5  # seconds in which a server that lives, but is slow, is told to stop
LOOK = 0.1  # seconds between looks for a signal, as the driver has it
# A line that swallows everything is noticed after half a minute, however long an answer may take.
# Sockets of this machine have none of these.
LINE = {
    "keepalives_idle": 10,  # seconds
    "keepalives_interval": 5,  # seconds
    "keepalives_count": 4,
    "tcp_user_timeout": 30_000,  # milliseconds
}


class HastyConnection(Connection[Any]):
    """A connection that ends itself when an answer takes longer than the work at hand may wait.

    What was sent may still be carried out by the server: after a COMMIT nobody knows.
    """

    @classmethod
    def connect(cls, conninfo: str = "", **values: Any) -> Self:
        """Connect within the patience of the work at hand; raises OperationalError when it is spent."""
        patience = current()
        if patience.is_over():
            raise OperationalError("the server did not answer in time")
        began = time.monotonic()
        try:
            return super().connect(conninfo, **values | {"connect_timeout": patience.connect})
        finally:
            patience.spend(time.monotonic() - began)

    def wait(self, gen: PQGen[RV], interval: float = LOOK, timeout: float | None = None) -> RV:
        """Return what the server answers; closes the connection and raises OperationalError when it is late.

        Everything goes through here: statements, COMMIT and ROLLBACK.
        """
        patience = current()
        limit = patience.limit() if timeout is None else timeout
        began = time.monotonic()
        try:
            return super().wait(gen, interval, limit)
        except OperationalError as error:
            if timeout is not None or time.monotonic() - began < limit:
                raise
            self._give_up()
            raise OperationalError(f"the server did not answer within {limit:.1f} s") from error
        finally:
            patience.spend(time.monotonic() - began)

    def _give_up(self) -> None:
        """Close the socket without waiting for anybody, after a try to stop the statement."""
        with suppress(OperationalError):
            self.cancel_safe(timeout=CANCEL_WAIT)
        self.close()


def prepare(engine: Engine) -> None:
    """Make every connection of this engine a hasty one."""

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: object, _record: object, arguments: Any, values: Any) -> HastyConnection:
        return HastyConnection.connect(*arguments, **values)
