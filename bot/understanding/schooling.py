"""How the office wants to learn from its own history: config/learning.toml."""

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Bounds:
    """From which confidence a model's word counts: where the rules know no category, and where they know another."""

    where_rules_are_silent: float
    against_the_rules: float


@dataclass(frozen=True, slots=True)
class Schooling:
    """See the comments of the file. `hour` is local time; `margin` a share of the rows held back."""

    use: bool
    hour: int
    least_rows: int
    least_per_label: int
    most_rows: int
    margin: float
    kept_versions: int
    bounds: Bounds


def load(config_dir: Path) -> Schooling:
    """The office's choice. TypeError for a name that is missing or unknown."""
    table = tomllib.loads((config_dir / "learning.toml").read_text("utf-8"))
    return Schooling(bounds=Bounds(**table.pop("from_confidence")), **table)
