"""Small file systems that can be filled, in a mount namespace of this process and its children: nobody else sees them.

As root, or where the kernel lets everybody have a namespace of users; it ends with the processes.
"""

import ctypes
import errno
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

NEW_MOUNTS, NEW_USERS = 0x00020000, 0x10000000  # of unshare(2)
RECURSIVE, PRIVATE = 0x4000, 0x40000  # of mount(2)
DETACH = 2  # of umount2(2)
PIECE, LEFT = 1 << 16, 1 << 14  # bytes
_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True, slots=True)
class Disk:
    """A file system of its own in `folder`."""

    folder: Path

    @property
    def _ballast(self) -> Path:
        return self.folder / "ballast"

    def fill(self, random: Random) -> None:
        """Nothing more fits in, but for up to 16 KiB: so it becomes full in the middle of something."""
        with self._ballast.open("wb", buffering=0) as file, suppress(OSError):
            while file.write(bytes(PIECE)) == PIECE:
                pass
        with suppress(OSError):
            os.truncate(self._ballast, max(0, self._ballast.stat().st_size - random.randrange(LEFT)))

    def leave(self) -> None:
        """It is gone once nobody uses it any more."""
        _call(_libc.umount2(bytes(self.folder), DETACH))

    def free(self) -> None:
        self._ballast.unlink(missing_ok=True)


def separate() -> None:
    """Give this process mounts of its own. OSError where it may not. It must not have started a thread yet."""
    user, group = os.geteuid(), os.getegid()
    _call(_libc.unshare(NEW_MOUNTS if user == 0 else NEW_MOUNTS | NEW_USERS))
    if user != 0:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    _call(_libc.mount(b"none", b"/", None, RECURSIVE | PRIVATE, None))


def mounted(folder: Path, megabytes: int) -> Disk:
    """A new file system of this size there, which everybody may pass through. OSError where it cannot be."""
    folder.mkdir()
    _call(_libc.mount(b"tmpfs", bytes(folder), b"tmpfs", 0, f"size={megabytes}m,mode=755".encode()))
    return Disk(folder)


def _call(result: int) -> None:
    if result != 0:
        number = ctypes.get_errno() or errno.EPERM
        raise OSError(number, os.strerror(number))
