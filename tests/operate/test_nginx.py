"""The nginx example: nginx reads it, takes at most what the service takes, and shields it."""

import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from bot.request_body import LARGEST
from config.settings import ROOT

CONF = ROOT / "config" / "deploy" / "nginx" / "wutong.conf"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


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


def directive(name: str) -> list[str]:
    return re.findall(rf"^\s*{name} +([^;]+);", CONF.read_text("utf-8"), flags=re.MULTILINE)


@pytest.mark.skipif(NGINX is None, reason="no nginx on this machine")
def test_nginx_reads_the_example(tmp_path: Path) -> None:
    certificate(tmp_path)
    own = CONF.read_text("utf-8").replace("/etc/ssl/wutong", str(tmp_path)).replace("/var/log/nginx", str(tmp_path))
    (tmp_path / "wutong.conf").write_text(own, "utf-8")
    whole = tmp_path / "nginx.conf"
    whole.write_text(
        f"pid {tmp_path}/pid;\nerror_log {tmp_path}/error;\nevents {{}}\nhttp {{ include {tmp_path}/wutong.conf; }}\n"
    )
    done = subprocess.run([str(NGINX), "-t", "-c", str(whole)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "[warn]" not in done.stderr


def test_a_body_that_the_service_takes_passes_and_is_read_whole_first() -> None:
    (most,) = directive("client_max_body_size")
    assert LARGEST <= int(most.removesuffix("k")) * 1024 <= 1.2 * LARGEST
    assert directive("proxy_request_buffering") == ["on"]
    assert directive("client_body_timeout") == ["5s"]


def test_the_caller_s_address_is_nginx_s_own_word() -> None:
    assert "X-Forwarded-For $remote_addr" in directive("proxy_set_header")
    assert "$proxy_add_x_forwarded_for" not in CONF.read_text("utf-8")


def test_the_log_holds_no_query_string() -> None:
    (log,) = directive("log_format")
    assert not re.search(r"\$(request|request_uri|args|query_string|http_referer)\b", log)


def test_metrics_are_not_for_the_world() -> None:
    assert re.search(r"location = /metrics \{ return 404; \}", CONF.read_text("utf-8"))
