"""Who stands together: k-means in whole numbers, so that the same votes give the same groups on any machine.

Positions are rounded to a grid before anything is decided. More than a hundred different positions are first drawn
together into a hundred bases, as Polis does. Groups are then grown one centre at a time, trying every base as the new
centre and keeping the best (Likas, Vlassis, Verbeek: The global k-means clustering algorithm, Pattern Recognition 36,
2003): no random start, no seed. A division with a group under the least size is never taken.
"""

from dataclasses import dataclass
from math import fsum

import numpy as np
from numpy.typing import NDArray

from linli.engines.opinions.conversation import Floats

Ints = NDArray[np.int64]

GRID = 10_000  # steps per unit of the map
BASES = 100
MOST_GROUPS = 5
ROUNDS = 30
BASE_ROUNDS = 4
NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True, eq=False)
class Bases:
    """Positions taken together: `points` (bases, 2) on the grid, `weights` people in each, `of` each person's base."""

    points: Ints
    weights: Ints
    of: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Division:
    """One way to divide everybody: `labels` (people,), how clearly (silhouette, -1 to 1), and all that were weighed."""

    labels: Ints
    k: int
    silhouettes: dict[int, float]


def on_grid(positions: Floats) -> Ints:
    return np.rint(positions * GRID).astype(np.int64)


def divide(points: Ints, *, least: int, k: int | None = None) -> Division:
    """Into 2 to 5 groups, whichever is clearest, or into `k` or the most below it that groups of `least` allow.

    One group when no division is possible. O(people x bases + bases² x k).
    """
    if not len(points):
        return Division(np.zeros(0, dtype=np.int64), 1, {})
    bases = draw_together(points)
    found = grow(bases, least=least, most=k or MOST_GROUPS)
    apart = _distances(bases.points)
    clear = {count: silhouette(apart, bases.weights, labels) for count, labels in found.items() if count > 1}
    chosen = max(found) if k else min(clear, key=lambda count: (-clear[count], count), default=1)
    labels = _by_size(found[chosen], bases)
    return Division(labels[bases.of], chosen, clear)


def draw_together(points: Ints) -> Bases:
    """At most a hundred bases: equal positions are one, and beyond that near ones."""
    places, of, weights = np.unique(points, axis=0, return_inverse=True, return_counts=True)
    of = of.reshape(-1)
    if len(places) > BASES:
        labels = _near(places, weights)
        used, labels = np.unique(labels, return_inverse=True)
        sums = _sums(places, weights, labels, len(used))
        places, weights, of = _rounded(sums[:, 1:], sums[:, :1]), sums[:, 0], labels[of]
    return Bases(places, weights, of)


def _near(places: Ints, weights: Ints) -> Ints:
    """Which of a hundred centres is nearest: the farthest point is the next centre, then a few rounds of k-means."""
    centres = _far_apart(places, weights)
    labels = _nearest(places, centres)
    for _ in range(BASE_ROUNDS):
        sums = _sums(places, weights, labels, BASES)
        filled = sums[:, 0] > 0
        centres[filled] = _rounded(sums[filled, 1:], sums[filled, :1])
        before, labels = labels, _nearest(places, centres)
        if np.array_equal(before, labels):
            break
    return labels


def _far_apart(places: Ints, weights: Ints) -> Ints:
    middle = _rounded((places * weights[:, None]).sum(axis=0), weights.sum())
    nearest = ((places - middle) ** 2).sum(axis=1)
    chosen = np.empty(BASES, dtype=np.int64)
    for turn in range(BASES):
        chosen[turn] = nearest.argmax()
        away = places - places[chosen[turn]]
        distance = away[:, 0] ** 2 + away[:, 1] ** 2
        nearest = distance if turn == 0 else np.minimum(nearest, distance)
    return places[chosen]


def _nearest(places: Ints, centres: Ints) -> Ints:
    """|c|² - 2x·c orders centres as the distance does; exact, for these numbers stay below 2⁵³."""
    halves = (centres**2).sum(axis=1) / 2
    x, y = places.astype(np.float64).T[:, :, None]
    nearest: Ints = (halves - x * centres[:, 0] - y * centres[:, 1]).argmin(axis=1)
    return nearest


def _sums(places: Ints, weights: Ints, labels: Ints, count: int) -> Ints:
    """For each label: weight, weighted x, weighted y."""
    columns = (weights, weights * places[:, 0], weights * places[:, 1])
    added = [np.bincount(labels, column.astype(np.float64), count) for column in columns]
    return np.rint(np.stack(added, axis=1)).astype(np.int64)


def _rounded(sums: Ints, weights: Ints) -> Ints:
    quotient: Ints = (2 * sums + weights) // (2 * weights)
    return quotient


