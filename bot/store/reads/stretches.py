"""The stretches of a limit as one parameter of a statement, however many there are."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import CTE, ColumnClause, Integer, Text, cast, column, func, literal, select, type_coerce

from bot.orders.time_limits.limits import Stretch
from bot.store.tables import Instant

_TYPES = {"first": Instant, "until": Instant, "due": Instant, "moves": Integer}


def table(dialect: str, stretches: Sequence[Stretch]) -> CTE:
    """A table with the columns of `Stretch`; `moves` is 0 or 1."""
    rows = [
        {"first": _moment(each.first), "until": _moment(each.until), "due": _moment(each.due), "moves": int(each.moves)}
        for each in stretches
    ]
    given = literal(json.dumps(rows), Text)
    if dialect == "postgresql":
        from sqlalchemy.dialects.postgresql import JSONB

        columns: list[ColumnClause[Any]] = [column(name, type_) for name, type_ in _TYPES.items()]
        listed = func.jsonb_to_recordset(cast(given, JSONB)).table_valued(*columns, name="listed")
        return select(*listed.render_derived(with_types=True).c).cte("stretch")
    listed = func.json_each(given).table_valued(column("value", Text))
    parts = {name: func.json_extract(listed.c.value, f"$.{name}") for name in _TYPES}
    return select(*(type_coerce(part, _TYPES[name]).label(name) for name, part in parts.items())).cte("stretch")


def _moment(value: datetime) -> str:
    """As both databases compare it with a column `Instant`."""
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
