"""The people of the sandbox: who has a phone, and where that list comes from."""

import hashlib
from dataclasses import asdict, dataclass
from typing import Any

OPENID_LENGTH = 28
ROLES = {
    "居民": "resident", "resident": "resident", "党员": "member", "member": "member",
    "社区工作者": "staff", "staff": "staff", "街道管理员": "admin", "admin": "admin",
}  # fmt: skip
LABELS = {
    "resident": "居民", "member": "党员", "staff": "社区工作者", "admin": "街道管理员", "discipline": "纪检干部",
    "mediator": "调解员", "grid": "网格员",
}  # fmt: skip


SUGGESTIONS = {
    "resident": ("我家灯泡坏了，想请人帮忙换一下", "金色春天3号楼楼道灯不亮", "高龄补贴怎么办", "进度"),
    "member": ("待接", "我的单"),
    "staff": ("待派", "帮助"),
    "admin": ("待派", "帮助"),
}


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the sandbox. `role` is resident, member, staff or another word; `suggestions` are offered as buttons."""

    openid: str
    name: str
    role: str = "resident"
    role_label: str = "居民"
    note: str = ""
    suggestions: tuple[str, ...] = SUGGESTIONS["resident"]
    number: str = ""  # of the telephone: short messages to it are shown there

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def openid_for(name: str) -> str:
    """The openid of this name, the same in every run: 28 characters of [A-Za-z0-9_-]."""
    return f"oSandbox_{hashlib.sha1(name.encode()).hexdigest()}"[:OPENID_LENGTH]


def _default(key: str, name: str, role: str) -> Person:
    openid = f"oSandbox_{key}".ljust(OPENID_LENGTH, "_")
    return Person(openid, name, role, LABELS[role], suggestions=SUGGESTIONS[role])


RESIDENTS = (_default("resident_1", "王阿姨", "resident"), _default("resident_2", "李大爷", "resident"))
DEFAULT_CAST = (
    *RESIDENTS,
    _default("staff_1", "社区小陈", "staff"),
    _default("member_1", "党员甲", "member"),
    _default("member_2", "党员乙", "member"),
)


def read_cast(rows: Any) -> tuple[Person, ...]:
    """People from JSON: a list of {openid, name, role_label, bind_code?, note?, hint?, number?}, or the output of `roster import`.

    `hint` holds suggestions separated by `|`. A list without residents gets two.
    """
    if rows is None:
        return DEFAULT_CAST
    people = tuple(_person(row) for row in rows)
    return people if any(person.role == "resident" for person in people) else RESIDENTS + people


def _person(row: dict[str, Any]) -> Person:
    name, community = str(row["name"]), str(row.get("community") or "")
    label = str(row.get("role_label") or row.get("label") or row.get("role") or "居民").split("、")[0]
    role = ROLES.get(str(row.get("role")), ROLES.get(label, label))
    bind = [f"绑定 {row['bind_code']}"] if row.get("bind_code") else []
    given = row.get("suggestions") or [part for part in str(row.get("hint") or "").split("|") if part]
    return Person(
        openid=str(row.get("openid") or openid_for(name + community)),
        name=name,
        role=role,
        role_label=LABELS.get(label, label),
        note=str(row.get("note") or community),
        suggestions=tuple(given or [*bind, *SUGGESTIONS.get(role, ("帮助",))]),
        number=str(row.get("number") or ""),
    )
