"""Mutated roster files: rows or reasons, no other end, and nothing written for a bad file."""

import io
import zipfile
from pathlib import Path
from random import Random

import openpyxl

from bot.services import roster
from bot.services.office import Office
from tests.fuzz.mutations import ODD, VALUES, spliced
from tests.fuzz.webhook import SETTLED, Result, megabytes
from tests.rosters import import_roster
from tests.talk import NOON

HEAD = "角色,姓名,手机号,社区,网格,支部,技能"
ROWS = (
    "党员,张三,13800001111,陈桥社区,网格01,一支部,水电、看护",
    "社区工作者,李四,13800001112,花都路社区,,,",
    "街道管理员,王五,13800001113,,,,",
)
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le")


def run(office: Office, folder: Path, number: int, seed: int = 0) -> Result:
    """Import so many files."""
    chance, result, settled = Random(seed), Result(), 0.0
    for done in range(number):
        if done == int(number * SETTLED):
            settled = megabytes()
        content = chance.choice((_text, _text, _book))(chance)
        (folder / "roster").write_bytes(content)
        try:
            import_roster(office, folder / "roster", NOON)
            ended = 200
        except roster.BadRoster as bad:
            ended = 422
            if not bad.rows or not all(reason.strip() for _, reason in bad.rows):
                result.findings.append(f"refused without a reason: {content[:200]!r}")
        except Exception as error:  # noqa: BLE001 - any of them is a finding
            ended = 500
            result.findings.append(f"raised {error!r}: {content[:200]!r}")
        result.answers[ended] = result.answers.get(ended, 0) + 1
    result.grown = megabytes() - settled
    return result


def _cells(chance: Random) -> list[list[str]]:
    rows = [HEAD.split(","), *(chance.choice(ROWS).split(",") for _ in range(chance.randint(0, 4)))]
    for _ in range(chance.randint(0, 3)):
        row = chance.choice(rows)
        row[chance.randrange(len(row))] = chance.choice(VALUES).encode("utf-8", "ignore").decode()
    return rows


def _text(chance: Random) -> bytes:
    separator = chance.choice((",", ";", "\t"))
    content = "\n".join(separator.join(row) for row in _cells(chance)).encode(chance.choice(ENCODINGS))
    return spliced(chance, content) if chance.random() < 0.5 else content


def _book(chance: Random) -> bytes:
    made, buffer = openpyxl.Workbook(), io.BytesIO()
    assert made.active is not None
    for row in _cells(chance):
        made.active.append(["".join(c for c in cell if c >= " ") for cell in row])
    made.save(buffer)
    if chance.random() < 0.3:
        return spliced(chance, buffer.getvalue())
    with zipfile.ZipFile(buffer) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(sorted(parts))
    parts[name] = chance.choice((spliced(chance, parts[name]), b"", chance.choice(ODD) * 50, parts[name] * 2))
    again = io.BytesIO()
    with zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, content in parts.items():
            archive.writestr(each, content)
    return again.getvalue()
