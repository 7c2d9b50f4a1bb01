"""Writes the table of docs/privacy.md from the register: `python -m bot.store.records.page`."""

from bot.store.records.register import register

HEAD = ("表", "有什么", "为什么", "留多久", "谁看得到", "删除时清空")


def as_markdown() -> str:
    """One row for each table of the database."""
    rows = [HEAD, ("---",) * len(HEAD)]
    for name, entry in register().items():
        emptied = "、".join(f"`{column}`" for column in entry.personal) or "（没有）"
        rows.append((f"`{name}`", entry.what, entry.why, entry.kept, entry.seen, emptied))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


if __name__ == "__main__":
    print(as_markdown())
