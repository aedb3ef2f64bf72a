from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.answers import Refused
from linli.kernel.journal.models import Entry
from linli.kernel.people import actions
from linli.kernel.people.models import Role, Tenure
from linli.kernel.people.queries import in_charge, roles_seen_by, tenures_of
from linli.kernel.people.rules import may_seat, most_at_once, overlaps
from linli.kernel.people.standing import standing
from linli.kernel.people.tests.cast import MORNING, person, shijingshan
from linli.kernel.people.tests.together import together
from linli.kernel.places.models import Area, Body, Post

pytestmark = pytest.mark.django_db
NEW_YEAR, SPRING, TODAY = date(2026, 1, 1), date(2026, 4, 1), date(2026, 11, 24)
DAYS = st.dates(min_value=date(2026, 1, 1), max_value=date(2026, 2, 28))


def body(kind: str, where: Area) -> Body:
    return Body.objects.create(kind=kind, name=kind, area=where, valid_from=date(2020, 1, 1))


def committee(where: Area) -> tuple[Post, Post]:
    """A residents' committee with one director and five members."""
    unit = body(Body.Kind.RESIDENTS_COMMITTEE, where)
    director = Post.objects.create(body=unit, title="主任", title_en="Director", seats=1, leads=True)
    return director, Post.objects.create(body=unit, title="委员", title_en="Member", seats=5)


def test_who_is_in_charge_here_today() -> None:
    places = shijingshan()
    director, member = committee(places["north"])
    office = Post.objects.create(
        body=body(Body.Kind.STREET_OFFICE, places["street"]), title="主任", leads=True
    )
    zhao, chen = person("赵主任"), person("陈晓雨")
    actions.appoint(zhao, director, on=NEW_YEAR, basis="2026年选举", by=None)
    actions.appoint(chen, member, on=NEW_YEAR, basis="2026年选举", by=None)

    found = in_charge(places["home"], TODAY)

    assert [(row.body, row.post, row.person) for row in found] == [
        (director.body, director, zhao),
        (member.body, member, chen),
        (office.body, office, None),
    ]


def test_asking_who_is_in_charge_takes_as_many_queries_for_thirty_posts(django_assert_num_queries) -> None:
    north = shijingshan()["north"]
    director, _member = committee(north)
    with django_assert_num_queries(2):
        in_charge(north, TODAY)
    for i in range(30):
        post = Post.objects.create(body=director.body, title=f"组长{i}")
        actions.appoint(person(f"组长{i}"), post, on=NEW_YEAR, basis="推选", by=None)

    with django_assert_num_queries(2):
        assert len(in_charge(north, TODAY)) == 32


def test_a_single_seat_is_never_held_by_two() -> None:
    director, _member = committee(shijingshan()["north"])
    first = actions.appoint(person("赵主任"), director, on=NEW_YEAR, basis="选举", by=None)
    with pytest.raises(Refused):
        actions.appoint(person("钱主任"), director, on=SPRING, basis="补选", by=None)

    actions.end_tenure(first, on=SPRING - timedelta(days=1), because="辞职", by=None)
    second = actions.appoint(person("钱主任"), director, on=SPRING, basis="补选", by=None)

    assert list(tenures_of(director)) == [second, first]
    assert [(str(t.person), t.valid_from, t.valid_to) for t in tenures_of(director)] == [
        ("钱主任", SPRING, None),
        ("赵主任", NEW_YEAR, SPRING - timedelta(days=1)),
    ]


def test_two_elections_at_once_seat_one_director(many_connections: None) -> None:
    director = together(1, lambda: committee(shijingshan()["north"])[0])[0]

    results = together(
        4, lambda: actions.appoint(person("候选人"), director, on=NEW_YEAR, basis="选举", by=None)
    )

    assert sorted(type(result).__name__ for result in results) == ["Refused", "Refused", "Refused", "Tenure"]
    assert together(1, Tenure.objects.count) == [1]


def test_five_members_and_no_sixth() -> None:
    _director, member = committee(shijingshan()["north"])
    for i in range(5):
        actions.appoint(person(f"委员{i}"), member, on=NEW_YEAR, basis="选举", by=None)

    with pytest.raises(Refused):
        actions.appoint(person("委员6"), member, on=NEW_YEAR, basis="选举", by=None)
    with pytest.raises(Refused):
        actions.appoint(Tenure.objects.first().person, member, on=NEW_YEAR, basis="选举", by=None)


def test_a_member_of_the_committee_cannot_supervise_it() -> None:
    north = shijingshan()["north"]
    director, _member = committee(north)
    watch = Post.objects.create(body=body(Body.Kind.SUPERVISION, north), title="委员", seats=3)
    zhao = person("赵主任")
    term = actions.appoint(zhao, director, on=NEW_YEAR, basis="选举", by=None)
    with pytest.raises(Refused):
        actions.appoint(zhao, watch, on=SPRING, basis="推选", by=None)

    actions.end_tenure(term, on=SPRING - timedelta(days=1), because="届满", by=None)
    actions.appoint(zhao, watch, on=SPRING, basis="推选", by=None)

    assert Tenure.objects.count() == 2


