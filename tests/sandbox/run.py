"""`make run`: everything on this machine, from an empty folder to a service that answers; Ctrl-C stops all of it."""

import base64
import json
import os
import secrets
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import requests
from honcho.manager import Manager

from bot.services import roster
from bot.services.office import open_office
from bot.store import migrate
from config import demo, settings
from config.settings import ROOT
from tests import servers

READY_SECONDS = 30


def main() -> None:
    """Run until Ctrl-C or SIGTERM."""
    environ = environment(Path(os.environ.get("VAR_DIR", ROOT / "var")))
    for name in ("PORT",):
        _must_be_free(name, int(environ[name]))
    redis = None
    if not environ.get("REDIS_URL"):
        redis, environ["REDIS_URL"] = servers.start_redis(Path(environ["VAR_DIR"]) / "redis")
    try:
        prepare(environ)
        sys.exit(_serve(environ))
    finally:
        if redis is not None:
            servers.stop(redis)


def environment(var: Path) -> dict[str, str]:
    """What is set already, else demo values that stay the same from run to run (var/sandbox.env)."""
    var.mkdir(parents=True, exist_ok=True)
    file = var / "sandbox.env"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text("".join(f"{name}={value}\n" for name, value in _fresh(var).items()))
    kept = dict(line.split("=", 1) for line in file.read_text().splitlines() if "=" in line)
    known = {**kept, **{name: value for name, value in os.environ.items() if value}}
    return {**known, "VAR_DIR": str(var), "PORT": known.get("PORT", "8000"), "TZ": "Asia/Shanghai"}


def _fresh(var: Path) -> Mapping[str, str]:
    port = os.environ.get("SANDBOX_PORT", "8001")
    return {
        "SECRET_KEY": secrets.token_hex(32), "DATA_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
        "WECHAT_TOKEN": secrets.token_hex(8), "WECHAT_APP_ID": f"wx{secrets.token_hex(8)}",
        "WECHAT_APP_SECRET": secrets.token_hex(16), "WECHAT_API_URL": f"http://127.0.0.1:{port}",
        "DUTY_PHONES": "13800009999", "GAS_PHONE": "13800009998", "WATER_PHONE": "13800009997",
        "POWER_PHONE": "13800009996",
    }  # fmt: skip


def _must_be_free(name: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            sys.exit(f"wutong: port {port} is taken; stop what uses it or set {name} to another one")


def prepare(environ: Mapping[str, str]) -> None:
    """Migrate the database, and fill in the demo roster the first time."""
    known = settings.load(environ)
    migrate.upgrade(known.database)
    cast = known.var_dir / "cast.json"
    if cast.exists():
        return
    office = open_office(known, lambda: None)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "demo.csv"
        file.write_text(demo.roster(), "utf-8")
        rows = roster.import_roster(office, file, datetime.now(UTC), demo=True)
    cast.touch(mode=0o600)
    cast.write_text(json.dumps(rows, ensure_ascii=False, indent=1), "utf-8")
    office.db.close()


def _serve(environ: Mapping[str, str]) -> int:
    """The Procfile's processes until one ends or somebody stops us."""
    manager = Manager()
    for line in (ROOT / "Procfile").read_text().splitlines():
        name, command = line.split(":", 1)
        manager.add_process(name, command.strip(), env=dict(environ), cwd=str(ROOT))
    threading.Thread(target=_announce, args=(environ,), daemon=True).start()
    manager.loop()
    stopped_by_us = manager.returncode in (None, 0, 130, 143, -2, -15)
    return 0 if stopped_by_us else int(manager.returncode)


def _announce(environ: Mapping[str, str]) -> None:
    """Wait until the service is ready, then say where it is and who can sign in."""
    address = f"http://127.0.0.1:{environ['PORT']}"
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        try:
            if requests.get(f"{address}/readyz", timeout=2).ok:
                break
        except requests.RequestException:
            pass
        time.sleep(0.3)
    else:
        print(f"wutong: {address}/readyz is not ready yet; see the log above", flush=True)
        return
    print(
        f"\n梧桐已就绪  服务：{address}\n演示名册的绑定码：{environ['VAR_DIR']}/cast.json\n按 Ctrl-C 停止\n", flush=True
    )


if __name__ == "__main__":
    main()
