"""A web process without a network, for the test that traces it: `python -m tests.serving.answering MESSAGES`.

It prints a line when it is ready, and takes as many messages at once when a line comes in. Once a message is
committed, it writes its number to the descriptor COMMITTED; where granian would write to the network, to ANSWERED.
"""

import asyncio
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bot.app import create_app
from bot.request_body import DEFERS
from bot.services.office import Office
from bot.serving import server as module
from bot.serving.server import Server
from bot.serving.wsgi import Application
from bot.store.database import Database
from tests.bench.load import conversations
from tests.serving.test_server import Exchange, Headers, Pairs, Request

COMMITTED, ANSWERED = 100, 101


@dataclass
class Reply(Exchange):
    """Whatever answers it writes its number."""

    number: int = 0

    def response_bytes(self, status: int, _headers: Pairs, body: bytes) -> None:
        assert status == 200
        assert b"CDATA" in body
        os.write(ANSWERED, b"%d\n" % self.number)


class Marking:
    """A database that marks the numbers of what was answered once it is committed."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.gathered: list[str] = []

    @property
    def is_gathering(self) -> bool:
        return self._db.is_gathering

    @property
    def is_durable(self) -> bool:
        return self._db.is_durable

    def commit(self) -> None:
        self._db.commit()
        for number in self.gathered:
            os.write(COMMITTED, f"{number}\n".encode())
        self.gathered.clear()

    def make_durable(self) -> None:
        self._db.make_durable()


def numbered(application: Application, marking: Marking) -> Application:
    """Notes what was answered, by the number in its head."""

    def called(environment: dict[str, Any], start: Any) -> Iterable[bytes]:
        assert environment[DEFERS]
        marking.gathered.append(environment.pop("HTTP_NUMBER"))
        return application(environment, start)

    return called


async def answer(server: Server, numbers: Iterable[int]) -> None:
    """One message of each of these residents, all at once."""
    token = os.environ["WECHAT_TOKEN"]
    waiting = []
    for number in numbers:
        body = conversations.body(f"o_traced_{number}", "陈桥社区3栋的路灯不亮了", 7_000_000_000 + number)
        headers = Headers([("content-length", str(len(body))), ("number", str(number))])
        query = conversations.signed(token, str(number))
        request = Request(headers, path="/wechat", query_string=query)
        waiting.append(server.__rsgi__(request, Reply([body], number=number)))
    await asyncio.gather(*waiting)


async def main(count: int) -> None:
    module.TICK_SECONDS = 3600.0  # who is traced is slow: that is no reason for further threads
    app = create_app()
    office: Office = app.extensions["office"]
    office.adjustable.load()
    marking = Marking(office.db)
    server = Server(numbered(app, marking), marking)
    server.__rsgi_init__(asyncio.get_running_loop())
    await answer(server, range(count, 2 * count))  # what is loaded or opened with the first message is there then
    for mark in (COMMITTED, ANSWERED):
        os.ftruncate(mark, 0)
        os.lseek(mark, 0, os.SEEK_SET)
    print("ready", flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)
    await answer(server, range(count))
    await asyncio.sleep(60)  # until it is killed


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
