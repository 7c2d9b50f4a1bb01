"""Makes the tables as long as after years: rows that the service has written are copied, each with keys of its own.

Of the orders one in twenty is open, the others are closed; a third of the notices are for one person.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, create_engine

from bot.store.tables import metadata

OPEN_EVERY, STAFF_EVERY = 20, 3
DAYS = 300  # over which orders and notices are spread; the office keeps them longer
HOUR, DAY = 3600, 86400

# By table: what is not copied, as SQL over `s.n`, the number of the copy. {p}, {o}, {notices}: the last person, order
# and notice before, {persons}: how many new ones there are. What the tables do not have is left out.
NEW = {
    "persons": {"openid": "'x' || s.n", "phone_index": "'x' || s.n"},
    "orders": {
        "code": "'x' || s.n", "external_id": "NULL", "person_id": "{p} + 1 + s.n % {persons}",
        "merged_into_id": "NULL", "alike_id": "NULL", "created_at": "{ago}", "updated_at": "{ago}",
        "state": "CASE WHEN {open} THEN 'submitted' ELSE 'closed' END",
        "outcome": "CASE WHEN {open} THEN NULL ELSE 'confirmed' END",
        "due_at": "CASE WHEN {open} THEN {ahead} END", "step_due_at": "CASE WHEN {open} THEN {ahead} END",
        "limit_at": "{ahead}", "look_at": "CASE WHEN {open} THEN {ahead} END", "step_at": "{now}",
        "done_at": "CASE WHEN {open} THEN NULL ELSE {ago} END",
        "closed_at": "CASE WHEN {open} THEN NULL ELSE {ago} END",
    },
    "history": {"order_id": "{o} + s.n", "at": "{ago}"},
    "notices": {
        "person_id": "CASE WHEN s.n % {staff_every} = 0 THEN {staff} ELSE {p} + 1 + s.n % {persons} END",
        "order_id": "{o} + s.n", "once": "'x' || s.n", "message_id": "'x' || s.n", "broadcast_id": "NULL",
        "state": "'delivered'", "taken_by": "'template'", "passed_by": "''", "taken": "1", "reason": "NULL",
        "lease_until": "NULL",
        "due_at": "{ago}", "created_at": "{ago}", "sent_at": "{ago}", "delivered_at": "{ago}",
    },
    "attempts": {
        "notice_id": "{notices} + s.n", "at": "{ago}", "channel": "'template'", "outcome": "'delivered'", "code": "0",
        "message_id": "'x' || s.n", "detail": "NULL",
    },
    "inbound": {
        "key": "'x' || s.n", "signature": "NULL", "person_id": "{p} + 1 + s.n % {persons}", "received_at": "{now}",
    },
}  # fmt: skip


def fill(url: str, rows: int, staff: str) -> None:
    """Add so many orders, notices, history lines and messages, and a tenth as many persons; `staff`: an openid."""
    engine = create_engine(url)
    with engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        for setting in _settings(connection, sqlite):
            connection.exec_driver_sql(setting)
        with _without_indexes(connection, sqlite):
            _copy_all(connection, sqlite, rows, staff)
        connection.commit()
        if not sqlite:
            connection.execution_options(isolation_level="AUTOCOMMIT")
            connection.exec_driver_sql("VACUUM ANALYZE")  # as its own daemon does within a minute
    engine.dispose()


def _settings(connection: Connection, sqlite: bool) -> list[str]:
    """Nothing that is filled in needs to survive a power cut."""
    if sqlite:
        return ["PRAGMA journal_mode=OFF", "PRAGMA synchronous=OFF", "PRAGMA cache_size=-200000"]
    settings = ["SET synchronous_commit = off", "SET maintenance_work_mem = '256MB'"]
    known = connection.exec_driver_sql("SELECT current_setting('is_superuser')").scalar_one()
    return [*settings, *(["SET session_replication_role = replica"] if known == "on" else [])]


@contextmanager
def _without_indexes(connection: Connection, sqlite: bool) -> Iterator[None]:
    """Indexes are dropped and made anew from all rows at once, which is faster; those of constraints stay."""
    query = (
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        if sqlite
        else "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND indexname NOT IN "
        "(SELECT conindid::regclass::text FROM pg_constraint WHERE conindid <> 0)"
    )
    known = [tuple(row) for row in connection.exec_driver_sql(query)]
    for name, _ in known:
        connection.exec_driver_sql(f"DROP INDEX {name}")
    yield
    for _, definition in known:
        connection.exec_driver_sql(definition)


def _copy_all(connection: Connection, sqlite: bool, rows: int, staff: str) -> None:
    persons = max(rows // 10, 1)
    known: dict[str, object] = {
        "p": _last(connection, "persons"), "o": _last(connection, "orders"), "notices": _last(connection, "notices"),
        "persons": persons, "staff_every": STAFF_EVERY,
        "staff": connection.exec_driver_sql(f"SELECT id FROM persons WHERE openid = '{staff}'").scalar_one(),
        "open": f"s.n % {OPEN_EVERY} = 0", "ago": _moment(sqlite, f"-(s.n % {DAYS * 24}) * {HOUR}"),
        "ahead": _moment(sqlite, f"{30 * DAY}"), "now": _moment(sqlite, "0"),
    }  # fmt: skip
    for table in (name for name in NEW if name in metadata.tables):
        _copy(connection, table, persons if table == "persons" else rows, known)


def _copy(connection: Connection, table: str, rows: int, known: dict[str, object]) -> None:
    key = "key" if table == "inbound" else "id"
    columns = [column.name for column in metadata.tables[table].columns]
    values = [NEW[table].get(name, f't."{name}"').format(**known) for name in columns]
    if key == "id":
        values[columns.index("id")] = f"{_last(connection, table)} + s.n"
    count = connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()
    written = (
        f"(SELECT x.*, row_number() OVER (ORDER BY x.{key}) - 1 AS place FROM {table} x) t ON t.place = s.n % {count}"
    )
    names = ", ".join(f'"{name}"' for name in columns)
    copy = (
        f"INSERT INTO {table} ({names}) WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {rows}) "
        f"SELECT {', '.join(values)} FROM s" + (f" JOIN {written}" if count else "")
    )
    connection.exec_driver_sql(copy if connection.dialect.name == "sqlite" else copy.replace("%", "%%"))
    if key == "id" and connection.dialect.name == "postgresql":
        sequence = f"pg_get_serial_sequence('{table}', 'id')"
        connection.exec_driver_sql(f"SELECT setval({sequence}, (SELECT max(id) FROM {table}))")


def _last(connection: Connection, table: str) -> int:
    return int(connection.exec_driver_sql(f"SELECT coalesce(max(id), 0) FROM {table}").scalar_one())


def _moment(sqlite: bool, seconds: str) -> str:
    """SQL of the moment so many seconds from now, as the tables keep it."""
    if sqlite:
        return f"strftime('%Y-%m-%d %H:%M:%S.000000', unixepoch() + {seconds}, 'unixepoch')"
    return f"(timezone('utc', now()) + ({seconds}) * interval '1 second')"
