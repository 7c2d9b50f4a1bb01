"""A key that is lost for good: what it closed is given up, all else stays, and the service works again."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.app import create_app
from bot.services.office import Office
from bot.services.restricted import lost_keys, upgrading
from bot.store.tables import audit, orders, sealed_matters
from config.settings import Settings
from tests.rosters import import_roster
from tests.services import cast
from tests.services.cast import CODE
from tests.services.records.conftest import Opened
from tests.services.records.test_keys import closed
from tests.talk import Talk

BOX, OTHER_BOX, OTHER_DATA = b"x" * 32, b"y" * 32, b"z" * 32


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, box_key=(BOX,))


@pytest.fixture
def talk(office: Office, tmp_path: Path) -> Talk:
    """An order, a restricted matter with a note, and somebody who is in the middle of something."""
    talk = cast.enter(office, tmp_path)
    talk.says("王阿姨", "陈桥社区金色春天3号楼灯坏了，电话13900001111")
    code = CODE.search(talk.says("李叔", "我要举报兰天社区的干部收红包"))[1]  # type: ignore[index]
    talk.says("纪检甲", f"受限 {code}")
    talk.says("陈桥甲", "待派")
    upgrading.upgrade(office)
    return talk


def other(office: Office, opened: Opened, **keys: Any) -> Office:
    return opened(replace(office.settings, **keys))


def test_a_lost_box_key_costs_the_words_of_restricted_matters_and_nothing_else(
    office: Office, talk: Talk, opened: Opened
) -> None:
    assert lost_keys.closed(office) == []
    talk.office = another = other(office, opened, box_key=(OTHER_BOX,))
    assert lost_keys.closed(another) == ["BOX_KEY"]
    assert lost_keys.give_up(another, talk.now) > 0
    assert (lost_keys.closed(another), closed(another)) == ([], [])
    with another.db.reading() as tx:
        assert [row.words_sealed for row in tx.all(select(sealed_matters))] == [None]
    for who in ("李叔", "王阿姨", "陈桥甲", "纪检甲"):
        assert "出了点问题" not in talk.says(who, "帮助")
    assert "出了点问题" not in talk.says("纪检甲", "受限")
    assert "公共设施坏了" in talk.says("王阿姨", "进度")
    assert "出了点问题" not in talk.says("李叔", "陈桥社区围墙倒了一段，电话13900002222")
    with another.db.reading() as tx:
        assert tx.value(select(audit.c.detail).where(audit.c.act == "keys").order_by(audit.c.id.desc())).startswith(
            "given_up"
        )


def test_after_a_lost_data_key_orders_stay_and_whoever_is_on_the_roster_binds_again(
    office: Office, talk: Talk, opened: Opened, tmp_path: Path
) -> None:
    talk.office = another = other(office, opened, data_key=(OTHER_DATA,), box_key=(BOX,))
    assert lost_keys.closed(another) == ["DATA_KEY"]
    lost_keys.give_up(another, talk.now)
    assert (lost_keys.closed(another), closed(another)) == ([], [])
    file = tmp_path / "again.csv"
    file.write_text("角色,姓名,手机号,社区,网格,支部,技能\n社区工作者,陈桥甲,13800000101,陈桥社区,,,\n", "utf-8")
    (row,) = import_roster(another, file, talk.now, replace=True, demo=False)
    assert "请先回复“绑定 绑定码”" in talk.says("陈桥甲", "待派")
    assert "绑定成功" in talk.says("陈桥甲", f"绑定 {row['bind_code']}")
    with another.db.reading() as tx:
        code = tx.value(select(orders.c.code).order_by(orders.c.id))
    assert code in talk.says("陈桥甲", "待派")
    assert "居民说：陈桥社区金色春天3号楼灯坏了，电话***********" in talk.says("陈桥甲", f"进度 {code}")
    assert "出了点问题" not in talk.says("王阿姨", "进度")
    assert CODE.search(talk.says("王阿姨", "陈桥社区围墙倒了一段，电话13900001111"))


def test_what_the_keys_open_is_not_given_up(office: Office, talk: Talk) -> None:
    assert lost_keys.give_up(office, talk.now) == 0
    assert "公共设施坏了" in talk.says("王阿姨", "进度")


def test_without_yes_the_command_names_the_key_and_changes_nothing(office: Office, talk: Talk) -> None:
    app = create_app(replace(office.settings, box_key=(OTHER_BOX,)))
    try:
        said = app.test_cli_runner().invoke(args=["db", "give-up-unreadable"])
        assert (said.exit_code, "BOX_KEY" in said.stderr, lost_keys.closed(office)) == (1, True, [])
        done = app.test_cli_runner().invoke(args=["db", "give-up-unreadable", "--yes"])
        assert (done.exit_code, "已清空" in done.stdout) == (0, True)
        assert lost_keys.closed(app.extensions["office"]) == []
    finally:
        app.extensions["office"].db.close()