def grow(bases: Bases, *, least: int, most: int) -> dict[int, Ints]:
    """The best division into each number of groups, as labels of the bases, as far as `least` people fit in each."""
    found = {1: np.zeros(len(bases.points), dtype=np.int64)}
    centres = _rounded((bases.points * bases.weights[:, None]).sum(axis=0), bases.weights.sum())[None, :]
    for k in range(2, min(most, len(bases.points)) + 1):
        tries = np.concatenate(
            [np.repeat(centres[None], len(bases.points), axis=0), bases.points[:, None]], axis=1
        )
        cost, labels, settled = _settle(tries, bases, least)
        best = int(cost.argmin())
        if cost[best] == NEVER:
            break
        found[k], centres = labels[best], settled[best]
    return found


def _settle(centres: Ints, bases: Bases, least: int) -> tuple[Ints, Ints, Ints]:
    """k-means from many starts at once: cost (starts,), labels (starts, bases), centres (starts, k, 2)."""
    labels = np.full((len(centres), len(bases.points)), -1, dtype=np.int64)
    centres, running = centres.copy(), np.arange(len(centres))
    for _ in range(ROUNDS):
        found = _assigned(bases.points, centres[running])
        changed = (found != labels[running]).any(axis=1)
        labels[running] = found
        running = running[changed]
        if not len(running):
            break
        centres[running] = _moved(centres[running], bases, labels[running])
    return _costs(centres, bases, labels, least), labels, centres


def _assigned(points: Ints, centres: Ints) -> Ints:
    """The nearest centre of each base, the first of equally near ones: (starts, bases)."""
    x, y = points[:, 0].astype(np.float64), points[:, 1].astype(np.float64)
    labels = np.zeros((len(centres), len(points)), dtype=np.int64)
    least = np.full(labels.shape, np.inf)
    for group in range(centres.shape[1]):
        apart = (x - centres[:, group, :1]) ** 2 + (y - centres[:, group, 1:]) ** 2
        labels[apart < least] = group
        np.minimum(least, apart, out=least)
    return labels


def _moved(centres: Ints, bases: Bases, labels: Ints) -> Ints:
    """Each centre to the mean of its people; one without people stays."""
    moved = centres.copy()
    sums = _starts_sums(bases, labels, centres.shape[1])
    filled = sums[:, :, 0] > 0
    moved[filled] = _rounded(sums[filled][:, 1:], sums[filled][:, :1])
    return moved


def _starts_sums(bases: Bases, labels: Ints, k: int) -> Ints:
    """People, weighted x and weighted y of each group: (starts, k, 3). Exact: all stays below 2⁵³."""
    weighted = np.column_stack([bases.weights, bases.points * bases.weights[:, None]]).astype(np.float64)
    sums = [(labels == group).astype(np.float64) @ weighted for group in range(k)]
    return np.stack(sums, axis=1).astype(np.int64)


def _costs(centres: Ints, bases: Bases, labels: Ints, least: int) -> Ints:
    """The sum over people of squared distances; NEVER for a division with too small a group."""
    x, y = (np.take_along_axis(centres[:, :, axis], labels, axis=1) for axis in (0, 1))
    apart = (bases.points[:, 0] - x) ** 2 + (bases.points[:, 1] - y) ** 2
    sizes = _starts_sums(bases, labels, centres.shape[1])[:, :, 0]
    cost: Ints = apart @ bases.weights
    cost[(sizes < least).any(axis=1)] = NEVER
    return cost


def _distances(points: Ints) -> Floats:
    """Between bases, rounded to whole steps of the grid, so that their sums are exact."""
    squares = ((points[:, None] - points[None]) ** 2).sum(axis=2)
    steps: Floats = np.rint(np.sqrt(squares))
    return steps


def silhouette(apart: Floats, weights: Ints, labels: Ints) -> float:
    """How clearly the groups are apart (Rousseeuw 1987), the mean over people: 1 clear, 0 not at all."""
    own = labels[:, None] == np.arange(labels.max() + 1)
    sizes = weights @ own
    sums = (apart * weights) @ own.astype(np.float64)
    inside = (sums * own).sum(axis=1) / np.maximum(sizes[labels] - 1, 1)
    outside = np.where(own, np.inf, sums / sizes).min(axis=1)
    larger = np.maximum(inside, outside)
    clear = np.where((sizes[labels] > 1) & (larger > 0), (outside - inside) / np.maximum(larger, 1e-300), 0.0)
    return fsum(clear * weights) / float(weights.sum())


def _by_size(labels: Ints, bases: Bases) -> Ints:
    """Numbered from the largest group down; of equal ones the one further left comes first."""
    sums = _sums(bases.points, bases.weights, labels, int(labels.max()) + 1)
    middle = sums[:, 1:] / sums[:, :1]
    order = np.lexsort((middle[:, 1], middle[:, 0], -sums[:, 0]))
    number = np.empty_like(order)
    number[order] = np.arange(len(order))
    return number[labels]
