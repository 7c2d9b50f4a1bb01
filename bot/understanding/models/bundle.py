"""The model bundle: every classifier that the reader needs, in one file beside the lexicon. `lexicon learn` builds it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from bot.understanding.models.linear import LinearClassifier
from bot.understanding.models.packing import opened, packed, unpacked
from config.settings import SettingsError

FILE = "bundle.gz"
FORMAT = 6
_PLAIN = ("stacker", "bias", "segment_starts", "segment_bias", "background", "sentences")
_CLASSIFIERS = ("categories", "danger", "kinds", "intents")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class ModelBundle:
    """All classifiers; their n-grams stand in one vocabulary."""

    categories: LinearClassifier
    """Of naive Bayes: see `LinearClassifier.similarity`."""
    danger: LinearClassifier
    stacker: Mapping[str, float]
    """Weights of the margin of `danger` and of the lexicon's findings: log odds of danger."""
    bias: float
    kinds: LinearClassifier
    """Kinds of danger."""
    intents: LinearClassifier
    """Intents of residents."""
    segment_starts: Mapping[str, float]
    """Weights of what stands where a message may be cut: log odds that a further request begins there."""
    segment_bias: float
    background: Mapping[str, int]
    """In how many everyday sentences each n-gram stands: what stands in many is no evidence that two messages are alike."""
    sentences: int
    """How many sentences these are."""


_EMPTY = LinearClassifier()
NOTHING = ModelBundle(_EMPTY, _EMPTY, {}, 0.0, _EMPTY, _EMPTY, {}, 0.0, {}, 0)


class BundleError(SettingsError):
    """The file is missing, damaged, or of another format. Without it no message is understood, so nothing starts."""


def sources(folder: Path) -> str:
    """A digest of all that the bundle is made from: when it changes, the bundle has to be built anew."""
    files = sorted([*folder.glob("*.toml"), *folder.glob("messages/*.txt")])
    return sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()


def as_bytes(bundle: ModelBundle, folder: Path) -> bytes:
    """The file, with the digest of the lexicon in this folder. Same input, same bytes."""
    head = {"format": FORMAT, "sources": sources(folder)} | {name: getattr(bundle, name) for name in _PLAIN}
    return packed(head, {name: getattr(bundle, name) for name in _CLASSIFIERS})


def read(folder: Path) -> ModelBundle:
    """The bundle of this folder. BundleError where it cannot be read."""
    head, classifiers = _of_file(folder, unpacked)
    parts: dict[str, Any] = {name: head[name] for name in _PLAIN} | classifiers
    return ModelBundle(**parts)


def outdated(folder: Path) -> bool:
    """Whether words or messages have changed since the bundle was built."""
    return str(_of_file(folder, opened)[0]["sources"]) != sources(folder)


def _of_file(folder: Path, read_bytes: Callable[[bytes, int], _T]) -> _T:
    try:
        return read_bytes((folder / FILE).read_bytes(), FORMAT)
    except (OSError, ValueError) as error:
        raise BundleError(
            f"{folder / FILE}: {error}; put back the one of this version, then run `lexicon learn`"
        ) from error
