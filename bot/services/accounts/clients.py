"""Who asks, as far as the request shows: the network address and a short name of the browser."""

from dataclasses import dataclass

BROWSERS = (
    ("MicroMessenger", "WeChat"), ("Edg", "Edge"), ("QQBrowser", "QQ"), ("OPR", "Opera"), ("Firefox", "Firefox"),
    ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
"""What a User-Agent holds, the particular before the general, and what the browser is called."""
SYSTEMS = (
    ("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)  # fmt: skip
UNKNOWN = "—"
LONGEST = 64  # characters of a column


@dataclass(frozen=True, slots=True)
class Client:
    """Where a request comes from. `agent` is what people read (Chrome Windows), never what the browser sent."""

    address: str
    agent: str


def client(address: str | None, user_agent: str | None) -> Client:
    """The client of a request with this peer and User-Agent."""
    sent = user_agent or ""
    named = [next((name for mark, name in known if mark in sent), "") for known in (BROWSERS, SYSTEMS)]
    return Client((address or UNKNOWN)[:LONGEST], " ".join(filter(None, named)) or UNKNOWN)
