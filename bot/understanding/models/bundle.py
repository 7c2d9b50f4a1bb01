"""The model bundle: every classifier that the reader needs, in one file beside the lexicon. `lexicon learn` builds it."""

import gzip
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from bot.understanding.models.background import Background
from bot.understanding.models.linear import LinearClassifier, Vocabulary
from bot.understanding.models.naive_bayes import EMPTY as EMPTY_NAIVE_BAYES
from bot.understanding.models.naive_bayes import NaiveBayes
from bot.understanding.models.packing import ARRAYS, packed, unpacked
from config.settings import SettingsError

FILE = "bundle.gz"
FORMAT = 4
CLASSIFIERS = ("categories", "danger", "kinds", "intents")


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
    """A line of JSON with the digest of the lexicon in this folder, then the bytes of the arrays whose lengths it tells;
    compressed. Same input, same bytes."""
    classifiers = (bundle.categories.linear, bundle.danger, bundle.kinds, bundle.intents)
    tables = dict(zip(CLASSIFIERS, map(packed, classifiers), strict=True))
    vocabulary = " ".join(bundle.danger.vocabulary).encode()
    arrays = [vocabulary, *(table[name] for table in tables.values() for name in ARRAYS)]
    for table in tables.values():
        table.update({name: len(table[name]) for name in ARRAYS})
    head = {
        "format": FORMAT, "sources": sources(folder), "vocabulary": len(vocabulary), "stacker": bundle.stacker,
        "bias": bundle.bias, "segment_starts": bundle.segment_starts, "segment_bias": bundle.segment_bias,
        "background": [bundle.background.counts, bundle.background.size], **tables,
    }  # fmt: skip
    line = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
    return gzip.compress(b"".join([line, b"\n", *arrays]), mtime=0)


def read(folder: Path) -> ModelBundle:
    """The bundle of this folder. BundleError where it cannot be read."""
    head, content = _opened(folder)
    ngrams = content.read(head["vocabulary"]).decode().split(" ")
    vocabulary = Vocabulary(zip(ngrams, range(len(ngrams)), strict=True))
    categories, danger, kinds, intents = (
        unpacked({**head[name], **{part: content.read(head[name][part]) for part in ARRAYS}}, vocabulary)
        for name in CLASSIFIERS
    )
    return ModelBundle(
        NaiveBayes(categories), danger, head["stacker"], head["bias"], kinds, intents,
        head["segment_starts"], head["segment_bias"], Background(*head["background"]),
    )  # fmt: skip


def outdated(folder: Path) -> bool:
    """Whether words or messages have changed since the bundle was built."""
    return str(_opened(folder)[0]["sources"]) != sources(folder)


def _opened(folder: Path) -> tuple[dict[str, Any], BytesIO]:
    """The first line, and what follows it."""
    try:
        content = BytesIO(gzip.decompress((folder / FILE).read_bytes()))
        head: dict[str, Any] = json.loads(content.readline())
    except (OSError, ValueError, EOFError, zlib.error) as error:
        raise BundleError(f"{folder / FILE}: {error}; put back an older one, then run `lexicon learn`") from error
    if head.get("format") != FORMAT:
        raise BundleError(f"{folder / FILE}: not of format {FORMAT}; put back the one of this version")
    return head, content
