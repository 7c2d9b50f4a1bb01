"""The model bundle: every classifier that the reader needs, in one file beside the lexicon. `lexicon learn` builds it."""

import gzip
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from bot.understanding.models.background import Background
from bot.understanding.models.linear import LinearClassifier
from bot.understanding.models.naive_bayes import EMPTY as EMPTY_NAIVE_BAYES
from bot.understanding.models.naive_bayes import NaiveBayes
from bot.understanding.models.packing import packed, unpacked
from config.settings import SettingsError

FILE = "bundle.json.gz"
FORMAT = 3


@dataclass(frozen=True, slots=True)
class ModelBundle:
    """All classifiers; their n-grams stand in one vocabulary."""

    categories: NaiveBayes
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
    background: Background
    """Against which duplicates are found."""


_EMPTY = LinearClassifier()
NOTHING = ModelBundle(EMPTY_NAIVE_BAYES, _EMPTY, {}, 0.0, _EMPTY, _EMPTY, {}, 0.0, Background())


class BundleError(SettingsError):
    """The file is missing, damaged, or of another format. Without it no message is understood, so nothing starts."""


def sources(folder: Path) -> str:
    """A digest of all that the bundle is made from: when it changes, the bundle has to be built anew."""
    files = sorted([*folder.glob("*.toml"), *folder.glob("messages/*.txt")])
    return sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()


def as_bytes(bundle: ModelBundle, folder: Path) -> bytes:
    """One compressed JSON document, with the digest of the lexicon in this folder. Same input, same bytes."""
    document = {
        "format": FORMAT, "sources": sources(folder), "vocabulary": " ".join(bundle.danger.vocabulary),
        "categories": packed(bundle.categories.linear), "danger": packed(bundle.danger), "kinds": packed(bundle.kinds),
        "intents": packed(bundle.intents), "stacker": bundle.stacker, "bias": bundle.bias,
        "segment_starts": bundle.segment_starts, "segment_bias": bundle.segment_bias,
        "background": [bundle.background.counts, bundle.background.size],
    }  # fmt: skip
    return gzip.compress(json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode(), mtime=0)


def read(folder: Path) -> ModelBundle:
    """The bundle of this folder. BundleError where it cannot be read."""
    document = _document(folder)
    vocabulary = {ngram: place for place, ngram in enumerate(document["vocabulary"].split(" "))}
    categories, danger, kinds, intents = (
        unpacked(document[name], vocabulary) for name in ("categories", "danger", "kinds", "intents")
    )
    return ModelBundle(
        NaiveBayes(categories), danger, document["stacker"], document["bias"], kinds, intents,
        document["segment_starts"], document["segment_bias"], Background(*document["background"]),
    )  # fmt: skip


def outdated(folder: Path) -> bool:
    """Whether words or messages have changed since the bundle was built."""
    return str(_document(folder)["sources"]) != sources(folder)


def _document(folder: Path) -> dict[str, Any]:
    try:
        document: dict[str, Any] = json.loads(gzip.decompress((folder / FILE).read_bytes()))
    except (OSError, ValueError, EOFError, zlib.error) as error:
        raise BundleError(f"{folder / FILE}: {error}; put back an older one, then run `lexicon learn`") from error
    if document.get("format") != FORMAT:
        raise BundleError(f"{folder / FILE}: not of format {FORMAT}; put back the one of this version")
    return document
