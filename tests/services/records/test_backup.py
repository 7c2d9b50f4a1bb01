"""A backup, everything destroyed, a restore: nothing that was acknowledged before is lost, and nothing else opens it."""

import json
import shutil
import stat
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, Row, select

from bot.app import create_app
from bot.services.audit import chaining
from bot.services.backup import archive, restoring, taking
from bot.services.backup.archive import Writer
from bot.services.backup.errors import BadBackup, NoKey, NotEmpty, WrongKey
from bot.services.deletion import operator, proof
from bot.services.messages import replay, spool
from bot.services.office import Office
from bot.store import migrate
from bot.store.copies import postgresql
from bot.store.database import Tx
from bot.store.tables import audit, inbound, metadata, orders, stored_keys
from bot.wechat.inbox import message_key
from config.settings import Settings
from tests.services import cast
from tests.services.cast import CODE
from tests.services.records.conftest import Opened
from tests.talk import NOON, Talk, openid

KEY, OTHER = b"b" * 32, b"c" * 32


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    (tmp_path / "var").mkdir()
    changed: dict[str, Any] = {"backup_key": (KEY,), "var_dir": tmp_path / "var"}
    if settings.database_url.startswith("sqlite"):
        shutil.move(tmp_path / "wutong.db", tmp_path / "var" / "wutong.db")
        changed["database_url"] = f"sqlite:///{tmp_path / 'var' / 'wutong.db'}"
    return replace(settings, **changed)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def talk(office: Office, tmp_path: Path) -> Talk:
    """Orders, a restricted matter, a picture, a message in the spool."""
    talk = cast.enter(office, tmp_path)
    talk.says("王阿姨", "陈桥社区金色春天3号楼灯坏了，电话13900001111")
    talk.says("李叔", "我要举报兰天社区的干部收红包")
    file = office.settings.var_dir / "media" / "1" / "1.png"
    file.parent.mkdir(parents=True)
    file.write_bytes(bytes(range(256)) * 9000)
    body = {"key": "m:5", "openid": openid("王阿姨"), "kind": "text", "text": "陈桥社区井盖没了", "account": "gh"}
    spool.keep(office, "m:5", json.dumps(body), NOON)
    return talk


def destroy(office: Office) -> None:
    """Nothing is left of the database and the files."""
    if office.db.url.get_backend_name() == "postgresql":
        with postgresql.replacing(office.db.engine) as connection:
            postgresql.drop_all(connection)
    office.db.close()
    shutil.rmtree(office.settings.var_dir)


