"""A story as the page shows it: each line with its words in Chinese, and whether what it expects was met."""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import Any

from bot import texts
from config.settings import CONFIG_DIR
from tests.story import Line, Story, Verdict, fill

WAITING, NOW, MET, MISSED, TOLD = "waiting", "now", "met", "missed", "told"
UNITS = {"minutes": "分钟", "hours": "小时", "days": "天"}
_LETTER = re.compile(r"\{(\w)\}")
_ENGLISH = re.compile(r"[A-Za-z]{2}")
_NAMED = ("state", "lane", "urgency", "outcome")


@dataclass(slots=True)
class Shown:
    """A line on the page. `checks`: the single expectations; `state`: waiting, now, told (what somebody says), met or missed."""

    kind: str
    who: str
    words: str
    state: str = WAITING
    checks: list[dict[str, Any]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person says, and what is expected after it; numbers of lines in the story."""

    says: int
    expects: tuple[int, ...]


def turns(story: Story) -> list[Turn]:
    """The story as steps. What is expected before anybody has spoken belongs to no step."""
    made: list[Turn] = []
    for number, line in enumerate(story.lines):
        if line.kind == "says":
            made.append(Turn(number, ()))
        elif line.kind not in ("note", "waits") and made:
            made[-1] = Turn(made[-1].says, (*made[-1].expects, number))
    return made


def script(story: Story) -> list[Shown]:
    """All lines as they are before the story is told; a note in English is for those who write stories, its words are left out."""
    return [_waiting(line, story.title) for line in story.lines]


def _waiting(line: Line, title: str) -> Shown:
    if line.kind == "note":
        hidden = line.words == title or _ENGLISH.search(line.words)
        return Shown("note", "", "" if hidden else line.words, TOLD)
    if line.kind == "waits":  # nobody who watches waits so long, and the clock of real processes cannot be moved
        number, unit = line.words.split()
        return Shown("note", "", f"过了 {number} {UNITS[unit]}（这里不能快进，后面的可能不符）", TOLD)
    shown = Shown(line.kind, readable(line.who, {}), readable(line.words, {}) if line.kind == "says" else "")
    if line.kind != "says":
        shown.checks = [{"words": _expected(line.kind, part, {}), "met": None} for part in line.parts]
    return shown


def readable(words: str, codes: Mapping[str, str]) -> str:
    """Words with codes put in; a code that is not known yet is named by its letter."""
    return _LETTER.sub(lambda found: f"〔单号{found[1]}〕", fill(words, codes))


def mark(shown: Shown, verdicts: Iterable[Verdict], codes: Mapping[str, str]) -> None:
    """Write onto the line what came of it."""
    shown.checks = [{"words": _expected(shown.kind, each.part, codes), "met": each.met} for each in verdicts]
    shown.state = MET if all(each["met"] for each in shown.checks) else MISSED


def _expected(kind: str, part: str, codes: Mapping[str, str]) -> str:
    if kind == "order":
        return f"{part[3:]} 在办" if part.startswith("by:") else _names().get(part, part)
    return readable(part, codes)


@cache
def _names() -> Mapping[str, str]:
    """What the words of an `order` line are called in Chinese: states, lanes, urgencies, outcomes, numbers of categories."""
    said = texts.load(CONFIG_DIR).sentences
    names = {word: str(name).replace("您", "") for kind in _NAMED for word, name in said[kind].items()}
    with (CONFIG_DIR / "categories.csv").open(encoding="utf-8", newline="") as file:
        return names | {row["code"]: row["level2"].split("(")[0] for row in csv.DictReader(file)}
