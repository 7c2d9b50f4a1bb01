"""The settings of the ways out besides WeChat: short messages (SMS), and robots of WeCom groups."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import urlsplit

from config.json_values import entries, json_or_file, text_of, texts
from config.values import matching, one_of, setting, text

FACTS = ("who", "kind", "title", "code", "state", "when")
"""What a variable of a template may hold: no address, no link, no words of residents."""
PLACES: Mapping[str, re.Pattern[str]] = {
    "tencent": re.compile(r"\{(\d+)\}"), "aliyun": re.compile(r"\$\{(\w+)\}"),
}  # fmt: skip
"""How the approved wording marks the places of its variables, by provider."""
KINDS = frozenset({"order", "reminder", "*"})


@dataclass(frozen=True, slots=True)
class SmsTemplate:
    """An approved template: its id at the provider, its wording with the places of variables, and which fact fills
    which of them, in the order in which the places first stand in the wording."""

    id: str
    text: str
    variables: tuple[str, ...] = ()

    def places(self, provider: str) -> list[str]:
        """The names of the places, each once."""
        return list(dict.fromkeys(PLACES[provider].findall(self.text)))


def _templates(value: str) -> dict[str, SmsTemplate]:
    found = entries(value)
    unknown = sorted(found.keys() - KINDS)
    if unknown:
        raise ValueError(f"{unknown[0]}: only order, reminder and * are kinds of notices")
    return {
        kind: SmsTemplate(text_of(entry, "id", kind), text_of(entry, "text", kind), _variables(entry, kind))
        for kind, entry in found.items()
    }


def _variables(entry: Mapping[str, Any], kind: str) -> tuple[str, ...]:
    found = entry.get("variables", ())
    if not isinstance(found, list | tuple) or any(each not in FACTS for each in found):
        raise ValueError(f"{kind}.variables: must be a list of {', '.join(FACTS)}")
    return tuple(found)


def _host(value: str) -> str:
    if value and not _is_host(value):
        raise ValueError("must be http:// or https:// with a host, a port if need be, and no path")
    return value.rstrip("/")


def _robots(value: str) -> dict[str, str]:
    found = texts(json_or_file(value))
    for branch, address in found.items():
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname or "key=" not in parts.query:
            raise ValueError(f"{branch}: must be the robot's webhook address, with its key")
    return found


@dataclass(frozen=True, kw_only=True)
class SmsSettings:
    """Provider, account, signature and templates of short messages; the robots of the branches' WeCom groups."""

    sms_provider: str = setting(one_of("", *PLACES), "")
    sms_api_url: str = setting(_host, "")
    sms_app_id: str = setting(text(), "")
    sms_access_key: str = setting(text(), "")
    sms_secret_key: str = setting(text(), "")
    sms_signature: str = setting(
        matching(
            r"[0-9A-Za-z\u4e00-\u9fff]{2,20}",
            "must be the approved signature: letters, digits and Chinese characters, without 【】",
        ),
        "",
    )
    sms_templates: Mapping[str, SmsTemplate] = setting(_templates, factory=dict)
    sms_receipt_path: str = setting(
        matching(
            r"[A-Za-z0-9_-]{24,128}",
            "must be 24 or more letters, digits, hyphens or underscores that nobody can guess",
        ),
        "",
    )
    wecom_robots: Mapping[str, str] = setting(_robots, factory=dict)
    wecom_api_url: str = setting(_host, "")

    def contradiction(self) -> str | None:
        """One line that names what is missing or contradicts the provider: short messages are whole or off."""
        if not self.sms_provider:
            names = [each.name for each in fields(SmsSettings) if each.name.startswith("sms_")]
            given = [name for name in names if getattr(self, name)]
            return f"SMS_PROVIDER: is missing, although {given[0].upper()} is given" if given else None
        for name in ("sms_signature", "sms_templates", *(("sms_app_id",) if self.sms_provider == "tencent" else ())):
            if not getattr(self, name):
                return f"{name.upper()}: is required with SMS_PROVIDER={self.sms_provider}"
        if self.sms_provider != "tencent" and self.sms_app_id:
            return "SMS_APP_ID: only Tencent Cloud has one"
        for kind, template in self.sms_templates.items():
            places, given_for = len(template.places(self.sms_provider)), len(template.variables)
            if places != given_for:
                return f"SMS_TEMPLATES: {kind}: its text has {places} places for {given_for} variables"
        return None


def _is_host(address: str) -> bool:
    try:
        parts = urlsplit(address)
        bare = not (parts.path.strip("/") or parts.query or parts.fragment or parts.username)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0 and bare
    except ValueError:
        return False
