"""Which panels the quotas allow, as integer points: how many of each kind sit on it. Solved by HiGHS through scipy."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from linli.engines.sortition.pool import Pool, Quota

Vector = npt.NDArray[np.float64]
Composition = tuple[int, ...]
EXACT = {"mip_rel_gap": 0.0}


class Impossible(Exception):
    """No panel of this size meets the quotas. ``changes``: the fewest seats by which to widen quotas so that one does.

    Each change is a quota with the bounds it would need; empty when even then there are too few people.
    """

    def __init__(self, changes: list[Quota]) -> None:
        self.changes = changes
        super().__init__("no panel meets the quotas")


@dataclass(frozen=True)
class Panels:
    """Every panel of ``size`` from ``pool`` that meets its quotas; none of them is listed."""

    pool: Pool
    size: int

    @cached_property
    def rows(self) -> tuple[csr_array, Vector, Vector]:
        """Quotas × kinds with their bounds, then the panel's size, then one row for each sort of household."""
        kinds, column = self.pool.kinds, {name: i for i, name in enumerate(self.pool.features)}
        matrix, least, most = [], [], []
        for quota in self.pool.quotas:
            at = column[quota.feature]
            matrix.append([float(kind.values[at] == quota.value) for kind in kinds.all])
            least.append(quota.least)
            most.append(quota.most)
        matrix.append([1.0] * len(kinds.all))
        least.append(self.size)
        most.append(self.size)
        for members, homes in kinds.shared_homes:
            matrix.append([float(i in members) for i in range(len(kinds.all))])
            least.append(0)
            most.append(homes)
        return csr_array(np.array(matrix)), np.array(least, dtype=float), np.array(most, dtype=float)

    @cached_property
    def caps(self) -> Vector:
        return np.array([kind.most for kind in self.pool.kinds.all], dtype=float)

    @cached_property
    def possible(self) -> bool:
        """Whether there is any panel at all."""
        try:
            self.best(np.zeros(len(self.caps)))
        except Impossible:
            return False
        return True

    def best(self, worth: Vector) -> Composition:
        """The panel with the greatest total worth of its kinds. Impossible when there is no panel at all."""
        matrix, least, most = self.rows
        found = milp(
            -worth, constraints=LinearConstraint(matrix, least, most), integrality=np.ones(len(worth)),
            bounds=Bounds(0, self.caps), options=EXACT,
        )  # fmt: skip
        if found.x is None:
            raise Impossible(self.relaxed())
        return tuple(int(seats) for seats in np.rint(found.x))

    def relaxed(self) -> list[Quota]:
        """The quotas to widen, by the fewest seats in all; within the flexible bounds where that is enough."""
        if int(self.caps.sum()) < self.size:
            return []
        return self._relaxed(flexible=True) or self._relaxed(flexible=False)

    def _relaxed(self, *, flexible: bool) -> list[Quota]:
        quotas, kinds = self.pool.quotas, len(self.caps)
        matrix, least, most = self.rows
        slack = np.zeros((matrix.shape[0], 2 * len(quotas)))
        for i in range(len(quotas)):
            slack[i, 2 * i], slack[i, 2 * i + 1] = 1.0, -1.0
        room = [float(seats) for quota in quotas for seats in self._room(quota, flexible=flexible)]
        found = milp(
            np.r_[np.zeros(kinds), np.ones(2 * len(quotas))],
            constraints=LinearConstraint(csr_array(np.hstack([matrix.toarray(), slack])), least, most),
            integrality=np.ones(kinds + 2 * len(quotas)), bounds=Bounds(0, np.r_[self.caps, room]), options=EXACT,
        )  # fmt: skip
        if found.x is None:
            return []
        moved = np.rint(found.x[kinds:]).astype(int).reshape(-1, 2)
        return [
            Quota(quota.feature, quota.value, quota.least - int(less), quota.most + int(more))
            for quota, (less, more) in zip(quotas, moved, strict=True)
            if less or more
        ]

    def _room(self, quota: Quota, *, flexible: bool) -> tuple[int, int]:
        if not flexible:
            return quota.least, max(self.size - quota.most, 0)
        least, most = quota.flex or (quota.least, quota.most)
        return max(quota.least - least, 0), max(most - quota.most, 0)
