"""A list of ids as one parameter of a prepared statement."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ARRAY, BigInteger, ColumnElement, Text, any_, bindparam, column, func, select


def among(dialect: str, of: ColumnElement[int], name: str = "ids") -> ColumnElement[bool]:
    """Whether the column is one of the ids that `bound` puts into the parameter `name`."""
    if dialect == "postgresql":
        return of == any_(bindparam(name, type_=ARRAY(BigInteger)))
    listed = func.json_each(bindparam(name, type_=Text)).table_valued(column("value", BigInteger))
    return of.in_(select(listed.c.value))


def bound(dialect: str, ids: Sequence[int]) -> Any:
    """The value of that parameter."""
    return list(ids) if dialect == "postgresql" else json.dumps(list(ids))
