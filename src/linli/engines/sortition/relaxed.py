"""The same question with people in fractions: an upper bound on the least chance, and seats to aim for.

Where a pool has many kinds, panels are first made one after another so that together they come ever closer to those
seats; column generation from nothing would ask for far more integer programmes.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array, diags_array, eye_array, hstack, vstack

from linli.engines.sortition.panels import Composition, Panels

Vector = npt.NDArray[np.float64]
SPREAD, WHOLE, NOISE, NEAR = 0.3, 1e-6, 0.05, 80


@dataclass(frozen=True)
class Target:
    """``least``: no lottery gives everybody more than this. ``seats``: expected seats of each kind that reach it."""

    least: float
    seats: Vector


def target(panels: Panels) -> Target:
    """Two linear programmes: the greatest least chance, then as much more than that as there is room for."""
    matrix, low, high = panels.rows
    sizes = np.array(panels.pool.kinds.sizes, dtype=float)
    kinds = len(sizes)
    nobody = csr_array((matrix.shape[0], 1))
    above = hstack([-eye_array(kinds), csr_array(sizes[:, None])])
    found = linprog(
        np.r_[np.zeros(kinds), -1.0],
        A_ub=vstack([hstack([matrix, nobody]), hstack([-matrix, nobody]), above]),
        b_ub=np.r_[high, -low, np.zeros(kinds)], bounds=[*((0, cap) for cap in panels.caps), (0, 1)], method="highs",
    )  # fmt: skip
    least = -float(found.fun)
    return Target(least, _spread(panels, sizes, least))


def _spread(panels: Panels, sizes: Vector, least: float) -> Vector:
    matrix, low, high = panels.rows
    kinds = len(sizes)
    wide = hstack([matrix, csr_array((matrix.shape[0], kinds))])
    found = linprog(
        np.r_[np.zeros(kinds), -np.ones(kinds)],
        A_ub=vstack([wide, -wide, hstack([-eye_array(kinds), diags_array(sizes)])]),
        b_ub=np.r_[high, -low, -least * (1 - WHOLE) * sizes],
        bounds=[*((0, cap) for cap in panels.caps), *[(0, SPREAD * least)] * kinds], method="highs",
    )  # fmt: skip
    seats: Vector = found.x[:kinds]
    return seats


def approaching(panels: Panels, seats: Vector) -> Iterator[Composition]:
    """Panels without end, each seating the kinds that those before it left furthest behind. Always the same ones."""
    chance = np.random.default_rng(0)
    sizes = np.array(panels.pool.kinds.sizes, dtype=float)
    low, high = np.floor(seats + WHOLE), np.minimum(np.ceil(seats - WHOLE), panels.caps)
    given, turn = np.zeros(len(sizes)), 0
    while True:
        turn += 1
        worth = (turn * seats - given) / np.sqrt(sizes) + NOISE * chance.standard_normal(len(sizes))
        panel = nearly_best(panels, worth, low, high)
        if panel is None:
            panel = np.array(panels.best(worth), dtype=float)
        given += panel
        yield tuple(int(count) for count in panel)


def nearly_best(panels: Panels, worth: Vector, low: Vector, high: Vector) -> Vector | None:
    """A panel of nearly the greatest worth within bounds: solved in fractions, then made whole where it is broken."""
    matrix, least, most = panels.rows
    found = linprog(
        -worth,
        A_ub=vstack([matrix, -matrix]),
        b_ub=np.r_[most, -least],
        bounds=np.c_[low, high],
        method="highs",
    )
    if found.x is None:
        return None
    whole: Vector = np.rint(found.x)
    free = np.abs(found.x - whole) > WHOLE
    if not free.any():
        return whole
    free[np.argsort(np.abs(found.lower.marginals + found.upper.marginals), kind="stable")[:NEAR]] = True
    return _mended(panels, worth, np.where(free, 0.0, whole), free, Bounds(low[free], high[free]))


def _mended(panels: Panels, worth: Vector, fixed: Vector, free: Vector, bounds: Bounds) -> Vector | None:
    """The seats that are free, as whole numbers beside those that are fixed."""
    matrix, least, most = panels.rows
    done = matrix @ fixed
    found = milp(
        -worth[free], constraints=LinearConstraint(matrix[:, np.flatnonzero(free)], least - done, most - done),
        integrality=np.ones(int(free.sum())), bounds=bounds, options={"mip_rel_gap": 1e-3},
    )  # fmt: skip
    if found.x is None:
        return None
    fixed[free] = np.rint(found.x)
    return fixed
