"""Writes the table of docs/privacy.md from the register: `python -m bot.store.records.page`."""

from bot import texts
from bot.store.records.register import register
from config.settings import CONFIG_DIR


def as_markdown() -> str:
    """One row for each table of the database."""
    words = texts.load(CONFIG_DIR).sentences["register"]
    rows = [tuple(words["head"]), ("---",) * len(words["head"])]
    for name, entry in register().items():
        emptied = words["between"].join(f"`{column}`" for column in entry.personal) or words["nothing"]
        rows.append((f"`{name}`", entry.what, entry.why, entry.kept, entry.seen, emptied))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


if __name__ == "__main__":
    print(as_markdown())
