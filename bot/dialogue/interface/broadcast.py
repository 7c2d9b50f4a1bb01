"""What handlers and the service tell each other about broadcasts that are written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NotReached:
    """Those who would not be reached for one reason: how many, and the names of the first. They are told in the reply when they
    write; muted ones are not."""

    reason: str
    number: int
    names: Sequence[str]


@dataclass(frozen=True, slots=True)
class MassSend:
    """So many people are told by it; for whoever had most of them it is the `turn`-th of the `most` that a person gets in a month."""

    people: int
    turn: int
    most: int


@dataclass(frozen=True, slots=True)
class Preview:
    """`people`: recipients. `ways`: how many are reached by each channel. `mass`: None where it needs none. `sms_text`, `sms_items`: exactly what a telephone shows; empty
    and 0 where short messages are off."""

    people: int
    ways: Mapping[str, int]
    not_reached: Sequence[NotReached]
    sms_text: str
    sms_items: int
    approvals_needed: int
    mass: MassSend | None = None


@dataclass(frozen=True, slots=True)
class TextTemplate:
    """A text of the office to write from. `lacking`: what staff fill in, each with a word of help."""

    key: str
    name: str
    version: int
    kind: str
    title: str
    body: str
    lacking: Sequence[tuple[str, str]]
