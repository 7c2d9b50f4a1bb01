"""Matters of a house that were once taken for others: heating, own pipes, renovation, trees, fees."""

import pytest

from bot.understanding import Reader

HEATING, OWN_PIPE, LEAK, WATER = "0203", "0102", "0301", "0401"
NOISE, TREE, FEES, LAMP = "0702", "0604", "0202", "0603"
SAID = [
    (HEATING, "我家暖气一直不热"),
    (HEATING, "卧室的暖气片不热"),
    (HEATING, "暖气不热都三天了"),
    (HEATING, "家里没暖气，冻得很"),
    (HEATING, "地暖不热，孩子冷"),
    (HEATING, "供暖不好，屋里只有十四度"),
    (HEATING, "暖气坏了，找人看看"),
    (HEATING, "客厅暖气片冰凉"),
    (OWN_PIPE, "家里水管漏水，想找个师傅修"),
    (OWN_PIPE, "水管漏水，请人来修一下"),
    (OWN_PIPE, "厨房水管漏水，能来修吗"),
    (OWN_PIPE, "我家水管一直滴水"),
    (OWN_PIPE, "家里的水龙头滴水关不紧"),
    (OWN_PIPE, "卫生间水龙头坏了想换一个"),
    (LEAK, "楼上往我家漏水"),
    (LEAK, "楼上水管漏，我家顶上湿了"),
    (LEAK, "楼上卫生间渗水到我家"),
    (LEAK, "天花板滴水，是楼上漏的"),
    (WATER, "家里水管爆了，到处是水"),
    (WATER, "从早上起就没水了"),
    (WATER, "水压太小，洗澡都洗不了"),
    (NOISE, "楼上装修吵了一天"),
    (NOISE, "楼上装修天天吵，孩子没法写作业"),
    (NOISE, "隔壁装修太吵了"),
    (NOISE, "楼上天天吵得睡不着"),
    (NOISE, "楼上半夜跑来跑去太吵"),
    (NOISE, "楼下广场舞吵死人"),
    (TREE, "有棵树要倒了"),
    (TREE, "门口的大树歪得厉害，快倒了"),
    (TREE, "楼下那棵树枯了，怕砸到人"),
    (TREE, "树枝把窗户都挡住了"),
    (FEES, "物业费乱收"),
    (FEES, "物业费一年比一年贵"),
    (FEES, "物业收费不合理，没有明细"),
    (FEES, "物业乱收钱"),
    (FEES, "电梯费乱收"),
    (FEES, "公摊费太高"),
    (LAMP, "门口的路灯坏了"),
    (LAMP, "路灯好几天不亮"),
]


@pytest.mark.parametrize(("category", "text"), SAID)
def test_what_is_wrong_at_home_is_of_its_own_category(reader: Reader, category: str, text: str) -> None:
    read = reader.understand(text)
    assert (read.intent, read.category) == ("request", category)
