"""Rows that stand for what people said themselves are the same rows."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.services.office import Office, no_nudge, open_office
from tests import entering
from tests.conftest import empty_database

ROSTER = """角色,姓名,手机号,社区,网格,支部,技能
社区工作者,陈桥甲,13800000101,陈桥社区,,,
党员,党员一,13800000111,陈桥社区,网格01,第一支部,水电
"""


def test_who_is_entered_again_is_as_after_their_own_messages(
    office: Office, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    said = entering.everybody(office, tmp_path, ROSTER)
    (tmp_path / "other").mkdir()
    with empty_database(request, office.db.url.get_backend_name(), tmp_path / "other") as url:
        other = open_office(replace(office.settings, database_url=url), no_nudge)
        written = entering.everybody(other, tmp_path / "other", ROSTER)
        assert not (tmp_path / "other" / "cast.csv").exists()  # nobody said anything
        with office.db.reading() as first, other.db.reading() as second:
            rows = entering.rows_of(first)
            assert entering.rows_of(second) == rows
            assert entering.sequences(second) == entering.sequences(first)
        assert set(rows) == {"persons", "roles", "bind_codes", "inbound", "sessions", "audit"}
        assert (written.now, written.replies) == (said.now, said.replies)
        assert written.says("党员一", "帮助") == said.says("党员一", "帮助") != ""
        assert written.says("陈桥甲", "待派") == said.says("陈桥甲", "待派") != ""
        other.db.close()
