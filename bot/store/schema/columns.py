"""What all tables are declared with: their metadata, the type of ids, and moments."""

from collections.abc import Callable
from datetime import UTC, datetime
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


def _text_of(value: datetime | None) -> str | None:
    return None if value is None else value.astimezone(UTC).isoformat(" ", "microseconds").removesuffix("+00:00")


def _moment_of(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value).replace(tzinfo=UTC)


class Instant(TypeDecorator[datetime]):
    """A moment: aware and in UTC in the program, without a zone in the database."""

    impl = DateTime
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        """SQLite keeps texts; SQLAlchemy's own way over a pattern takes eight times as long."""
        return _text_of if dialect.name == "sqlite" else super().bind_processor(dialect)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        return _moment_of if dialect.name == "sqlite" else super().result_processor(dialect, coltype)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC).replace(tzinfo=None) if value is not None else None

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value is not None else None


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
