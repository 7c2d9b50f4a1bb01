"""The register of personal data (config/personal_data.toml): which columns say something of whom."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from config.settings import CONFIG_DIR

OF_ORDER = "order"  # rows belong to the resident of their order


@dataclass(frozen=True, slots=True)
class Entry:
    """One table. `whose`: columns that name a person, and OF_ORDER; `personal`: columns that a deletion empties."""

    whose: Sequence[str]
    personal: Sequence[str]
    plain: Sequence[str]
    what: str
    why: str
    kept: str
    seen: str


@cache
def register() -> Mapping[str, Entry]:
    """The entries by the name of their table."""
    found = tomllib.loads((CONFIG_DIR / "personal_data.toml").read_text("utf-8"))
    return {name: _entry(values) for name, values in found.items()}


def _entry(values: Mapping[str, object]) -> Entry:
    whose = values["whose"]
    known = {**values, "whose": [whose] if isinstance(whose, str) else whose}
    return Entry(**known)  # type: ignore[arg-type]
