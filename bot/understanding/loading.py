"""Builds the reader from the office's data and the model bundle."""

import tomllib
from functools import cache
from pathlib import Path

from bot.orders.restricted import EMERGENCY, RESTRICTED
from bot.understanding.categories import of_lane, read_categories
from bot.understanding.commands import Grammar
from bot.understanding.decide.accusation import Accusations
from bot.understanding.decide.category import Classifier
from bot.understanding.decide.chooser import Chooser
from bot.understanding.decide.danger.detector import DangerClassifier, DangerDetector
from bot.understanding.decide.duplicates import DuplicateDetector
from bot.understanding.decide.intent import Intents
from bot.understanding.decide.sector import Sectors
from bot.understanding.decide.segmentation import Segmentation
from bot.understanding.extract.people.person_names import read_names
from bot.understanding.extract.places.gazetteer import read_gazetteer
from bot.understanding.extract.sounds import Spelling, read_sounds
from bot.understanding.lexicon import read_all_rules, read_lexicon
from bot.understanding.models import bundle
from bot.understanding.models.bundle import ModelBundle
from bot.understanding.reader import Reader
from bot.understanding.topics import Topics


@cache
def load(config_dir: Path) -> Reader:
    """Read the office's data, once a process; the reader then touches no file and never changes."""
    return assemble(config_dir, bundle.read(config_dir / "lexicon"))


def assemble(config_dir: Path, learnt: ModelBundle) -> Reader:
    """A reader of the office's data with this model bundle."""
    read_all_rules()
    lexicon = read_lexicon(config_dir / "lexicon")
    names, sounds = read_names(config_dir / "names.toml"), read_sounds(config_dir)
    categories = read_categories(config_dir / "categories.csv")
    sealed, emergencies = of_lane(categories, RESTRICTED), of_lane(categories, EMERGENCY)
    gazetteer = read_gazetteer(config_dir / "gazetteer.toml", sounds)
    classifier = Classifier(lexicon["categories"], lexicon["sets"], learnt.categories, gazetteer.known)
    spelling = Spelling(lexicon, sounds)
    danger = DangerClassifier(learnt.danger, learnt.stacker, learnt.bias, learnt.kinds)
    return Reader(
        categories=categories,
        gazetteer=gazetteer,
        names=names,
        accusations=Accusations(names),
        grammar=Grammar(tomllib.loads((config_dir / "locale" / "zh_CN" / "words.toml").read_text("utf-8"))),
        chooser=Chooser(classifier, Sectors(lexicon["sectors"], categories), spelling, emergencies),
        intents=Intents(lexicon["intents"], lexicon["sets"], learnt.intents),
        danger_detector=DangerDetector(lexicon, danger, spelling, emergencies),
        segmentation=Segmentation(
            lexicon["segmentation"], classifier, sealed, learnt.segment_starts, learnt.segment_bias
        ),
        duplicates=DuplicateDetector(lexicon["duplicates"], learnt.background, learnt.sentences),
        sealed=sealed,
        topics=Topics(),
    )
