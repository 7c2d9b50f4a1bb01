"""The account on the platform: credentials, the address, templates and their fields, and the two clocks."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from bot.cli.doctor.finding import Asked, Finding, good, notice, wrong
from bot.cli.probes import address, platform
from bot.cli.probes.platform import Signed, Unanswered
from bot.services.reports import health

FIELD = re.compile(r"\{\{(\w+)\.DATA\}\}")
FEW, MANY = 5, 60
"""Seconds between two clocks: worth a notice, and wrong, since the webhook refuses what is five minutes old."""


def account(asked: Asked) -> Iterator[Finding]:
    """Sign in as the workers do, then compare the templates."""
    settings = asked.office.settings
    try:
        signed = platform.sign_in(settings.wechat_api_url, settings.wechat_app_id, settings.wechat_app_secret)
    except Unanswered as error:
        yield Finding("wrong", said=platform.words_of(asked.office.texts, error))
        return
    yield good("account", app_id=settings.wechat_app_id)
    if signed.at is not None:
        yield from clocks("platform", signed.at, datetime.now(UTC))
    yield from _templates(asked, signed)


def public_address(asked: Asked) -> Iterator[Finding]:
    """Whether the platform could reach the service where the settings say that it is."""
    settings = asked.office.settings
    found = address.form(settings.public)
    if not found.wrong:
        found = address.reached(settings.public, settings.wechat_token)
    yield (
        wrong(f"address.{found.wrong}", detail=found.detail)
        if found.wrong
        else good("address", address=settings.public)
    )


def database_clock(asked: Asked) -> Iterator[Finding]:
    """Two hosts that do not agree on the time disagree about what is due."""
    at = health.database_time(asked.office)
    if at is not None:
        yield from clocks("database", at, datetime.now(UTC))


def clocks(of: str, theirs: datetime, ours: datetime) -> Iterator[Finding]:
    """The difference between this host's clock and another."""
    seconds = round(abs((ours - theirs).total_seconds()))
    build = good if seconds < FEW else notice if seconds < MANY else wrong
    yield build(f"clock_{of}" if build is good else f"clock_off_{of}", seconds=seconds)


def _templates(asked: Asked, signed: Signed) -> Iterator[Finding]:
    settings = asked.office.settings
    if not settings.wechat_templates:
        yield notice("no_templates")
    for kind in sorted({template.kind for template in settings.wechat_templates.values()}):
        try:
            there = platform.fields_of_templates(settings.wechat_api_url, signed.token, kind)
        except Unanswered as error:
            yield Finding("wrong", said=platform.words_of(asked.office.texts, error))
            continue
        for name, template in settings.wechat_templates.items():
            if template.kind == kind:
                yield _template(name, template.id, set(template.fields), there.get(template.id))


def _template(name: str, template_id: str, ours: set[str], content: str | None) -> Finding:
    """A field that the platform does not know makes every notice fail; one that we leave empty too."""
    if content is None:
        return wrong("template_missing", name=name, id=template_id)
    theirs = set(FIELD.findall(content))
    if ours != theirs:
        return wrong(
            "template_fields", name=name, unknown="、".join(sorted(ours - theirs)) or "—", unfilled="、".join(sorted(theirs - ours)) or "—"
        )  # fmt: skip
    return good("template", name=name)
