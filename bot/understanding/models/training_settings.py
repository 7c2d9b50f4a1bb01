"""How the office wants to learn from its own history: config/learning.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Bounds:
    """From which confidence a model's word counts: where the rules know no category, and where they know another."""

    where_rules_are_silent: float
    against_the_rules: float


@dataclass(frozen=True, slots=True)
class TrainingSettings:
    """See the comments of the file. `hour` is local time; `margin` a share of the rows held back."""

    use: bool
    hour: int
    least_rows: int
    least_per_label: int
    most_rows: int
    margin: float
    kept_versions: int
    bounds: Bounds


@cache
def load(config_dir: Path) -> TrainingSettings:
    """The office's choice, read once a process. TypeError for a name that is missing or unknown, ValueError for a value that cannot be meant."""
    table = tomllib.loads((config_dir / "learning.toml").read_text("utf-8"))
    found = TrainingSettings(bounds=Bounds(**table.pop("from_confidence")), **table)
    bounds = (found.bounds.where_rules_are_silent, found.bounds.against_the_rules)
    for name, sound in (
        ("hour", 0 <= found.hour <= 23),
        ("margin", 0 <= found.margin < 1),
        ("kept_versions", found.kept_versions >= 1),
        ("from_confidence", all(0 <= bound <= 1 for bound in bounds)),
    ):
        if not sound:
            raise ValueError(f"config/learning.toml: {name} is out of its range")
    return found
