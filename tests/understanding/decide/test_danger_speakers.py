"""Who speaks of a danger and which kind it is; what only sounds so alarms nobody."""

from collections import Counter

import pytest

from bot.texts import load as load_texts
from bot.understanding import Reader
from bot.understanding.lexicon import read_lexicon
from tests.understanding.conftest import CONFIG, TABLES

ROLES = ("self", "relative", "bystander")


def rows() -> list[tuple[str, str]]:
    """(level kind role, message) of each line."""
    lines = (TABLES / "danger_speakers.txt").read_text("utf-8").splitlines()
    return [(said.strip(), text) for said, _, text in (line.partition(" | ") for line in lines if line[:1] == "U")]


@pytest.mark.parametrize(("wanted", "text"), rows(), ids=[text for _, text in rows()])
def test_the_level_the_kind_and_who_speaks_are_read(reader: Reader, wanted: str, text: str) -> None:
    read = reader.understand(text)
    level = read.urgency if read.urgency in ("U0", "U1") else "U3"
    kind = read.danger or (read.soon if wanted.startswith("U1") else None)
    assert f"{level} {kind or '-'} {read.danger_role or '-'}" == wanted


def test_each_new_kind_has_ten_wordings() -> None:
    told = Counter(wanted for wanted, _ in rows())
    for wanted in ("U0 suicide bystander", "U0 missing self", "U1 unseen -", "U1 distress -"):
        assert told[wanted] >= 10, wanted
    assert sum(number for wanted, number in told.items() if "locked_in" in wanted) >= 10
    assert told["U3 - -"] >= 60


def test_near_misses_held_back_hardly_ever_alarm(reader: Reader) -> None:
    lines = (TABLES / "near_misses_held_back.txt").read_text("utf-8").splitlines()
    texts = [line for line in lines if line and not line.startswith("#")]
    learnt = (CONFIG / "lexicon" / "messages" / "near_misses.txt").read_text("utf-8")
    assert [text for text in texts if f"| {text}\n" in learnt] == []
    assert sum(reader.understand(text).urgency == "U0" for text in texts) / len(texts) <= 0.02


def test_hunger_and_a_neighbour_not_seen_are_requests_of_their_category(reader: Reader) -> None:
    for text, category in (("冰箱空了三天没吃东西了", "1002"), ("对门张大爷两天没开门了", "1004")):
        read = reader.understand(text)
        assert (read.intent, read.category, read.urgency, read.danger) == ("request", category, "U1", None)


def test_every_case_has_its_first_aid_and_its_name() -> None:
    texts, lexicon = load_texts(CONFIG), read_lexicon(CONFIG / "lexicon")
    cases = {row["name"] for row in lexicon["danger_case"]}
    assert [name for name in cases if not (texts.has(f"danger.{name}") and texts.has(f"danger_name.{name}"))] == []
    assert {row["role"] for row in lexicon["danger_role"]} == set(ROLES)
    known = {*cases, *(name for name, row in lexicon["danger"].items() if row["level"] == "U0")}
    for role in ROLES:
        assert set(texts.sentences[f"danger_{role}"]) <= known


def test_everything_that_endangers_soon_has_a_sentence() -> None:
    texts, lexicon = load_texts(CONFIG), read_lexicon(CONFIG / "lexicon")
    soon = [name for name, row in lexicon["danger"].items() if row["level"] == "U1"]
    assert [name for name in soon if not texts.has(f"soon.{name}")] == []
