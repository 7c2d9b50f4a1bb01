"""Replies fit the platform's limit: cut at a sentence, with the rest kept for the asking."""

LIMIT = 1900  # bytes of UTF-8; the platform drops longer passive replies and shows a failure instead
ENDS = "\n。！？；"


def cut(text: str, limit: int = LIMIT) -> tuple[str, str]:
    """(what fits into `limit` bytes and ends with a sentence where one ends, the rest)."""
    if len(text.encode()) <= limit:
        return text, ""
    head = text.encode()[:limit].decode(errors="ignore")
    end = max(head.rfind(mark) for mark in ENDS) + 1
    if end < len(head) // 2:
        end = len(head)
    return head[:end].rstrip("\n"), text[end:].lstrip("\n")


def parts(text: str, limit: int = LIMIT) -> list[str]:
    """The whole text in pieces of at most `limit` bytes each, cut as by `cut`; one at least."""
    found, rest = list[str](), text
    while rest or not found:
        head, rest = cut(rest, limit)
        found.append(head)
    return found
