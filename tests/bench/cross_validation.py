"""Cross-validation by author: each file of messages by a reader that learnt from all others. `python -m tests.bench.cross_validation`"""

from collections import Counter
from multiprocessing import Pool

from bot.training import pipeline
from bot.training.corpus import NONE, UNSAID, Message, read_messages
from bot.understanding.categories import read_categories
from bot.understanding.loading import assemble
from config.settings import CONFIG_DIR

BOUNDS = (-1.5, -1.0, -0.5, 0.0, 0.5, 1.0)
"""Certainties from which a message might alarm."""
Tally = Counter[str]


def main() -> None:
    """Print the shares read right, by file and of all."""
    messages = _messages()
    sources = sorted({message.source for message in messages} - pipeline.TUNED)
    whole: Tally = Counter()
    with Pool(2) as pool:
        for source, seen in pool.imap(_measured, sources):
            print(f"{source}: {_told(seen)}", flush=True)
            whole += seen
    print(f"all: {_told(whole)}")
    for bound in BOUNDS:
        print(f"alarming from {bound}: danger heard {_share(whole, f'deadly {bound}', 'deadly')}, "
              f"harmless alarmed {_share(whole, f'harmless {bound}', 'harmless')}, "
              f"of these everyday ones {_share(whole, f'everyday {bound}', 'everyday')}")  # fmt: skip


def _measured(source: str) -> tuple[str, Tally]:
    messages = _messages()
    learnt = pipeline.learn(CONFIG_DIR, [message for message in messages if message.source != source])
    reader = assemble(CONFIG_DIR, learnt)
    seen: Tally = Counter()
    for message in messages:
        if message.source == source:
            read, certainty = (
                reader.understand(message.text),
                reader.danger_detector.classifier.certainty(reader.see(message.text)),
            )
            kinds = _kinds(message)
            seen.update(kinds)
            seen.update(f"{kind} {bound}" for kind in kinds for bound in BOUNDS if certainty >= bound)
            seen.update(f"{kind} alarmed" for kind in kinds if read.urgency == "U0")
            if not message.deadly and message.intent != UNSAID:
                seen.update(["intents", *(["intent right"] if read.intent == message.intent else [])])
            if message.category not in (NONE, UNSAID):
                seen.update(["categories", *(["category right"] if read.category == message.category else [])])
    return source, seen


def _messages() -> list[Message]:
    return read_messages(CONFIG_DIR / "lexicon" / "messages", read_categories(CONFIG_DIR / "categories.csv"))


def _kinds(message: Message) -> list[str]:
    if message.deadly:
        return ["deadly"]
    if message.danger != NONE:
        return []
    return ["harmless", "trap" if message.intent == UNSAID else "everyday"]


def _told(seen: Tally) -> str:
    shares = {"danger heard": ("deadly alarmed", "deadly"), "traps alarmed": ("trap alarmed", "trap"),
              "everyday alarmed": ("everyday alarmed", "everyday"), "intent": ("intent right", "intents"),
              "category": ("category right", "categories")}  # fmt: skip
    return ", ".join(f"{name} {_share(seen, part, of)}" for name, (part, of) in shares.items())


def _share(seen: Tally, part: str, of: str) -> str:
    return f"{seen[part] / seen[of]:.3f}" if seen[of] else "-"


if __name__ == "__main__":
    main()
