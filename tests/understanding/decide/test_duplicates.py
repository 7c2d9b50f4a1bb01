"""Messages about the same event are found among others, quickly, and another building is another matter."""

import itertools
import time

import pytest

from bot.understanding import Place, Reader, Understanding
from bot.understanding.categories import UNKNOWN
from bot.understanding.decide.duplicates import (
    ALIKE,
    DuplicateDetector,
    Message,
    likely_same,
    same_matter,
    similarity,
)
from tests.understanding.conftest import TABLES
from tests.understanding.test_reader import learnt, messages

BURST = [
    ("紫薇路水管爆了", "紫薇路靠近学校那一段水管爆了，水喷得老高，车都过不去"),
    ("水管爆裂", "学校旁边紫薇路的自来水管子爆了，路上全是水"),
    ("", "紫薇路那边水管子爆了快来人，水都淹到店里了"),
]
BARKING = [("狗叫扰民", "龙山小区7栋三楼养了两条大狼狗，整天乱吠"), ("", "龙山7栋那户的狼狗又叫了一夜，吵得睡不着")]


def alike(office: DuplicateDetector, one: Message, other: Message) -> float:
    """How alike their words are."""
    first, second = (office.features(f"{each.title} {each.text}", "", UNKNOWN, Place()).words for each in (one, other))
    return similarity(first, second)


def about_the_same(office: DuplicateDetector, one: Understanding, other: Understanding) -> float:
    """How likely these are about one matter."""
    first, second = (office.features(each.text, each.folded, each.category, each.place) for each in (one, other))
    return same_matter(first, second)


def said(rows: list[tuple[str, str]]) -> list[Message]:
    return [Message(title, text) for title, text in rows]


def test_a_message_is_most_like_those_about_its_own_event(office: DuplicateDetector) -> None:
    others = [("", text) for _, text in messages("held_back.txt")]
    pairs = office.pairs(said(BURST + BARKING + others))
    for at, event in ((0, {1, 2}), (1, {0, 2}), (2, {0, 1}), (3, {4}), (4, {3})):
        first, second, _ = next(pair for pair in pairs if at in pair[:2])
        assert ({first, second} - {at}) <= event


def test_pairs_come_best_first_and_each_once(office: DuplicateDetector) -> None:
    pairs = office.pairs(said(BURST + BARKING))
    assert [score for *_, score in pairs] == sorted((score for *_, score in pairs), reverse=True)
    assert all(first < second for first, second, _ in pairs)
    assert len({pair[:2] for pair in pairs}) == len(pairs)


def test_a_message_is_fully_like_itself(office: DuplicateDetector) -> None:
    for message in said(BURST):
        assert alike(office, message, message) == pytest.approx(1)


def test_similarity_does_not_depend_on_the_order(office: DuplicateDetector) -> None:
    one, other, _ = said(BURST)
    assert alike(office, one, other) == pytest.approx(alike(office, other, one))


def test_another_building_is_another_matter(office: DuplicateDetector) -> None:
    here, again, elsewhere = (Message("", text) for text in ("3栋电梯坏了", "三号楼电梯又坏了", "5栋电梯坏了"))
    assert alike(office, here, again) > alike(office, here, elsewhere)


def test_unlike_messages_are_not_offered(office: DuplicateDetector) -> None:
    assert office.pairs(said([("", "楼道灯坏了"), ("", "想学用手机"), ("", "医保在哪交")])) == []


def test_nothing_is_compared_without_error(office: DuplicateDetector) -> None:
    assert office.pairs([]) == []
    assert office.pairs(said([("", ""), ("", "？")])) == []


def test_two_thousand_messages_take_seconds(office: DuplicateDetector) -> None:
    texts = [text for _, text in (*learnt("requests"), *messages("held_back.txt"))]
    many = [Message("", f"{one}。{other}") for one, other in itertools.islice(itertools.combinations(texts, 2), 2000)]
    started = time.perf_counter()
    office.pairs(many)
    assert time.perf_counter() - started < 20


@pytest.fixture(scope="module")
def office(reader: Reader) -> DuplicateDetector:
    return reader.duplicates


def matters() -> list[list[list[str]]]:
    """Paragraphs of matters of several people's words."""
    text = (TABLES / "matters.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    groups = [list(rows) for filled, rows in itertools.groupby(lines, bool) if filled]
    return [[row.split("|") for row in group] for group in groups]


def scored(office: DuplicateDetector, reader: Reader) -> list[tuple[float, bool]]:
    """Every two messages of a paragraph: how likely they are about one matter, and whether they are."""
    found = []
    for group in matters():
        said = [(at, reader.understand(text)) for at, row in enumerate(group) for text in row]
        found += [
            (about_the_same(office, one, other), first == second)
            for (first, one), (second, other) in itertools.combinations(said, 2)
        ]
    return found


def test_what_is_offered_as_the_same_matter_mostly_is(office: DuplicateDetector, reader: Reader) -> None:
    pairs = scored(office, reader)
    offered = [same for score, same in pairs if score >= ALIKE]
    assert sum(same for _, same in pairs) >= 160
    assert sum(offered) / len(offered) >= 0.94
    assert sum(offered) / sum(same for _, same in pairs) >= 0.7


def test_words_are_left_out_only_where_they_could_not_make_it_the_same_matter(
    office: DuplicateDetector, reader: Reader
) -> None:
    read = [reader.understand(text) for _, text in messages("held_back.txt")[:60]]
    known = [office.features(each.text, each.folded, each.category, each.place) for each in read]
    for one, other in itertools.product(known, repeat=2):
        whole, quick = same_matter(one, other), likely_same(one, other)
        assert quick == whole or (quick == 0 and whole < ALIKE)


def test_whether_it_is_the_same_matter_does_not_depend_on_the_order(office: DuplicateDetector, reader: Reader) -> None:
    one, other = reader.understand("3号楼电梯坏了"), reader.understand("金色春天三栋的电梯又停了老人下不来")
    assert about_the_same(office, one, other) == pytest.approx(about_the_same(office, other, one))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("3号楼电梯坏了", "金色春天三栋的电梯又停了老人下不来", True),
        ("3号楼电梯坏了", "5号楼电梯坏了", False),
        ("3号楼电梯坏了", "3号楼楼道灯坏了", False),
        ("小区东门道闸坏了", "小区西门道闸坏了", False),
        ("紫薇路路灯不亮", "中都大道路灯不亮", False),
        ("紫薇路路灯不亮", "紫薇路那边路灯全灭了", True),
        ("工地灰尘大", "工地噪音大", False),
    ],
)
def test_two_people_mean_the_same_fault(
    office: DuplicateDetector, reader: Reader, one: str, other: str, same: bool
) -> None:
    assert (about_the_same(office, reader.understand(one), reader.understand(other)) >= ALIKE) == same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("金色春天8号楼2单元门关不上", "金色春天8号楼2单元楼道灯不亮"),
        ("金色春天3号楼门口路灯不亮", "金色春天5号楼门口路灯不亮"),
        ("3号楼路灯不亮", "5号楼路灯不亮"),
    ],
)
def test_other_things_and_other_buildings_are_never_the_same(
    office: DuplicateDetector, reader: Reader, one: str, other: str
) -> None:
    assert about_the_same(office, reader.understand(one), reader.understand(other)) < ALIKE / 10