def rows(office: Office) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, but what the restore itself records."""
    with office.db.reading() as tx:
        found = {
            table.name: [
                tuple(opened_value(tx, column, row) for column in table.columns) for row in tx.all(select(table))
            ]
            for table in metadata.sorted_tables
        }
    found = {name: sorted(all_rows, key=str) for name, all_rows in found.items()}
    found["audit"] = [row for row in found["audit"] if row[2] not in ("restore", "keys")]
    return found


def opened_value(tx: Tx, column: Column[Any], row: Row[Any]) -> Any:
    """What is sealed is compared opened: a restore seals it anew where a newer key or the box is due."""
    value = getattr(row, column.name)
    return tx.open(value) if column.name.endswith("_sealed") and column.table is not stored_keys else value


def test_everything_is_as_it_was_after_everything_was_destroyed(
    office: Office, talk: Talk, folder: Path, opened: Opened
) -> None:
    taken = taking.take(office, folder, talk.now)
    before = rows(office)
    assert len(before["orders"]) == 2
    assert before["sealed_matters"]
    destroy(office)
    again = opened(office.settings)
    assert restoring.restore(again, folder, talk.now) == taken
    assert rows(again) == {**before, "stored_keys": rows(again)["stored_keys"]}
    media = office.settings.var_dir / "media"
    assert (media / "1" / "1.png").read_bytes() == bytes(range(256)) * 9000
    assert [stat.S_IMODE(path.stat().st_mode) for path in (media, media / "1")] == [0o700, 0o700]
    assert chaining.verify(again).broken is None
    assert replay.replay(again, talk.now) == 1
    talk.office = again
    assert "公共设施坏了" in talk.says("王阿姨", "进度")
    assert CODE.search(talk.says("王阿姨", "陈桥社区围墙倒了一段"))
    with again.db.reading() as tx:
        assert tx.value(select(audit.c.detail).where(audit.c.act == "restore")).startswith("backup of")


def test_what_is_acknowledged_before_is_in_the_backup_while_messages_go_on_arriving(
    office: Office, talk: Talk, folder: Path, opened: Opened
) -> None:
    going, answered = threading.Event(), []

    def arrive() -> None:
        another = Talk(office, talk.now)
        number = 0
        while not going.is_set():
            number += 1
            answered.append(message_key(openid(f"路人{number}"), str(number + 900)))
            another.says(f"路人{number}", "陈桥社区路灯不亮", msg_id=str(number + 900))

    thread = threading.Thread(target=arrive)
    thread.start()
    while len(answered) < 5:
        going.wait(0.02)
    before = answered[:-1]
    taking.take(office, folder, talk.now)
    number = len(answered)
    while len(answered) < number + 3:
        going.wait(0.02)
    going.set()
    thread.join()
    destroy(office)
    again = opened(office.settings)
    restoring.restore(again, folder, talk.now)
    with again.db.reading() as tx:
        known = {row.key for row in tx.all(select(inbound.c.key))}
        placed = {row.text for row in tx.all(select(orders.c.text))}
    assert set(before) <= known
    assert placed


def test_a_database_that_holds_something_is_not_replaced_unless_somebody_says_so(
    office: Office, talk: Talk, folder: Path
) -> None:
    taking.take(office, folder, talk.now)
    talk.says("赵六", "兰天社区垃圾没人收")
    before = rows(office)
    with pytest.raises(NotEmpty):
        restoring.restore(office, folder, talk.now)
    assert rows(office) == before
    restoring.restore(office, folder, talk.now, replace=True)
    with office.db.reading() as tx:
        assert len(tx.all(select(orders))) == 2


@pytest.mark.parametrize("damage", ["cut off", "a byte changed", "a chunk twice", "appended", "no backup", "empty"])
def test_a_backup_that_is_not_whole_replaces_nothing(office: Office, talk: Talk, folder: Path, damage: str) -> None:
    path = taking.take(office, folder, talk.now)
    whole = path.read_bytes()
    length = 4 + int.from_bytes(whole[32:36], "big")
    path.write_bytes(
        {
            "cut off": whole[:-7], "a byte changed": whole[:-500] + bytes([whole[-500] ^ 1]) + whole[-499:],
            "a chunk twice": whole[: 32 + length] + whole[32 : 32 + length] + whole[32 + length :],
            "appended": whole + b"x", "no backup": b"x" * 5000, "empty": b"",
        }[damage]
    )  # fmt: skip
    before = rows(office)
    with pytest.raises(BadBackup):
        restoring.restore(office, folder, talk.now, replace=True)
    assert rows(office) == before
    assert (office.settings.var_dir / "media" / "1" / "1.png").exists()


def test_only_the_key_opens_it_and_a_former_one_still_does(
    office: Office, talk: Talk, folder: Path, opened: Opened
) -> None:
    path = taking.take(office, folder, talk.now)
    content = path.read_bytes()
    for word in ("灯坏了", "13900001111", openid("王阿姨"), "CREATE TABLE", "persons"):
        assert word.encode() not in content
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(BadBackup, match="BACKUP_KEY"):
        restoring.restore(opened(replace(office.settings, backup_key=(OTHER,))), folder, talk.now, replace=True)
    rotated = opened(replace(office.settings, backup_key=(OTHER, KEY)))
    assert restoring.restore(rotated, folder, talk.now, replace=True) == path
    without = opened(replace(office.settings, backup_key=()))
    with pytest.raises(NoKey):
        taking.take(without, folder, talk.now)


def test_who_was_deleted_after_the_backup_is_deleted_again_by_the_restore(
    office: Office, talk: Talk, folder: Path, opened: Opened
) -> None:
    taking.take(office, folder, talk.now)
    talk.wait(hours=1)
    operator.delete(office, openid("王阿姨"), talk.now)
    restoring.restore(office, folder, talk.now, replace=True)
    assert [line for line in proof.prove(office, openid("王阿姨"), talk.now) if not line.is_clean] == []
    with office.db.reading() as tx:
        assert tx.all(select(orders.c.text).where(orders.c.text.contains("灯"))) == []


def test_the_commands_say_one_line_and_exit_with_1_where_nothing_can_be_done(
    office: Office, talk: Talk, folder: Path
) -> None:
    app = create_app(office.settings)
    runner = app.test_cli_runner()
    taken = runner.invoke(args=["backup", str(folder)])
    assert (taken.exit_code, Path(taken.output.strip()).exists()) == (0, True)
    refused = runner.invoke(args=["restore", str(folder)])
    assert (refused.exit_code, "not empty" in refused.output) == (1, True)
    assert runner.invoke(args=["restore", str(folder), "--replace"]).exit_code == 0
    app.extensions["office"].db.close()
    bare = create_app(replace(office.settings, backup_key=()))
    missing = bare.test_cli_runner().invoke(args=["backup", str(folder)])
    assert (missing.exit_code, missing.output.strip()) == (1, "wutong: BACKUP_KEY: is required and missing")
    bare.extensions["office"].db.close()


def test_older_backups_beyond_the_number_kept_are_deleted(office: Office, talk: Talk, folder: Path) -> None:
    taken = []
    for _ in range(4):
        talk.wait(days=1)
        taken.append(taking.take(office, folder, talk.now, keep=2))
    assert [path for path in taken if path.exists()] == taken[2:]


def test_an_older_backup_is_brought_up_to_date(office: Office, talk: Talk, folder: Path, opened: Opened) -> None:
    """What a version before the present migrations left is restored and migrated."""
    path = taking.take(office, folder, talk.now)
    destroy(office)
    again = opened(office.settings)
    restoring.restore(again, path, talk.now)
    assert migrate.is_current(again.db.engine)
    with again.db.reading() as tx:
        assert tx.all(select(orders))


def without_checks(path: Path) -> None:
    """As an older version wrote it."""
    with path.open("rb") as file:
        found = [(name, content.read()) for name, content in archive.entries(file, (KEY,))]
    with path.open("wb") as target, closing(Writer(target, KEY)) as out:
        for name, content in found:
            if name == archive.MANIFEST:
                told = json.loads(content)
                del told["checks"]
                content = json.dumps(told).encode()
            out.content(name, content)


@pytest.mark.parametrize("age", ["new", "older"])
@pytest.mark.parametrize("name", ["DATA_KEY", "BOX_KEY"])
def test_keys_that_open_nothing_of_the_backup_replace_nothing(
    office: Office, talk: Talk, folder: Path, opened: Opened, name: str, age: str
) -> None:
    boxed = opened(replace(office.settings, box_key=(OTHER, *office.settings.box_key)))
    talk.office = boxed
    talk.says("李婶", "我要举报陈桥社区的干部打人")
    path = taking.take(boxed, folder, talk.now)
    if age == "older":
        without_checks(path)
    before = rows(boxed)
    wrong: dict[str, dict[str, Any]] = {
        "DATA_KEY": {"data_key": (b"q" * 32,)},
        "BOX_KEY": {"box_key": (b"q" * 32,), "data_key": (b"q" * 32,)},
    }
    mistaken = opened(replace(office.settings, **wrong[name]))
    with pytest.raises(WrongKey):
        restoring.restore(mistaken, folder, talk.now, replace=True)
    assert rows(boxed) == before
    assert (office.settings.var_dir / "media" / "1" / "1.png").exists()
    assert restoring.restore(boxed, folder, talk.now, replace=True) == path


def test_a_box_key_alone_that_is_wrong_is_named(office: Office, talk: Talk, folder: Path, opened: Opened) -> None:
    boxed = opened(replace(office.settings, box_key=(OTHER, *office.settings.box_key)))
    taking.take(boxed, folder, talk.now)
    app = create_app(replace(office.settings, box_key=(b"q" * 32,)))
    refused = app.test_cli_runner().invoke(args=["restore", str(folder), "--replace"])
    app.extensions["office"].db.close()
    assert (refused.exit_code, refused.output.strip()) == (
        1,
        "wutong: BOX_KEY 打不开这份备份里的内容，没有恢复，现有的数据没有动。",
    )
    with boxed.db.reading() as tx:
        assert len(tx.all(select(orders))) == 2
