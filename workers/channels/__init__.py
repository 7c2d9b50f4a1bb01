"""How each channel sends: one file each, and this one table of them."""

from collections.abc import Mapping

from workers.channels import chat, mass, sms, subscription, template, wecom
from workers.channels.channel import Send

# To add a channel: see `bot.services.notices.reach`; how it sends is a file and a line here.
CHANNELS: Mapping[str, Send] = {
    "subscription": subscription.send,
    "template": template.send,
    "chat": chat.send,
    "mass": mass.send,
    "sms": sms.send,
    "wecom": wecom.send,
}
