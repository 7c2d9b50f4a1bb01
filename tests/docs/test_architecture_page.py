"""docs/architecture.md agrees with the code: import layers, packages, processes and tables."""

import re
import tomllib

from bot.store.tables import metadata
from config.settings import ROOT
from tests.docs import manual

PAGE = ROOT / "docs" / "architecture.md"
SAID = PAGE.read_text("utf-8")


def test_the_layers_are_those_that_import_linter_checks() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    (layers,) = (contract["layers"] for contract in contracts if contract["type"] == "layers")
    shown = SAID.split("<!-- layers -->")[1].split("<!-- /layers -->")[0]
    assert re.findall(r"^\d+\. `(.+)`$", shown, flags=re.MULTILINE) == layers


def test_every_package_of_the_service_has_its_line() -> None:
    told = " ".join(row["package"] for row in manual.tables(PAGE) if "package" in row)
    packages = [path.parent for path in (ROOT / "bot").glob("*/__init__.py")]
    assert packages
    assert [path.name for path in packages if f"`bot/{path.name}/`" not in told] == []


def test_every_table_of_the_database_has_its_place() -> None:
    told = " ".join(row["where"] for row in manual.tables(PAGE) if "fact" in row)
    assert [name for name in metadata.tables if f"`{name}`" not in told] == []


def test_the_processes_are_those_of_the_procfile() -> None:
    listed = [row["process"].strip("`") for row in manual.tables(PAGE) if "process" in row]
    assert listed == re.findall(r"^(\w+):", (ROOT / "Procfile").read_text("utf-8"), flags=re.MULTILINE)
