"""The people of the sandbox: who holds a phone, and how they came into it."""

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


@dataclass(frozen=True, slots=True)
class Person:
    """One of the cast. `role` is resident, member, staff or another word; `bind_code` is offered as one click."""

    openid: str
    name: str
    role: str = "resident"
    role_label: str = "居民"
    bind_code: str = ""
    note: str = ""

    def as_json(self) -> dict[str, str]:
        return asdict(self)


def openid_for(name: str) -> str:
    """The same name gets the same openid in every run: 28 characters of [A-Za-z0-9_-]."""
    return f"oSandbox_{hashlib.sha1(name.encode()).hexdigest()}"[:OPENID_LENGTH]


def _default(key: str, name: str, role: str, label: str) -> Person:
    return Person(f"oSandbox_{key}".ljust(OPENID_LENGTH, "_"), name, role, label)


RESIDENTS = (
    _default("resident_1", "王阿姨", "resident", "居民"),
    _default("resident_2", "李大爷", "resident", "居民"),
)
DEFAULT_CAST = (
    *RESIDENTS,
    _default("staff_1", "社区小陈", "staff", "社区工作者"),
    _default("member_1", "党员甲", "member", "党员"),
    _default("member_2", "党员乙", "member", "党员"),
)


def read_cast(rows: Any) -> tuple[Person, ...]:
    """People from JSON: the sandbox's own form, or the rows that `roster import` prints.

    A list without residents gets two, for somebody has to ask for help.
    """
    if rows is None:
        return DEFAULT_CAST
    people = tuple(_person(row) for row in rows)
    return people if any(person.role == "resident" for person in people) else RESIDENTS + people


def _person(row: dict[str, Any]) -> Person:
    name = str(row["name"])
    label = str(row.get("role_label") or row.get("role") or "居民").split("、")[0]
    role = ROLES.get(str(row.get("role") or "").split("、")[0]) or ROLES.get(label, label)
    community = str(row.get("community") or "")
    return Person(
        openid=str(row.get("openid") or openid_for(name + community)),
        name=name,
        role=role,
        role_label=LABELS.get(label, label),
        bind_code=str(row.get("bind_code") or ""),
        note=str(row.get("note") or community),
    )
