"""A person's matters: what she raised and what she joined, once each, in pages and by the nearest limit."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import F, Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.kernel.cases.models import Case, Party
from linli.kernel.clock import now
from linli.kernel.people.models import Person
from linli.kernel.people.standing import Standing
from linli.web import matters
from linli.web.tests.conftest import House


def plainly(person: Person) -> Any:
    """The same said in one sentence, which no index serves."""
    joined = Party.objects.filter(person=person).values("case")
    return Case.objects.filter(Q(raised_by=person) | Q(pk__in=joined)).order_by("-id")


def everything(person: Person) -> list[Case]:
    """Page after page."""
    found, before = [], None
    while True:
        page, before = matters.matters_before(Standing(person), before)
        found += page
        if before is None:
            return found


LIVES = st.lists(
    st.tuples(st.sampled_from(["王阿姨", "外人"]), st.sets(st.sampled_from(["joined", "helper", "joined-by-other"])),
              st.sampled_from(["new", "done"]), st.integers(-2, 2)),
    max_size=30,
)  # fmt: skip


@given(lives=LIVES)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_pages_and_limits_are_those_of_everything_she_has_a_part_in(house: House, lives: list[Any]) -> None:
    Party.objects.all().delete(), Case.objects.all().delete()
    wang, moment = house.people["王阿姨"], now()
    for who, parts, state, days in lives:
        due = moment + timedelta(days=days) if days else None
        case = house.raise_matter(who, "灯", state=state, due_at=due)
        for part in parts:
            joiner = house.people["赵主任"] if part == "joined-by-other" else wang
            Party.objects.create(case=case, person=joiner, part=part.split("-")[0], at=moment)

    assert everything(wang) == list(plainly(wang))
    waiting = plainly(wang).exclude(state="done").order_by(F("due_at").asc(nulls_last=True), "-id")
    assert matters.open_matters(Standing(wang), limit=4) == list(waiting[:4])


def plan_of(question: Any, *values: int) -> str:
    """How the database means to go about it."""
    asked = question.ask(*values)
    sql, params = asked.query.sql_with_params()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(("EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN ") + sql, params)
        return "\n".join(str(row) for row in cursor.fetchall())


def test_both_questions_walk_along_an_index_of_the_person(house: House) -> None:
    key = house.people["王阿姨"].pk
    raised, joined = (
        plan_of(matters.RAISED, key, matters.GREATEST),
        plan_of(matters.JOINED, key, matters.GREATEST),
    )

    assert ("case_of_person" in raised, "party_of_person" in joined) == (True, True)
    if connection.vendor == "sqlite":
        assert [part for part in ("SCAN cases_case", "TEMP B-TREE") if part in raised] == []
        assert "SCAN cases_party" not in joined
