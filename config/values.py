"""Settings as fields of a dataclass, each with the function that reads its text; a library for it costs every process 9 MB."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field, field, fields
from typing import Any, TypeVar

T = TypeVar("T")
READ = "read"
MISSED = "is required and missing"


def setting(read: Callable[[str], T], default: Any = MISSING, factory: Any = MISSING) -> Any:
    """A field of settings. `read` turns text into the value and raises ValueError with the reason. Without `default` and
    `factory` the setting is required."""
    return field(default=default, default_factory=factory, metadata={READ: read})


def is_required(of: Field[Any]) -> bool:
    """Whether a setting has no default."""
    return of.default is MISSING and of.default_factory is MISSING


def read_values(kind: type[Any], texts: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    """The values of these texts for the fields of a dataclass by name, and one sentence for each that is wrong or missing."""
    values, wrong = dict[str, Any](), list[str]()
    for each in fields(kind):
        if each.name not in texts:
            if is_required(each):
                wrong.append(f"{each.name.upper()}: {MISSED}")
            continue
        try:
            values[each.name] = each.metadata[READ](texts[each.name])
        except ValueError as error:
            wrong.append(f"{each.name.upper()}: {error}")
    return values, wrong


def text(shortest: int = 0) -> Callable[[str], str]:
    """Reads text of so many characters at least."""

    def read(value: str) -> str:
        if len(value) < shortest:
            raise ValueError(f"must have {shortest} characters or more")
        return value

    return read


def matching(pattern: str, reason: str) -> Callable[[str], str]:
    """Reads nothing, or what matches wholly."""

    def read(value: str) -> str:
        if value and not re.fullmatch(pattern, value):
            raise ValueError(reason)
        return value

    return read


def number(least: int, most: int | None = None) -> Callable[[str], int]:
    """Reads a whole number from `least` to `most`."""
    limits = f"from {least} to {most}" if most is not None else f"of {least} or more"

    def read(value: str) -> int:
        found = re.fullmatch(r"\s*(\d{1,18})\s*", value, re.ASCII)
        if not found or not least <= int(found[1]) <= (int(found[1]) if most is None else most):
            raise ValueError(f"must be a whole number {limits}")
        return int(found[1])

    return read


def one_of(*names: str) -> Callable[[str], str]:
    """Reads one of these words."""

    def read(value: str) -> str:
        if value not in names:
            raise ValueError(f"must be {' or '.join(name for name in names if name)}")
        return value

    return read


def listed(value: str) -> Iterable[str]:
    """What stands between commas."""
    return (part.strip() for part in value.split(",") if part.strip())
