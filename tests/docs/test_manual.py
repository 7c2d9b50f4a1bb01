"""The manual tells the truth: commands, limits, files and examples are those of the service; every picture is there."""

import re
import shlex
import tomllib
from collections.abc import Mapping
from typing import Any

import pytest
from click import Command, Group
from flask import Flask

from bot import cli
from bot.orders.time_limits import limits as office_limits
from bot.services.learning.settings import read_training_settings
from bot.services.messages.message_limits import ROSTER_TIMES
from bot.services.roster.binding import TRIES
from bot.texts import load as load_texts
from bot.understanding import Speaker, load
from config.settings import CONFIG_DIR, FIELDS, ROOT
from tests.docs import manual

WORDS = tomllib.loads((CONFIG_DIR / "locale/zh_CN/words.toml").read_text("utf-8"))
CHANNELS = tomllib.loads((CONFIG_DIR / "channels.toml").read_text("utf-8"))
LIMITS = office_limits.load(CONFIG_DIR)
TAUGHT = read_training_settings(CONFIG_DIR)
READER = load(CONFIG_DIR)
TEXTS = load_texts(CONFIG_DIR)
SPEAKERS = {
    "居民怎么用": frozenset[str](), "党员怎么用": frozenset({"member"}), "社区工作者怎么用": frozenset({"staff"}),
    "街道管理员": frozenset({"admin"}), "纪检干部": frozenset({"discipline"}),
}  # fmt: skip
SAID = [(chapter, row["怎么说"]) for chapter in SPEAKERS for row in manual.rows("怎么说", chapter)]
UNITS = {"minutes": "分钟", "hours": "小时", "days": "天", "working_days": "个工作日"}
MESSAGES: Any = FIELDS["messages_per_minute"].default
LARGEST = 120_000  # bytes of a picture


def span(limit: Mapping[str, int]) -> str:
    """A time limit as the manual writes it."""
    ((unit, number),) = limit.items()
    return f"{number} {UNITS[unit]}"


@pytest.mark.parametrize(("chapter", "cell"), SAID)
def test_every_command_of_a_chapter_is_understood_from_those_it_is_for(chapter: str, cell: str) -> None:
    words = manual.phrase(cell)
    command = READER.understand(words, Speaker(SPEAKERS[chapter])).command
    assert command is not None
    assert words.startswith(command.words)
    assert (command.code == manual.CODE) is (manual.CODE in words)


def test_every_command_there_is_has_its_line_in_a_chapter() -> None:
    explained = set()
    for chapter, cell in SAID:
        command = READER.understand(manual.phrase(cell), Speaker(SPEAKERS[chapter])).command
        explained.add(command.name if command else None)
    assert explained == set(WORDS["commands"])


def test_the_list_of_all_commands_is_that_of_the_service() -> None:
    listed = [{row["命令"], *row["也可以说"].strip("—").split("、")} - {""} for row in manual.rows("命令")]
    assert listed == [set(words) for words in WORDS["commands"].values()]


@pytest.mark.parametrize("row", manual.rows("这样说"), ids=lambda row: str(row["这样说"]))
def test_examples_of_what_residents_say_are_read_as_the_manual_tells(row: manual.Row) -> None:
    meant = READER.understand(row["这样说"])
    name = READER.category(meant.category).level2.split("(")[0]
    told = (name, TEXTS.say(f"lane.{meant.lane}"), TEXTS.say(f"urgency.{meant.urgency}"))
    assert (meant.intent, *told) == ("request", row["系统归到"], row["种类"], row["急缓"])


def test_the_limits_of_whole_matters_are_those_of_the_office() -> None:
    assert {row["代号"]: row["总时限"] for row in manual.rows("代号")} == {c: span(s) for c, s in LIMITS.matter.items()}


def test_the_limits_of_single_steps_are_those_of_the_office() -> None:
    states = {TEXTS.say(f"state.{state}").replace("您", ""): spans for state, spans in LIMITS.step.items()}
    told = {row["走到哪一步"]: (row["紧急"], row["较急"], row["其他"]) for row in manual.rows("走到哪一步")}
    assert told == {
        state: tuple(span(spans.get(urgency, spans["*"])) for urgency in ("U0", "U1", "*"))
        for state, spans in states.items()
    }


