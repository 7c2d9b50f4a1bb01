"""A statement that is run once for each of many rows, as one statement where that costs less.

PostgreSQL's driver takes about 80 µs of this process for each further row of a list, and the server 40; there all rows are
one parameter. SQLite takes the list.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Text, bindparam, cast, column, func
from sqlalchemy.types import TypeEngine

from bot.store.connections.statements import Values

Types = Mapping[str, TypeEngine[Any] | type[TypeEngine[Any]]]
ROWS = "rows"  # the one parameter


def values_of(dialect: str, types: Types) -> Mapping[str, ColumnElement[Any]]:
    """The values of a row, by name, to write into the statement."""
    if dialect != "postgresql":
        return {name: bindparam(name, type_=type_) for name, type_ in types.items()}
    from sqlalchemy.dialects.postgresql import JSONB

    columns = [column(name, type_) for name, type_ in types.items()]
    listed = func.jsonb_to_recordset(cast(bindparam(ROWS, type_=Text), JSONB)).table_valued(*columns, name=ROWS)
    return dict(listed.render_derived(with_types=True).c)


def bound(dialect: str, rows: Sequence[Values]) -> Values | Sequence[Values]:
    """These rows as the statement takes them; not empty."""
    return {ROWS: json.dumps(rows, default=_moment)} if dialect == "postgresql" else rows


def _moment(value: datetime) -> str:
    """As a column `Instant` has it."""
    return value.astimezone(UTC).replace(tzinfo=None).isoformat()
