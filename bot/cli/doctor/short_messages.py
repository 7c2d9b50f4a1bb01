"""Short messages: whether they can be sent from here, what a message counts, and whether receipts can come."""

import importlib.util
import socket
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from bot.cli.doctor.finding import Asked, Finding, good, notice, wrong
from bot.services.notices.rules import rules
from bot.sms.text import message
from config.settings import Settings

HOSTS: Mapping[str, str] = {"tencent": "https://sms.tencentcloudapi.com", "aliyun": "https://dysmsapi.aliyuncs.com"}
PACKAGES: Mapping[str, str] = {"tencent": "tencentcloud", "aliyun": "alibabacloud_dysmsapi20170525"}
SECONDS = 3.0


def short_messages(asked: Asked) -> Iterator[Finding]:
    """Nothing is sent: a message costs money. Keys and templates show at the first one."""
    known = asked.office.settings
    if not known.sms_provider:
        yield notice("sms_off")
        return
    if importlib.util.find_spec(PACKAGES[known.sms_provider]) is None:
        yield wrong("sms_package", provider=known.sms_provider)
    yield _reached(known.sms_api_url or HOSTS[known.sms_provider])
    yield from _items(known)
    if not known.sms_receipt_path:
        yield notice("sms_receipts")


def _reached(address: str) -> Finding:
    parts = urlsplit(address)
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        socket.create_connection((parts.hostname or "", port), SECONDS).close()
    except OSError as error:
        return wrong("sms_unreached", address=address, reason=type(error).__name__)
    return good("sms_reached", address=address)


def _items(known: Settings) -> Iterator[Finding]:
    """With every variable as long as it may be."""
    longest = rules()["sms"]["variable_characters"]
    full = dict.fromkeys(("who", "kind", "title", "code", "state", "when"), "x" * longest)
    for name, template in known.sms_templates.items():
        said = message(known.sms_provider, known.sms_signature, template, full, longest)
        build = good if said.items == 1 else notice
        yield build(
            f"sms_items_{'one' if said.items == 1 else 'more'}", name=name, characters=len(said.text), items=said.items
        )
