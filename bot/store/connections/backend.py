"""What a database must be able to do for us: transactions, what makes them durable, and upkeep of its files."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

from sqlalchemy import Connection, Engine

Look = Callable[[Connection], None]
"""What is called with a connection before a lock is taken."""


class Backend(Protocol):
    """One of the two databases. One object a process; safe for its threads."""

    @property
    def engine(self) -> Engine: ...

    @property
    def file_name(self) -> str | None:
        """The name of its file; those of its log begin with it. None where a server has the files."""
        ...

    def transaction(
        self, within: float, look: Look | None, *, thorough: bool, deferred: bool
    ) -> AbstractContextManager[Connection]:
        """Committed at the end, rolled back on any error. The arguments are those of `Database.transaction`."""
        ...

    @property
    def is_gathering(self) -> bool:
        """Whether deferred transactions of this thread wait for `commit`."""
        ...

    def end_gathering(self) -> None:
        """Commit them. Where that fails, `commit` says so."""
        ...

    def commit(self) -> None:
        """As `Database.commit`."""
        ...

    def when_committed(self, call: Callable[[], None]) -> None:
        """As `Database.when_committed`."""
        ...

    @property
    def is_durable(self) -> bool:
        """Whether all that this process has committed is on the disk."""
        ...

    def make_durable(self) -> None:
        """As `Database.make_durable`."""
        ...

    def tidy(self) -> None:
        """What was overwritten leaves the log too, as far as no reader needs it."""
        ...

    def copy_log(self) -> None:
        """Copy the log into the database's file while others write."""
        ...

    def close(self) -> None:
        """Give all files and connections back."""
        ...
