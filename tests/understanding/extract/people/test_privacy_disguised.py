"""Numbers, names, codes and rooms that somebody disguised, or wrote as people write them: masked; ordinary words are not."""

import pytest

from bot.understanding import Reader

OTHERS = [
    ("电话l39l2345678", "2345678"), ("电话I39I2345678", "2345678"), ("电话13912E45678", "45678"), ("电话1391234S678", "1391234"), ("电话139O2345O78", "2345"), ("电话139a1234b5678", "1234"), ("电话139杠1234杠5678", "1234"),
    ("电话139空格1234空格5678", "1234"), ("电话139然后1234然后5678", "1234"), ("电话yi san jiu yi er san si wu liu qi ba", "san si"), ("电话yaosanjiuyaoersansiwuliuqiba", "sansi"), ("电话0550转3000001", "3000001"),
    ("单元门按2580井", "2580"), ("楼下按1357#进来", "1357"), ("门口键盘输入9981", "9981"), ("钥匙在脚垫下面", "脚垫"), ("钥匙放花盆底下了", "花盆"), ("门卡压在鞋柜上", "鞋柜"), ("晚上不锁门", "不锁门"), ("WiFi密码 abcd1234", "abcd1234"),
    ("身份证三四一一七二一九五零零一零一一二三四", "一九五零"), ("身份证后六位011234", "011234"), ("社保号1172123456", "1172123456"), ("v❤ lily2020", "lily2020"), ("加我wei xin 13abc", "13abc"), ("微信号叫lily_88", "lily_88"),
    ("皖MD一二三四五", "一二三四"), ("车牌晥M12345", "12345"), ("wan M12345", "12345"), ("联系张丽华", "丽华"), ("张丽华家灯坏了", "丽华"), ("给张丽华换灯", "丽华"), ("叫做 张 丽 华", "丽 华"), ("我叫zhanglihua", "zhanglihua"),
    ("联系人 zhang li hua", "li hua"), ("帮李国强修一下", "国强"), ("电话139", "139"), ("1234", "1234"), ("后面是5678", "5678"), ("尾号5678", "5678"),
    ("手机1-3-9-1-2-3-4-5-6-7-8", "4-5"), ("电话139转1234转5678", "1234"), ("手机13g12345678", "12345678"), ("电话i3912345z78", "12345"),
]  # fmt: skip
SPOTS = [
    ("五楼右手", "右手"),
    ("5栋2单元5楼东户", "东户"),
    ("五楼最里面那间", "最里面"),
    ("顶楼左边", "左边"),
    ("三楼左手第二家", "左手"),
    ("西户的灯不亮", "西户"),
    ("电梯出来左手边", "左手"),
]
PLAIN = [
    "楼道灯坏了，请人看看", "给马路边的树浇水", "联系社区办证", "帮老人买米", "明天下午3点到5点都行", "2024年的补贴没到账", "物业费1200元太贵", "家里没人", "门锁坏了", "请给楼道装灯", "我叫不到车", "给安装一个扶手",
    "高空抛物太危险", "一共三十个人", "门口的按钮坏了", "左边的路灯不亮", "wifi不好用", "帮我看看水表", "找个师傅修门", "东边的路灯坏了", "网络密码忘了怎么办", "钥匙丢了", "住户反映停水", "帮高龄老人理发",
]  # fmt: skip


@pytest.mark.parametrize(("text", "private"), OTHERS)
def test_what_is_disguised_is_masked_for_everybody_else(reader: Reader, text: str, private: str) -> None:
    assert private.casefold() not in reader.mask(text).casefold()
    assert private.casefold() not in reader.masks.before_accepting(text).casefold()


@pytest.mark.parametrize(("text", "private"), SPOTS)
def test_which_home_it_is_in_words_is_masked_before_somebody_accepts(reader: Reader, text: str, private: str) -> None:
    assert private not in reader.masks.before_accepting(text)


@pytest.mark.parametrize("text", PLAIN)
def test_ordinary_words_stay(reader: Reader, text: str) -> None:
    assert reader.mask(text) == text
