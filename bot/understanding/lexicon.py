"""Reads the office's words and rules: config/lexicon/*.toml as one table, config/lexicon/rules/*.toml file by file."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from config.settings import CONFIG_DIR, SettingsError

FOLDER = CONFIG_DIR / "lexicon" / "rules"
_GAP = re.compile(r"\{([a-z_]+)\}")
_INDENT = re.compile(r"(?:^|\n)\s*")


class LexiconError(SettingsError):
    """A file that cannot be right; the message is one line that names file, entry and reason."""


@dataclass(frozen=True, slots=True)
class RuleFile:
    """What stands in a file of rules; a template is the source of an expression that still has gaps."""

    words: Mapping[str, Any]
    parts: Mapping[str, str]
    expressions: Mapping[str, str]
    templates: Mapping[str, Any]


class Rules:
    """A file of config/lexicon/rules, read when something of it is first asked for. Each of its expressions is an attribute,
    compiled when it is first used: to compile all takes longer than all else at the start."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> re.Pattern[str]:
        """From the first time on the expression is an attribute like any other."""
        expressions = {} if name.startswith("_") else _file(self._name).expressions
        if name not in expressions:
            raise AttributeError(f"{self._name}.toml: there is no expression {name}")
        pattern = self.__dict__[name] = _compiled(self._name, name, expressions[name])
        return pattern

    @cached_property
    def words(self) -> Mapping[str, Any]:
        """The words of the file, as they stand in it."""
        return _file(self._name).words

    @property
    def templates(self) -> Mapping[str, Any]:
        """The templates of the file, by table, with its parts put in."""
        return _file(self._name).templates

    def filled(self, template: str, **gaps: str) -> str:
        """The source of an expression whose {gaps} the program knows."""
        return _filled(self.templates[template], gaps)

    def all_filled(self, table: str, **gaps: str) -> Sequence[str]:
        """The same of all templates of a table, in order."""
        return [_filled(source, gaps) for source in self.templates[table].values()]


def read_lexicon(folder: Path) -> dict[str, Any]:
    """All files together; a table may be spread over several files (categories and their examples)."""
    lexicon: dict[str, Any] = {}
    for path in sorted(folder.glob("*.toml")):
        _join(lexicon, _table(path))
    return lexicon


def any_of(words: Iterable[str]) -> str:
    """The source of an expression that matches each of these words, the longest one where several begin alike."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def read_all_rules() -> None:
    """Read every file of rules now: LexiconError at the start, not with the first message."""
    for path in sorted(FOLDER.glob("*.toml")):
        _file(path.stem)


def check_rules(folder: Path = FOLDER) -> None:
    """Compile every expression of a folder of rules. LexiconError for the first that is none."""
    for path in sorted(folder.glob("*.toml")):
        for name, source in read_rules(path).expressions.items():
            _compiled(path.stem, name, source)


def read_rules(path: Path) -> RuleFile:
    """A file with its parts put in. LexiconError where it cannot be read, or where a part lacks."""
    table = _table(path)
    try:
        parts: dict[str, str] = {}
        for other in table.get("uses", ()):
            parts.update(read_rules(path.with_name(f"{other}.toml")).parts)
        for name, source in table.get("parts", {}).items():
            parts[name] = _filled(source, parts)
        expressions = {name: _filled(source, parts) for name, source in table.get("expressions", {}).items()}
        for name, source in expressions.items():
            if gap := _GAP.search(source):
                raise LexiconError(f"{path.name}: {name}: there is no part {gap[0]}")
        return RuleFile(table.get("words", {}), parts, expressions, _templates(table.get("templates", {}), parts))
    except (TypeError, AttributeError) as error:
        raise LexiconError(f"{path.name}: an expression is text or a list of texts in a table: {error}") from error


@cache
def _file(name: str) -> RuleFile:
    return read_rules(FOLDER / f"{name}.toml")


def _table(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"{path.name}: {error}") from error


def _join(table: dict[str, Any], more: dict[str, Any]) -> None:
    for name, value in more.items():
        if name in table and isinstance(value, dict):
            _join(table[name], value)
        else:
            table[name] = value


def _filled(source: str | Sequence[str], parts: Mapping[str, str]) -> str:
    """The source on one line, a list as alternatives, with those parts that are known; other gaps stay."""
    lines = [source] if isinstance(source, str) else source
    whole = "|".join(_INDENT.sub("", each) for each in lines)
    return _GAP.sub(lambda found: parts.get(found[1], found[0]), whole)


def _templates(table: Mapping[str, Any], parts: Mapping[str, str]) -> dict[str, Any]:
    return {
        name: _templates(source, parts) if isinstance(source, Mapping) else _filled(source, parts)
        for name, source in table.items()
    }


def _compiled(file: str, name: str, source: str) -> re.Pattern[str]:
    try:
        return re.compile(source)
    except re.error as error:
        raise LexiconError(f"{file}.toml: {name}: {error}") from error
