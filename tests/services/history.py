"""An office with a past: orders that were settled, written at once since a message each would take minutes."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import insert

from bot.services.office import Office
from bot.store.persons import people
from bot.store.tables import history, orders
from tests.talk import NOON

STALLS = ("大喇叭", "音响", "喊麦", "录音", "扩音器", "鞭炮", "锣鼓", "电子琴", "唢呐", "铜铃")
STREETS = ("菜场口", "学校旁", "桥头", "老街", "北门", "公交站", "小广场", "河边", "医院外", "车站前")
NOISE = [f"{street}那个摊子用{stall}招揽客人" for street in STREETS for stall in STALLS]
LAMPS = [f"{street}的路灯不亮，{stall}都看不清" for street in STREETS for stall in STALLS]
_codes = itertools.count(1)


def small(office: Office, **choice: object) -> Office:
    """The same office, which learns from little."""
    taught = replace(office.training_settings, least_rows=40, least_per_label=4)
    return replace(office, training_settings=replace(taught, **choice))  # type: ignore[arg-type]


def settled(
    office: Office,
    texts: Sequence[str],
    category: str,
    *,
    by_staff: bool = False,
    now: datetime = NOON,
    **values: object,
) -> list[int]:
    """Orders of these words, each closed as confirmed unless `values` say otherwise; their ids."""
    with office.db.transaction() as tx:
        person = people.add(tx, now).id
        row = {
            "lane": office.reader.category(category).lane, "category": category, "urgency": "U3", "state": "closed",
            "outcome": "confirmed", "person_id": person, "round": 0, "ring": 0, "source": "chat", "version": 1,
            "created_at": now, "updated_at": now, "done_at": now, "closed_at": now, "is_demo": False, **values,
        }  # fmt: skip
        rows = [
            {**row, "code": f"{next(_codes):07d}", "text": text, "text_sealed": tx.vault.seal(text)} for text in texts
        ]
        ids = [int(tx.run(insert(orders).values(**one).returning(orders.c.id)).scalar_one()) for one in rows]
        if by_staff:
            line = {"at": now, "action": "recategorise", "by": "staff", "state": "submitted"}
            tx.run(insert(history), [{**line, "order_id": order_id} for order_id in ids])
    return ids
