"""The messages of the mix: every user sends a request, asks for its progress, adds to it and asks for help.

Only the standard library: the load generator imports it, and its process should hold nothing else.
"""

import hashlib
import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass

COMMUNITIES = ("陈桥社区", "花都路社区", "兰天社区", "十三里店社区")
REQUESTS = (
    "{community}{building}栋的路灯不亮了，晚上看不见",
    "{community}{building}号楼下水道堵了，污水往外冒",
    "{community}{building}号楼{unit}单元楼道的灯坏了",
    "{community}{building}栋门口的垃圾好几天没人收",
    "{community}{building}号楼前的井盖松了，一踩就响",
)
ADDITIONS = ("补充 就在东门旁边，编号{building}", "补充 靠近{unit}单元的那一处")
HELP, PROGRESS = "帮助", "进度"


@dataclass(frozen=True, slots=True)
class Message:
    """One signed POST, ready to be sent, and what its answer must hold."""

    raw: bytes
    sender: bytes
    places: bool  # whether the answer must name a new order


def request_text(number: int) -> str:
    """A request that becomes an order: another building, community or matter with each number."""
    community = COMMUNITIES[number % len(COMMUNITIES)]
    return REQUESTS[number % len(REQUESTS)].format(
        community=community, building=number % 97 + 1, unit=number % 5 + 1
    )  # fmt: skip


def addition_text(number: int) -> str:
    return ADDITIONS[number % len(ADDITIONS)].format(building=number % 97 + 1, unit=number % 5 + 1)


def body(sender: str, text: str, message_id: int) -> bytes:
    """The XML of one text message."""
    fields = {
        "ToUserName": "gh_bench", "FromUserName": sender, "CreateTime": str(int(time.time())),
        "MsgType": "text", "Content": text, "MsgId": str(message_id),
    }  # fmt: skip
    return (
        "<xml>" + "".join(f"<{key}><![CDATA[{value}]]></{key}>" for key, value in fields.items()) + "</xml>"
    ).encode()


def signed(token: str, nonce: str) -> str:
    """The query string of a message that the platform has signed now."""
    stamp = str(int(time.time()))
    signature = hashlib.sha1("".join(sorted((token, stamp, nonce))).encode()).hexdigest()
    return f"signature={signature}&timestamp={stamp}&nonce={nonce}"


def users(series: int, token: str, host: str) -> Iterator[list[Message]]:
    """The four messages of one user after another. Users, nonces and ids differ from those of every other series."""
    ids = itertools.count(series * 10_000_000 + 1)
    for user in itertools.count():
        sender, number = f"o_bench_{series}_{user}", series * 7919 + user
        texts = (request_text(number), PROGRESS, addition_text(number), HELP)
        yield [_message(sender, text, next(ids), token, host, text is texts[0]) for text in texts]


def _message(sender: str, text: str, message_id: int, token: str, host: str, places: bool) -> Message:
    content = body(sender, text, message_id)
    head = (
        f"POST /wechat?{signed(token, str(message_id))} HTTP/1.1\r\nHost: {host}\r\n"
        f"Content-Type: text/xml\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return Message(head.encode() + content, f"<ToUserName><![CDATA[{sender}]]>".encode(), places)
