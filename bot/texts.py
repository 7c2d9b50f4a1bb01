"""Every sentence the service says and every word it listens for, read from one folder per language."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Texts:
    """The sentences of one language. `say("order.placed", code=…)` looks up and fills in."""

    sentences: Mapping[str, Any]
    _known: dict[str, str] = field(default_factory=dict, init=False)
    """The sentences that were asked for, by key."""

    def say(self, key: str, **facts: object) -> str:
        """The sentence at a dotted key with its {facts} filled in. KeyError where there is none."""
        template = self._known.get(key)
        if template is None:
            template = self._known[key] = self.template(key)
        if None in facts.values():
            facts = {name: "" if value is None else value for name, value in facts.items()}
        return template.format_map(facts)

    def year(self, at: datetime, now: datetime) -> str:
        """What stands before the day of `at` where that is of another year than now; empty where it is not. Both in one zone."""
        return self.say("moment.year", at=at) if at.year != now.year else ""

    def template(self, key: str) -> str:
        """The sentence at a dotted key as it stands in the file. KeyError where there is none."""
        found: Any = self.sentences
        for part in key.split("."):
            found = found[part]
        if not isinstance(found, str):
            raise KeyError(key)
        return found.strip("\n")

    def has(self, key: str) -> bool:
        """Whether there is a sentence at this key."""
        try:
            self.template(key)
        except (KeyError, TypeError):
            return False
        return True

    def with_sentence(self, key: str, sentence: str) -> "Texts":
        """These texts with another sentence at a dotted key. KeyError where there is none."""
        self.template(key)
        return Texts(_with(self.sentences, key.split("."), sentence))


@cache
def load(config_dir: Path, language: str = "zh_CN") -> Texts:
    """Read all files of the language's folder as one tree, once a process."""
    tree: dict[str, Any] = {}
    for path in sorted((config_dir / "locale" / language).glob("*.toml")):
        tree.update(tomllib.loads(path.read_text("utf-8")))
    return Texts(tree)


def _with(tree: Mapping[str, Any], path: Sequence[str], sentence: str) -> Mapping[str, Any]:
    first, *rest = path
    return {**tree, first: _with(tree[first], rest, sentence) if rest else sentence}
