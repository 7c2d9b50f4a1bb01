"""Messages of all kinds by the share read right, how sure a category is, and when the words leave two intents open."""

import pytest

from bot.understanding import Reader, Speaker
from tests.understanding.test_chats import rows

# Floors that guard against getting worse, set at what was measured.
LEAST = {"sayings_held_back.txt": (0.92, 0.8)}


def right(reader: Reader, name: str) -> tuple[float, float]:
    """The share of intents and of categories read right."""
    table = [(category, intent, reader.understand(text)) for (category, intent), text in rows(name)]
    categories = [read.category == category for category, _, read in table if category != "-"]
    return sum(read.intent == intent for _, intent, read in table) / len(table), sum(categories) / len(categories)


@pytest.mark.parametrize("name", LEAST)
def test_messages_of_all_kinds_are_read_right(reader: Reader, name: str) -> None:
    intents, categories = right(reader, name)
    assert (intents >= LEAST[name][0], categories >= LEAST[name][1]) == (True, True), (intents, categories)


def test_confidence_tells_right_from_wrong(reader: Reader) -> None:
    read = [(row[0], reader.understand(text)) for name in LEAST for row, text in rows(name) if row[0] != "-"]
    sure = [found.category == code for code, found in read if found.confidence >= 0.9]
    unsure = [found.category == code for code, found in read if found.confidence < 0.9]
    assert sum(sure) / len(sure) >= 0.95
    assert sum(unsure) / len(unsure) <= 0.75


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        ("答复像复制粘贴的 压根没看我的问题", {"progress", "rate_bad"}),
        ("急死我了 社保卡怎么还没下来", {"progress", "request"}),
        ("楼道灯坏了", {"request", None}),
        ("不用来了，灯自己好了", {"withdraw", None}),
        ("谢谢", {"thanks", None}),
        ("我家着火了", {"request", None}),
    ],
)
def test_a_rival_stands_where_the_words_leave_two_intents_open(
    reader: Reader, text: str, intents: set[str | None]
) -> None:
    read = reader.understand(text)
    assert {read.intent, read.rival} == intents


def test_a_rival_is_rare(reader: Reader) -> None:
    names = ("chats.txt", "chats_held_back.txt", *LEAST)
    rivals = [reader.understand(text).rival for name in names for _, text in rows(name)]
    assert sum(rival is not None for rival in rivals) / len(rivals) <= 0.02


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("这单我来接", "accept"),
        ("我有空，我去吧", "accept"),
        ("今天加班去不了，换别人吧", "decline"),
        ("给张奶奶的灯换好了", "finish"),
    ],
)
def test_members_may_say_it_in_their_own_words(reader: Reader, text: str, intent: str) -> None:
    assert reader.understand(text, Speaker(frozenset({"member"}))).intent == intent
    assert reader.understand(text).intent not in ("accept", "decline", "finish")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("门坏了", "0203"),
        ("我要投诉物业", "0202"),
        ("培训机构跑路怎么办", "0903"),
        ("家里两口人都没工作，低保怎么办", "1001"),
    ],
)
def test_plain_faults_and_complaints_find_their_category(reader: Reader, text: str, code: str) -> None:
    assert reader.understand(text).category == code


def test_what_a_helper_should_bring_is_added_to_the_order(reader: Reader) -> None:
    assert reader.understand("要带梯子").intent == "append"


def test_of_several_requests_the_first_gives_the_category(reader: Reader) -> None:
    assert reader.understand("你好，我家停水了，另外路灯也坏了两盏").category == "0401"


def test_a_building_that_only_says_where_is_not_the_matter(reader: Reader) -> None:
    assert reader.understand("实验小学旁边路灯不亮").category == "0603"
