"""Messages about the same event are found among others, quickly, and another building is another matter."""

import itertools
import time

import pytest

from bot.understanding.lexicon import read_lexicon
from bot.understanding.sameness import Message, Sameness, sameness
from tests.understanding.conftest import CONFIG
from tests.understanding.test_reader import messages

BURST = [
    ("紫薇路水管爆了", "紫薇路靠近学校那一段水管爆了，水喷得老高，车都过不去"),
    ("水管爆裂", "学校旁边紫薇路的自来水管子爆了，路上全是水"),
    ("", "紫薇路那边水管子爆了快来人，水都淹到店里了"),
]
BARKING = [("狗叫扰民", "龙山小区7栋三楼养了两条大狼狗，整天乱吠"), ("", "龙山7栋那户的狼狗又叫了一夜，吵得睡不着")]


@pytest.fixture(scope="module")
def compare() -> Sameness:
    examples = read_lexicon(CONFIG / "lexicon")["categories"]["examples"]
    return sameness(itertools.chain.from_iterable(examples.values()))


def said(rows: list[tuple[str, str]]) -> list[Message]:
    return [Message(title, text) for title, text in rows]


def test_a_message_is_most_like_those_about_its_own_event(compare: Sameness) -> None:
    others = [("", text) for _, text in messages("held_back.txt")]
    pairs = compare.pairs(said(BURST + BARKING + others))
    for at, event in ((0, {1, 2}), (1, {0, 2}), (2, {0, 1}), (3, {4}), (4, {3})):
        first, second, _ = next(pair for pair in pairs if at in pair[:2])
        assert ({first, second} - {at}) <= event


def test_pairs_come_best_first_and_each_once(compare: Sameness) -> None:
    pairs = compare.pairs(said(BURST + BARKING))
    assert [score for *_, score in pairs] == sorted((score for *_, score in pairs), reverse=True)
    assert all(first < second for first, second, _ in pairs)
    assert len({pair[:2] for pair in pairs}) == len(pairs)


def test_a_message_is_fully_like_itself(compare: Sameness) -> None:
    for message in said(BURST):
        assert compare.likeness(message, message) == pytest.approx(1)


def test_likeness_does_not_depend_on_the_order(compare: Sameness) -> None:
    one, other, _ = said(BURST)
    assert compare.likeness(one, other) == pytest.approx(compare.likeness(other, one))


def test_another_building_is_another_matter(compare: Sameness) -> None:
    here, again, elsewhere = (Message("", text) for text in ("3栋电梯坏了", "三号楼电梯又坏了", "5栋电梯坏了"))
    assert compare.likeness(here, again) > compare.likeness(here, elsewhere)


def test_unlike_messages_are_not_offered(compare: Sameness) -> None:
    assert compare.pairs(said([("", "楼道灯坏了"), ("", "想学用手机"), ("", "医保在哪交")])) == []


def test_nothing_is_compared_without_error(compare: Sameness) -> None:
    assert compare.pairs([]) == []
    assert compare.pairs(said([("", ""), ("", "？")])) == []


def test_two_thousand_messages_take_seconds(compare: Sameness) -> None:
    texts = [text for name in ("messages.txt", "held_back.txt") for _, text in messages(name)]
    many = [Message("", f"{one}。{other}") for one, other in itertools.islice(itertools.combinations(texts, 2), 2000)]
    started = time.perf_counter()
    compare.pairs(many)
    assert time.perf_counter() - started < 20
