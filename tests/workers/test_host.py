"""HTTP exchanges with one host, over real sockets: answers of every shape, and whether a request may have arrived."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from urllib3.util import parse_url

from workers.http.host import Host, Limits, NoAnswer, NotConnected

LIMITS = Limits(connect=1.0, read=0.5, whole=1.0, most=100)
WHOLE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


class Server:
    """Answers each request of each connection with the same bytes."""

    def __init__(self, answer: bytes, *, closes: bool, tls: ssl.SSLContext | None, pause: float) -> None:
        self.answer, self.closes, self.tls, self.pause = answer, closes, tls, pause
        self.connections = 0
        self.requests: list[bytes] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection: socket.socket) -> None:
        try:
            with self.tls.wrap_socket(connection, server_side=True) if self.tls else connection as plain:
                while request := plain.recv(65536):
                    while not request.endswith(b"{}") and request.startswith(b"POST"):
                        request += plain.recv(65536)
                    self.requests.append(request)
                    for piece in self.answer.split(b"|"):
                        plain.sendall(piece)
                        time.sleep(self.pause)
                    if self.closes:
                        return
        except OSError:
            pass


@contextmanager
def server(
    answer: bytes, *, closes: bool = False, tls: ssl.SSLContext | None = None, pause: float = 0.0
) -> Iterator[Server]:
    made = Server(answer, closes=closes, tls=tls, pause=pause)
    try:
        yield made
    finally:
        made.listener.close()


@pytest.fixture
def host() -> Iterator[Callable[[str], Host]]:
    made: list[Host] = []

    def to(address: str) -> Host:
        made.append(Host(parse_url(address), LIMITS))
        return made[-1]

    yield to
    for one in made:
        one.close()


def ask(host: Host) -> tuple[int, bytes]:
    return host.exchange("POST", "/cgi-bin/send?access_token=T", b"{}", {"Content-Type": "application/json"})


@pytest.mark.parametrize(
    ("answer", "closes", "connections"),
    [
        (WHOLE, False, 1), (CHUNKED + b"1\r\no\r\n1\r\nk\r\n0\r\n\r\n", False, 1),
        (b"HTTP/1.1 200 OK\r\n\r\nok", True, 3), (WHOLE.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"), True, 3),
        (WHOLE, True, 3), (WHOLE + b"|HTTP/1.1 200 OK\r\n", False, 3), (b"HTTP/1.1 100 Continue\r\n\r\n" + WHOLE, False, 1),
        (b"HTTP/1.1 200 OK\r\nconnection: Keep-Alive\r\ncontent-length: 2\r\n\r\nok", False, 1),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\no|k", False, 1), (b"HTTP/1.1 200 OK\r\nContent-Le|ngth: 2\r\n\r\nok", False, 1),
    ],
    ids=["length", "chunks", "until it closes", "says that it closes", "closes", "more than was asked for", "continue",
         "stays open", "in pieces", "a head in pieces"],
)  # fmt: skip
def test_a_connection_serves_again_where_the_answer_left_it_whole(
    answer: bytes, closes: bool, connections: int, host: Callable[[str], Host]
) -> None:
    with server(answer, closes=closes, pause=0.02) as other:
        mine = host(f"http://127.0.0.1:{other.port}")
        for _ in range(3):
            assert ask(mine) == (200, b"ok")
            time.sleep(0.1)  # what else the other side says or does has arrived
        assert (other.connections, len(other.requests)) == (connections, 3)
        head = other.requests[-1].split(b"\r\n")
        assert head[0] == b"POST /cgi-bin/send?access_token=T HTTP/1.1"
        assert f"Host: 127.0.0.1:{other.port}".encode() in head
        assert b"Content-Length: 2" in head


@pytest.mark.parametrize(
    ("answer", "pause"),
    [
        (b"", 0), (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok", 0), (CHUNKED + b"9\r\nok", 0), (b"no HTTP\r\n\r\n", 0),
        (b"HTTP/1.1 200 OK\r\n\r\n" + b"o|" * 8, 0.3),
    ],
    ids=["nothing", "half", "half a chunk", "no HTTP", "too slow"],
)  # fmt: skip
def test_an_answer_that_does_not_come_whole_is_none(answer: bytes, pause: float, host: Callable[[str], Host]) -> None:
    with server(answer, closes=True, pause=pause) as other:
        mine = host(f"http://127.0.0.1:{other.port}")
        with pytest.raises(NoAnswer):
            ask(mine)
        assert len(other.requests) == 1


def test_a_silent_host_is_given_up_and_a_long_answer_is_cut(host: Callable[[str], Host]) -> None:
    with server(b"") as silent, pytest.raises(NoAnswer, match="Timeout"):
        ask(host(f"http://127.0.0.1:{silent.port}"))
    with server(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n" + bytes(500)) as long:
        mine = host(f"http://127.0.0.1:{long.port}")
        assert [ask(mine), ask(mine)] == [(200, bytes(100))] * 2
        assert long.connections == 2


def test_where_nobody_listens_nothing_has_arrived(host: Callable[[str], Host]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    for address in (f"http://127.0.0.1:{port}", "http://no-such-host.invalid", f"http://{'a' * 70}.invalid"):
        with pytest.raises(NotConnected):
            ask(host(address))


def certificate(folder: Path) -> Path:
    """Of `localhost`, signed by itself, with its key."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "localhost.pem"
    path.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return path


def test_a_certificate_that_is_not_trusted_gets_no_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, host: Callable[[str], Host]
) -> None:
    trusted = certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(trusted)
    with server(WHOLE, tls=context) as other:
        with pytest.raises(NotConnected, match="SSL"):
            ask(host(f"https://localhost:{other.port}"))
        assert other.requests == []
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        with pytest.raises(NotConnected, match="SSL"):  # of another name
            ask(host(f"https://127.0.0.1:{other.port}"))
        encrypted = host(f"https://localhost:{other.port}")
        assert [ask(encrypted) for _ in range(3)] == [(200, b"ok")] * 3
        assert other.requests[0].startswith(b"POST /cgi-bin/send")
