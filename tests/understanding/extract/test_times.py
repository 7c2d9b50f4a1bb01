"""When something is wanted: clock times at one, days counted within a month, days far ahead; what is past is no such time."""

import pytest

from bot.understanding import Reader


@pytest.mark.parametrize(
    ("said", "when"),
    [
        ("明天一点来修可以吗", "明天一点"), ("明晚一点钟能来吗", "明晚一点钟"), ("后天半夜一点能来吗", "后天半夜一点"), ("周三一点来修行吗", "周三一点"),
        ("15号下午一点可以来吗", "15号下午一点"), ("后天上午十点一刻来修行吗", "后天上午十点一刻"), ("明天下午一点半来", "明天下午一点半"), ("今晚八点半", "今晚八点半"),
        ("下下下个周一来行吗", "下下下个周一"), ("下下月5号来行吗", "下下月5号"), ("下下个月能来吗", "下下个月"), ("大大大后天来吧", "大大大后天"),
        ("下个月第一个周一能来吗", "下个月第一个周一"), ("下个月的最后一个周五能来吗", "下个月的最后一个周五"), ("12月的第二个星期六能来吗", "12月的第二个星期六"),
        ("本月最后一天来修行吗", "本月最后一天"), ("三月头一天来修行不", "三月头一天"), ("五月底能来吗", "五月底"), ("六月初一来行吗", "六月初一"),
        ("元旦第二天能来吗", "元旦第二天"), ("下周最后一个工作日来修行吗", "下周最后一个工作日"),
    ],
)  # fmt: skip
def test_a_time_is_read_whole(reader: Reader, said: str, when: str) -> None:
    assert reader.understand(said).when == when


@pytest.mark.parametrize(
    ("said", "when"),
    [
        ("便宜一点行吗", None), ("快一点来修", None), ("早一点来修", None), ("水小了一点能来修吗", None), ("明天下午一点空都没有", "明天下午"),
        ("明天下午晚一点来", "明天下午"), ("明天早一点来修行吗", "明天"),
    ],
)  # fmt: skip
def test_a_bit_is_no_time_of_day(reader: Reader, said: str, when: str | None) -> None:
    assert reader.understand(said).when == when


@pytest.mark.parametrize(
    "said", ["大前天报修了没人来", "大大前天报的修", "大前天晚上停的电", "三月的第一天就坏了", "上个月最后一天停的水"]
)
def test_what_is_past_is_no_time_wanted(reader: Reader, said: str) -> None:
    assert reader.understand(said).when is None
