"""What is wrong with an answer, or with several together."""

import base64
from collections.abc import Mapping

from config import settings
from config.settings import SettingsError

FILLED = {
    "WECHAT_TOKEN": "x", "WECHAT_APP_ID": "x", "WECHAT_APP_SECRET": "x", "SECRET_KEY": "x" * 32, "DUTY_PHONES": "0",
    "DATA_KEY": base64.b64encode(bytes(32)).decode(), "GAS_PHONE": "0", "WATER_PHONE": "0", "POWER_PHONE": "0",
}  # fmt: skip


def wrong(name: str, value: str) -> str:
    """Why a value cannot be right by itself, in the words of the settings; "" where it can. What belongs together is
    looked at once all is told."""
    try:
        settings.load({**FILLED, name: value})
    except SettingsError as error:
        of_others = name.startswith("SMS_") and not str(error).startswith(f"{name}: ")
        return "" if of_others else str(error)
    return ""


def wrong_together(values: Mapping[str, str]) -> str:
    """Why these values do not go together; "" where they do."""
    try:
        settings.load(values)
    except SettingsError as error:
        return str(error)
    return ""
