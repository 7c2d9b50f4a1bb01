"""The settings of the ways out besides WeChat: short messages (SMS), and robots of WeCom groups."""

import re
from collections.abc import Mapping
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, Field, field_validator, model_validator

from config.json_values import json_or_file

Provider = Literal["", "tencent", "aliyun"]
Fact = Literal["who", "kind", "title", "code", "state", "when"]
"""What a variable of a template may hold: no address, no link, no words of residents."""
PLACES: Mapping[str, re.Pattern[str]] = {
    "tencent": re.compile(r"\{(\d+)\}"), "aliyun": re.compile(r"\$\{(\w+)\}"),
}  # fmt: skip
"""How the approved wording marks the places of its variables, by provider."""
KINDS = frozenset({"order", "reminder", "*"})
TITLE = re.compile(r"[0-9A-Za-z\u4e00-\u9fff]{2,20}")


class SmsTemplate(BaseModel):
    """An approved template: its id at the provider, its wording with the places of variables, and which fact fills
    which of them, in the order in which the places first stand in the wording."""

    id: str = Field(min_length=1)
    text: str = Field(min_length=1)
    variables: tuple[Fact, ...] = ()

    def places(self, provider: str) -> list[str]:
        """The names of the places, each once."""
        return list(dict.fromkeys(PLACES[provider].findall(self.text)))


class SmsSettings(BaseModel):
    """Provider, account, signature and templates of short messages; the robots of the branches' WeCom groups."""

    sms_provider: Provider = ""
    sms_api_url: str = ""
    sms_app_id: str = ""
    sms_access_key: str = ""
    sms_secret_key: str = ""
    sms_signature: str = ""
    sms_templates: dict[str, SmsTemplate] = Field(default_factory=dict)
    sms_receipt_path: str = ""
    wecom_robots: dict[str, str] = Field(default_factory=dict)
    wecom_api_url: str = ""

    @field_validator("sms_templates", "wecom_robots", mode="before")
    @classmethod
    def _these_are_json_or_a_file(cls, value: Any) -> Any:
        return json_or_file(value)

    @field_validator("sms_templates")
    @classmethod
    def _templates_are_of_known_kinds(cls, value: dict[str, SmsTemplate]) -> dict[str, SmsTemplate]:
        unknown = sorted(value.keys() - KINDS)
        if unknown:
            raise ValueError(f"{unknown[0]}: only order, reminder and * are kinds of notices")
        return value

    @field_validator("sms_api_url", "wecom_api_url")
    @classmethod
    def _an_address_is_scheme_host_and_port(cls, value: str) -> str:
        if value and not _is_host(value):
            raise ValueError("must be http:// or https:// with a host, a port if need be, and no path")
        return value.rstrip("/")

    @field_validator("sms_signature")
    @classmethod
    def _a_signature_has_no_brackets(cls, value: str) -> str:
        if value and not TITLE.fullmatch(value):
            raise ValueError("must be the approved signature: letters, digits and Chinese characters, without 【】")
        return value

    @field_validator("sms_receipt_path")
    @classmethod
    def _a_secret_path_is_long(cls, value: str) -> str:
        if value and not re.fullmatch(r"[A-Za-z0-9_-]{24,128}", value):
            raise ValueError("must be 24 or more letters, digits, hyphens or underscores that nobody can guess")
        return value

    @field_validator("wecom_robots")
    @classmethod
    def _robots_have_addresses(cls, value: dict[str, str]) -> dict[str, str]:
        for branch, address in value.items():
            parts = urlsplit(address)
            if parts.scheme not in ("http", "https") or not parts.hostname or "key=" not in parts.query:
                raise ValueError(f"{branch}: must be the robot's webhook address, with its key")
        return value

    @model_validator(mode="after")
    def _short_messages_are_whole_or_off(self) -> Self:
        """One line that names what is missing or contradicts the provider."""
        if not self.sms_provider:
            given = [name for name in SmsSettings.model_fields if name.startswith("sms_") and getattr(self, name)]
            if given:
                raise ValueError(f"SMS_PROVIDER: is missing, although {given[0].upper()} is given")
            return self
        for name in ("sms_signature", "sms_templates", *(("sms_app_id",) if self.sms_provider == "tencent" else ())):
            if not getattr(self, name):
                raise ValueError(f"{name.upper()}: is required with SMS_PROVIDER={self.sms_provider}")
        if self.sms_provider != "tencent" and self.sms_app_id:
            raise ValueError("SMS_APP_ID: only Tencent Cloud has one")
        for kind, template in self.sms_templates.items():
            places = template.places(self.sms_provider)
            if len(places) != len(template.variables):
                raise ValueError(
                    f"SMS_TEMPLATES: {kind}: its text has {len(places)} places for {len(template.variables)} variables"
                )
        return self


def _is_host(address: str) -> bool:
    try:
        parts = urlsplit(address)
        bare = not (parts.path.strip("/") or parts.query or parts.fragment or parts.username)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0 and bare
    except ValueError:
        return False
