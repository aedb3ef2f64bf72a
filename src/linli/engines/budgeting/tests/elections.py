"""Random small elections with many equal costs, so that ties are common."""

import random

from linli.engines.budgeting import Election, Kind, Project, election

COSTS = [1, 2, 3, 4, 6, 6, 10, 12]


def random_election(seed: int, kind: Kind) -> Election:
    """At most 8 voters and 8 projects."""
    chance = random.Random(seed)
    unit = chance.choice([1, 1, 10, 100])
    coins = chance.choice([1, 1, unit])
    costs = chance.sample(COSTS, chance.randint(1, 4))
    names = chance.sample([str(number) for number in range(1, 13)], size(chance))
    projects = [Project(name, coins * chance.choice(costs)) for name in names]
    ballots = [ballot(chance, names, kind) for _ in range(size(chance))]
    budget = coins * chance.randint(1, 40)
    return election(projects, budget, ballots, kind, unit=unit)


def size(chance: random.Random) -> int:
    """Up to 8, small ones more often."""
    return min(chance.randint(1, 8), chance.randint(1, 10))


def ballot(chance: random.Random, names: list[str], kind: Kind) -> list[str] | dict[str, int]:
    some = chance.sample(names, chance.randint(0, len(names)))
    if kind is Kind.CUMULATIVE:
        return {name: chance.choice([0, 1, 1, 2, 3, 5]) for name in some}
    return some
