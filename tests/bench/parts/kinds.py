"""What a message of each kind costs in CPU time, and how many statements it takes, against an echo called alike."""

import itertools
import statistics
from collections.abc import Callable, Iterator

from tests.bench.installation import TOKEN
from tests.bench.load import conversations
from tests.bench.load.sizes import Sizes
from tests.bench.measured.progress import tell
from tests.bench.measured.report import Row, Table
from tests.bench.peers import echo
from tests.bench.service import ADMIN, MEMBERS, STAFF, Caller, Cost, code_of, service

REFERENCE = "echo that stores nothing (reference)"
REQUEST = "陈桥社区{building}号楼{unit}单元，家里灯泡坏了，想请人帮忙换一下"
_numbers = itertools.count(1)
Costs = dict[str, list[Cost]]


def measure(sizes: Sizes) -> Table:
    """Blocks of all kinds follow one another; of each kind the median block counts."""
    found = {kind: _costs(kind, sizes) for kind in sizes.databases}
    names = list(next(iter(found.values())))
    rows = []
    for name in names:
        figures, ratios = [], []
        for costs in found.values():
            statements = statistics.median(cost.statements for cost in costs[name])
            figures += [f"{_total(costs, name):.2f}", f"{statements:.0f}"]
            ratios.append(_total(costs, name) / _total(costs, REFERENCE))
        rows.append(Row(name, tuple(figures), tuple(ratios)))
    heads = tuple(itertools.chain(*((f"{kind} ms", "statements") for kind in found)))
    note = "CPU time in process; for PostgreSQL with that of the server. BEGIN is counted, COMMIT is not."
    return Table("CPU of a message", heads, tuple(f"{kind} / echo" for kind in found), tuple(rows), note)


def _total(costs: Costs, name: str) -> float:
    return statistics.median(cost.total for cost in costs[name])


def _costs(kind: str, sizes: Sizes) -> Costs:
    assert sizes.messages <= len(MEMBERS), "every order of a block needs a member of its own"
    costs: Costs = {}
    reference = Caller(echo.create_app(TOKEN))
    with service(kind) as (caller, _):
        for _ in _block(caller, reference, sizes.messages):  # the first block warms up
            pass
        for number in range(sizes.blocks):
            tell(f"kinds: {kind}, block {number + 1} of {sizes.blocks}")
            for name, cost in _block(caller, reference, sizes.messages):
                costs.setdefault(name, []).append(cost)
    return costs


def _block(caller: Caller, reference: Caller, count: int) -> Iterator[tuple[str, Cost]]:
    """So many residents from their first word to the end of their matter: the kind of each step and its cost."""
    people = [f"o_bench_kinds_{next(_numbers)}" for _ in range(count)]
    texts = [REQUEST.format(building=next(_numbers) % 97 + 1, unit=number % 5 + 1) for number in range(count)]
    answers: list[str] = []

    def all_say(text: str, expected: str = "") -> Cost:
        return _said(caller, [(who, text) for who in people], expected)

    yield REFERENCE, reference.cost([lambda: reference.say("o_bench_echo", conversations.HELP)] * count)
    yield "a request", caller.cost([_saying(caller, *each, answers) for each in zip(people, texts, strict=True)])
    codes = [code_of(answer) for answer in answers]
    yield "进度", all_say(conversations.PROGRESS)
    yield "补充", all_say(conversations.addition_text(next(_numbers)))
    yield "帮助", all_say(conversations.HELP)
    yield "谢谢", all_say("谢谢")
    yield "a repeat", caller.cost([caller.again] * count)
    yield "staff: 待派", _said(caller, [(STAFF, "待派")] * count, codes[0][:1])
    yield (
        "staff: 派单",
        _said(caller, [(ADMIN, f"派单 {code} {name}") for code, name in zip(codes, MEMBERS, strict=False)], "已邀请"),
    )
    yield (
        "member: 接单",
        _said(caller, [(who, f"接单 {code}") for code, who in zip(codes, MEMBERS.values(), strict=False)], "接单成功"),
    )
    yield (
        "member: 完成",
        _said(
            caller, [(who, f"完成 {code} 已经修好") for code, who in zip(codes, MEMBERS.values(), strict=False)], "辛苦"
        ),
    )
    yield "满意", all_say("满意", "办结")
    again = [code_of(caller.say(who, text)) for who, text in zip(people, texts, strict=True)]
    yield "撤回", _said(caller, [(who, f"撤回 {code}") for who, code in zip(people, again, strict=True)], "撤回")


def _saying(caller: Caller, who: str, text: str, answers: list[str]) -> Callable[[], None]:
    return lambda: answers.append(caller.say(who, text))


def _said(caller: Caller, messages: list[tuple[str, str]], expected: str) -> Cost:
    """The cost of one of these. AssertionError where an answer lacks what it must hold."""
    answers: list[str] = []
    cost = caller.cost([_saying(caller, *each, answers) for each in messages])
    for answer, (who, text) in zip(answers, messages, strict=True):
        assert expected in answer, f"{who} said {text}: {answer}"
    return cost
