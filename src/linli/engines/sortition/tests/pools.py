"""A made-up city: people with six features, unevenly spread, and quotas a tenth to either side of even."""

import random

from linli.engines.sortition.pool import Person, Pool, Quota

FEATURES = {"age": 5, "sex": 2, "schooling": 4, "street": 8, "home": 3, "work": 5}


def city(people: int, *, panel: int = 200, seed: int = 1) -> Pool:
    """The same city for the same seed; about two thirds as many kinds as people."""
    chance = random.Random(seed)

    def value(of: int) -> str:
        return str(min(int(chance.betavariate(1.3, 2) * of), of - 1))

    drawn = tuple(Person(f"p{n}", tuple(value(of) for of in FEATURES.values())) for n in range(people))
    quotas = tuple(
        Quota(name, str(v), int(panel / of * 0.9), int(panel / of * 1.1) + 1)
        for name, of in FEATURES.items()
        for v in range(of)
    )
    return Pool(tuple(FEATURES), drawn, quotas)
