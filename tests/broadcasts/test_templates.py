"""The texts that broadcasts are written from: short, general, lawful, and each version fixed."""

import re
from pathlib import Path
from shutil import copytree

import pytest

from bot import texts
from bot.broadcasts import template_files, templates
from bot.broadcasts.templates import Template
from config.settings import CONFIG_DIR

TEMPLATES = template_files.load(CONFIG_DIR)
LONGEST_BODY, LONGEST_TITLE = 300, 30  # characters, the places as they stand
EACH = [pytest.param(each, id=key) for key, each in TEMPLATES.by_key.items()]
WANTED = {
    "new_year", "spring_festival", "qingming", "labour_day", "dragon_boat_festival", "school_banquet", "mid_autumn_national_day",
    "family_events", "election", "flood_duty", "published_case", "inspection", "party_meeting", "party_day", "water_outage",
    "vaccination", "health_check", "policy_talk",
}  # fmt: skip
THREATS = re.compile("严肃处理|一律|从严从重|追究|绝不|严惩|后果自负|必须|不得有误|通报批评|点名|问责|扣分")
RANKS = re.compile("排名|名次|得分|积分|评比|末位|先进|落后")
DEMANDS = re.compile("接龙|打卡|截图|拍照|照片|视频|转发|点赞|抄写|心得|签名|学时|回复.{0,4}收到")
MONEY = re.compile("账号|账户|卡号|汇款|转账|缴纳|捐款|收款|二维码|元[。，；]|[0-9]+元")
PERSONS = re.compile("名单|姓名|身份证号|考生家庭|涉案|被查|嫌疑")
NUMBER = re.compile(r"[0-9]{5,}")
DAYS = re.compile(r"[0-9一二三四五六七八九十两]+(?:个)?(?:工作)?[日天](?:内|以内|前|之前)")


@pytest.mark.parametrize("template", EACH)
def test_a_changed_text_is_a_new_version(template: Template) -> None:
    """A version once used never changes: the evidence names it. The text is kept, or the version goes up and this line
    goes into config/broadcasts/digests.toml under the template's key."""
    line = f'{template.version} = "{template.digest}"'
    assert TEMPLATES.digests.get(template.key, {}).get(template.version) == template.digest, f"[{template.key}] {line}"


def test_a_text_that_changed_without_its_version_is_found(tmp_path: Path) -> None:
    folder = copytree(CONFIG_DIR / "broadcasts", tmp_path / "broadcasts")
    file = folder / "reminders.toml"
    file.write_text(file.read_text("utf-8").replace("清明将至", "清明快到了"), "utf-8")
    assert [each.key for each in template_files.load(tmp_path).changed()] == ["qingming"]
    assert TEMPLATES.changed() == []


def test_the_versions_of_a_template_are_numbered_from_one_without_a_gap_and_none_is_the_other() -> None:
    for key, versions in TEMPLATES.digests.items():
        assert sorted(versions) == list(range(1, max(versions) + 1)), key
        assert len(set(versions.values())) == len(versions), key
    assert {key: max(versions) for key, versions in TEMPLATES.digests.items() if key in TEMPLATES.by_key} == {
        key: each.version for key, each in TEMPLATES.by_key.items()
    }


def test_the_usual_occasions_and_notices_have_a_template() -> None:
    assert TEMPLATES.by_key.keys() >= WANTED
    assert len({each.name for each in TEMPLATES.by_key.values()}) == len(TEMPLATES.by_key)


@pytest.mark.parametrize("template", EACH)
def test_a_text_is_short_and_its_kind_and_roles_are_known(template: Template) -> None:
    roles = set(texts.load(CONFIG_DIR).sentences["broadcast"]["roles"].values())
    assert 60 < len(template.body) <= LONGEST_BODY
    assert 0 < len(template.title) <= LONGEST_TITLE
    assert "\n" not in template.title + template.body
    assert template.kind in {"reminder", "bulletin", "meeting", "service"}
    assert template.roles
    assert set(template.roles) <= (roles if template.kind != "service" else {"resident"})
    assert 0 <= template.lead_days < 14


@pytest.mark.parametrize("template", EACH)
@pytest.mark.parametrize(
    "forbidden", [THREATS, DEMANDS, MONEY, PERSONS, NUMBER], ids=["threats", "demands", "money", "persons", "numbers"]
)
def test_a_text_threatens_nobody_and_demands_no_proof_money_or_list(
    template: Template, forbidden: re.Pattern[str]
) -> None:
    assert forbidden.findall(template.title + template.body) == []


@pytest.mark.parametrize("template", EACH)
def test_a_text_ranks_nobody(template: Template) -> None:
    assert RANKS.findall(template.body.replace("不排名次", "")) == []


def test_what_differs_by_place_is_left_to_staff_and_no_number_of_days_is_built_in() -> None:
    family = TEMPLATES.by_key["family_events"]
    assert "本地报告规定" in family.places
    assert DAYS.findall(family.body) == []


def test_cases_are_those_that_were_published_and_the_text_says_where() -> None:
    case = TEMPLATES.by_key["published_case"]
    assert {"发布机关", "发布日期", "通报名称", "公开出处"} <= set(case.places)
    assert "公开发布" in case.body


def test_the_reminder_of_the_examination_season_asks_for_no_list_of_families() -> None:
    body = TEMPLATES.by_key["school_banquet"].body
    assert "不针对任何人，也不需要报告孩子的情况" in body


@pytest.mark.parametrize(
    "template", [each for each in TEMPLATES.by_key.values() if each.kind != "bulletin"], ids=lambda t: t.key
)
def test_a_text_names_whom_to_ask(template: Template) -> None:
    assert [place for place in template.places if place.endswith("电话")]


def test_every_place_has_a_word_of_help_and_every_word_of_help_a_place() -> None:
    used = {place for each in TEMPLATES.by_key.values() for place in each.places}
    assert set(TEMPLATES.hints) == used


def test_places_are_filled_and_what_is_not_filled_stays_to_be_seen() -> None:
    text = "{值班电话}和{联系人}，再打{值班电话}"
    assert templates.places(text) == ("值班电话", "联系人")
    once = templates.filled(text, {"值班电话": " 0550-0000000 ", "联系人": " "})
    assert once == "0550-0000000和{联系人}，再打0550-0000000"
    assert templates.places(once) == ("联系人",)
    assert templates.filled("{联系人}", {"联系人": "{值班电话}"}) == "{值班电话}"


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [("services.toml", '[new_year]\nname = "x"\n', "no 'version'|two"), ("meetings.toml", '[x]\nname = "x"\n', "'x' of config/broadcasts has no 'version'")],
)  # fmt: skip
def test_a_template_that_is_not_complete_or_comes_twice_is_refused(
    file: str, text: str, said: str, tmp_path: Path
) -> None:
    folder = copytree(CONFIG_DIR / "broadcasts", tmp_path / "broadcasts")
    (folder / file).write_text(text, "utf-8")
    with pytest.raises(ValueError, match=said):
        template_files.load(tmp_path)
