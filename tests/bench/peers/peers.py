"""The two services that the path is measured against, as processes: an echo on our own server, and WeRoBot."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

from config.settings import ROOT
from tests.bench.measured.progress import tell
from tests.programs import servers
from tests.sandbox.server import free_port

HOME = ROOT / ".bench"
PINS = Path(__file__).parent / "peers.txt"
START_SECONDS = 20
ECHO, WEROBOT = "echo that stores nothing", "WeRoBot's echo, SQLite sessions"


def install() -> Path:
    """The folder with WeRoBot's programs; made once, and again when the pins change. Exits with one line."""
    venv, kept = HOME / "venv", HOME / "installed.txt"
    if kept.exists() and kept.read_text() == PINS.read_text():
        return venv / "bin"
    tell("installing WeRoBot into .bench/")
    shutil.rmtree(venv, ignore_errors=True)
    HOME.mkdir(exist_ok=True)
    pip = [str(venv / "bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    for command in ([sys.executable, "-m", "venv", str(venv)], [*pip, "-r", str(PINS)]):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            said = (done.stderr or done.stdout).strip().splitlines()[-1:]
            sys.exit(f"bench: WeRoBot cannot be installed, which the part path needs: {' '.join(said)}")
    kept.write_text(PINS.read_text())
    return venv / "bin"


@dataclass(frozen=True, slots=True)
class Peer:
    """A running peer: its port, and the id of the process that started all others of it."""

    port: int
    process: int


@contextmanager
def running(names: tuple[str, ...], folder: Path, token: str) -> Iterator[dict[str, Peer]]:
    """These peers; they end with the context."""
    processes, peers = [], {}
    try:
        for name in names:
            port = free_port()
            environ = {**os.environ, "WECHAT_TOKEN": token, "PORT": str(port), "HOST": "127.0.0.1"}
            processes.append(_start(name, folder, environ))
            peers[name] = Peer(port, processes[-1].pid)
        for name, process in zip(names, processes, strict=True):
            _wait_for(name, peers[name].port, process)
        yield peers
    finally:
        for process in processes:
            servers.stop(process)


def _start(name: str, folder: Path, environ: Mapping[str, str]) -> "subprocess.Popen[bytes]":
    if name == ECHO:
        command, where = ["/bin/sh", "-c", echo_command()], ROOT
    else:
        gunicorn, address = str(install() / "gunicorn"), f"127.0.0.1:{environ['PORT']}"
        command = [gunicorn, "-w", "2", "-b", address, "--log-level", "error", "robot:app"]
        environ, where = {**environ, "SESSIONS": str(folder / "werobot.db")}, Path(__file__).parent
    return subprocess.Popen(
        command, cwd=where, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def echo_command() -> str:
    """The web line of the Procfile with the echo in the place of our application: the same server, the same options."""
    lines = dict(line.split(":", 1) for line in (ROOT / "Procfile").read_text().splitlines())
    command = lines["web"].strip().replace("bot.app:create_server", "tests.bench.peers.echo:create_server")
    assert "tests.bench.peers.echo" in command, "the Procfile does not name bot.app:create_server"
    return command


def _wait_for(name: str, port: int, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            if requests.get(f"http://127.0.0.1:{port}/readyz", timeout=2).ok:
                return
        except requests.RequestException:
            pass
        if process.poll() is not None or time.monotonic() > deadline:
            sys.exit(f"bench: {name} did not start")
        time.sleep(0.05)
