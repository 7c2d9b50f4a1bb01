"""Searches every key and every queue of Redis for one person."""

import zlib
from collections.abc import Collection, Iterator
from typing import Any

from redis import Redis

from bot.services.deletion.elsewhere import Place
from bot.services.office import Office


def redis(office: Office, needles: Collection[str]) -> Place:
    """Every key: its name and its value; jobs of the queues unpacked."""
    wanted = [needle.encode() for needle in needles]
    with Redis.from_url(office.settings.redis, socket_timeout=10, socket_connect_timeout=5) as client:
        number, found = 0, []
        for key in client.scan_iter(count=1000):
            number += 1
            shown = [key, *_values(client, key)]
            if any(needle in value for value in shown for needle in wanted):
                found.append(key.decode(errors="replace"))
    return Place("redis keys and queues", number, tuple(found))


def _values(client: Any, key: bytes) -> Iterator[bytes]:
    kind = client.type(key)
    values: list[bytes]
    if kind == b"string":
        values = [client.get(key) or b""]
    elif kind == b"hash":
        values = [part for pair in client.hgetall(key).items() for part in pair]
    elif kind == b"list":
        values = client.lrange(key, 0, -1)
    elif kind == b"set":
        values = list(client.smembers(key))
    elif kind == b"zset":
        values = client.zrange(key, 0, -1)
    elif kind == b"stream":
        values = [part for _, entry in client.xrange(key) for pair in entry.items() for part in pair]
    else:
        values = []
    for value in values:
        yield value
        try:
            yield zlib.decompress(value)
        except zlib.error:
            continue
