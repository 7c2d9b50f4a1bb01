"""What the reader learnt from whole messages, and the file it lies in; `practice` makes it."""

import base64
import json
import struct
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from bot.understanding.models.linear import Machine, space
from bot.understanding.models.naive_bayes import NOTHING as ALIKE_TO_NOTHING
from bot.understanding.models.naive_bayes import Likeness
from config.settings import SettingsError

FILE = "experience.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Experience:
    """Everything learnt."""

    categories: Likeness
    danger: Machine
    judge: Mapping[str, float]
    """Weighs what the machine of danger says against the lexicon's findings."""
    bias: float
    kinds: Machine
    """Of danger."""
    purposes: Machine
    """Intents of residents."""
    cuts: Mapping[str, float]
    """Tell whether a further request begins where a message may be cut."""
    cuts_bias: float


_UNTAUGHT = Machine(space({}), {}, {}, {})
NOTHING = Experience(ALIKE_TO_NOTHING, _UNTAUGHT, {}, 0.0, _UNTAUGHT, _UNTAUGHT, {}, 0.0)


def sources(folder: Path) -> str:
    """A digest of all that experience is made from: when it changes, something new can be learnt."""
    files = sorted([*folder.glob("*.toml"), *folder.glob("messages/*.txt")])
    return sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()


class ExperienceError(SettingsError):
    """The file is missing, damaged, or of another format: without it nobody would be understood, so nothing starts."""


def as_bytes(experience: Experience, folder: Path) -> bytes:
    """One JSON document, with the digest of the lexicon of this folder."""
    document = {
        "format": FORMAT, "sources": sources(folder), "categories": _like(experience.categories),
        "danger": _machine(experience.danger), "judge": experience.judge, "bias": experience.bias,
        "kinds": _machine(experience.kinds), "purposes": _machine(experience.purposes), "cuts": experience.cuts, "cuts_bias": experience.cuts_bias,
    }  # fmt: skip
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def read(folder: Path) -> Experience:
    """What stands in the file beside the lexicon. ExperienceError where it cannot be read."""
    document = _document(folder)
    return Experience(
        _read_like(document["categories"]),
        _read_machine(document["danger"]),
        document["judge"],
        document["bias"],
        _read_machine(document["kinds"]),
        _read_machine(document["purposes"]),
        document["cuts"],
        document["cuts_bias"],
    )


def outdated(folder: Path) -> bool:
    """Whether words or messages there have changed since they were learnt from."""
    return str(_document(folder)["sources"]) != sources(folder)


def _document(folder: Path) -> dict[str, Any]:
    try:
        document: dict[str, Any] = json.loads((folder / FILE).read_bytes())
    except (OSError, ValueError) as error:
        raise ExperienceError(f"{folder / FILE}: {error}; put back an older one, then run `lexicon learn`") from error
    if document.get("format") != FORMAT:
        raise ExperienceError(f"{folder / FILE}: not of format {FORMAT}; put back the one of this version")
    return document


def _machine(machine: Machine) -> dict[str, Any]:
    worth = machine.space.worth[1:]
    return {
        "signs": " ".join(machine.space.places), "worth": _packed(worth), "findings": machine.findings, "before": machine.before,
        "weights": {label: _packed(weights) for label, weights in machine.weights.items()},
    }  # fmt: skip


def _read_machine(table: Mapping[str, Any]) -> Machine:
    worth = zip(table["signs"].split(" "), _unpacked(table["worth"]), strict=True)
    weights = {label: _unpacked(packed) for label, packed in table["weights"].items()}
    return Machine(space(dict(worth)), weights, table["findings"], table["before"])


def _like(like: Likeness) -> dict[str, Any]:
    """The labels, and for each pair of signs for how many of them it speaks, for which, and how much."""
    found = like.weights.values()
    return {
        "labels": like.labels, "pairs": " ".join(like.weights), "sizes": _bytes(bytes(len(places) for places, _ in found)),
        "places": _bytes(b"".join(places for places, _ in found)), "weights": _packed([each for _, said in found for each in said]),
    }  # fmt: skip


def _read_like(table: Mapping[str, Any]) -> Likeness:
    places, weights = base64.b64decode(table["places"]), _unpacked(table["weights"])
    spans = pairwise(accumulate(base64.b64decode(table["sizes"]), initial=0))
    found = [(places[start:end], weights[start:end]) for start, end in spans]
    return Likeness(table["labels"], dict(zip(table["pairs"].split(" "), found, strict=True)))


def _packed(numbers: Sequence[float]) -> str:
    """Three decimal digits are enough: two bytes a number."""
    return _bytes(struct.pack(f"<{len(numbers)}e", *numbers))


def _unpacked(packed: str) -> Sequence[float]:
    content = base64.b64decode(packed)
    return array("f", struct.unpack(f"<{len(content) // 2}e", content))


def _bytes(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
