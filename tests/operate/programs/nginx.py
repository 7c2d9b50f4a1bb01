"""The nginx example with nginx itself: it finds no fault, and shields the web process. `make operate` runs this."""

import os
import shutil
import socket
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.operate.test_nginx import CONF
from tests.programs import servers
from tests.sandbox.server import free_port


def nginx() -> str:
    """The program, which lies where only root looks."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin") or "nginx"


def certificate(folder: Path) -> None:
    """A key and a certificate that sign themselves."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "wutong.example.cn")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now).not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    plain = serialization.NoEncryption()
    pem, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    (folder / "privkey.pem").write_bytes(key.private_bytes(pem, form, plain))
    (folder / "fullchain.pem").write_bytes(made.public_bytes(pem))


def installed(folder: Path, **other: str) -> Path:
    """A whole configuration of the example in this folder; `other`: what stands in place of which of its words."""
    certificate(folder)
    own = CONF.read_text("utf-8").replace("/etc/ssl/wutong", str(folder)).replace("/var/log/nginx", str(folder))
    for old, new in other.items():
        own = own.replace(old, new)
    (folder / "wutong.conf").write_text(own, "utf-8")
    whole = folder / "nginx.conf"
    paths = "".join(
        f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole.write_text(
        f"pid {folder}/pid;\nerror_log {folder}/error;\nevents {{}}\nhttp {{\n{paths}include {folder}/wutong.conf;\n}}\n"
    )
    return whole


AT_ONCE = 80


class Web(ThreadingHTTPServer):
    """A web process that answers once so many requests are in its hands or were refused before it."""

    request_queue_size = 256
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Held)
        self.met = threading.Barrier(AT_ONCE, timeout=5)

    def meet(self) -> None:
        with suppress(threading.BrokenBarrierError):
            self.met.wait()


class Held(BaseHTTPRequestHandler):
    """One request."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        assert isinstance(self.server, Web)
        self.server.meet()
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Shield:
    """nginx with the example, without TLS (80 handshakes take long on a busy machine), before a web process."""

    address: str
    web: Web

    def statuses(self, path: str) -> "Counter[int]":
        """Of so many requests of one address at the same time."""
        with ThreadPoolExecutor(AT_ONCE) as threads:
            return Counter(threads.map(self._ask, [self.address + path] * AT_ONCE))

    def _ask(self, url: str) -> int:
        status = requests.post(url, data=b"x", timeout=20).status_code
        if status != 200:
            self.web.meet()
        return status


def listens(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def shield(tmp_path: Path) -> Iterator[Shield]:
    web, plain, safe = Web(), free_port(), free_port()
    threading.Thread(target=web.serve_forever, daemon=True).start()
    ports = {"127.0.0.1:8000": f"127.0.0.1:{web.server_port}", "listen 80": f"listen 127.0.0.1:{plain}"}
    whole = installed(tmp_path, **ports, **{"listen 443 ssl http2": f"listen 127.0.0.1:{safe}"})
    process = subprocess.Popen([nginx(), "-c", str(whole), "-g", "daemon off;"])
    servers._wait_for(lambda: listens(safe), process)
    yield Shield(f"http://127.0.0.1:{safe}", web)
    servers.stop(process)
    web.shutdown()
    web.server_close()


def test_the_platform_may_bring_any_number_of_messages_at_once_and_others_may_not(shield: Shield) -> None:
    assert shield.statuses("/wechat?signature=x&timestamp=1&nonce=2") == {200: AT_ONCE}
    assert shield.statuses("/me") == {200: 60, 503: 20}
    assert shield.statuses("/WeChat") == {200: 60, 503: 20}


def test_people_read_in_chinese_what_nginx_refuses_and_programs_get_what_they_got(shield: Shield) -> None:
    for path in ("/console/intake/file", "/h5/new"):
        answer = requests.post(shield.address + path, data=b"x" * 18_000_000, timeout=20)
        assert (answer.status_code, answer.headers["Content-Type"]) == (413, "text/html; charset=utf-8")
        assert "提交的东西太大，这次没有收。" in answer.text
    answer = requests.post(f"{shield.address}/api/v1/orders", data=b"x" * 1_200_000, timeout=20)
    assert (answer.status_code, "提交" in answer.text) == (413, False)
    shield.web.shutdown()
    shield.web.server_close()
    answer = requests.get(f"{shield.address}/console/", timeout=20)
    assert answer.status_code == 502
    assert "系统正在重新启动" in answer.text
    assert requests.get(f"{shield.address}/healthz", timeout=20).text.startswith("<html>")


def test_nginx_reads_the_example(tmp_path: Path) -> None:
    whole = installed(tmp_path)
    done = subprocess.run([nginx(), "-t", "-c", str(whole)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "[warn]" not in done.stderr
