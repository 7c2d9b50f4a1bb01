"""HTTP connections of which one knows whether a request was sent: none is used again that the other side may be closing."""

import time
from typing import Any

import urllib3
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError

IDLE_SECONDS = 1.0  # the least that servers keep an idle connection is two seconds; some proxies do


class _Rested:
    """A pool that opens a connection anew after it lay idle.

    A request on a connection that the other side is just closing gets no answer, and nobody can tell whether
    it was read. urllib3 sees a close that has arrived; this leaves no time for one that is still on its way.
    """

    def _put_conn(self, conn: Any) -> None:
        if conn is not None:
            conn.idle_since = time.monotonic()
        super()._put_conn(conn)  # type: ignore[misc]

    def _get_conn(self, timeout: float | None = None) -> Any:
        conn = super()._get_conn(timeout)  # type: ignore[misc]
        if time.monotonic() - getattr(conn, "idle_since", time.monotonic()) > IDLE_SECONDS:
            conn.close()
        return conn


class _HttpPool(_Rested, HTTPConnectionPool):
    """Plain connections."""


class _HttpsPool(_Rested, HTTPSConnectionPool):
    """Encrypted ones; a handshake that takes too long is no connection, not a lost answer."""

    def _validate_conn(self, conn: Any) -> None:
        try:
            super()._validate_conn(conn)
        except TimeoutError as error:
            raise ConnectTimeoutError(self, "the handshake took too long") from error


def pool_manager(connections: int, timeout: urllib3.Timeout) -> urllib3.PoolManager:
    """Keeps up to `connections` to each host. Nothing is tried twice, redirects are answers."""
    manager = urllib3.PoolManager(maxsize=connections, block=False, retries=False, timeout=timeout)
    manager.pool_classes_by_scheme = {"http": _HttpPool, "https": _HttpsPool}
    return manager
