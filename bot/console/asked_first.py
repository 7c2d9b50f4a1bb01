"""Acts that cannot be undone: their pages ask first. The one list; each has its sentence below `console.sure` in the locale."""

ASKED_FIRST = frozenset({
    "register", "give_notice", "separate",  # of an order
    "close", "recall",  # of a broadcast
    "end", "settle",  # of the inbox
    "drop_reply",
})  # fmt: skip
"""All others can be undone, change nothing that lasts, or follow words that the person has typed for them."""
