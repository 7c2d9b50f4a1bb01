"""Builds the reader from the office's data and the model bundle."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from bot.orders.restricted import EMERGENCY, RESTRICTED
from bot.understanding.categories import read_categories
from bot.understanding.commands import grammar
from bot.understanding.decide.accusation import accusations
from bot.understanding.decide.category import classifier
from bot.understanding.decide.danger.detector import danger_detector
from bot.understanding.decide.danger.model import DangerClassifier
from bot.understanding.decide.duplicates import DuplicateDetector
from bot.understanding.decide.intent import intents
from bot.understanding.decide.place_match import place_match
from bot.understanding.decide.sector import sectors
from bot.understanding.decide.segmentation import segmentation
from bot.understanding.extract.people.person_names import read_names
from bot.understanding.extract.places.gazetteer import read_gazetteer
from bot.understanding.extract.sounds import read_sounds
from bot.understanding.extract.spelling import spelling
from bot.understanding.lexicon import check_rules, read_lexicon
from bot.understanding.models import bundle
from bot.understanding.models.bundle import ModelBundle
from bot.understanding.reader import Reader
from bot.understanding.result import Category
from bot.understanding.topics import topics


@cache
def load(config_dir: Path) -> Reader:
    """Read the office's data, once a process; the reader then touches no file and never changes."""
    return assemble(config_dir, bundle.read(config_dir / "lexicon"))


def assemble(config_dir: Path, learnt: ModelBundle) -> Reader:
    """A reader of the office's data with this model bundle."""
    check_rules()
    lexicon = read_lexicon(config_dir / "lexicon")
    words = tomllib.loads((config_dir / "locale" / "zh_CN" / "words.toml").read_text("utf-8"))
    names = read_names(config_dir / "names.toml")
    sets, sounds = lexicon["sets"], read_sounds(config_dir).alike
    known = read_categories(config_dir / "categories.csv")
    chooser = classifier(lexicon["categories"], sets, learnt.categories)
    mended = spelling(lexicon, sounds)
    danger_classifier = DangerClassifier(learnt.danger, learnt.stacker, learnt.bias, learnt.kinds)
    return Reader(
        categories=known,
        gazetteer=read_gazetteer(config_dir / "gazetteer.toml", sounds),
        names=names,
        accusations=accusations(names),
        grammar=grammar(words),
        classifier=chooser,
        sectors=sectors(lexicon["sectors"], known),
        intents=intents(lexicon["intents"], sets, learnt.intents),
        danger_detector=danger_detector(lexicon, danger_classifier, mended, _of_lane(known, EMERGENCY)),
        spelling=mended,
        segmentation=segmentation(
            lexicon["segmentation"], chooser, _of_lane(known, RESTRICTED), learnt.segment_starts, learnt.segment_bias
        ),
        duplicates=DuplicateDetector(learnt.background, place_match(lexicon["duplicates"])),
        sealed=_of_lane(known, RESTRICTED),
        topics=topics(),
    )


def _of_lane(categories: Mapping[str, Category], lane: str) -> frozenset[str]:
    return frozenset(code for code, category in categories.items() if category.lane == lane)
