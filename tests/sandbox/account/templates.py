"""The account's notice templates, and the public library from which new ones are added."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tests.sandbox.account.errors import PlatformError
from tests.sandbox.clock import Clock
from tests.sandbox.options import Template

MOST = 25  # of each kind
CATEGORY = {"id": 616, "name": "政务民生"}
INDUSTRIES = {
    "1": ("IT科技", "互联网/电子商务"), "22": ("政府与公共事业", "公共事业/非盈利机构"), "41": ("其它", "其它"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Keyword:
    """A field of a library template. `rule` is its type: thing, phrase, time …"""

    kid: int
    name: str
    rule: str
    example: str


@dataclass(frozen=True, slots=True)
class Public:
    """A library template; its number is also the id of its title (`tid`)."""

    number: str
    title: str
    keywords: tuple[Keyword, ...]


LIBRARY = {
    public.number: public
    for public in (
        Public("47123", "办事进度通知", (
            Keyword(1, "单号", "character_string", "261124"), Keyword(2, "事项", "thing", "换灯泡"),
            Keyword(3, "状态", "phrase", "办理中"), Keyword(4, "说明", "thing", "明天上午上门"),
        )),
        Public("47862", "活动提醒", (
            Keyword(1, "标题", "thing", "义诊"), Keyword(2, "内容", "thing", "带好医保卡"),
            Keyword(3, "时间", "time", "2026-11-24 09:00"), Keyword(4, "地点", "thing", "社区服务站"),
        )),
    )
}  # fmt: skip


@dataclass(slots=True)
class Templates:
    """The account's templates by id, and its industries."""

    clock: Clock
    given: Iterable[Template]
    industries: tuple[str, str] = ("22", "41")
    _all: dict[str, Template] = field(init=False)
    _changed: str = ""  # the month the industries were last changed in

    def __post_init__(self) -> None:
        self._all = {template.id: template for template in self.given}

    def of(self, kind: str) -> list[Template]:
        return [template for template in self._all.values() if template.kind == kind]

    def get(self, template_id: str, kind: str) -> Template:
        """The template. PlatformError 40037 for an unknown one."""
        template = self._all.get(template_id)
        if template is None or template.kind != kind:
            raise PlatformError(40037)
        return template

    def delete(self, template_id: str, kind: str) -> None:
        """Delete a template. PlatformError 40037 for an unknown one."""
        del self._all[self.get(template_id, kind).id]

    def add(self, kind: str, public: Public, keywords: Sequence[Keyword], full: int) -> Template:
        """Add a template with these fields, in this order. PlatformError `full` when there are 25 already."""
        if len(self.of(kind)) >= MOST:
            raise PlatformError(full)
        fields = {f"{keyword.rule}{keyword.kid}": keyword.name for keyword in keywords}
        template = Template(secrets.token_urlsafe(32), kind, public.title, fields)
        self._all[template.id] = template
        return template

    def set_industries(self, first: str, second: str) -> None:
        """Set the industries. PlatformError 40102 for an unknown one, 43100 for a second change in a month."""
        if first not in INDUSTRIES or second not in INDUSTRIES:
            raise PlatformError(40102)
        if self._changed == self.clock.month():
            raise PlatformError(43100)
        self.industries, self._changed = (first, second), self.clock.month()
