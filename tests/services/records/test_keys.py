"""A new key takes over everything; the old one may be dropped; digests survive it; a value opens in its own row alone."""

import base64
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import LargeBinary, delete, insert, select, update

from bot.services import tokens
from bot.services.audit import chaining
from bot.services.files import media
from bot.services.messages import spool
from bot.services.office import Office
from bot.services.restricted import renewal, upgrading
from bot.services.roster import bind_codes
from bot.services.tokens import Wanted
from bot.store.sealed import identity, reseal
from bot.store.tables import attachments, inbound, metadata, orders, persons, stored_keys
from config.settings import Settings
from tests.rosters import import_roster
from tests.services import cast
from tests.services.cast import CODE
from tests.services.records.conftest import Opened
from tests.talk import NOON, Talk

OLD = base64.b64decode("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")
NEW = b"n" * 32


@pytest.fixture
def talk(office: Office, tmp_path: Path) -> Talk:
    """Words, contact data, a restricted matter, a sealed file, a message in the spool."""
    talk = cast.enter(office, tmp_path)
    talk.says("王阿姨", "陈桥社区金色春天3号楼灯坏了，电话13900001111")
    code = CODE.search(talk.says("李叔", "我要举报兰天社区的干部收红包"))[1]  # type: ignore[index]
    talk.says("纪检甲", f"受限 {code}")
    talk.says("李叔", "", kind="image", media_id="MEDIA")
    spool.keep(office, "m:5", '{"key": "m:5"}', NOON)
    return talk


def with_keys(settings: Settings, *keys: bytes) -> Settings:
    return replace(settings, data_key=keys)


def sealed_values(office: Office) -> Iterator[tuple[str, bytes, bytes]]:
    """(column, value, identity) of everything that is encrypted."""
    with office.db.reading() as tx:
        for table in metadata.sorted_tables:
            for column in table.columns:
                if isinstance(column.type, LargeBinary) and column.name.endswith("_sealed"):
                    for row in tx.all(select(table).where(column.is_not(None))):
                        yield (
                            f"{table.name}.{column.name}",
                            getattr(row, column.name),
                            identity.of_row(table.name, column.name, row),
                        )


def closed(office: Office) -> list[str]:
    """Columns that hold a value which does not open."""
    found = []
    for name, value, of in sealed_values(office):
        try:
            office.db.open_bytes(value, of)
        except InvalidTag:
            found.append(name)
    return found


def test_after_the_upgrade_the_old_key_may_go(office: Office, talk: Talk, opened: Opened) -> None:
    token = tokens.create(office, Wanted("hotline", ["orders:read"]), talk.now)
    code = bind_codes.issue_code(office, "13800000101", talk.now)
    chaining.extend(office)
    upgrading.upgrade(office)
    both = opened(with_keys(office.settings, NEW, OLD))
    upgrading.upgrade(both)
    alone = opened(with_keys(office.settings, NEW))
    names = {name for name, _, _ in sealed_values(alone)}
    assert {
        "orders.contact_sealed",
        "persons.phone_sealed",
        "inbound.body_sealed",
        "sealed_matters.words_sealed",
    } <= names
    assert closed(alone) == []
    assert spool.read(alone, spool.waiting(alone)[0])[1] == '{"key": "m:5"}'
    assert tokens.caller(alone, token, talk.now) is not None
    talk.office = alone
    assert "绑定成功" in talk.says("新手机", f"绑定 {code}")
    assert chaining.verify(alone).broken is None


def test_the_roster_is_not_doubled_when_the_old_key_is_dropped(
    office: Office, talk: Talk, opened: Opened, tmp_path: Path
) -> None:
    upgrading.upgrade(office)
    upgrading.upgrade(opened(with_keys(office.settings, NEW, OLD)))
    alone = opened(with_keys(office.settings, NEW))
    file = tmp_path / "cast.csv"
    file.write_text(cast.CAST, "utf-8")
    import_roster(alone, file, talk.now)
    with alone.db.reading() as tx:
        assert len(tx.all(select(persons).where(persons.c.phone_index.is_not(None)))) == 5


def test_a_new_installation_has_an_index_key_of_its_own_and_an_older_one_keeps_its_digests(
    office: Office, tmp_path: Path
) -> None:
    before = office.db.vault.index("13800000101")
    upgrading.upgrade(office)
    assert office.db.vault.index("13800000101") != before
    with office.db.transaction() as tx:
        tx.run(delete(stored_keys))
    office.db.vault.forget_index_key()
    cast.enter(office, tmp_path)
    upgrading.upgrade(office)
    assert office.db.vault.index("13800000101") == before
    assert office.db.vault.index_key == office.db.vault.former_index_key


