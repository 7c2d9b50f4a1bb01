"""What is counted as a statement at the driver's cursor, on both databases."""

from sqlalchemy import create_engine

from tests.bench.measured.statements import counting


def test_begin_and_each_executemany_are_one_statement_and_commit_is_none(database_url: str) -> None:
    sqlite = database_url.startswith("sqlite")
    with counting() as counter:
        engine = create_engine(database_url, connect_args={"isolation_level": None} if sqlite else {})
        connection = engine.raw_connection()
        known = counter.total
        cursor = connection.cursor()
        if sqlite:
            cursor.execute("BEGIN")  # psycopg says it by itself
        cursor.execute("CREATE TEMPORARY TABLE counted (a INTEGER)")
        cursor.executemany(f"INSERT INTO counted VALUES ({'?' if sqlite else '%s'})", [(1,), (2,), (3,)])
        cursor.execute("SELECT count(*) FROM counted")
        assert cursor.fetchone() == (3,)
        connection.commit()
        assert counter.total - known == 4
        connection.close()
        engine.dispose()


def test_connections_made_outside_are_not_counted(database_url: str) -> None:
    with counting() as counter:
        pass
    engine = create_engine(database_url)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT 1").scalar() == 1
    engine.dispose()
    assert counter.total == 0
