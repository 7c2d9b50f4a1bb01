"""The demo roster: four communities, 51 made-up grids, 64 members, two staff each; telephone numbers from 13800000001."""

import csv
import io

COMMUNITIES = ("兰天社区", "花都路社区", "陈桥社区", "十三里店社区")
GRIDS, MEMBERS = 51, 64
PLACES = (
    {"kind": "grid", "name": "网格28", "community": "陈桥社区", "covers": [{"estate": "金色春天"}]},
    {"kind": "grid", "name": "网格15", "community": "花都路社区", "covers": [{"estate": "龙山小区"}]},
)
"""What lies in which grid, as an administrator enters it at the console: the grids of the gazetteer are made up and hold nothing."""
SKILLS = ("水电", "", "家政", "陪伴", "驾驶", "手机", "", "理发")


def roster() -> str:
    """The roster as the CSV that `roster import` reads."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["角色", "姓名", "手机号", "社区", "网格", "支部", "技能"])
    phones = iter(range(13800000001, 13800001000))
    for community in COMMUNITIES:
        short = community.removesuffix("社区")
        for letter in "甲乙":
            rows.writerow(["社区工作者", f"{short}{letter}", next(phones), community, "", "", ""])
    for letter in "甲乙":
        rows.writerow(["街道管理员", f"办事处{letter}", next(phones), "", "", "", ""])
    rows.writerow(["纪检干部", "纪检甲", next(phones), "", "", "", ""])
    for number in range(MEMBERS):
        community, grid = COMMUNITIES[number % 4], number % GRIDS + 1
        branch, skill = f"{community.removesuffix('社区')}支部", SKILLS[number % len(SKILLS)]
        rows.writerow(["党员", f"党员{number + 1:02d}", next(phones), community, f"网格{grid:02d}", branch, skill])
    return out.getvalue()


def numbers() -> dict[str, str]:
    """The telephone numbers of the demo roster by name."""
    return {row["姓名"]: row["手机号"] for row in csv.DictReader(io.StringIO(roster()))}
