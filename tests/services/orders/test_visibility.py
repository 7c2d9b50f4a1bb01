"""What a person may read of an order is one scale, in every list, card, history, notice and answer."""

import re
from pathlib import Path

import pytest

from bot.services.intake import Matter, take
from bot.services.office import Office
from tests.services import cast, everywhere
from tests.services.cast import CODE
from tests.services.roster.test_triples import ABROAD
from tests.talk import Talk

SAID = "花都路社区金色春天77号楼3单元702灯泡坏了，想请人帮忙换一下，门禁码2580#，我叫欧阳小红，微信ouyang_88，苏D8K123堵了门，电话139.0000.7777"
SECRETS = ("77号楼", "3单元", "702", "2580", "欧阳小红", "ouyang_88", "8K123", "0000", "7777", "31.2304")
TAIL = r"0000\D{0,3}7777|(?<![0-9a-f])7777(?![0-9a-f])"  # of the number; a code or a digest may hold any four digits
NUMBERS = ("2580", "欧阳小红", "ouyang_88", "8K123", "0000", "7777")


@pytest.fixture
def talk(office: Office, tmp_path: Path) -> Talk:
    return cast.enter(office, tmp_path, ABROAD)


def placed(talk: Talk) -> str:
    found = CODE.search(talk.says("王阿姨", SAID))
    assert found
    talk.says("王阿姨", "金色春天 (31.2304,119.9812)", kind="location")
    talk.says("王阿姨", f"补充 {found[1]} 欧阳小红白天在家，77号楼3单元702")
    return found[1]


def shown_in(said: str, words: tuple[str, ...] = SECRETS) -> list[str]:
    """Which of the words stand in what was said; an order's code may hold any digits."""
    said = re.sub(r"(?<!\d)\d{6,8}(?!\d)", "", said)
    return [word for word in words if word in said]


@pytest.mark.parametrize("how", ["派单 {code} 花都乙", "公开 {code}"])
def test_before_accepting_a_member_reads_the_need_alone(talk: Talk, how: str) -> None:
    code = placed(talk)
    talk.says("花都甲", how.format(code=code))
    said = everywhere.heard(talk, "花都乙")
    assert "灯泡" in said
    assert shown_in(said) == []
    for name, facts in everywhere.told(talk.office):
        assert name != "花都乙" or shown_in(facts) == []


def test_whoever_was_invited_reads_no_more_when_the_invitation_is_taken_back(talk: Talk) -> None:
    code = placed(talk)
    talk.says("花都甲", f"派单 {code} 花都乙")
    talk.says("王阿姨", f"撤回 {code} 欧阳小红自己换了")
    for name, facts in everywhere.told(talk.office):
        assert name != "花都乙" or shown_in(facts) == []


def test_whoever_has_accepted_reads_where_and_whom_to_call(talk: Talk) -> None:
    code = placed(talk)
    talk.says("花都甲", f"派单 {code} 花都乙")
    said = talk.says("花都乙", f"接单 {code}")
    assert not [word for word in ("77号楼", "702", "2580", "13900007777") if word not in said]
    assert "欧阳小红" not in talk.says("花都乙", f"进度 {code}")


def test_staff_and_other_systems_read_no_number_and_no_name(talk: Talk) -> None:
    code = placed(talk)
    talk.says("花都甲", f"追问 {code} 几点方便？")
    talk.says("王阿姨", "下午，打幺三九零零零零七七七七，欧阳小红接")
    said = everywhere.heard(talk, "花都甲") + everywhere.answered(talk.office)
    assert shown_in(said, (*NUMBERS, "幺三九")) == []
    assert "31.2304" not in everywhere.answered(talk.office)
    for name, facts in everywhere.told(talk.office):
        assert name != "花都甲" or shown_in(facts, (*NUMBERS, "幺三九")) == []


def test_words_of_a_rating_are_sealed_at_rest_and_masked_for_others(talk: Talk) -> None:
    code = placed(talk)
    talk.says("花都甲", f"派单 {code} 我")
    talk.says("花都甲", f"完成 {code} 换好了")
    talk.says("王阿姨", f"评价 {code} 5 有事打139—0000—7777，欧阳小红")
    for where, words in everywhere.stored(talk.office, None):
        assert not re.search(f"{TAIL}|欧阳小红", words), where


def test_the_name_of_the_contact_of_another_system_is_masked_in_every_later_note(talk: Talk) -> None:
    matter = Matter("楼道灯不亮，周大娘在家", "花都路社区", "3号楼", "周大娘", "13900004321", "E1", None, "hotline")
    code, _ = take(talk.office, matter, talk.now)
    talk.says("花都甲", f"派单 {code} 我")
    talk.says("花都甲", f"完成 {code} 周大娘看着换好的")
    assert "周大娘" not in everywhere.answered(talk.office) + talk.says("花都甲", f"进度 {code}")
    for where, words in everywhere.stored(talk.office, None):
        assert "周大娘" not in words, where
