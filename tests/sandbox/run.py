"""`make run`: starts everything on this machine, with demo data; Ctrl-C stops all of it."""

import base64
import json
import os
import secrets
import signal
import socket
import string
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import requests
from honcho.manager import Manager

from bot.orders.rights import ADMIN
from bot.services.accounts import setting_up, setup_codes
from bot.services.office import no_nudge, open_office
from bot.services.settings.adjustable import PLACES
from bot.store import migrate
from bot.store.console import settings as office_settings
from bot.store.persons import people
from config import demo, settings
from config.settings import ROOT
from tests.programs import servers, signals
from tests.rosters import import_roster

READY_SECONDS = 30
# Every channel is used: template messages, subscription notices for users who consented on the phone, else customer-service messages.
TEMPLATES = {
    "order": {"id": "demo-order", "kind": "template", "fields": {"character_string1": "code", "thing2": "what", "phrase3": "state", "thing4": "body"}},
    "reminder": {"id": "demo-reminder", "kind": "template", "fields": {"thing1": "title", "thing2": "body", "time3": "when"}},
    "*": {"id": "demo-notice", "kind": "subscribe", "fields": {"thing1": "title", "thing2": "body", "time3": "when"}},
}  # fmt: skip
SMS = {
    "SMS_PROVIDER": "tencent", "SMS_APP_ID": "1400000001", "SMS_ACCESS_KEY": "AKIDsandbox", "SMS_SECRET_KEY": "sandbox",
    "SMS_SIGNATURE": "凤凰办事处", "SMS_RECEIPT_PATH": "sandbox-receipts-of-short-messages",
    "SMS_TEMPLATES": json.dumps({"*": {"id": "demo-sms", "text": "您有一条{1}，请打开微信服务号查看。", "variables": ["kind"]}}),
}  # fmt: skip
RESIDENT = "家里灯泡坏了，想请人帮忙换一下|金色春天3号楼楼道灯不亮|高龄补贴怎么办|进度"
CAST = ("陈桥甲", "党员03", "党员07", "办事处甲", "党员11", "纪检甲")
AT_CONSOLE = ("陈桥甲", "办事处甲", "党员03")  # who has a password there
HINTS = {"社区工作者": "待派|帮助", "党员": "待接|我的单", "街道管理员": "待派|帮助", "纪检干部": "受限|帮助"}


def main() -> None:
    """Run until Ctrl-C or SIGTERM. Exits with one line where a port or a setting is wrong."""
    environ = environment(Path(os.environ.get("VAR_DIR", ROOT / "var")))
    for name in ("PORT", "SANDBOX_PORT"):
        _must_be_free(name, environ[name])
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # until the processes' manager takes over
    with ExitStack() as ending:
        if not environ.get("REDIS_URL"):
            with signals.held_back():
                redis, environ["REDIS_URL"] = servers.start_redis(Path(environ["VAR_DIR"]) / "redis")
                ending.callback(servers.stop, redis)
        prepare(environ)
        sys.exit(_serve(environ))


def environment(var: Path) -> dict[str, str]:
    """The environment of all processes: what is set, else demo values that var/sandbox.env keeps from run to run."""
    var.mkdir(parents=True, exist_ok=True)
    file = var / "sandbox.env"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text("".join(f"{name}={value}\n" for name, value in _fresh().items()))
    kept = dict(line.split("=", 1) for line in file.read_text().splitlines() if "=" in line)
    known = {**kept, **{name: value for name, value in os.environ.items() if value}}
    sandbox = known.get("SANDBOX_PORT", "8001")
    sms = {} if known.get("SMS_PROVIDER") else {**SMS, "SMS_API_URL": f"http://127.0.0.1:{sandbox}"}
    return {
        **known, **sms, "HOST": known.get("HOST", "127.0.0.1"), "VAR_DIR": str(var), "PORT": known.get("PORT", "8000"), "SANDBOX_PORT": sandbox,
        "WECHAT_API_URL": known.get("WECHAT_API_URL", f"http://127.0.0.1:{sandbox}"),
        "WECHAT_OPEN_URL": known.get("WECHAT_OPEN_URL", f"http://127.0.0.1:{sandbox}"), "TZ": "Asia/Shanghai",
        "SEND_HOURS": known.get("SEND_HOURS", "00:00-24:00"),  # the demo is tried at any time of day
    }  # fmt: skip


def _fresh() -> Mapping[str, str]:
    return {
        **demo_secrets(),
        "WECHAT_TOKEN": secrets.token_hex(8), "WECHAT_APP_ID": f"wx{secrets.token_hex(8)}",
        "WECHAT_APP_SECRET": secrets.token_hex(16),
        "WECHAT_AES_KEY": "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(42)) + "A",
        "WECHAT_TEMPLATES": json.dumps(TEMPLATES), "CONSOLE_PASSWORD": f"wutong-{secrets.token_hex(4)}",
    }  # fmt: skip


def demo_secrets() -> Mapping[str, str]:
    """New keys of a service, and made-up emergency numbers: all that it needs besides the account."""
    return {
        "SECRET_KEY": secrets.token_hex(32), "DATA_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
        "DUTY_PHONES": "13800009999", "GAS_PHONE": "13800009998", "WATER_PHONE": "13800009997", "POWER_PHONE": "13800009996",
    }  # fmt: skip


