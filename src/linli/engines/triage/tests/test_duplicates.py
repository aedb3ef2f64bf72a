import pytest

from linli.engines.triage import Triage
from linli.engines.triage.engine import Stream

WANG = ("wang", "3号楼2单元电梯停了两天了，我爬不动楼", "云杉里3号楼2单元")
LIU = ("liu", "三号楼二门电梯坏了，什么时候能修好？", "云杉里3号楼2单元")


@pytest.fixture(scope="module")
def triage() -> Triage:
    return Triage.default()


def found(
    triage: Triage, told: tuple[str, str, str], earlier: list[tuple[str, str, str | None]]
) -> list[str]:
    _, text, place = told
    return [id_ for id_, _, _ in triage.duplicates(text, place, earlier)]


def test_two_neighbours_tell_of_one_lift(triage: Triage) -> None:
    assert found(triage, LIU, [WANG]) == ["wang"]


def test_another_building_is_another_lift(triage: Triage) -> None:
    elsewhere = ("chen", WANG[1].replace("3号楼", "5号楼"), "云杉里5号楼2单元")

    assert found(triage, elsewhere, [WANG]) == []


def test_another_fact_about_the_same_lift_stays_apart(triage: Triage) -> None:
    hot = ("zhao", "3号楼2单元电梯里空调坏了，闷得像蒸笼", "云杉里3号楼2单元")

    assert found(triage, hot, [WANG]) == []


def test_the_other_party_is_not_a_repeat(triage: Triage) -> None:
    wish = ("zhou", "4号楼1单元想加装电梯，都同意了就一楼不签字，帮着做做工作", "桐花苑4号楼1单元")
    against = ("sun", "4号楼1单元要加装电梯，我家在一楼，挡光，坚决不同意", "桐花苑4号楼1单元")

    assert found(triage, against, [wish]) == []


def test_months_later_it_is_a_new_matter(triage: Triage) -> None:
    stream = Stream(triage)
    stream.tell("wang", WANG[1], WANG[2], 2)

    _, soon = stream.tell("liu", LIU[1], LIU[2], 2)
    _, late = stream.tell("zhou", LIU[1], LIU[2], 8)

    assert ([repeat.id for repeat in soon], late) == (["wang"], [])


def test_a_repeat_names_the_whole_thread_and_why(triage: Triage) -> None:
    stream = Stream(triage)
    for id_, text, place in (WANG, LIU):
        stream.tell(id_, text, place)

    _, repeats = stream.tell("zhou", "电梯停运第三天了，3号楼2单元老人下不了楼", "云杉里3号楼2单元")

    assert {repeat.id for repeat in repeats} == {"wang", "liu"}
    assert all(repeat.why and repeat.why.same_aspects == ("电梯",) for repeat in repeats)
