"""The Chromium and the Chinese font of browser tests: the machine's, else installed; `python -m tests.programs.browser` is part of `make install`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FONT = "fonts-noto-cjk"


def find() -> str | None:
    """The program: on PATH, or Playwright's own."""
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return found
    own = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", Path.home() / ".cache/ms-playwright"))
    return next((str(path) for path in sorted(own.glob("chromium-*/chrome-linux*/chrome"))), None)


def has_chinese_font() -> bool:
    """Whether pages in Chinese show signs and not boxes."""
    program = shutil.which("fc-list")
    return program is not None and bool(subprocess.run([program, ":lang=zh"], capture_output=True, check=False).stdout)


def main() -> None:
    """Install what is missing. Exits with one line where there is no Chromium then."""
    if not find():
        _run(sys.executable, "-m", "playwright", "install", "chromium")
    missing = [*(["chromium"] if not find() else []), *([FONT] if not has_chinese_font() else [])]
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        _run("apt-get", "update", "-qq")
        _run("apt-get", "install", "-y", "-qq", *missing)
    if not find():
        sys.exit("wutong: no Chromium found for the browser tests; install one, e.g. apt-get install chromium")


def _run(*command: str) -> None:
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