def test_the_other_numbers_are_those_of_the_office() -> None:
    assert {row["别的数字"]: row["是多少"] for row in manual.rows("别的数字")} == {
        "时间用掉多少就提醒要办的人": f"{LIMITS.warn_share:.0%}",
        "办理中的单，时间用掉多少就提醒": f"{LIMITS.warn_share_accepted:.0%}",
        "待补充，几天问居民一次": f"{LIMITS.nudge_days} 天",
        "办好以后，几天没回音再问居民一次": f"{LIMITS.ask_again_days} 天",
        "办好以后，几天没回音请社区打电话": f"{LIMITS.call_days} 天",
        "办好以后，几天没回音先办结": f"{LIMITS.no_reply_days} 天",
        "退单超过几次报街道管理员": f"{LIMITS.returns_max} 次",
        "不满意超过几次报街道管理员": f"{LIMITS.rework_max} 次",
        "一名党员手上最多几单": f"{LIMITS.claims_per_member} 单",
        "绑定码几天有效": f"{LIMITS.bind_days} 天",
        "信访登记以后，几天内书面告知": f"{LIMITS.petition_days} 天",
        "信访登记以后，第几天提醒": f"第 {LIMITS.petition_warn_days} 天",
        "系统问的一句话，等多久": f"{LIMITS.question_minutes} 分钟",
        "后面的话算同一单，多久以内": f"{LIMITS.belongs_minutes} 分钟",
    }


def test_numbers_in_running_text_are_those_of_the_office() -> None:
    own, community, whole = LIMITS.rings
    for words in (
        f"先给本网格 {own} 天，再给本社区 {community} 天，再给全办事处 {whole} 天", f"手上最多 {LIMITS.claims_per_member} 单",
        f"攒够 {TAUGHT.least_rows} 件", f"一类事至少 {TAUGHT.least_per_label} 件", f"绑定码 {LIMITS.bind_days} 天有效", f"输错 {TRIES} 次",
        f"一分钟里最多收 {MESSAGES} 条（名册上的人 {MESSAGES * ROSTER_TIMES} 条）", f"过了 {CHANNELS['waiting_days']} 天还没发到的算失败",
    ):  # fmt: skip
        assert words in manual.text()


def test_every_file_it_names_is_there_and_every_file_of_words_is_named() -> None:
    named = [row["改哪个文件"].strip("`") for row in manual.rows("想改什么")]
    kept = [str(path.relative_to(ROOT)) for path in CONFIG_DIR.rglob("*") if path.suffix in (".toml", ".csv", ".txt")]
    means = {name: {file for file in kept if re.match(rf"{re.escape(name)}(?:[./]|$)", file)} for name in named}
    assert all(means.values())
    assert set().union(*means.values()) == set(kept)


@pytest.mark.parametrize("row", manual.rows("要做的事"), ids=lambda row: str(row["要做的事"]))
def test_every_line_for_the_server_can_be_typed(row: manual.Row) -> None:
    app = Flask("manual", root_path=str(ROOT))
    app.extensions["office"] = None
    cli.register(app)
    program, option, module, group, name, *rest = shlex.split(row["输入"].strip("`"))
    assert (program, option, module) == (".venv/bin/flask", "--app", "bot.app")
    commands = app.cli.commands[group]
    assert isinstance(commands, Group)
    command: Command = commands.commands[name]
    assert not command.make_context(name, rest).args


def test_the_columns_and_roles_of_the_roster_are_those_that_are_read() -> None:
    roster = tomllib.loads((CONFIG_DIR / "locale/zh_CN/roster.toml").read_text("utf-8"))["roster"]
    columns = {row["列"]: row["写什么"] for row in manual.rows("列")}
    assert list(columns) == list(roster["columns"].values())
    assert all(role in columns["角色"] for role in roster["roles"])


def test_links_within_the_manual_lead_to_a_heading() -> None:
    headings = {re.sub(r"[：、\s]", lambda sign: "-" if sign[0].isspace() else "", name) for name in manual.chapters()}
    assert set(re.findall(r"\]\(#([^)]+)\)", manual.text())) <= headings


def test_every_picture_is_there_explained_and_small_and_none_is_left_over() -> None:
    shown = manual.pictures(manual.MANUAL)
    assert all(shown.values())
    assert all(manual.pictures(ROOT / "README.md").values())
    assert {*shown, *manual.pictures(ROOT / "README.md")} == set(manual.IMAGES.iterdir())
    assert all(path.stat().st_size <= LARGEST and path.read_bytes()[1:4] == b"PNG" for path in shown)
