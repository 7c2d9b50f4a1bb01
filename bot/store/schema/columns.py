"""What all tables are declared with: their metadata, the type of ids, and moments."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, Dialect, ForeignKey, Index, Integer, MetaData, TypeDecorator, text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

WHERE = "where"
"""The key of an index's facts under which its condition stands."""

Id = BigInteger().with_variant(Integer, "sqlite")


_ZONE = "+00:00"


@lru_cache(64)  # of one message the same moments are written again and again
def _text_of(value: datetime | None) -> str | None:
    return None if value is None else value.astimezone(UTC).isoformat(" ", "microseconds").removesuffix(_ZONE)


def _moment_of(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value + _ZONE)


def _without_zone(value: datetime | None) -> datetime | None:
    return None if value is None else value.astimezone(UTC).replace(tzinfo=None)


def _in_utc(value: datetime | None) -> datetime | None:
    return None if value is None else value.replace(tzinfo=UTC)


class Instant(TypeDecorator[datetime]):
    """A moment: aware and in UTC in the program, without a zone in the database."""

    impl = DateTime
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any]:
        """SQLite keeps texts; SQLAlchemy's own way over a pattern takes eight times as long."""
        return _text_of if dialect.name == "sqlite" else _without_zone

    def result_processor(self, dialect: Dialect, _column_type: object) -> Callable[[Any], Any]:
        return _moment_of if dialect.name == "sqlite" else _in_utc


def person(name: str = "person_id", *, null: bool = False, index: bool = True) -> Column[Any]:
    return Column(name, Id, ForeignKey("persons.id"), nullable=null, index=index)


def order(*, null: bool = False, index: bool = True) -> Column[Any]:
    return Column("order_id", Id, ForeignKey("orders.id"), nullable=null, index=index)


def index(name: str, *columns: str, where: str) -> Index:
    """An index of those rows alone that meet a condition. See `with_conditions`."""
    return Index(name, *columns, info={WHERE: where})


def with_conditions(tables: MetaData) -> MetaData:
    """These tables, their indexes with the conditions in the words of both databases. Only migrations need them: to name
    PostgreSQL in a table loads all of its dialect, 4 MB, into every process."""
    for each in (each for table in tables.tables.values() for each in table.indexes if WHERE in each.info):
        for dialect in ("sqlite", "postgresql"):
            each.dialect_kwargs[f"{dialect}_where"] = text(each.info[WHERE])
    return tables
