"""What keeps a backup from being taken or restored, in one line."""


class BadBackup(Exception):
    """The file cannot be used; the message says why."""


class WrongKey(Exception):
    """`name`: DATA_KEY or BOX_KEY, none of whose keys opens what is in the backup."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} does not open what is in it")
        self.name = name


class NotEmpty(Exception):
    """The database holds something, and nobody said that it may be replaced."""


class NoKey(Exception):
    """BACKUP_KEY is missing."""
