"""What whole messages teach: the file in the repository is of these words, small lessons teach, bad lines are named."""

import gzip
import os
import shutil
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Iterable
from pathlib import Path

import pytest

from bot.training import pipeline
from bot.training.corpus import BadMessage, Message, read_messages
from bot.understanding import Reader
from bot.understanding.decide.danger.detector import DANGER
from bot.understanding.loading import assemble
from bot.understanding.models import bundle
from config.settings import SettingsError
from tests.understanding.conftest import CONFIG

LEXICON = CONFIG / "lexicon"


def few(messages: Iterable[Message]) -> list[Message]:
    """Every eighth message: enough to learn something from."""
    return list(messages)[::8]


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(CONFIG, tmp_path_factory.mktemp("office") / "config")


@pytest.fixture(scope="module")
def training_rows(reader: Reader) -> list[Message]:
    return few(read_messages(LEXICON / "messages", reader.categories))


@pytest.fixture(scope="module")
def learnt(training_rows: list[Message]) -> bundle.ModelBundle:
    return pipeline.learn(CONFIG, training_rows)


def test_the_bundle_in_the_repository_is_of_the_words_and_messages_beside_it() -> None:
    assert not bundle.outdated(LEXICON), "run `flask --app bot.app lexicon learn`"


def test_a_changed_word_or_message_makes_it_outdated(copied: Path) -> None:
    lexicon = copied / "lexicon"
    assert not bundle.outdated(lexicon)
    with (lexicon / "messages" / "taught.txt").open("a", encoding="utf-8") as file:
        file.write("- request 0203 | 楼道灯坏了\n")
    assert bundle.outdated(lexicon)


def test_even_an_eighth_of_the_messages_teaches(learnt: bundle.ModelBundle) -> None:
    reader = assemble(CONFIG, learnt)
    assert reader.understand("我家着火了快来人").urgency == "U0"
    assert reader.understand("消防演习几点开始").urgency == "U3"
    assert reader.understand("我报的那个事办得咋样了").intent == "progress"
    assert reader.understand("不用来了，灯自己好了").intent == "withdraw"
    assert reader.understand("楼道灯坏了，另外想问下医保在哪里交").request_count == 2


def test_what_was_learnt_reads_the_same_from_its_file(
    learnt: bundle.ModelBundle, training_rows: list[Message], copied: Path
) -> None:
    (copied / "lexicon" / bundle.FILE).write_bytes(bundle.as_bytes(learnt, copied / "lexicon"))
    before, after = assemble(CONFIG, learnt), assemble(CONFIG, bundle.read(copied / "lexicon"))
    texts = [message.text for message in training_rows[::3]]
    alike = [
        (one.intent, one.urgency, one.category, one.parts) == (other.intent, other.urgency, other.category, other.parts)
        for one, other in ((before.understand(text), after.understand(text)) for text in texts)
    ]
    assert sum(alike) / len(alike) >= 0.99  # the IDF is kept with three digits


BUILD = """
import sys
from bot.training import pipeline
from bot.training.corpus import read_messages
from bot.understanding.categories import read_categories
from bot.understanding.models import bundle
from config.settings import CONFIG_DIR
lexicon = CONFIG_DIR / "lexicon"
messages = read_messages(lexicon / "messages", read_categories(CONFIG_DIR / "categories.csv"))[::20]
sys.stdout.buffer.write(bundle.as_bytes(pipeline.learn(CONFIG_DIR, messages), lexicon))
"""


def test_the_same_messages_give_the_same_bytes_whatever_the_order_in_sets() -> None:
    """Two processes at once; the order in a set of texts follows PYTHONHASHSEED."""
    building = [
        subprocess.Popen([sys.executable, "-c", BUILD], env=os.environ | {"PYTHONHASHSEED": seed}, cwd=CONFIG.parent, stdout=subprocess.PIPE)
        for seed in ("1", "2")
    ]  # fmt: skip
    one, other = (process.communicate(timeout=300)[0] for process in building)
    assert [process.returncode for process in building] == [0, 0]
    assert len(one) > 100_000
    assert one == other


def test_the_bundle_in_the_repository_is_small_and_quickly_read() -> None:
    """At most 1.5 MB in the repository, 25 MB in memory, and a fraction of a second to load."""
    assert (LEXICON / bundle.FILE).stat().st_size <= 1_500_000
    tracemalloc.start()
    try:
        loaded = bundle.read(LEXICON)
        size, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert loaded.danger.labels == (DANGER,)
    assert size <= 25_000_000
    started = time.process_time()
    bundle.read(LEXICON)
    assert time.process_time() - started <= 0.3  # 0.15 on a machine that does nothing else


@pytest.mark.parametrize(
    "content", [None, b"", b"<<<<<<< HEAD\n{}", b"\x1f\x8b\x08damaged", gzip.compress(b'{"format":0}', mtime=0)]
)
def test_a_damaged_file_stops_the_start_with_one_line(copied: Path, content: bytes | None) -> None:
    file = copied / "lexicon" / bundle.FILE
    file.unlink(missing_ok=True)
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SettingsError) as refused:
        bundle.read(copied / "lexicon")
    assert str(file) in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "line", ["- request | 灯坏了", "- request 9999 | 灯坏了", "- request 0203", "- request 0203 |  "]
)
def test_a_line_that_is_no_message_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "mine.txt").write_text(f"# mine\n- request 0203 | 灯坏了\n{line}\n", "utf-8")
    with pytest.raises(BadMessage) as bad:
        read_messages(tmp_path, ["0203"])
    assert (bad.value.path.name, bad.value.row) == ("mine.txt", 3)


def test_a_bar_marks_where_a_further_request_begins(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("- request 0603 | 路灯灭了，|顺便锯树|还有井盖响\\n急\n", "utf-8")
    (message,) = read_messages(tmp_path, ["0603"])
    assert message.text == "路灯灭了，顺便锯树还有井盖响\n急"
    assert [message.text[start:] for start in message.begins] == ["顺便锯树还有井盖响\n急", "还有井盖响\n急"]
    assert message.source == "mine"