def _must_be_free(name: str, given: str) -> None:
    if not (given.isascii() and given.isdigit()) or not 0 < int(given) < 65536:
        sys.exit(f"wutong: {name}: {given} is no port")
    port = int(given)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            sys.exit(f"wutong: port {port} is taken; stop what uses it or set {name} to another one")


def prepare(environ: Mapping[str, str]) -> None:
    """Migrate the database; in the first run load the demo roster and write var/cast.json."""
    known = settings.load(environ)
    migrate.upgrade(known.database)
    cast = known.var_dir / "cast.json"
    if cast.exists():
        return
    try:
        office = open_office(known, no_nudge)
    except settings.SettingsError as error:
        sys.exit(f"wutong: {error}")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "demo.csv"
        file.write_text(demo.roster(), "utf-8")
        rows = import_roster(office, file, datetime.now(UTC), demo=True)
    with office.db.transaction() as tx:
        admin, places = min(people.with_role(tx, (ADMIN,))), json.dumps(demo.PLACES, ensure_ascii=False)
        office_settings.add(tx, PLACES, places, "[]", admin, datetime.now(UTC))
    for name in AT_CONSOLE:
        now = datetime.now(UTC)
        password = environ.get("CONSOLE_PASSWORD") or secrets.token_hex(8)  # an older sandbox.env has none
        setting_up.set_password(office, setup_codes.code_for(office, name, now), password, now)
    cast.touch(mode=0o600)
    cast.write_text(json.dumps(_phones(rows), ensure_ascii=False, indent=1), "utf-8")
    office.db.close()


def _phones(rows: list[dict[str, Any]]) -> list[dict[str, str]]:
    """The sandbox's phones: two residents and everybody of the roster with a bind code; first those of CAST, whom a first visit shows."""
    known = {row["name"]: row for row in rows}
    numbers = demo.numbers()
    phones = [
        {
            "openid": f"oSandboxResident{n:012d}",
            "name": name,
            "label": "居民",
            "hint": RESIDENT,
            "number": f"1390000000{n}",
        }
        for n, name in enumerate(("王阿姨", "李大爷"), 1)
    ]
    roster = [
        {
            "openid": f"oSandboxRoster{n:014d}", "name": name, "label": known[name]["role"],
            "hint": f"绑定 {known[name]['bind_code']}|{HINTS[known[name]['role']]}", "number": numbers.get(name, ""),
        }
        for n, name in enumerate(dict.fromkeys((*CAST, *known)), 1)
    ]  # fmt: skip
    return [phones[0], *roster[:3], phones[1], *roster[3:]]


def _serve(environ: Mapping[str, str]) -> int:
    """Run the Procfile's processes and the sandbox until one ends or a signal comes; the exit code."""
    manager = Manager()
    for line in (ROOT / "Procfile").read_text().splitlines():
        name, command = line.split(":", 1)
        manager.add_process(name, command.strip(), env=dict(environ), cwd=str(ROOT))
    sandbox = {
        "SANDBOX_CAST": f"{environ['VAR_DIR']}/cast.json",
        "SANDBOX_SERVICE_URL": f"http://127.0.0.1:{environ['PORT']}/wechat",
    }
    if environ.get("SMS_RECEIPT_PATH"):
        sandbox["SANDBOX_SMS_RECEIPTS"] = (
            f"http://127.0.0.1:{environ['PORT']}/sms/receipts/{environ['SMS_RECEIPT_PATH']}"
        )
    manager.add_process("sandbox", f"exec {sys.executable} -m tests.sandbox", env={**environ, **sandbox}, cwd=str(ROOT))
    threading.Thread(target=_announce, args=(environ,), daemon=True).start()
    manager.loop()
    stopped_by_us = manager.returncode in (None, 0, 130, 143, -2, -15)
    return 0 if stopped_by_us else int(manager.returncode)


def _announce(environ: Mapping[str, str]) -> None:
    """Wait until the service is ready, publish the menu, then print the addresses and the sign-ins."""
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
    flask = [str(Path(sys.executable).parent / "flask"), "--app", "bot.app", "menu", "push"]
    subprocess.run(flask, env=dict(environ), cwd=ROOT, check=False, capture_output=True)
    print(f"\n梧桐已就绪\n  试用沙箱：http://127.0.0.1:{environ['SANDBOX_PORT']}\n  服务：    {address}", flush=True)
    if environ.get("CONSOLE_PASSWORD"):
        print(
            f"  工作台：  {address}/console/  姓名 {'、'.join(AT_CONSOLE)}（密码都一样），密码 {environ['CONSOLE_PASSWORD']}",
            flush=True,
        )
    print("  演示身份（在沙箱里点“绑定 …”登录；每个绑定码只能用一次；其余的人在“选人”里）：", flush=True)
    for phone in json.loads((Path(environ["VAR_DIR"]) / "cast.json").read_text("utf-8")):
        if phone["name"] in CAST:
            print(f"    {phone['label']} {phone['name']}：{phone['hint'].split('|')[0]}", flush=True)
    print("按 Ctrl-C 停止\n", flush=True)


if __name__ == "__main__":
    main()
