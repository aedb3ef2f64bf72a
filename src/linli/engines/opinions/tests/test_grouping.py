from fractions import Fraction
from itertools import product
from random import Random

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from linli.engines.opinions.grouping import (
    BASES,
    Bases,
    _assigned,
    _distances,
    divide,
    draw_together,
    grow,
    silhouette,
)

POINTS = st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50)), min_size=2, max_size=9)


def cost_of(points: np.ndarray, labels: tuple[int, ...]) -> Fraction:
    """The sum of squared distances from the groups' own means, exactly."""
    total = Fraction(0)
    for group in set(labels):
        inside = [point for point, label in zip(points.tolist(), labels, strict=True) if label == group]
        for axis in (0, 1):
            mean = Fraction(sum(point[axis] for point in inside), len(inside))
            total += sum(((point[axis] - mean) ** 2 for point in inside), Fraction(0))
    return total


def plain_silhouette(points: np.ndarray, labels: np.ndarray) -> float:
    """Person by person, as Rousseeuw writes it, with distances in whole steps."""

    def away(a: int, b: int) -> int:
        return round(float(np.sqrt(((points[a] - points[b]) ** 2).sum())))

    total = 0.0
    people = range(len(points))
    for one in people:
        own = [other for other in people if labels[other] == labels[one] and other != one]
        if not own:
            continue
        inside = sum(away(one, other) for other in own) / len(own)
        outside = min(
            sum(away(one, other) for other in people if labels[other] == group) / int((labels == group).sum())
            for group in set(labels.tolist()) - {labels[one]}
        )
        if max(inside, outside) > 0:
            total += (outside - inside) / max(inside, outside)
    return total / len(points)


@settings(deadline=None)
@given(POINTS, st.integers(2, 3), st.data())
def test_the_silhouette_is_that_of_every_person_by_hand(
    points: list[tuple[int, int]], k: int, data: st.DataObject
) -> None:
    places = np.array(points) * 1000
    labels = np.array([data.draw(st.integers(0, k - 1)) for _ in points])
    assume(set(labels.tolist()) == set(range(k)))
    unique, of, weights = np.unique(
        np.column_stack([places, labels]), axis=0, return_inverse=True, return_counts=True
    )

    found = silhouette(_distances(unique[:, :2]), weights, unique[:, 2])

    assert found == pytest.approx(plain_silhouette(places, labels), abs=1e-9)
    assert of.max() + 1 == len(unique)


@settings(deadline=None, max_examples=60)
@given(POINTS, st.integers(1, 3))
def test_two_groups_are_nearly_always_the_best_two_there_are(
    points: list[tuple[int, int]], least: int
) -> None:
    places = np.array(points) * 10_000
    found = grow(draw_together(places), least=least, most=2)
    bases = draw_together(places)
    ways = [
        labels
        for labels in product((0, 1), repeat=len(places))
        if min(labels.count(0), labels.count(1)) >= least and len(set(labels)) == 2
    ]

    if 2 in found:
        reached = cost_of(places, tuple(found[2][bases.of].tolist()))
        assert reached <= 2 * min(cost_of(places, labels) for labels in ways)
        assert min(np.bincount(found[2][bases.of])) >= least


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 10**6))
def test_no_lucky_start_finds_better_groups(seed: int) -> None:
    chance = Random(seed)
    middles = [(chance.randint(-9, 9) * 10_000, chance.randint(-9, 9) * 10_000) for _ in range(4)]
    points = np.array(
        [
            (x + round(chance.gauss(0, 9000)), y + round(chance.gauss(0, 9000)))
            for x, y in middles
            for _ in range(20)
        ]
    )
    bases = draw_together(points)
    found = grow(bases, least=1, most=4)

    lucky = min(cost_of(points, lloyd(points, chance.sample(range(len(points)), 4))) for _ in range(10))

    assert cost_of(points, tuple(found[4][bases.of].tolist())) <= lucky * Fraction(103, 100)


def lloyd(points: np.ndarray, starts: list[int]) -> tuple[int, ...]:
    centres = points[starts].astype(float)
    for _ in range(40):
        labels = ((points[:, None] - centres[None]) ** 2).sum(axis=2).argmin(axis=1)
        centres = np.array(
            [points[labels == g].mean(axis=0) if (labels == g).any() else centres[g] for g in range(4)]
        )
    return tuple(labels.tolist())


def test_a_thousand_positions_become_a_hundred_bases_that_keep_everybody() -> None:
    chance = np.random.default_rng(1)
    points = np.rint(chance.normal(size=(1000, 2)) * 20_000).astype(np.int64)

    bases = draw_together(points)

    assert len(bases.points) == BASES == len(set(bases.of.tolist()))
    assert bases.weights.tolist() == np.bincount(bases.of).tolist()
    away = np.sqrt(((points - bases.points[bases.of]) ** 2).sum(axis=1))
    assert away.max() < 20_000


def test_up_to_a_hundred_positions_stay_as_they_are() -> None:
    points = np.array([(5, 5), (1, 2), (5, 5), (1, 2), (1, 2)])

    bases = draw_together(points)

    assert (bases.points.tolist(), bases.weights.tolist(), bases.of.tolist()) == (
        [[1, 2], [5, 5]],
        [3, 2],
        [1, 0, 1, 0, 0],
    )


def test_groups_are_numbered_from_the_largest_and_then_from_the_left() -> None:
    points = np.array([(90, 0)] * 5 + [(0, 0)] * 6 + [(-90, 0)] * 5) * 1000

    assert divide(points, least=5, k=3).labels.tolist() == [2] * 5 + [0] * 6 + [1] * 5


def test_who_stands_exactly_between_two_groups_belongs_to_the_first() -> None:
    points = np.array([(-10, 0)] * 5 + [(10, 0)] * 5 + [(0, 0)])
    labels = _assigned(points, np.array([[(-10, 0), (10, 0)], [(10, 0), (-10, 0)]]))

    assert labels.tolist() == [[0] * 5 + [1] * 5 + [0], [1] * 5 + [0] * 5 + [0]]


def test_nobody_at_all_is_one_empty_group() -> None:
    division = divide(np.zeros((0, 2), dtype=np.int64), least=5)

    assert (division.k, division.labels.tolist()) == (1, [])
    assert isinstance(draw_together(np.zeros((3, 2), dtype=np.int64)), Bases)
