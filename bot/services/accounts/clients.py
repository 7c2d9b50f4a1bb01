"""Who asks, as far as the request shows: the network address and a short name of the browser."""

import hmac
import secrets
from dataclasses import dataclass

from bot.store.database import Tx

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
BETWEEN, MOST_PEOPLE = "~", 8  # of one browser


@dataclass(frozen=True, slots=True)
class Client:
    """Where a request comes from. `agent` is what people read (Chrome Windows), never what the browser sent. `device`: what the
    browser keeps of whom it has signed in."""

    address: str
    agent: str
    device: str = ""


def client(address: str | None, user_agent: str | None, device: str | None = None) -> Client:
    """The client of a request with this peer and User-Agent."""
    sent = user_agent or ""
    named = [next((name for mark, name in known if mark in sent), "") for known in (BROWSERS, SYSTEMS)]
    return Client((address or UNKNOWN)[:LONGEST], " ".join(filter(None, named)) or UNKNOWN, device or "")


def remembered(tx: Tx, known: Client, person_id: int) -> str:
    """What the browser keeps from now on: this person besides the last ones it has signed in."""
    others = [mark for mark in _marks(known) if not mark.startswith(f"{person_id}.")]
    drawn = f"{person_id}.{secrets.token_hex(8)}"
    return BETWEEN.join([f"{drawn}.{tx.vault.index(f'device {drawn}')}", *others][:MOST_PEOPLE])


def is_known(tx: Tx, known: Client, person_id: int) -> bool:
    """Whether this browser has signed the person in before."""
    for mark in _marks(known):
        drawn, _, digest = mark.rpartition(".")
        if drawn.startswith(f"{person_id}.") and hmac.compare_digest(
            digest.encode(), tx.vault.index(f"device {drawn}").encode()
        ):
            return True
    return False


def _marks(known: Client) -> list[str]:
    return [mark for mark in known.device.split(BETWEEN)[:MOST_PEOPLE] if mark]
