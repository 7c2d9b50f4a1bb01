"""A roster in one step: its file is read and written, as the command line does it."""

from datetime import datetime
from pathlib import Path
from typing import Any

from bot.services import roster
from bot.services.office import Office


def import_roster(
    office: Office, file: Path, now: datetime, *, replace: bool = False, demo: bool = False
) -> list[dict[str, Any]]:
    """All rows or none; BadRoster."""
    return roster.write(office, roster.read_file(office, file), now, replace=replace, demo=demo)
