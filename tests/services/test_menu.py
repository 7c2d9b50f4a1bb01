"""The menu fits the platform, and every button says something the service understands."""

from bot import understanding
from bot.services.settings import menu
from bot.understanding import Speaker
from config.settings import CONFIG_DIR

EVERYBODY = Speaker(frozenset({"member", "staff", "admin"}))


def test_every_button_is_a_command() -> None:
    reader = understanding.load(CONFIG_DIR)
    leaves = [leaf for button in menu.read(CONFIG_DIR)["button"] for leaf in button["sub_button"]]
    assert leaves
    for leaf in leaves:
        assert reader.understand(leaf["key"], EVERYBODY).command is not None, leaf["key"]
