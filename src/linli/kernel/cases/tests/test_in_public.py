"""What a stranger reads of a thread: cases that stand in public, what was done in them, and nobody's name."""

from linli.kernel.cases import in_public
from linli.kernel.cases.actions import join, link, make_move, say
from linli.kernel.cases.in_public import public_thread
from linli.kernel.cases.models import Link, Step
from linli.kernel.cases.tests.conftest import GIVE, Lane
from linli.kernel.journal.models import Sensitivity


def test_of_a_public_case_everybody_reads_the_public_lines_and_no_name(lane: Lane) -> None:
    hidden, topic = (
        lane.raised(),
        lane.raised(by=lane.chen, sensitivity=Sensitivity.PUBLIC, public_title="换灯"),
    )
    link(hidden, topic, kind=Link.Kind.BECOMES, by=lane.chen)
    join(topic, person=lane.zhou)
    make_move(
        topic, GIVE, by=lane.liu, unit=lane.firm, body=lane.firm, text="开工", audience=Step.Audience.PUBLIC
    )
    say(topic, by=lane.zhou, text="我也要", audience=Step.Audience.PUBLIC)
    say(topic, by=lane.liu, text="内部", audience=Step.Audience.PARTIES)

    chain, thread, neighbours = public_thread(topic.pk)

    assert [(s.title, [(str(step.by), step.text) for step in s.steps]) for s in thread.stretches] == [
        ("换灯", [("工作人员", "开工")])
    ]
    assert (list(chain.cases), chain.hidden, neighbours) == ([topic.pk], {hidden.pk}, 2)


def test_a_title_in_somebodys_words_is_never_told_to_everybody(lane: Lane) -> None:
    case = lane.raised(sensitivity=Sensitivity.PUBLIC, title="王阿姨家门口")
    assert public_thread(case.pk)[1].titles == {case.pk: "repair"}


def test_what_a_module_shows_comes_without_words_and_hides_what_is_sealed_behind(lane: Lane) -> None:
    lamp, sealed = lane.raised(), lane.raised(sensitivity=Sensitivity.SEALED)
    link(lamp, sealed, kind=Link.Kind.BECOMES, by=lane.liu)
    say(lamp, by=lane.wang, text="我家三楼的", audience=Step.Audience.PUBLIC)
    in_public.shown_in_public("repair", lambda keys: {key: "楼道灯" for key in keys if key == lamp.pk})
    try:
        chain, thread, neighbours = public_thread(lamp.pk)
    finally:
        in_public._titles.pop("repair")

    assert [(str(step.by), step.text) for step in thread.steps] == [("一位街坊", "")]
    assert (thread.titles, chain.hidden, chain.edges, neighbours) == ({lamp.pk: "楼道灯"}, frozenset(), (), 1)
