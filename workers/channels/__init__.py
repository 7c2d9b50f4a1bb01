"""The ways to reach a person: one file each, and this one table of them."""

from collections.abc import Mapping

from workers.channels import chat, sms, subscription, template, wecom
from workers.channels.channel import Channel

# To add a channel: its file, a line here, its place in config/channels.toml.
CHANNELS: Mapping[str, Channel] = {
    "subscription": subscription.CHANNEL,
    "template": template.CHANNEL,
    "chat": chat.CHANNEL,
    "sms": sms.CHANNEL,
    "wecom": wecom.CHANNEL,
}
