"""The sealed box: no word of a restricted matter is left anywhere that the common key, a file or a log could give it away."""

import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import LargeBinary, select, text

from bot.errors import NotFound
from bot.services.clock import clockwork, retention
from bot.services.files import fetching, media
from bot.services.files.media import Kept
from bot.services.messages import replay
from bot.services.office import Office, no_nudge, open_office
from bot.services.restricted import sealing
from bot.store import attachments
from bot.store.sealed import reseal
from bot.store.sealed.vault import Vault
from bot.store.tables import history, metadata, orders, persons, sealed_matters
from config.settings import Settings, load
from tests.conftest import ENVIRONMENT
from tests.services import everywhere
from tests.services.cast import CODE, told_of
from tests.talk import Talk, openid

BOX_KEY = "YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXphYmNkZWY="
REPORT = "举报陈桥社区金不换书记收了红木家具，我住金色春天77号楼3单元702，电话13900007777，明天下午有空"
LONG = "他还收了紫檀书桌，" + "账目我都记着呢，" * 120 + "最后一本是蓝皮的"
WORDS = (
    "金不换", "红木", "77号楼", "3单元702", "13900007777", "明天下午", "紫檀", "蓝皮", "翡翠", "黄花梨", "端砚", "鼻烟壶", "景泰蓝", "青花",
    "孔雀石", "小微权力",
)  # fmt: skip
PICTURE = b"\x89PNG\r\n\x1a\n" + b"a picture of the bracelet"


@pytest.fixture
def office(settings: Settings, tmp_path: object) -> Iterator[Office]:
    """One whose box has a key of its own."""
    given = {
        **ENVIRONMENT, "DATABASE_URL": settings.database_url, "REDIS_URL": settings.redis_url, "BOX_KEY": BOX_KEY,
        "VAR_DIR": str(settings.var_dir),
    }  # fmt: skip
    office = open_office(load(given), no_nudge)
    yield office
    office.db.close()


def everything(office: Office, vault: Vault) -> Iterator[tuple[str, str]]:
    """Where and what: all that the tables hold, with whatever this vault can open, and the files."""
    with office.db.reading() as tx:
        for table in metadata.sorted_tables:
            for row in tx.all(select(table)):
                for column in table.columns:
                    value = getattr(row, column.name)
                    where = f"{table.name}.{column.name}"
                    yield where, opened(vault, value) if isinstance(column.type, LargeBinary) else str(value)
    for path in office.settings.var_dir.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            yield str(path), content.decode(errors="ignore") + opened(vault, content)


def opened(vault: Vault, sealed: bytes | None) -> str:
    try:
        return vault.open(sealed) or ""
    except (InvalidTag, ValueError):
        return ""


def whole_conversation(talk: Talk) -> str:
    """A report from its first word to its purge, with everything that can go wrong on the way; its code."""
    found = CODE.search(talk.says("王阿姨", REPORT))
    assert found
    code = found[1]
    talk.says("王阿姨", LONG)
    talk.says("王阿姨", "", kind="image", media_id="MEDIA")
    talk.says("王阿姨", "翡翠巷口", kind="location")
    talk.says("王阿姨", f"补充 {code} 还有黄花梨的椅子")
    talk.says("王阿姨", "不对，是端砚")
    assert "蓝皮" not in talk.says("纪检甲", f"受限 {code}")
    talk.says("纪检甲", "谢谢")
    assert "蓝皮" in talk.says("纪检甲", "更多")
    talk.says("纪检甲", f"追问 {code} 鼻烟壶呢？")
    talk.says("王阿姨", "景泰蓝的那只也收了")
    talk.says("纪检甲", f"信访 {code}")
    talk.says("纪检甲", f"归类 {code} 1604")
    break_once(talk, "王阿姨", "青花瓶子的事你们知道吗")
    talk.says("纪检甲", f"解释办结 {code} 孔雀石一事已核实")
    talk.says("王阿姨", f"评价 {code} 5 红木的事谢谢")
    return code


def break_once(talk: Talk, who: str, words: str) -> None:
    """A message on which the service breaks: once so that it is kept in the database, once so that it is spooled."""
    for table in ("history", "inbound"):
        with talk.office.db.transaction() as tx:
            tx.run(text(f"ALTER TABLE {table} RENAME TO elsewhere"))
        talk.says(who, words)
        with talk.office.db.transaction() as tx:
            tx.run(text(f"ALTER TABLE elsewhere RENAME TO {table}"))


