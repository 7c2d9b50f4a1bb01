"""Whose request it is: the peer of the connection, or the client that a trusted proxy names."""

from collections.abc import Iterable, Mapping
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# A request with one of these came through a proxy, whoever named whom in it.
PASSED_ON = (
    "HTTP_FORWARDED", "HTTP_FORWARDED_FOR", "HTTP_X_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA", "HTTP_CF_CONNECTING_IP",
    "HTTP_CF_CONNECTING_IPV6", "HTTP_CF_RAY", "HTTP_TRUE_CLIENT_IP", "HTTP_X_CLIENT_IP", "HTTP_CLIENT_IP", "HTTP_X_CLUSTER_CLIENT_IP",
    "HTTP_FASTLY_CLIENT_IP", "HTTP_X_ORIGINAL_FORWARDED_FOR", "HTTP_X_ENVOY_EXTERNAL_ADDRESS", "HTTP_X_PROXYUSER_IP",
    "HTTP_PROXY_CLIENT_IP", "HTTP_WL_PROXY_CLIENT_IP", "HTTP_ALI_CDN_REAL_IP", "HTTP_CDN_LOOP",
)  # fmt: skip
ANY_OF = "HTTP_X_FORWARDED_"
OWN_NAME = "localhost"


class TrustedProxies:
    """WSGI middleware: where the peer is a trusted proxy, REMOTE_ADDR becomes the last address of X-Forwarded-For that
    is none. What stands to the left of it was written by the client itself and counts for nothing."""

    def __init__(self, app: "WSGIApplication", trusted: Iterable[str]) -> None:
        self._app = app
        self._trusted = [ip_network(each) for each in trusted]

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        found = self._client(environ.get("REMOTE_ADDR", ""), environ.get("HTTP_X_FORWARDED_FOR", ""))
        if found is not None:
            environ["REMOTE_ADDR"] = found
        return self._app(environ, start_response)

    def _client(self, peer: str, forwarded: str) -> str | None:
        """The client's address; None where the peer's own counts."""
        if not forwarded or not self._trusts(_address(peer)):
            return None
        found = None
        for part in reversed(forwarded.split(",")):
            address = _address(part)
            if address is None:
                break
            found = str(address)
            if not self._trusts(address):
                break
        return found

    def _trusts(self, address: IPv4Address | IPv6Address | None) -> bool:
        return address is not None and any(address in each for each in self._trusted)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """The address, also with a port or as IPv4 written in IPv6; None for anything else."""
    bare = text.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        address = ip_address(bare)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def is_local(environ: Mapping[str, Any]) -> bool:
    """Whether a program of this machine asks, without a proxy between, for this machine by its own address. A proxy on the
    machine that adds no header still hands on the name that was asked for."""
    if any(name in PASSED_ON or name.startswith(ANY_OF) for name in environ):
        return False
    return _is_loopback(environ.get("REMOTE_ADDR", "")) and _names_loopback(environ.get("HTTP_HOST", OWN_NAME))


def _is_loopback(text: str) -> bool:
    address = _address(text)
    return address is not None and address.is_loopback


def _names_loopback(host: str) -> bool:
    return host.strip().partition(":")[0].lower() == OWN_NAME or _is_loopback(host)
