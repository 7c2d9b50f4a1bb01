"""The names of a roster, by what is looked for."""

from bot.understanding import Reader
from bot.understanding.extract.people.naming import read_naming
from bot.understanding.extract.people.roster_names import SOMEBODY, OnList, RosterNames
from config.settings import CONFIG_DIR


def test_letters_and_digits_of_a_name_make_nobody_a_candidate(reader: Reader) -> None:
    """A bind code holds some of them: a roster of thousands would be looked through for each message."""
    people = frozenset(OnList(name, is_staff=False) for name in ("党员00012", "王志强"))
    names = RosterNames(read_naming(CONFIG_DIR, reader.names.surnames), reader.names.ordinary, people, ())
    assert set(names.by_character) == set("党员王志强")
    assert names.marked("绑定 K7Q2012") == "绑定 K7Q2012".lower()
    assert SOMEBODY in names.marked("王z强收了钱")
