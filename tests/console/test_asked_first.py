"""Of every act at the console it is known how one gets out of it again."""

from bot.console.asked_first import ASKED_FIRST
from bot.orders.lifecycle import UNDOABLE
from bot.services.console.acts import ACTIONS

SAYS_SOMETHING = frozenset(
    {"tell", "ask", "note", "urge", "recategorise", "undo", "accept", "decline", "return", "finish"}
)
"""Commands that add words, or that the other side may answer in another way; those with words stand behind a form."""


def test_of_every_command_it_is_known_whether_it_is_undone_asked_first_or_only_says_something() -> None:
    undone = {command for command, action in ACTIONS.items() if action in UNDOABLE}
    assert undone | (ASKED_FIRST & set(ACTIONS)) | SAYS_SOMETHING == set(ACTIONS)
    assert not undone & ASKED_FIRST
    assert not (undone | ASKED_FIRST) & SAYS_SOMETHING
