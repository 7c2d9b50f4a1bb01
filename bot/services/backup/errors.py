"""What keeps a backup from being taken or restored, in one line."""


class BadBackup(Exception):
    """The file cannot be used; the message says why."""


class NotEmpty(Exception):
    """The database holds something, and nobody said that it may be replaced."""


class NoKey(Exception):
    """BACKUP_KEY is missing."""
