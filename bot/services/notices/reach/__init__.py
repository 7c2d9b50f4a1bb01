"""Whom each channel reaches: one file each, and this one table of them."""

from collections.abc import Mapping

from bot.services.notices.reach import chat, mass, sms, subscription, template, wecom
from bot.services.notices.reach.ways import Reach

# To add a channel: its file here, a line; how it sends in workers/channels; its place in config/channels.toml.
REACHES: Mapping[str, Reach] = {
    "subscription": subscription.REACH,
    "template": template.REACH,
    "chat": chat.REACH,
    mass.NAME: mass.REACH,
    "sms": sms.REACH,
    "wecom": wecom.REACH,
}