def test_the_words_are_found_through_the_key_of_the_box_alone(talk: Talk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    office = talk.office
    code = whole_conversation(talk)
    spooled = list((office.settings.var_dir / "spool").iterdir())
    assert len(spooled) == 1
    for where, words in everything(office, office.db.vault):
        assert not [word for word in WORDS if word in words], where
    assert not [word for word in WORDS if word in caplog.text]
    seen = "".join(words for where, words in everything(office, office.db.box))
    assert not [word for word in WORDS if word not in seen]
    assert replay.replay(office, talk.now) == 1
    with office.db.reading() as tx:
        row = tx.first(select(orders).where(orders.c.code == code))
        known = tx.first(select(persons).where(persons.c.openid == openid("王阿姨")))
    assert row is not None
    assert known is not None
    assert (row.text, row.category, row.community, row.estate, row.wanted_when) == ("", "1603", None, None, None)
    assert (known.community, known.place_sealed, known.phone_sealed) == (None, None, None)


def test_a_file_of_a_restricted_matter_lies_sealed_on_the_disk_and_is_opened_for_its_readers(
    talk: Talk, tmp_path: Path
) -> None:
    office = talk.office
    talk.says("王阿姨", REPORT)
    talk.says("王阿姨", "", kind="image", media_id="MEDIA")
    row = fetching.begin(office, 1, talk.now)
    assert row is not None
    media.store(office, row, Kept(PICTURE, "image/png", "png"))
    with office.db.reading() as tx:
        (kept,) = attachments.of(tx, row.order_id)
    assert kept.path is not None
    assert b"bracelet" not in (office.settings.var_dir / kept.path).read_bytes()
    assert media.content(office, kept.path) == PICTURE
    with office.db.reading() as tx:
        code = tx.value(select(orders.c.code))
    (copy,) = sealing.hand_out(office, code, "纪检甲", tmp_path / "out", talk.now)
    assert (copy.suffix, copy.read_bytes()) == (".png", PICTURE)
    assert "纪检甲 取了附件" in talk.says("纪检甲", f"受限 {code} 记录")
    for other in ("陈桥甲", "办事处甲", "没有这个人"):
        with pytest.raises(NotFound):
            sealing.hand_out(office, code, other, tmp_path / "out", talk.now)


def test_an_ordinary_matter_that_staff_find_to_be_restricted_goes_into_the_box_with_all_that_was_said(
    talk: Talk,
) -> None:
    office = talk.office
    found = CODE.search(talk.says("王阿姨", "陈桥社区路灯不亮，红木家具的事也请管管，电话13900007777"))
    assert found
    code = found[1]
    talk.says("王阿姨", f"补充 {code} 还有翡翠")
    talk.says("王阿姨", "", kind="image", media_id="MEDIA")
    row = fetching.begin(office, 1, talk.now)
    assert row is not None
    media.store(office, row, Kept(PICTURE, "image/png", "png"))
    assert "已归到" in talk.says("陈桥甲", f"归类 {code} 1604")
    assert "没有找到" in talk.says("陈桥甲", f"转介 {code} 纪委")
    assert told_of(office, "place_staff") == []  # what had not been sent yet stays unsent
    for work in clockwork.sweep(office, talk.now):
        work.do()
    for where, words in everything(office, office.db.vault):
        in_old_pages = where.startswith(str(office.settings.var_dir / "wutong.db"))  # until SQLite writes over them
        assert in_old_pages or not [word for word in ("红木", "翡翠", "bracelet") if word in words], where
    shown = talk.says("纪检甲", f"受限 {code}")
    assert all(word in shown for word in ("红木", "翡翠", "小微权力", "13900007777", "[图片]"))
    assert code in told_of(office, "place_restricted", "纪检甲")


def boxed(talk: Talk) -> str:
    found = CODE.search(talk.says("王阿姨", "举报陈桥甲收红木家具，我住兰天社区3号楼，电话13900007777"))
    assert found
    talk.says("纪检甲", f"追问 {found[1]} 翡翠呢？")
    return found[1]


def test_a_matter_leaves_the_box_only_once_it_is_confirmed_and_its_words_stay_there(talk: Talk) -> None:
    code = boxed(talk)
    asked = talk.says("纪检甲", f"归类 {code} 0603")
    assert "确认归类" in asked
    assert code not in talk.says("陈桥乙", "待派") + talk.says("兰天甲", "待派")
    assert told_of(talk.office, "place_staff") == []
    assert "已归到" in talk.says("纪检甲", f"确认归类 {code}")
    said = everywhere.heard(talk, "办事处甲") + everywhere.answered(talk.office)
    assert code in talk.says("办事处甲", "待派")
    assert not [word for word in ("红木", "翡翠", "陈桥甲收") if word in said]
    assert told_of(talk.office, "place_staff") == ["办事处甲"]
    assert "红木" in talk.says("纪检甲", f"受限 {code}")
    for where, words in everything(talk.office, talk.office.db.vault):
        assert not [word for word in ("红木", "翡翠") if word in words], where


def test_whom_it_may_be_about_neither_sees_nor_gets_what_left_the_box(talk: Talk) -> None:
    code = boxed(talk)
    talk.says("纪检甲", f"归类 {code} 0603")
    talk.says("纪检甲", "确认")
    before = told_of(talk.office, "place_staff")
    assert "陈桥甲" not in before
    assert code not in everywhere.heard(talk, "陈桥甲").replace(f"单号 {code}", "")
    for words in (f"进度 {code}", f"转介 {code} 物业", f"派单 {code} 兰天甲", f"归类 {code} 0604"):
        assert "没有找到" in talk.says("陈桥甲", words)
    assert "名册里没有" in talk.says("办事处甲", f"派单 {code} 陈桥甲")
    talk.says("王阿姨", f"补充 {code} 还是不亮")
    assert "陈桥甲" not in told_of(talk.office, "append_staff")


@pytest.mark.parametrize("words", ["好的", "不了", "谢谢", "取消"])
def test_anything_but_the_confirmation_leaves_it_where_it_is(talk: Talk, words: str) -> None:
    code = boxed(talk)
    talk.says("纪检甲", f"归类 {code} 0603")
    talk.says("纪检甲", words)
    assert code in talk.says("纪检甲", "受限")


def test_back_in_the_box_it_has_all_that_was_ever_said(talk: Talk) -> None:
    code = boxed(talk)
    talk.says("纪检甲", f"归类 {code} 0603")
    talk.says("纪检甲", "确认")
    talk.says("办事处甲", f"追问 {code} 哪一盏？")
    talk.says("王阿姨", f"补充 {code} 青花瓶边上那盏")
    assert "已归到" in talk.says("办事处甲", f"归类 {code} 1604")
    shown = talk.says("纪检甲", f"受限 {code}")
    assert all(word in shown for word in ("红木", "翡翠", "青花"))
    assert "没有找到" in talk.says("陈桥甲", f"进度 {code}")


def test_the_box_is_emptied_three_years_after_its_matter_was_closed_and_alarms_after_a_week(talk: Talk) -> None:
    office = talk.office
    found = CODE.search(talk.says("王阿姨", "我老公打我，救命，金色春天3号楼2单元702室"))
    assert found
    talk.says("纪检甲", f"解释办结 {found[1]} 红木已还")
    with office.db.transaction() as tx:
        tx.run(text("UPDATE notices SET state = 'delivered'"))
    retention.purge(office, talk.now + timedelta(days=6))
    assert in_notices(office, "702室")
    retention.purge(office, talk.now + timedelta(days=8))
    assert not in_notices(office, "702室")
    assert "红木" in "".join(words for _, words in everything(office, office.db.box))
    retention.purge(office, talk.now + timedelta(days=1096))
    assert not [where for where, words in everything(office, office.db.box) if re.search("702室|红木", words)]
    assert "已经清除" in talk.says("纪检甲", f"受限 {found[1]}")


def in_notices(office: Office, word: str) -> bool:
    return any(where.startswith("notices") and word in words for where, words in everything(office, office.db.box))


def test_who_stops_following_leaves_no_place_and_number_in_closed_matters(talk: Talk) -> None:
    found = CODE.search(talk.says("王阿姨", REPORT))
    assert found
    talk.says("纪检甲", f"转介 {found[1]} 监督一点通")
    talk.says("王阿姨", "", kind="event", event="unsubscribe")
    said = talk.says("纪检甲", f"受限 {found[1]}")
    assert "\n13900007777" not in said


def test_an_older_key_of_the_box_is_replaced_by_the_newest_when_the_database_is_brought_up_to_date(talk: Talk) -> None:
    talk.says("王阿姨", REPORT)
    with talk.office.db.transaction() as tx:
        sealed = tx.value(select(sealed_matters.c.words_sealed))
        newer = type(tx)(tx.channel, tx.vault, Vault([b"n" * 32, *load_keys()]))
        assert not newer.box.is_newest(sealed)
        for over in reseal.passes():
            reseal.pass_over(newer, over, None)
        assert newer.box.is_newest(tx.value(select(sealed_matters.c.words_sealed)))


def load_keys() -> tuple[bytes, ...]:
    return load({**ENVIRONMENT, "BOX_KEY": BOX_KEY}).box_key


def test_nothing_beside_the_envelope_names_who_reported(talk: Talk) -> None:
    found = CODE.search(talk.says("陈桥乙", "我要举报陈桥社区书记收红包"))
    assert found
    talk.says("陈桥乙", f"补充 {found[1]} 还有一次")
    with talk.office.db.reading() as tx:
        order = tx.first(select(orders).where(orders.c.code == found[1]))
        assert order is not None
        lines = tx.all(select(history).where(history.c.order_id == order.id))
    assert {(line.by, line.by_id) for line in lines} == {("居民", None)}
    for name, facts in everywhere.told(talk.office):
        assert name == "陈桥乙" or "陈桥乙" not in facts
    assert "陈桥乙" not in talk.says("纪检甲", f"受限 {found[1]}")
