"""A question answers as its query set would, for every value, in every thread."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, connections
from django.db.models import Count, Q, QuerySet, Value
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.kernel.asking import MOST, Question, padded
from linli.kernel.cases.models import Case
from linli.kernel.clock import now
from linli.kernel.people.models import Person, Role
from tests import make

pytestmark = pytest.mark.django_db


def raised(person: int, states: tuple[str, ...], since: Any, newest: bool) -> QuerySet[Case]:
    rows = Case.objects.filter(raised_by=person, state__in=states, raised_at__gte=since).exclude(title="")
    return rows.select_related("area__parent", "unit").order_by("-id" if newest else "id")[:3]


RAISED = Question(raised)
HELD = Question(
    lambda on, person: Role.objects.filter(person=person, valid_from__lte=on).values_list(
        "kind", "area__path"
    )
)


@pytest.fixture
def scene() -> make.Scene:
    s = make.scene()
    for name in ("wang", "li", "wang", "wang", "li", "wang"):
        make.appeal(s, by=name)
    return s


@given(
    who=st.sampled_from(["wang", "li", "zhou"]),
    states=st.lists(st.sampled_from(["received", "closed", "stand-in 1"]), max_size=3).map(tuple),
    hours=st.integers(-1, 1),
    newest=st.booleans(),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_it_answers_as_its_query_set(
    scene: make.Scene, who: str, states: tuple[str, ...], hours: int, newest: bool
) -> None:
    asked = (scene.people[who].pk, states, now() + timedelta(hours=hours))

    assert RAISED(*asked, newest=newest) == list(raised(*asked, newest=newest))


def test_what_was_fetched_with_a_row_is_not_fetched_again(scene: make.Scene) -> None:
    with CaptureQueriesContext(connection) as seen:
        told = [
            (str(case.area.parent), case.unit)
            for case in RAISED(scene.wang.pk, ("received",), now() - timedelta(1), newest=True)
        ]

    assert (told, len(seen)) == ([("3号楼", None)] * 3, 1)


def test_days_and_rows_of_values(scene: make.Scene) -> None:
    assert HELD(date(2026, 1, 1), scene.chen.pk) == [("clerk", scene.community.path)]
    assert HELD(date(2019, 1, 1), scene.chen.pk) == []
    assert HELD.one(date(2026, 1, 1), scene.liu.pk) == ("handler", scene.community.path)
    assert HELD.one(date(2026, 1, 1), scene.wang.pk) is None


def test_counts_of_nothing_are_nought(scene: make.Scene) -> None:
    counts = Question(
        lambda person: (
            Case.objects.filter(raised_by=person)
            .annotate(one=Value(1))
            .values_list("one")
            .annotate(open=Count("pk", filter=~Q(state="closed")), late=Count("pk", filter=Q(due_at=None)))
        )
    )

    assert counts(scene.wang.pk) == [(1, 4, 0)]
    assert counts(scene.zhou.pk) == [(1, 0, 0)]


def test_nothing_to_look_for_asks_the_database_nothing(scene: make.Scene) -> None:
    with CaptureQueriesContext(connection) as seen:
        assert RAISED(scene.wang.pk, (), now(), newest=True) == []

    assert len(seen) == 0


def test_a_value_the_sql_changes_must_be_given_by_name(scene: make.Scene) -> None:
    inside = Question(lambda path: Case.objects.filter(path__under=path))
    with pytest.raises(ValueError, match="A path ends with a slash"):
        inside(scene.community.path)
    with pytest.raises(TypeError, match="give it by name"):
        Question(lambda words: Case.objects.filter(title__icontains=words))("灯")
    with pytest.raises(TypeError, match="give it by name"):
        Question(lambda late: Case.objects.filter(due_at__isnull=late))(True)

    by_name = Question(lambda *, path: Case.objects.filter(path__under=path))
    assert len(by_name(path=scene.community.path)) == 6
    assert by_name(path=scene.other_community.path) == []


def test_a_few_more_or_less_are_asked_in_the_same_words(scene: make.Scene) -> None:
    named = Question(lambda names: Person.objects.filter(name__in=names))

    found = [{str(one) for one in named(padded(some))} for some in (["王秀英"], ["王秀英", "李建军"], [])]

    assert found == [{"王阿姨"}, {"王阿姨", "李大爷"}, set()]
    assert len(named.written) == 2
    assert padded(range(1, 18)) == (*range(1, 18), *[17] * 15)


def test_only_so_many_ways_of_writing_are_kept(scene: make.Scene) -> None:
    pages = Question(lambda *, start: Person.objects.order_by("id")[start : start + 1])

    rows = [pages(start=start) for start in range(MOST + 20)]

    assert rows[:12] == [[person] for person in Person.objects.order_by("id")[:12]]
    assert len(pages.written) == MOST


@pytest.mark.django_db(transaction=True)
def test_two_threads_ask_at_once_each_by_its_own_connection() -> None:
    s = make.scene()
    for name in ("wang", "li"):
        make.appeal(s, by=name)

    def ask(name: str) -> list[str]:
        try:
            found = [
                RAISED(s.people[name].pk, ("received",), now() - timedelta(1), newest=False)
                for _turn in range(50)
            ]
            return sorted({case.raised_by_id for cases in found for case in cases})
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as crowd:
        assert list(crowd.map(ask, ["wang", "li"])) == [[s.wang.pk], [s.li.pk]]
