"""The rules again, as slow and as plain as their definitions: dictionaries and fractions."""

from fractions import Fraction

from linli.engines.budgeting import Election, Stop, Utility


def voters_of(election: Election) -> list[dict[int, int]]:
    """For each voter the points by project."""
    ballots: dict[int, dict[int, int]] = {}
    for ballot, project, points in zip(
        election.on_ballot.tolist(), election.on_project.tolist(), election.points.tolist(), strict=True
    ):
        ballots.setdefault(ballot, {})[project] = points
    return [ballots.get(ballot, {}) for ballot in election.ballot_of.tolist()]


def utilities_of(election: Election, utility: Utility) -> list[dict[int, int]]:
    def worth(project: int, points: int) -> int:
        if utility is Utility.COST:
            return election.costs[project]
        return 1 if utility is Utility.CARDINALITY else points

    return [{p: worth(p, points) for p, points in voter.items()} for voter in voters_of(election)]


def price_per_utility(cost: int, money: list[Fraction], worth: list[int]) -> Fraction | None:
    """The smallest rate at which these people pay the cost, each at most what they have."""
    if sum(money) < cost:
        return None
    paid, people = Fraction(0), sorted(zip(money, worth, strict=True), key=lambda one: one[0] / one[1])
    left = sum(worth)
    for has, value in people:
        if has >= (cost - paid) / left * value:
            return (cost - paid) / left
        paid, left = paid + has, left - value
    raise AssertionError("together they had enough")


def equal_shares(
    election: Election, utility: Utility, ranks: list[int], fund: Fraction | int
) -> tuple[list[int], list[list[Fraction]], list[Fraction]]:
    """What is bought in order, what each voter paid for it, and what each has left."""
    likes = utilities_of(election, utility)
    money = [Fraction(fund, len(likes)) for _ in likes]
    bought: list[int] = []
    payments = []
    while True:
        best = None
        for project in range(len(election.projects)):
            fans = [v for v, voter in enumerate(likes) if voter.get(project, 0) > 0]
            if project in bought or not fans:
                continue
            rate = price_per_utility(
                election.costs[project], [money[v] for v in fans], [likes[v][project] for v in fans]
            )
            if rate is not None and (best is None or (rate, ranks[project]) < best[:2]):
                best = rate, ranks[project], project
        if best is None:
            return bought, payments, money
        rate, _, project = best
        paid = [min(has, rate * voter.get(project, 0)) for has, voter in zip(money, likes, strict=True)]
        money = [has - gave for has, gave in zip(money, paid, strict=True)]
        bought.append(project)
        payments.append(paid)


def exhaustive(election: Election, bought: list[int]) -> bool:
    left = election.budget - sum(election.costs[p] for p in bought)
    return all(p in bought or cost > left for p, cost in enumerate(election.costs))


def add1(election: Election, utility: Utility, ranks: list[int], stop: Stop) -> tuple[list[int], int]:
    """What is bought with the last share that stands, and by how many units it was raised."""
    wanted = {p for voter in utilities_of(election, utility) for p, worth in voter.items() if worth > 0}
    steps, bought = 0, equal_shares(election, utility, ranks, election.budget)[0]
    while not (stop is Stop.EXHAUSTIVE and exhaustive(election, bought)) and set(bought) != wanted:
        fund = election.budget + (steps + 1) * election.unit * election.people
        following = equal_shares(election, utility, ranks, fund)[0]
        if sum(election.costs[p] for p in following) > election.budget:
            break
        steps, bought = steps + 1, following
    return bought, steps


def by_votes(election: Election, ranks: list[int], bought: list[int]) -> list[int]:
    bought = list(bought)
    left = election.budget - sum(election.costs[p] for p in bought)
    votes = [sum(p in voter for voter in voters_of(election)) for p in range(len(election.projects))]
    for project in sorted(range(len(votes)), key=lambda p: (-votes[p], ranks[p])):
        if project not in bought and election.costs[project] <= left:
            bought.append(project)
            left -= election.costs[project]
    return bought


def by_ratio(election: Election, ranks: list[int], utility: Utility) -> list[int]:
    likes = voters_of(election)
    counts = utility in (Utility.COST, Utility.CARDINALITY)
    chosen: list[int] = []
    left = election.budget

    def ratio(project: int) -> Fraction | float:
        worth = sum((1 if counts else v[project]) for v in likes if project in v)
        if not election.costs[project]:
            return float("inf") if worth else Fraction(0)
        return Fraction(worth, election.costs[project])

    for project in sorted(range(len(election.projects)), key=lambda p: (-ratio(p), ranks[p])):
        if election.costs[project] <= left:
            chosen.append(project)
            left -= election.costs[project]
    return chosen


def phragmen(election: Election, ranks: list[int]) -> list[int]:
    likes = voters_of(election)
    loads = [Fraction(0)] * len(likes)
    bought: list[int] = []
    left = election.budget
    while True:
        offers = {}
        for project in range(len(election.projects)):
            fans = [v for v, voter in enumerate(likes) if project in voter]
            if project not in bought and fans and election.costs[project] <= election.budget:
                offers[project] = (election.costs[project] + sum(loads[v] for v in fans)) / len(fans)
        tied = [p for p, load in offers.items() if load == min(offers.values())]
        if not tied or any(election.costs[p] > left for p in tied):
            return bought
        project = min(tied, key=lambda p: ranks[p])
        bought.append(project)
        left -= election.costs[project]
        loads = [offers[project] if project in v else load for v, load in zip(likes, loads, strict=True)]
