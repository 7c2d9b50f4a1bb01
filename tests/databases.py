"""Which database a test runs on, where it is not each of both."""

import pytest

SQLITE = pytest.mark.parametrize(
    "database_url", ["sqlite"], indirect=True
)  # what is tested is nothing of the database's
POSTGRESQL = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
