"""How the office wants to learn from its own history: config/learning.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.understanding.decide.arbitration import Bounds


@dataclass(frozen=True, slots=True)
class TrainingSettings:
    """See the comments of the file. `hour` is local time;
    `margin` a share of the rows held back."""

    use: bool
    hour: int
    least_rows: int
    least_per_label: int
    most_rows: int
    margin: float
    kept_versions: int
    bounds: Bounds


@cache
def read_training_settings(config_dir: Path) -> TrainingSettings:
    """The office's choice, read once a process. TypeError for a name that is missing or unknown, ValueError for a value that
    cannot be meant."""
    table = tomllib.loads((config_dir / "learning.toml").read_text("utf-8"))
    bounds = Bounds(**table.pop("from_confidence"))
    found = TrainingSettings(bounds=bounds, **table)
    sound = {
        "hour": 0 <= found.hour <= 23,
        "margin": 0 <= found.margin < 1,
        "kept_versions": found.kept_versions >= 1,
        "from_confidence": 0 <= bounds.where_rules_are_silent <= 1 and 0 <= bounds.against_the_rules <= 1,
    }
    for name in (name for name, is_sound in sound.items() if not is_sound):
        raise ValueError(f"config/learning.toml: {name} is out of its range")
    return found
