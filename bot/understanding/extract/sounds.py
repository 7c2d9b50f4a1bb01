"""How characters sound: config/lexicon/pinyin.txt, a syllable and its characters a line."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_ALIKE = ((re.compile(r"^([zcs])h"), r"\1"), (re.compile(r"ng$"), "n"), (re.compile(r"^l"), "n"))
"""Sounds that people around here do not tell apart: zh z, ch c, sh s, in ing, n l."""


@dataclass(frozen=True, slots=True)
class Sounds:
    """The sound of each character."""

    spelled: Mapping[str, str]
    """In pinyin."""
    alike: Mapping[str, str]
    """The same, those that people mix up made one."""


SILENCE = Sounds({}, {})


@cache
def read_sounds(config_dir: Path) -> Sounds:
    """Of all characters in the file."""
    spelled: dict[str, str] = {}
    alike: dict[str, str] = {}
    for line in (config_dir / "lexicon" / "pinyin.txt").read_text("utf-8").splitlines():
        syllable, _, characters = line.partition(" ")
        if syllable != "#":
            spelled.update(dict.fromkeys(characters, syllable))
            alike.update(dict.fromkeys(characters, _made_one(syllable)))
    return Sounds(spelled, alike)


def _made_one(syllable: str) -> str:
    for pattern, same in _ALIKE:
        syllable = pattern.sub(same, syllable)
    return syllable
