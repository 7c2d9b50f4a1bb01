"""The web process as it runs: bodies in pieces and without a length, lengths that lie, connections that break off."""

import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest
import requests
from requests.exceptions import RequestException

from config.settings import load
from tests.conftest import ENVIRONMENT
from tests.programs.processes import Processes
from tests.sandbox.pushing.markup import render
from tests.sandbox.server import free_port
from tests.wechat.pushing import KEY, said, sealed

MEGABYTE = 1024 * 1024
TEXT = {"ToUserName": "gh_wutong", "FromUserName": "oA", "CreateTime": 1764000000, "MsgType": "text"}
PLAIN = render({**TEXT, "Content": "金色春天3号楼楼道灯不亮", "MsgId": 7}).encode()


@pytest.fixture(scope="module")
def web(sqlite_template: Path, redis_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Processes]:
    folder = tmp_path_factory.mktemp("web")
    (folder / "wutong.db").write_bytes(sqlite_template.read_bytes())
    port = free_port()
    given = {
        **ENVIRONMENT, "DATABASE_URL": f"sqlite:///{folder / 'wutong.db'}", "REDIS_URL": redis_server, "PORT": str(port),
        "VAR_DIR": str(folder), "WECHAT_AES_KEY": KEY,
    }  # fmt: skip
    service = Processes(load(given), {**os.environ, **given}, [port])
    service.start_webs()
    service.eventually(lambda: lives(service))
    yield service
    service.kill("web")


def lives(service: Processes) -> bool:
    try:
        return requests.get(f"http://127.0.0.1:{service.settings.port}/healthz", timeout=2).ok
    except RequestException:
        return False


def post(service: Processes, query: dict[str, str], body: bytes, size: int) -> tuple[int, bytes]:
    """One push in chunks of `size` bytes, without a length, on a connection of its own."""
    connection = HTTPConnection("127.0.0.1", service.settings.port, timeout=5)
    pieces = (body[at : at + size] for at in range(0, len(body), size))
    with suppress(BrokenPipeError):  # it was refused before all of it was sent
        connection.request("POST", f"/wechat?{urlencode(query)}", pieces, encode_chunked=True)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, content


def raw(service: Processes, head: str, body: bytes = b"", *, read: bool = True) -> bytes:
    """Bytes as they are, on a connection that is closed afterwards; the first that come back."""
    with socket.create_connection(("127.0.0.1", service.settings.port), timeout=5) as connection:
        query, _ = sealed("safe", PLAIN)
        request = f"POST /wechat?{urlencode(query)} HTTP/1.1\r\nHost: a\r\n{head}\r\n\r\n"
        connection.sendall(request.encode("latin-1") + body)
        return connection.recv(4096) if read else b""


@pytest.mark.parametrize("mode", ["compatible", "safe"])
@pytest.mark.parametrize("size", [1, 7, 100_000])
def test_a_body_in_pieces_without_a_length_is_read(web: Processes, mode: str, size: int) -> None:
    status, content = post(web, *sealed(mode, PLAIN), size)
    assert status == 200
    assert "单号" in (said(content, mode, "oA") or "")


def test_too_much_is_413_with_and_without_a_length(web: Processes) -> None:
    query, many = sealed("safe", PLAIN + b" " * MEGABYTE)
    assert post(web, query, many, 65_536)[0] == 413
    address = f"http://127.0.0.1:{web.settings.port}/wechat"
    for body in (many, b"x" * (8 * MEGABYTE)):
        assert requests.post(address, params=query, data=body, timeout=5).status_code == 413


def test_a_length_that_is_too_much_is_refused_before_the_body_comes(web: Processes) -> None:
    assert b" 413 " in raw(web, f"Content-Length: {MEGABYTE + 1}").split(b"\r\n")[0]


@pytest.mark.parametrize(
    "head",
    ["Content-Length: -1", "Content-Length: x", "Content-Length: 5\r\nContent-Length: 6", "Transfer-Encoding: gzip",
     "Transfer-Encoding: chunked\r\nContent-Length: 5", "Content-Length: 99999999999999999999999999"],
)  # fmt: skip
def test_a_length_that_is_none_is_refused(web: Processes, head: str) -> None:
    first = raw(web, head, b"5\r\nhello\r\n0\r\n\r\n").split(b"\r\n")[0]
    assert first == b"" or first.split()[1] in (b"400", b"411", b"413", b"501")


@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=a", "application/json", "x"]
)
def test_the_kind_that_a_push_claims_does_not_matter(web: Processes, kind: str) -> None:
    query, body = sealed("safe", PLAIN)
    address = f"http://127.0.0.1:{web.settings.port}/wechat"
    answer = requests.post(address, params=query, data=body, headers={"Content-Type": kind}, timeout=5)
    assert (answer.status_code, "单号" in (said(answer.content, "safe", "oA") or "")) == (200, True)


def test_a_connection_that_breaks_off_leaves_the_process_serving(web: Processes) -> None:
    breaks: list[Callable[[], bytes]] = [
        lambda: raw(web, f"Content-Length: {len(PLAIN)}", PLAIN[:20], read=False),
        lambda: raw(web, "Transfer-Encoding: chunked", b"5\r\nhel", read=False),
        lambda: raw(web, "Transfer-Encoding: chunked", b"zz\r\nhello\r\n"),
    ]
    for broken in breaks * 5:
        broken()
    assert lives(web)
    assert post(web, *sealed("safe", PLAIN), 10)[0] == 200


def test_many_senders_that_stop_in_a_body_hold_nobody_up_and_are_sent_away(web: Processes) -> None:
    address, head = (
        ("127.0.0.1", web.settings.port),
        b"POST /wechat HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\n<xml>",
    )
    with ExitStack() as stack:
        stalled = [stack.enter_context(socket.create_connection(address, timeout=9)) for _ in range(100)]
        for each in stalled:
            each.sendall(head)
        started = time.monotonic()
        for _ in range(5):
            assert lives(web)
            assert post(web, *sealed("safe", PLAIN), 100)[0] == 200
        assert time.monotonic() - started < 4, "they were served while the bodies still lacked"
        assert {each.recv(400).split(b"\r\n")[0] for each in stalled} == {b"HTTP/1.1 408 Request Timeout"}


def test_a_query_of_arbitrary_bytes_is_forged(web: Processes) -> None:
    with socket.create_connection(("127.0.0.1", web.settings.port), timeout=5) as connection:
        connection.sendall(
            b"POST /wechat?signature=%ff&timestamp=%00&nonce=%ed%a0%80 HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n"
        )
        assert b" 403 " in connection.recv(4096).split(b"\r\n")[0]