def test_the_spouse_of_a_member_cannot_supervise_or_join_the_committee() -> None:
    north = shijingshan()["north"]
    director, member = committee(north)
    watch = Post.objects.create(body=body(Body.Kind.SUPERVISION, north), title="委员", seats=3)
    zhao, wife, neighbour = person("赵主任"), person("钱老师"), person("孙老师")
    actions.note_relative(wife, zhao, "spouse", by=None)
    actions.appoint(zhao, director, on=NEW_YEAR, basis="选举", by=None)

    for post in (watch, member):
        with pytest.raises(Refused):
            actions.appoint(wife, post, on=NEW_YEAR, basis="推选", by=None)
        actions.appoint(
            neighbour if post == watch else person("李大爷"), post, on=NEW_YEAR, basis="推选", by=None
        )

    assert Tenure.objects.filter(person=wife).count() == 0


def test_the_committee_cannot_take_in_the_spouse_of_a_supervisor() -> None:
    north = shijingshan()["north"]
    _director, member = committee(north)
    watch = Post.objects.create(body=body(Body.Kind.SUPERVISION, north), title="委员", seats=3)
    zhao, wife = person("赵老师"), person("钱老师")
    actions.note_relative(zhao, wife, "spouse", by=None)
    actions.appoint(wife, watch, on=NEW_YEAR, basis="推选", by=None)

    with pytest.raises(Refused):
        actions.appoint(zhao, member, on=NEW_YEAR, basis="选举", by=None)


@given(
    held=st.lists(st.tuples(DAYS, st.none() | DAYS)),
    wanted=st.tuples(DAYS, st.none() | DAYS),
    seats=st.integers(1, 4),
)
def test_seats_are_counted_day_by_day(held: list, wanted: tuple, seats: int) -> None:
    """Against a naive count over every day until long after the last."""
    held = [(start, end) for start, end in held if end is None or end >= start]
    if wanted[1] is not None and wanted[1] < wanted[0]:
        assert not may_seat(seats, held, wanted)
        return
    last = wanted[1] or date(2026, 6, 1)
    days = [wanted[0] + timedelta(days=n) for n in range((last - wanted[0]).days + 1)]
    fullest = max(
        sum(1 for span in held if span[0] <= day and (span[1] is None or day <= span[1])) for day in days
    )

    assert most_at_once(held, wanted) == fullest
    assert may_seat(seats, held, wanted).ok is (fullest < seats)


@given(st.tuples(DAYS, st.none() | DAYS), st.tuples(DAYS, st.none() | DAYS))
def test_overlapping_is_the_same_from_both_sides(one: tuple, other: tuple) -> None:
    assert overlaps(one, other) is overlaps(other, one)


def test_a_revoked_role_is_gone_with_the_next_request() -> None:
    north = shijingshan()["north"]
    chen, admin = person("陈晓雨", north), person("管理员", north, "admin")
    role = actions.grant(chen, Role.Kind.CLERK, north, by=admin, on=TODAY)
    assert standing(chen, on=TODAY).holds("clerk", north.path)

    actions.revoke(role, by=admin, now=MORNING)

    assert standing(chen, on=TODAY).held == ()
    assert [entry.verb for entry in Entry.objects.order_by("id")] == [
        "people.role_granted",
        "people.role_revoked",
    ]


def test_an_administrator_gives_roles_in_her_own_area_and_not_to_herself() -> None:
    places = shijingshan()
    admin = person("管理员", places["north"], "admin")
    chen = person("陈晓雨", places["north"])

    for whom, where in ((chen, places["south"]), (chen, places["street"]), (admin, places["north"])):
        with pytest.raises(Refused):
            actions.grant(whom, Role.Kind.CLERK, where, by=admin, on=TODAY)
    with pytest.raises(Refused):
        actions.grant(chen, Role.Kind.HANDLER, places["north"], by=admin, on=TODAY)
    with pytest.raises(Refused):
        actions.grant(person("外人"), Role.Kind.CLERK, places["north"], by=chen, on=TODAY)

    actions.grant(chen, Role.Kind.CLERK, places["north"], by=admin, on=TODAY)
    with pytest.raises(Refused):
        actions.grant(chen, Role.Kind.CLERK, places["north"], by=admin, on=TODAY)
    assert Role.objects.filter(person=chen).count() == 1


def test_an_administrator_sees_who_may_do_what_in_her_area() -> None:
    places = shijingshan()
    admin, chen = person("管理员", places["street"], "admin"), person("陈晓雨", places["north"], "clerk")
    gone = actions.grant(person("走了的"), Role.Kind.CLERK, places["north"], by=admin, on=TODAY)
    actions.revoke(gone, by=admin, now=MORNING)
    district = person("区级", places["district"], "district")

    def seen(who: object) -> list[str]:
        return [str(role.person) for role in roles_seen_by(standing(who, on=TODAY), TODAY)]

    assert (seen(admin), seen(chen), seen(district)) == (["管理员", "陈晓雨"], [], [])


def test_the_database_refuses_a_term_that_ends_before_it_begins() -> None:
    director, _member = committee(shijingshan()["north"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Tenure.objects.create(person=person("赵主任"), post=director, valid_from=SPRING, valid_to=NEW_YEAR)
