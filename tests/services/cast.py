"""The people of an office for tests of who hears of what: two communities, an administrator, two of the discipline staff."""

import re
from pathlib import Path

from sqlalchemy import select

from bot.services.office import Office
from bot.store.tables import notices, persons
from tests import entering
from tests.talk import Talk

CODE = re.compile(r"单号[^\d]{0,3}(\d{6,8})")
CAST = """角色,姓名,手机号,社区,网格,支部,技能
社区工作者,陈桥甲,13800000101,陈桥社区,,,
社区工作者,陈桥乙,13800000102,陈桥社区,,,
社区工作者,兰天甲,13800000103,兰天社区,,,
街道管理员,办事处甲,13800000105,,,,
纪检干部,纪检甲,13800000106,,,,
"""


def enter(office: Office, tmp_path: Path, more: str = "") -> Talk:
    """Everybody of the cast, and `more` rows, on the roster and bound."""
    return entering.everybody(office, tmp_path, CAST + more)


def told_of(office: Office, event: str, name: str | None = None) -> list[str]:
    """The codes (with a name: those told to it) or, without, the names that a kind of notice went to."""
    query = select(persons.c.name, notices.c.facts_sealed).join(notices).where(notices.c.event == event)
    with office.db.reading() as tx:
        rows = tx.all(query.where(notices.c.reason.is_distinct_from("withheld")).order_by(notices.c.id))
        if name is None:
            return [row.name for row in rows]
        return [tx.open_facts(row.facts_sealed)["code"] for row in rows if row.name == name]
