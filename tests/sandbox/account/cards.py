"""Notices as the phone shows them: a title, and the template's fields with their labels."""

from collections.abc import Mapping
from typing import Any

from tests.sandbox.options import Template

TITLES = {"order": "办事进度通知", "reminder": "提醒通知", "*": "服务通知"}
LABELS = {
    "code": "单号", "title": "标题", "what": "事项", "place": "地点", "state": "状态", "who": "人员",
    "when": "时间", "body": "内容",
}  # fmt: skip


def title_of(template: Template) -> str:
    """The title of the template's notices."""
    return TITLES.get(template.name, template.name)


def label_of(template: Template, key: str) -> str:
    """The label of a field on the phone."""
    return LABELS.get(template.fields[key], template.fields[key])


def pattern(template: Template) -> str:
    """The template's content as the platform lists it: a line `label:{{key.DATA}}` for each field."""
    return "".join(f"{label_of(template, key)}:{{{{{key}.DATA}}}}\n" for key in template.fields)


def card(template: Template, values: Mapping[str, str], url: str) -> tuple[str, dict[str, Any]]:
    """(the notice as plain text, its content for the page)."""
    title = title_of(template)
    rows = [{"key": key, "label": label_of(template, key), "value": value} for key, value in values.items()]
    text = "\n".join([title, *(f"{row['label']}：{row['value']}" for row in rows)])
    return text, {"template_id": template.id, "template": template.name, "title": title, "fields": rows, "url": url}
