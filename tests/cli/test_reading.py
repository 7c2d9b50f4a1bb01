"""`classify` and `duplicates`: one JSON line for each line, in order, all of them or none."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.settings import ROOT
from tests.cli.conftest import Run, lines, write
from tests.conftest import ENVIRONMENT
from tests.understanding.test_reader import learnt

FIELDS = ["intent", "lane", "category", "sectors", "confidence", "urgency", "community", "estate", "building", "unit",
          "room", "place", "phone", "when", "asks"]  # fmt: skip
FULL = "金色春天3号楼2单元501漏水，明天上午能来吗，电话13800001234"


def flask(*words: str, var: Path) -> subprocess.CompletedProcess[str]:
    """The real command in a process of its own."""
    environment = {**ENVIRONMENT, "PATH": os.environ["PATH"], "VAR_DIR": str(var)}
    command = [sys.executable, "-m", "flask", "--app", "bot.app", *words]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False)


def test_the_real_command_reads_a_message_and_leaves_no_database(tmp_path: Path) -> None:
    done = flask("classify", FULL, "--json", var=tmp_path / "var")
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert list(found) == FIELDS
    assert found["category"] == {"code": "0301", "name": "楼上漏水"}
    assert not list((tmp_path / "var").glob("*"))


def test_the_real_command_reads_a_file(tmp_path: Path) -> None:
    given = write(tmp_path / "in.jsonl", {"text": "路灯不亮"}, {"text": "我家着火了"})
    done = flask("classify", "--file", str(given), "--out", str(tmp_path / "out.jsonl"), var=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert [row["urgency"] for row in lines(tmp_path / "out.jsonl")] == ["U3", "U0"]


def test_a_message_is_described_in_full(run: Run) -> None:
    found = json.loads(run("classify", FULL, "--json").stdout)
    assert {name: found[name] for name in FIELDS[6:]} == {
        "community": "陈桥社区", "estate": "金色春天", "building": "3", "unit": "2", "room": "501",
        "place": "金色春天3号楼2单元501", "phone": "13800001234", "when": "明天上午", "asks": 1,
    }  # fmt: skip
    assert (found["intent"], found["lane"], found["urgency"]) == ("request", "mediation", "U3")
    assert len(found["sectors"]) == 15
    assert found["sectors"][0][0] == "城乡建设"
    assert 0 <= found["confidence"] <= 1


def test_what_is_not_said_is_null(run: Run) -> None:
    found = json.loads(run("classify", "你好", "--json").stdout)
    assert found["intent"] == "greeting"
    assert {found[name] for name in FIELDS[6:-1]} == {None}


def test_people_get_a_few_lines(run: Run) -> None:
    said = run("classify", FULL).stdout.splitlines()
    assert said[0] == "意图：有事要办（评理）"
    assert said[1].startswith("事项：0301 房屋与漏水 / 楼上漏水")
    assert said[-4:] == [
        "地点：金色春天3号楼2单元501", "其中：社区 陈桥社区，小区 金色春天，3 号楼，2 单元，室 501",
        "电话：13800001234", "时间：明天上午",
    ]  # fmt: skip
    assert not any("地点" in line for line in run("classify", "你好").stdout.splitlines())


@pytest.mark.parametrize(
    "text", ["", "   ", "帮助", "接单", "我家着火了", "不想活了", "谢谢", "加微信领红包", "退单 1234567 没空"]
)
def test_every_intent_lane_and_urgency_has_its_words(run: Run, text: str) -> None:
    done = run("classify", "--", text)
    assert (done.exit_code, done.stderr) == (0, "")


def test_the_order_is_kept_roles_count_and_further_keys_do_not(run: Run, tmp_path: Path) -> None:
    given = write(
        tmp_path / "in.jsonl",
        {"text": "接单 1234567", "role": "member", "id": 7},
        {"text": "接单 1234567", "role": "resident", "urgency": "U9"},
        {"text": "派单 1234567 李四", "role": "staff"},
        {"text": "路灯不亮", "role": None, "more": {"a": [1]}},
    )
    assert run("classify", "--file", given, "--out", tmp_path / "out.jsonl").exit_code == 0
    found = lines(tmp_path / "out.jsonl")
    assert found[0]["intent"] == "accept"
    assert found[1]["intent"] not in ("accept", "command")
    assert (found[2]["intent"], found[3]["intent"]) == ("command", "request")
    assert all(list(row) == FIELDS for row in found)


@pytest.mark.parametrize(
    "content",
    [
        b'\xef\xbb\xbf{"text": "\xe8\xb7\xaf\xe7\x81\xaf\xe4\xb8\x8d\xe4\xba\xae"}\r\n{"text": "ok"}\r\n\r\n',
        '{"text": "路灯\u2028不亮\u0085"}\n{"text": "ok"}'.encode(),
        b'{"text": "\\u8def\\u706f\\u4e0d\\u4eae\\ud83d"}\n{"text": "\\u0000"}\n',
    ],
    ids=["marked and with CR", "line separators within a text", "half a sign"],
)  # fmt: skip
def test_lines_are_read_however_they_were_written(run: Run, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "in.jsonl").write_bytes(content)
    done = run("classify", "--file", tmp_path / "in.jsonl", "--out", tmp_path / "out.jsonl")
    assert (done.exit_code, done.stderr) == (0, "")
    first, _ = lines(tmp_path / "out.jsonl")
    assert first["category"] == {"code": "0603", "name": "路灯不亮"}


GOOD = '{"text": "路灯不亮"}\n'.encode()


@pytest.mark.parametrize(
    "bad",
    [
        b"{", b"[1]", b'"text"', b"{}", b'{"text": 5}', b'{"text": null}', b'{"text": "a", "role": "king"}',
        b'{"text": "a", "role": ["staff"]}', b"", b"\xd6\xd0", b"[" * 100_000, b'{"text": ' + b"1" * 5000 + b"}",
    ],
    ids=lambda bad: bad[:20].decode("latin-1") or "empty",
)  # fmt: skip
def test_a_bad_line_is_named_and_nothing_is_written(run: Run, tmp_path: Path, bad: bytes) -> None:
    (tmp_path / "in.jsonl").write_bytes(GOOD + GOOD + bad + b"\n" + GOOD)
    (tmp_path / "out.jsonl").write_text("before")
    done = run("classify", "--file", tmp_path / "in.jsonl", "--out", tmp_path / "out.jsonl")
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.startswith("第 3 行：")
    assert (tmp_path / "out.jsonl").read_text() == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_files_that_cannot_be_read_or_written_are_named(run: Run, tmp_path: Path) -> None:
    given = write(tmp_path / "in.jsonl", {"text": "路灯不亮"})
    for words in (
        ("--file", tmp_path / "none", "--out", tmp_path / "out"),
        ("--file", given, "--out", tmp_path / "none" / "out"),
        ("--file", given, "--out", tmp_path),
        ("--file", tmp_path, "--out", tmp_path / "out"),
        ("--file", given, "--out", tmp_path / "out", "--model", tmp_path / "none"),
        ("--file", given, "--out", tmp_path / "out", "--model", given),
    ):
        done = run("classify", *words)
        assert (done.exit_code, done.stderr.count("\n")) == (1, 1)
        assert str(tmp_path) in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_file_may_be_written_over_itself_and_through_a_link(run: Run, tmp_path: Path) -> None:
    given = write(tmp_path / "in.jsonl", {"text": "路灯不亮"})
    (tmp_path / "link").symlink_to(given)
    assert run("classify", "--file", given, "--out", tmp_path / "link").exit_code == 0
    assert (tmp_path / "link").is_symlink()
    assert lines(given)[0]["intent"] == "request"


def test_an_empty_file_gives_an_empty_file(run: Run, tmp_path: Path) -> None:
    given = write(tmp_path / "in.jsonl")
    for command in ("classify", "duplicates"):
        assert run(command, "--file", given, "--out", tmp_path / "out").exit_code == 0
        assert (tmp_path / "out").read_text() == ""


@pytest.mark.parametrize(
    "words", [[], ["text", "--file", "in", "--out", "out"], ["--file", "in"], ["text", "--out", "out"]]
)
def test_half_a_question_is_no_question(run: Run, words: list[str]) -> None:
    done = run("classify", *words)
    assert done.exit_code == 2
    assert "--out" in done.stderr


def test_thousands_of_lines_take_seconds_and_keep_their_order(run: Run, tmp_path: Path) -> None:
    texts = [text for _, text in learnt("requests")]
    buildings = [str(at % 90 + 1) for at in range(3000)]
    rows = ({"text": f"{building}号楼，{texts[at % len(texts)]}"} for at, building in enumerate(buildings))
    given = write(tmp_path / "in.jsonl", *rows)
    before = sum(os.times()[:4])  # of this process and its children: how busy the machine is does not count
    assert run("classify", "--file", given, "--out", tmp_path / "out.jsonl").exit_code == 0
    assert sum(os.times()[:4]) - before < 10
    assert [row["building"] for row in lines(tmp_path / "out.jsonl")] == buildings


def test_pairs_about_the_same_event_come_first(run: Run, tmp_path: Path) -> None:
    given = write(
        tmp_path / "in.jsonl",
        {"title": "狗叫扰民", "text": "龙山小区7栋三楼养了两条大狼狗，整天乱吠"},
        {"title": "水管爆裂", "text": "学校旁边紫薇路的自来水管子爆了，路上全是水"},
        {"title": None, "text": "想学用手机"},
        {"text": "龙山7栋那户的狼狗又叫了一夜，吵得睡不着"},
        {"title": "紫薇路水管爆了", "text": "紫薇路靠近学校那一段水管爆了，水喷得老高"},
    )
    assert run("duplicates", "--file", given, "--out", tmp_path / "out.jsonl").exit_code == 0
    pairs = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert {tuple(pair[:2]) for pair in pairs[:2]} == {(1, 4), (0, 3)}
    assert [score for *_, score in pairs] == sorted((score for *_, score in pairs), reverse=True)
    assert all(first < second and 0 < score <= 1 for first, second, score in pairs)


@pytest.mark.parametrize("bad", [{"title": "a"}, {"title": 5, "text": "a"}, {"title": "a", "text": None}])
def test_pairs_are_not_looked_for_in_bad_lines(run: Run, tmp_path: Path, bad: dict[str, object]) -> None:
    given = write(tmp_path / "in.jsonl", {"title": "a", "text": "b"}, bad)
    done = run("duplicates", "--file", given, "--out", tmp_path / "out.jsonl")
    assert (done.exit_code, done.stderr[:5]) == (1, "第 2 行")
    assert not (tmp_path / "out.jsonl").exists()


def test_reading_needs_no_environment_and_everything_else_names_what_is_missing(tmp_path: Path) -> None:
    def bare(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "flask", "--app", "bot.app", *words]
        return subprocess.run(command, cwd=ROOT, env={}, capture_output=True, encoding="utf-8", check=False)

    done = bare("classify", "路灯不亮", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["category"]["code"] == "0603"
    given = write(tmp_path / "in.jsonl", {"title": "a", "text": "路灯不亮"})
    assert bare("duplicates", "--file", str(given), "--out", str(tmp_path / "out")).returncode == 0
    refused = bare("db", "upgrade")
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert "WECHAT_TOKEN: is required and missing" in refused.stderr