def test_the_index_key_lies_sealed(office: Office) -> None:
    upgrading.upgrade(office)
    with office.db.reading() as tx:
        sealed = tx.value(select(stored_keys.c.key_sealed))
    assert office.db.vault.index_key not in sealed
    assert office.db.vault.index_key.hex().encode() not in sealed
    assert len(office.db.vault.index_key) == 32


def test_every_value_that_is_written_is_bound_to_its_row(office: Office, talk: Talk) -> None:
    loose = {name for name, value, of in sealed_values(office) if not value.startswith(b"wt2:")}
    assert loose == set()
    assert closed(office) == []


def test_a_value_that_was_moved_to_another_row_or_column_does_not_open_there(office: Office, talk: Talk) -> None:
    talk.says("赵六", "兰天社区金色春天5号楼灯坏了，电话13900002222")
    with office.db.transaction() as tx:
        first, second = tx.all(select(orders).where(orders.c.contact_sealed.is_not(None)).order_by(orders.c.id))
        assert tx.vault.open(first.contact_sealed, identity.of_row("orders", "contact_sealed", first)) == "13900001111"
        for column, value in (("contact_sealed", first.contact_sealed), ("place_sealed", second.contact_sealed)):
            tx.run(update(orders).where(orders.c.id == second.id).values({column: value}))
            moved = tx.first(select(orders).where(orders.c.id == second.id))
            with pytest.raises(InvalidTag):
                tx.vault.open(value, identity.of_row("orders", column, moved))


def test_older_values_that_are_bound_to_nothing_open_and_the_upgrade_binds_them(office: Office, talk: Talk) -> None:
    with office.db.transaction() as tx:
        row = tx.first(select(orders).where(orders.c.contact_sealed.is_not(None)))
        assert row is not None
        of = identity.of_row("orders", "contact_sealed", row)
        older = tx.vault.seal("13900001111")
        tx.run(update(orders).where(orders.c.id == row.id).values(contact_sealed=older))
        assert tx.vault.open(older, of) == "13900001111"
    upgrading.upgrade(office)
    with office.db.reading() as tx:
        value = tx.value(select(orders.c.contact_sealed).where(orders.c.id == row.id))
    assert office.db.vault.is_newest(value, of)
    assert office.db.vault.open(value, of) == "13900001111"


def test_an_upgrade_that_was_broken_off_goes_on_and_a_second_one_changes_nothing(
    office: Office, talk: Talk, opened: Opened
) -> None:
    both = opened(with_keys(office.settings, NEW, OLD))
    renewal.ensure_keys(both)
    for over in list(reseal.passes())[:9]:
        with both.db.transaction() as tx:
            reseal.pass_over(tx, over, None)
    assert renewal.renew(both) > 0
    before = {(name, value) for name, value, _ in sealed_values(both)}
    assert renewal.renew(both) == 0
    assert {(name, value) for name, value, _ in sealed_values(both)} == before


def test_more_rows_than_a_page_are_sealed_newly_too(office: Office, opened: Opened) -> None:
    number = reseal.PAGE * 2 + 7
    with office.db.transaction() as tx:
        row = {"kind": "text", "received_at": NOON, "body_sealed": tx.vault.seal("words")}
        tx.run(insert(inbound), [{**row, "key": f"m:{one}"} for one in range(number)])
    assert renewal.renew(opened(with_keys(office.settings, NEW, OLD))) == number
    assert closed(opened(with_keys(office.settings, NEW))) == []


def test_a_value_that_no_key_opens_stays_and_is_told(
    office: Office, talk: Talk, caplog: pytest.LogCaptureFixture
) -> None:
    with office.db.transaction() as tx:
        tx.run(update(orders).where(orders.c.contact_sealed.is_not(None)).values(contact_sealed=b"x" * 40))
    upgrading.upgrade(office)
    assert "1 values open with none of the keys" in caplog.text
    with office.db.reading() as tx:
        assert tx.value(select(orders.c.contact_sealed).where(orders.c.contact_sealed.is_not(None))) == b"x" * 40


def test_a_sealed_file_is_bound_to_its_name_and_comes_under_the_newest_key(
    office: Office, talk: Talk, opened: Opened
) -> None:
    with office.db.transaction() as tx:
        row = tx.first(select(attachments))
        assert row is not None
        name = f"media/{row.order_id}/{row.id}.png.sealed"
        path = office.settings.var_dir / name
        media.write(path, office.db.box.seal_bytes(b"picture"))
        tx.run(update(attachments).values(path=name, state="stored"))
    upgrading.upgrade(opened(with_keys(office.settings, NEW, OLD)))
    alone = opened(with_keys(office.settings, NEW))
    assert media.content(alone, name) == b"picture"
    other = path.with_name("99.png.sealed")
    other.write_bytes(path.read_bytes())
    with pytest.raises(InvalidTag):
        media.content(alone, str(other.relative_to(office.settings.var_dir)))
