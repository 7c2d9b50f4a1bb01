"""docs/privacy.md and the register agree with the tables of the database: no column without an entry."""

import pytest
from sqlalchemy import LargeBinary

from bot.store.records import page
from bot.store.records.register import OF_ORDER, register
from bot.store.sealed.identity import KEYS
from bot.store.tables import metadata
from config.settings import ROOT

SAID = (ROOT / "docs" / "privacy.md").read_text("utf-8")


def test_every_table_of_the_database_is_in_the_register_and_no_other() -> None:
    assert set(register()) == set(metadata.tables)


@pytest.mark.parametrize("name", sorted(metadata.tables))
def test_every_column_is_personal_or_plain(name: str) -> None:
    entry = register()[name]
    assert not set(entry.personal) & set(entry.plain)
    assert {*entry.personal, *entry.plain} == set(metadata.tables[name].columns.keys())


@pytest.mark.parametrize("name", sorted(metadata.tables))
def test_who_a_row_speaks_of_follows_from_its_columns(name: str) -> None:
    columns, entry = metadata.tables[name].columns, register()[name]
    for whose in entry.whose:
        assert ("order_id" if whose == OF_ORDER else whose) in columns
    if entry.personal:
        assert entry.whose, f"{name} has personal columns and nobody whose they are"


@pytest.mark.parametrize("name", sorted(metadata.tables))
def test_every_table_with_an_encrypted_column_has_an_identity_for_its_rows(name: str) -> None:
    sealed = [c.name for c in metadata.tables[name].columns if isinstance(c.type, LargeBinary)]
    assert name in KEYS or not [column for column in sealed if column.endswith("_sealed")]


def test_the_page_shows_the_register_itself() -> None:
    shown = SAID.split("<!-- register -->")[1].split("<!-- /register -->")[0].strip()
    assert shown == page.as_markdown()
