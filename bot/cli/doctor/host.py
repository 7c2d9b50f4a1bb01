"""The host: disk, modes of files, proxies, keys and numbers of its environment."""

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from bot.cli.doctor.finding import Asked, Finding, good, notice, wrong

GIB = 1024**3
LEAST, LITTLE = 1 * GIB, 5 * GIB
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy")
LOOPBACK = ("127.0.0.1", "::1", "localhost")


def disk(asked: Asked) -> Iterator[Finding]:
    """Where data, files and spooled messages lie."""
    folder = asked.office.settings.var_dir
    free = shutil.disk_usage(_there(folder)).free
    build = wrong if free < LEAST else notice if free < LITTLE else good
    yield build("disk" if build is good else "disk_full", folder=folder, free=f"{free / GIB:.1f}")


def modes(asked: Asked) -> Iterator[Finding]:
    """Files with keys or with what residents said are for their owner alone."""
    folder = asked.office.settings.var_dir
    keys = [Path(path) for name, path in os.environ.items() if name.endswith("_KEY_FILE") and path]
    data = [path for pattern in ("*.db*", "spool", "spool/*", "media") for path in folder.glob(pattern)]
    open_to_others = [path for path in (asked.env_file, folder, *keys, *data) if path.exists() and _mode(path) & 0o077]
    for path in open_to_others:
        yield wrong("mode", path=path, mode=f"{_mode(path):04o}", right="700" if path.is_dir() else "600")
    if not open_to_others:
        yield good("modes")


def proxies(asked: Asked) -> Iterator[Finding]:
    """The service calls the platform itself; behind a reverse proxy it must know whom to believe."""
    found = sorted({name.upper() for name in PROXIES if os.environ.get(name)})
    if found:
        yield notice("proxy", names="、".join(found))
    settings = asked.office.settings
    behind = settings.host in LOOPBACK and settings.public.startswith("https://")
    if behind and not (os.environ.get("TRUSTED_PROXIES") or os.environ.get("TRUSTED_PROXIES_FILE")):
        yield notice("trusted_proxies")
    if settings.host not in LOOPBACK and settings.public.startswith("https://"):
        yield notice("open_port", host=settings.host, port=settings.port)


def keys(asked: Asked) -> Iterator[Finding]:
    """Whether each purpose has a key of its own."""
    settings = asked.office.settings
    if not settings.wechat_aes_key:
        yield notice("plain_mode")
    if not settings.box_key:
        yield notice("no_box_key")
    elif set(settings.box_key) & set(settings.data_key):
        yield wrong("same_keys")
    if not (os.environ.get("BACKUP_KEY") or os.environ.get("BACKUP_KEY_FILE")):
        yield wrong("no_backup_key")


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _there(folder: Path) -> Path:
    """The folder, or the nearest one above it that exists."""
    return next(path for path in (folder, *folder.absolute().parents) if path.exists())
