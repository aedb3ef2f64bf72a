import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.engines.triage.places import Place, Relation, arabic, compare, located, parse

WRITTEN = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "云杉里", "和顺家园", "石榴胡同", "机械厂宿舍"]),
    st.sampled_from(["", "3号楼", "十二号楼", "5号院"]),
    st.sampled_from(["", "1单元", "二单元"]),
    st.sampled_from(["", "前", "东侧", "地下车库入口", "中心花园", "底商"]),
)


def test_numerals_are_read_as_people_say_them() -> None:
    assert arabic("九号楼三门十二层，二十一号楼") == "9号楼3门十二层，21号楼"


def test_a_place_is_taken_apart() -> None:
    assert parse("机械厂宿舍4号楼2单元") == Place("机械厂宿舍", "4", "2")
    assert parse("石榴胡同东口公厕") == Place("石榴胡同", side="东", spot="口公厕")
    assert parse(None) == Place()


def test_the_words_make_the_field_deeper_but_never_contradict_it() -> None:
    assert located("5号楼一单元电梯不走", "桐花苑5号楼") == Place("桐花苑", "5", "1")
    assert located("跟9号楼3单元那家一样", "桐花苑4号楼") == Place("桐花苑", "4")


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("云杉里9号楼", "云杉里九号楼", Relation.SAME),
        ("桐花苑", "桐花苑6号楼", Relation.NESTED),
        ("桐花苑5号楼1单元", "桐花苑5号楼", Relation.NESTED),
        ("桐花苑5号楼1单元", "桐花苑5号楼2单元", Relation.APART),
        ("云杉里9号楼", "云杉里1号楼", Relation.APART),
        ("桐花苑3号楼东侧", "桐花苑3号楼西侧", Relation.APART),
        ("云杉里", "和顺家园", Relation.APART),
        ("云杉里", None, Relation.UNKNOWN),
    ],
)
def test_two_places_lie_to_one_another(one: str, other: str | None, relation: Relation) -> None:
    assert compare(parse(one), parse(other)) is relation


@given(WRITTEN, WRITTEN)
def test_it_does_not_matter_who_is_asked_first(one: str, other: str) -> None:
    assert compare(parse(one), parse(other)) is compare(parse(other), parse(one))


@pytest.mark.parametrize("said", ["十五六号楼", "二三十号楼", "五六十单元", "十十号楼", "二十一二栋"])
def test_about_so_many_names_no_building_and_stays_as_it_was_said(said: str) -> None:
    assert (arabic(f"{said}都漏水"), located(f"{said}都漏水", None)) == (f"{said}都漏水", Place())


@given(st.text(alphabet="零〇一二两三四五六七八九十百0３号楼院栋座单元门# ", max_size=12))
def test_no_way_of_counting_breaks_a_place(said: str) -> None:
    assert located(said, said) == located(said, said)
