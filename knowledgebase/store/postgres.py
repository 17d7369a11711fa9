"""What only PostgreSQL needs: connections that give up a server which does not answer."""

import time
from typing import Any

from psycopg import Connection, OperationalError, capabilities
from psycopg.abc import RV, PQGen
from sqlalchemy import Engine, event

from knowledgebase.store.patience import Door, current

CANCEL_WAIT = 0.5  # seconds in which a server that lives, but is slow, is told to stop
SILENCE = 1.0  # seconds; who refuses a connection sooner is there and answers
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

    door: Door

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
        """Stop the statement if the server lives; close the socket without waiting for anybody."""
        try:
            if not capabilities.has_cancel_safe():  # the older call waits for the server
                raise OperationalError
            self.cancel_safe(timeout=CANCEL_WAIT)
        except OperationalError:
            self.door.shut()
        self.close()


def prepare(engine: Engine) -> None:
    """Make every connection of this engine a hasty one; all of them share one door."""
    door = Door()

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: object, _record: object, arguments: Any, values: Any) -> HastyConnection:
        return _connect(door, arguments, values)


def _connect(door: Door, arguments: tuple[Any, ...], values: dict[str, Any]) -> HastyConnection:
    """Connect within the patience of the work at hand.

    Raises OperationalError when the server refuses or is late, or for a page at once when it is known
    to be silent.
    """
    patience = current()
    if patience.is_short() and (patience.is_over() or not door.lets_in(patience.connect)):
        raise OperationalError("the server does not answer")
    began = time.monotonic()
    try:
        connection = HastyConnection.connect(*arguments, **values | {"connect_timeout": patience.connect})
    except OperationalError:
        is_silent = time.monotonic() - began >= SILENCE
        door.shut() if is_silent else door.open()
        raise
    finally:
        patience.spend(time.monotonic() - began)
    door.open()
    connection.door = door
    return connection
