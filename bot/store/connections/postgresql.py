"""PostgreSQL: the server does by itself what SQLite needs our help for."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from bot.store.connections import engines
from bot.store.connections.backend import Look
from bot.store.connections.deadlines import Watch
from bot.store.connections.statements import channel, drop_later, send_later


class Postgresql:
    """The database on a server. See `Backend`. Each transaction is committed and durable at its end."""

    file_name = None
    is_gathering = False
    is_durable = True

    def __init__(self, url: str) -> None:
        self._watch = Watch()
        self.engine = engines.postgresql(url, self._watch)

    @contextmanager
    def transaction(
        self, within: float, _look: Look | None, *, thorough: bool, deferred: bool
    ) -> Iterator[Connection]:  # fmt: skip
        with (
            self.engine.connect() as connection,
            self._watch.within(within, connection.connection.driver_connection),
            connection.begin(),
        ):
            to = channel(connection)
            try:
                yield connection
                send_later(to, commit=True)
            except BaseException:
                drop_later(to)
                raise

    def end_gathering(self) -> None:
        """Nothing is gathered."""

    def commit(self) -> None:
        """Nothing waits for it."""

    def when_committed(self, call: Callable[[], None]) -> None:
        call()

    def make_durable(self) -> None:
        """It is."""

    def tidy(self) -> None:
        """The server does."""

    def copy_log(self) -> None:
        """The server does."""

    def close(self) -> None:
        self.engine.dispose()
