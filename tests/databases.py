"""Which database a test runs on, where it is not each of both."""

import pytest

SQLITE = pytest.mark.parametrize(
    "database_url", ["sqlite"], indirect=True
)  # what is tested is nothing of the database's
POSTGRESQL = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)

EVERY = 4
FEW_ON_POSTGRESQL = pytest.mark.few_on_postgresql
"""The cases of each test differ in words alone: all are tried on SQLite, the first and every fourth on PostgreSQL too."""
