"""Whether the keys of this installation open what is in a backup: asked before anything is replaced.

A backup holds a value under DATA_KEY and one under BOX_KEY. Of an older backup, which holds none, the stored keys and
the first matter of the box are tried.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from tempfile import NamedTemporaryFile
from typing import BinaryIO

from cryptography.exceptions import InvalidTag

from bot.services.backup import archive
from bot.services.backup.archive import Manifest
from bot.services.backup.errors import BadBackup, WrongKey
from bot.services.office import Office
from bot.store.sealed.vault import Vault

DATA, BOX = "DATA_KEY", "BOX_KEY"
TRIED = {DATA: ("stored_keys", "key_sealed"), BOX: ("sealed_matters", "words_sealed")}  # of an older backup
COLUMN = "SELECT {1} FROM {0} WHERE {1} IS NOT NULL LIMIT 1"
NULL = "\\N"  # as COPY writes it


def made(office: Office) -> dict[str, str]:
    """For the manifest: a value under the newest key of each kind, in hexadecimal."""
    return {name: vault.seal_bytes(_of(name), _of(name)).hex() for name, vault in _vaults(office).items()}


def check(office: Office, manifest: Manifest) -> None:
    """WrongKey where a key of this installation opens nothing of the backup."""
    for name, vault in _vaults(office).items():
        if name in manifest.checks and not _opens(vault, bytes.fromhex(manifest.checks[name]), _of(name)):
            raise WrongKey(name)


def check_entry(office: Office, manifest: Manifest, name: str, content: BinaryIO) -> None:
    """As `check`, of an older backup: by what this entry of it holds."""
    if name == archive.DATABASE:
        values = iter(_of_file(office, content))
    elif name.startswith(f"{archive.ROWS}/"):
        values = _of_rows(manifest, name.split("/")[1], content)
    else:
        return
    for key, sealed in values:
        vaults = [office.db.vault] if key == DATA else [office.db.box, office.db.vault]  # once it lay under DATA_KEY
        if not any(_opens(vault, sealed) for vault in vaults):
            raise WrongKey(key)


def _of_file(office: Office, content: BinaryIO) -> list[tuple[str, bytes]]:
    """(key, value) out of an SQLite database."""
    found = []
    with NamedTemporaryFile(dir=office.settings.var_dir, prefix=".backup-", suffix=".db") as file:
        shutil.copyfileobj(content, file)
        file.flush()
        with closing(sqlite3.connect(file.name)) as database:
            present = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
            for key, (table, column) in TRIED.items():
                row = database.execute(COLUMN.format(table, column)).fetchone() if table in present else None
                found += [(key, bytes(row[0]))] if row is not None else []
    return found


def _of_rows(manifest: Manifest, table: str, content: BinaryIO) -> Iterator[tuple[str, bytes]]:
    """(key, value) out of rows as COPY writes them."""
    for key, (name, column) in TRIED.items():
        if table != name:
            continue
        place = dict(manifest.tables)[table].index(column)
        values = (line.decode().split("\t")[place] for line in content.read().splitlines())
        sealed = next((value for value in values if value != NULL), None)
        if sealed is not None:
            yield key, _hexadecimal(sealed)


def _hexadecimal(value: str) -> bytes:
    try:
        return bytes.fromhex(value.lstrip("\\").removeprefix("x"))
    except ValueError as error:
        raise BadBackup("its rows cannot be read") from error


def _vaults(office: Office) -> dict[str, Vault]:
    return {DATA: office.db.vault, BOX: office.db.box}


def _of(name: str) -> bytes:
    return f"backup.check:{name}".encode()


def _opens(vault: Vault, sealed: bytes, of: bytes | None = None) -> bool:
    try:
        vault.open_bytes(sealed, of)
    except InvalidTag:
        return False
    return True
