"""What requirements*.txt and *.in say: names, versions, markers, hashes."""

import re
from dataclasses import dataclass

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from config.settings import ROOT

PIN = re.compile(
    r"^(?P<pin>[A-Za-z0-9][^\s#\\][^#\\]*?)\s*(?:\\\n(?P<hashes>(?:\s+--hash=\S+(?:\s*\\)?\n)+)|\n)", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Pin:
    """One package of a file: its requirement and how many hashes it has."""

    requirement: Requirement
    hashes: int

    @property
    def name(self) -> str:
        return canonicalize_name(self.requirement.name)

    @property
    def version(self) -> str:
        return str(self.requirement.specifier).removeprefix("==")

    @property
    def applies(self) -> bool:
        """Whether it is installed on this machine and Python."""
        return self.requirement.marker is None or self.requirement.marker.evaluate()


def pins(file: str) -> dict[str, Pin]:
    """The packages of a file at the top of the repository, by canonical name."""
    text = (ROOT / file).read_text("utf-8")
    lines = "".join(line for line in text.splitlines(True) if not line.lstrip().startswith(("#", "-r", "-c")))
    found = [Pin(Requirement(m["pin"]), (m["hashes"] or "").count("--hash=")) for m in PIN.finditer(lines)]
    return {pin.name: pin for pin in found}
