from hypothesis import given, settings
from hypothesis import strategies as st

from linli.engines.opinions import AGREE, DISAGREE, PASS, Conversation, Session, Statement, Vote, opinion_map
from linli.engines.opinions.tests.neighbours import LIFT, five_neighbours, street

BATCHES = st.lists(
    st.lists(
        st.builds(
            Vote,
            st.integers(0, 90),
            st.integers(0, 80),
            st.sampled_from((AGREE, PASS, DISAGREE)),
            st.integers(0, 5),
        ),
        max_size=30,
    ),
    max_size=5,
)


@settings(deadline=None, max_examples=60)
@given(BATCHES, st.lists(st.integers(0, 80), max_size=3))
def test_a_session_has_the_same_bits_as_counting_everything_anew(
    batches: list[list[Vote]], out: list[int]
) -> None:
    session = Session()
    everything: list[Vote] = []

    for batch in batches:
        session.hear(batch)
        everything += batch
        assert (
            session.map(least=2, votes=3).bits()
            == opinion_map(Conversation.of(everything), least=2, votes=3).bits()
        )
    for one in out:
        session.moderate(Statement(one, "骂人的话", -1))

    judged = [Statement(one, "骂人的话", -1) for one in out]
    assert session.map().bits() == opinion_map(Conversation.of(everything, judged)).bits()


def test_a_session_goes_on_from_a_conversation() -> None:
    session = Session(Conversation.of(street(20, 20)))

    session.hear([Vote(0, one, DISAGREE, 99) for one in range(12)])

    whole = Conversation.of([*street(20, 20), *(Vote(0, one, DISAGREE, 99) for one in range(12))])
    assert session.map().bits() == opinion_map(whole).bits()


def test_a_statement_that_was_out_comes_back_with_its_votes() -> None:
    session = Session(five_neighbours())
    before = session.map().bits()

    session.moderate(Statement(LIFT, "楼里应该装电梯", -1))
    without = session.map()
    session.moderate(Statement(LIFT, "楼里应该装电梯", 1))

    assert LIFT not in without.statements
    assert session.map().bits() == before


def test_a_new_statement_that_nobody_voted_on_is_on_the_map_at_once() -> None:
    session = Session(five_neighbours())

    session.moderate(Statement(4, "夏天纳凉晚会"))

    assert session.map().statements == (1, 2, 3, 4)
    assert session.map().bits() == opinion_map(session.conversation).bits()


def test_an_empty_batch_changes_nothing() -> None:
    session = Session(five_neighbours())
    before = session.map().bits()

    session.hear([])

    assert session.map().bits() == before


def test_an_old_vote_that_arrives_late_does_not_count() -> None:
    session = Session(Conversation.of([Vote("王阿姨", LIFT, AGREE, 5)]))

    session.hear([Vote("王阿姨", LIFT, DISAGREE, 4)])

    assert session.map().centre.tolist() == [1]
