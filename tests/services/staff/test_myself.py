"""派单 CODE 我: whoever speaks is meant, also where somebody else bears the same name."""

from pathlib import Path

from tests.rosters import import_roster
from tests.services.cast import CODE
from tests.talk import Talk

NAMESAKE = "角色,姓名,手机号,社区,网格,支部,技能\n党员,陈桥甲,13800000309,陈桥社区,网格01,第一支部,\n"


def test_i_am_myself_whoever_else_is_called_so(talk: Talk, tmp_path: Path) -> None:
    (tmp_path / "more.csv").write_text(NAMESAKE, "utf-8")
    import_roster(talk.office, tmp_path / "more.csv", talk.now)
    code = CODE.findall(talk.says("王阿姨", "金色春天3号楼2单元501灯泡坏了，想请人帮忙换一下，电话13900001234"))[0]
    assert "2" in talk.says("陈桥甲", f"派单 {code} 陈桥甲").replace(code, "")
    talk.says("陈桥甲", f"派单 {code} 我")
    assert code in talk.says("陈桥甲", "我的单")
