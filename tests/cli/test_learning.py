"""`learn` and `evaluate`: an office's own labels from a table, and figures that can be checked by hand."""

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run, lines, write

ROWS = [
    (f"{what}{more}", label)
    for what, label in (
        ("路灯不亮", "照明"),
        ("楼道灯坏了", "照明"),
        ("想请人陪我去医院", "陪伴"),
        ("找人陪我聊聊天", "陪伴"),
    )
    for more in ("", "，谢谢", "了好几天", "，急")
]


def table(file: Path, rows: list[tuple[str, str]], head: str = "text,label") -> Path:
    file.write_text("\n".join([head, *(f'"{text}",{label}' for text, label in rows)]), "utf-8")
    return file


@pytest.fixture
def model(run: Run, tmp_path: Path) -> Path:
    done = run("learn", table(tmp_path / "rows.csv", ROWS), "--out", tmp_path / "model")
    assert done.exit_code == 0
    assert done.stdout.startswith("学了 16 行、2 个标签，用时 ")
    return tmp_path / "model"


def test_a_learned_model_labels_files_messages_and_is_measured(run: Run, tmp_path: Path, model: Path) -> None:
    given = write(tmp_path / "in.jsonl", {"text": "巷子里路灯又不亮"}, {"text": "能陪我聊聊吗"})
    assert run("classify", "--file", given, "--out", tmp_path / "out", "--model", model).exit_code == 0
    found = lines(tmp_path / "out")
    assert [row["label"] for row in found] == ["照明", "陪伴"]
    assert all(list(row)[-2:] == ["label", "label_confidence"] for row in found)
    assert json.loads(run("classify", "路灯不亮", "--json", "--model", model).stdout)["label"] == "照明"
    assert "学到的标签：照明" in run("classify", "路灯不亮", "--model", model).stdout
    report = json.loads(run("evaluate", tmp_path / "rows.csv", "--model", model, "--json").stdout)
    assert (report["rows"], report["accuracy"], report["macro_f1"]) == (16, 1.0, 1.0)


def test_the_figures_are_those_one_counts_by_hand(run: Run, tmp_path: Path) -> None:
    rows = [("路灯不亮", "0603"), ("路灯坏了", "0603"), ("楼道灯不亮", "0603"), ("高龄补贴怎么办", "1001")]
    report = json.loads(run("evaluate", table(tmp_path / "rows.csv", rows), "--json").stdout)
    assert (report["rows"], report["accuracy"], report["macro_f1"]) == (4, 0.75, pytest.approx(0.9))
    assert report["labels"]["0603"] == {
        "support": 3, "precision": 1.0, "recall": pytest.approx(2 / 3), "f1": 0.8,
        "low": pytest.approx(0.2077, abs=1e-4), "high": pytest.approx(0.9385, abs=1e-4),
    }  # fmt: skip
    assert report["labels"]["1001"]["f1"] == 1.0
    assert report["answered"][0] == {"least": 0.0, "share": 1.0, "right": 0.75}


def test_people_get_the_figures_in_lines(run: Run, tmp_path: Path) -> None:
    rows = [("路灯不亮", "0603"), ("高龄补贴怎么办", "1001")]
    said = run("evaluate", table(tmp_path / "rows.csv", rows)).stdout.splitlines()
    assert said[0] == "2 行：准确率 1.000，宏平均 F1 1.000"
    assert said[1] == "0603：1 行，精确率 1.000，召回率 1.000（95% 区间 0.207–1.000），F1 1.000"
    assert said[3] == "把握不低于 0.00 的占 100.0%，其中 100.0% 正确"
    assert re.fullmatch(r"把握与实际正确率平均相差 \d+\.\d%", said[-1])


@pytest.mark.parametrize(
    "labels",
    [
        ("0603", "1001"),
        ("路灯不亮", "低保特困与高龄津贴养老"),
        ("市政园林", "民政救助养老"),
        ("06", "10"),
        ("城乡建设", "民政"),
        ("request", "request"),
    ],
)
def test_the_rules_are_measured_in_the_terms_of_the_labels(run: Run, tmp_path: Path, labels: tuple[str, str]) -> None:
    rows = list(zip(("路灯不亮", "高龄补贴怎么办"), labels, strict=True))
    done = run("evaluate", table(tmp_path / "rows.csv", rows), "--json")
    assert json.loads(done.stdout)["accuracy"] == 1.0


def test_labels_that_the_rules_do_not_know_are_named(run: Run, tmp_path: Path) -> None:
    done = run("evaluate", table(tmp_path / "rows.csv", ROWS))
    assert (done.exit_code, done.stdout) == (1, "")
    assert "照明、陪伴" in done.stderr


@pytest.mark.parametrize("command", ["learn", "evaluate"])
@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("text,label\n路灯不亮,照明\n,照明\n楼道灯,\n想找人陪\n坏了,快来,照明\n", "第 3、4、5、6 行"),
        ("text,label\n" + "灯,\n" * 12, "第 2、3、4、5、6、7、8、9、10、11… 行"),
        ("text\n路灯不亮\n", "缺少列：label"),
        ("", "缺少列：text、label"),
        ("text,label\n,\n", "没有一行数据"),
        ('text,label\n路灯不亮,照明\n"没有合上,照明\n', "第 3 行"),
        ("text,label\n路灯不亮,照明\n".encode("gbk"), "第 2 行：不是 UTF-8"),
    ],
)
def test_what_is_wrong_with_a_table_is_named(
    run: Run, tmp_path: Path, command: str, content: str | bytes, said: str
) -> None:
    (tmp_path / "rows.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
    done = run(command, tmp_path / "rows.csv", *(["--out", tmp_path / "model"] if command == "learn" else []))
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert said in done.stderr
    assert not (tmp_path / "model").exists()


def test_one_label_is_nothing_to_learn_and_a_folder_that_is_not_there_takes_no_model(run: Run, tmp_path: Path) -> None:
    one = run("learn", table(tmp_path / "one.csv", ROWS[:4]), "--out", tmp_path / "model")
    assert (one.exit_code, one.stderr) == (1, "只有一种标签，没有可学的\n")
    lost = run("learn", table(tmp_path / "rows.csv", ROWS), "--out", tmp_path / "none" / "model")
    assert (lost.exit_code, lost.stderr.count("\n")) == (1, 1)
    assert not (tmp_path / "model").exists()


def test_a_table_may_be_marked_have_other_columns_and_several_lines_in_a_cell(run: Run, tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_bytes(
        '\ufeffid,label,text\r\n1, 0603 ,"路灯不亮,\n天黑看不见"\r\n,,\r\n2,0603,路灯\u2028坏了\r\n'.encode()
    )
    report = json.loads(run("evaluate", tmp_path / "rows.csv", "--json").stdout)
    assert (report["rows"], list(report["labels"]), report["accuracy"]) == (2, ["0603"], 1.0)


def test_a_model_that_is_none_is_refused(run: Run, tmp_path: Path) -> None:
    rows = table(tmp_path / "rows.csv", ROWS)
    for content in ("", "[]", '{"format": 1}', "\x00"):
        (tmp_path / "other").write_text(content)
        done = run("evaluate", rows, "--model", tmp_path / "other")
        assert (done.exit_code, done.stderr) == (1, f"{tmp_path / 'other'} 不是 learn 写出的模型\n")
