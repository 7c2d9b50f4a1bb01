"""The page of licences, made from the metadata of the installed packages: `python -m tests.dependencies.licences`."""

from importlib.metadata import PackageNotFoundError, metadata

from config.settings import ROOT
from tests.dependencies.lock import pins

PAGE = ROOT / "docs" / "licences.md"
HEAD = """# Licences of what is used

The project is under [Apache-2.0](../LICENSE). This page lists every package of `requirements.txt`. `make lock` writes it anew; a test compares it with the lock.
Packages under the LGPL or the MPL are used as they are: installed unchanged, imported, and replaceable.

| package | licence |
| --- | --- |
"""
SPDX = {
    "MIT License": "MIT", "BSD License": "BSD-3-Clause", "Apache Software License": "Apache-2.0", "Apache 2.0": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.1-or-later",
}  # fmt: skip
ELSEWHERE = {"async-timeout": "Apache-2.0", "colorama": "BSD-3-Clause"}
"""Packages that only other versions of Python or other systems install."""
ALLOWED = {
    "MIT", "MIT-0", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "Apache-2.0", "PSF-2.0", "Zlib", "CC0-1.0", "MPL-2.0",
    "LGPL-2.1-or-later", "LGPL-3.0-only", "MIT-CMU",
}  # fmt: skip


def licence(name: str) -> str:
    """The SPDX expression of an installed package. KeyError where its metadata names none that is known."""
    try:
        said = metadata(name)
    except PackageNotFoundError:
        return ELSEWHERE[name]
    if said["License-Expression"]:
        return said["License-Expression"]
    classified = [
        line.split(" :: ")[-1]
        for line in said.get_all("Classifier") or []
        if line.startswith("License :: OSI Approved :: ")
    ]
    stated = classified[0] if classified else said["License"]
    return stated if stated in ALLOWED else SPDX[stated]


def page() -> str:
    """The whole page."""
    return HEAD + "".join(f"| {name} | {licence(name)} |\n" for name in sorted(pins("requirements.txt")))


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
