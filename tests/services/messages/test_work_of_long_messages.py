"""However long a message is and whatever it repeats: a few readings of the whole, and so many of its parts."""

import pytest

from bot.dialogue.choosing import said_apart
from bot.messages import LONGEST
from bot.services.reading import pieces
from bot.understanding import Reader
from tests.calls import calls_of
from tests.databases import FEW_ON_POSTGRESQL
from tests.talk import Talk

pytestmark = FEW_ON_POSTGRESQL

LAMP, PHONE = "陈桥社区3栋2单元的路灯不亮了，晚上看不见", "想请人教我用手机，金色春天4号楼1单元101"
REPEATED = [
    "灯泡那个不用了，手机还是要教的另外",
    "不用来了，",
    "都不用了，楼道灯坏了要修一下，",
    "我的单，另外电梯坏了，还有一件事，",
    "好了，不过还想请人看看水龙头，",
    "算了还是周六吧。",
]
WHOLE = 600
"""From so many characters on a reading counts as one of the whole message."""


@pytest.mark.parametrize("piece", REPEATED)
def test_a_long_message_about_orders_at_hand_is_read_as_a_whole_four_times_at_most(talk: Talk, piece: str) -> None:
    for words in (LAMP, PHONE, "谢谢"):
        talk.says("王阿姨", words)
    with calls_of(Reader.understand, "text") as read:
        talk.says("王阿姨", (piece * LONGEST)[:LONGEST])
    assert sum(len(text) > WHOLE for text in read) <= 4
    assert sum(map(len, read)) <= 5 * LONGEST


def test_a_message_of_many_clauses_is_not_read_clause_by_clause(talk: Talk) -> None:
    for words in (LAMP, PHONE, "谢谢"):
        talk.says("王阿姨", words)
    clauses = [f"路灯那个{number}不用了，手机{number}还是要教的" for number in range(100)]
    with calls_of(Reader.understand, "text") as read:
        talk.says("王阿姨", "，".join(clauses))
    assert len(read) <= pieces.READ + said_apart.MOST_CLAUSES


@pytest.mark.parametrize("piece", ["打我{}，", "书记{}收红包，", "他{}，", "家里{}有事我不方便说他又打了孩子"])
def test_of_short_pieces_that_say_nothing_as_many_are_read(talk: Talk, piece: str) -> None:
    text = "".join(piece.format(number) for number in range(LONGEST))[:LONGEST]
    meant = talk.office.understand(text)
    with calls_of(Reader.understand, "text") as read:
        found = pieces.Pieces(talk.office, meant)
        assert sum(1 for _ in found) <= pieces.BUDGET
    assert not found.complete
    assert len(read) <= pieces.READ
    assert sum(map(len, read)) < pieces.CHARACTERS + LONGEST
