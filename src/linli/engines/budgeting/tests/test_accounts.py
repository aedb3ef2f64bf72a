"""Who paid what: the sums agree to the last coin."""

from fractions import Fraction

from linli.engines.budgeting import Completion, Kind, Options, Utility, decide, tie_ranks
from linli.engines.budgeting.accounts import Accounts, Bill
from linli.engines.budgeting.tests import slow
from linli.engines.budgeting.tests.elections import random_election
from linli.engines.budgeting.tests.scenes import courtyard


def test_three_neighbours_pay_the_lamp_and_the_bench_and_two_the_ramp() -> None:
    outcome = decide(courtyard())
    assert outcome.count is not None
    accounts = Accounts(outcome.count)

    assert outcome.selected == ["bench", "lamp", "ramp"]
    assert accounts.bills == [
        Bill(1, Fraction(80_00), 3, 0, Fraction(0), 0),
        Bill(0, Fraction(100_00), 3, 0, Fraction(0), 0),
        Bill(2, Fraction(180_00), 2, 0, Fraction(0), 0),
    ]
    assert accounts.receipt(0) == ([(1, Fraction(80_00)), (0, Fraction(100_00))], Fraction(20_00))
    assert accounts.receipt(4) == ([(2, Fraction(180_00))], Fraction(20_00))
    assert accounts.left_with(3) == 80_00


def test_receipts_are_what_the_slow_count_says() -> None:
    for kind, utility in ((Kind.APPROVAL, Utility.COST), (Kind.CUMULATIVE, Utility.CUMULATIVE)):
        for seed in range(150):
            election = random_election(seed, kind)
            options = Options(utility=utility)
            outcome = decide(election, options)
            assert outcome.count is not None
            accounts = Accounts(outcome.count)
            bought, payments, left = slow.equal_shares(
                election, utility, tie_ranks(election, options.ties), election.budget
            )
            for voter in range(election.people):
                paid, kept = accounts.receipt(voter)
                expected = [(p, paid[voter]) for p, paid in zip(bought, payments, strict=True) if paid[voter]]
                assert ([pair for pair in paid if pair[1]], kept) == (expected, left[voter])


def test_every_bill_adds_up_to_the_cost() -> None:
    for seed in range(150):
        election = random_election(seed, Kind.APPROVAL)
        outcome = decide(election, Options(completion=Completion.ADD1))
        assert outcome.count is not None
        for bill in Accounts(outcome.count).bills:
            assert bill.price * bill.full + bill.rest == election.costs[bill.project]
            assert bill.full + bill.last + bill.broke == election.votes[bill.project]


def test_losers_lack_what_the_account_says() -> None:
    for seed in range(150):
        election = random_election(seed, Kind.APPROVAL)
        outcome = decide(election)
        assert outcome.count is not None
        accounts = Accounts(outcome.count)
        _, _, left = slow.equal_shares(
            election, Utility.COST, tie_ranks(election, outcome.options.ties), election.budget
        )
        for project in set(range(len(election.projects))) - outcome_numbers(outcome.order):
            fans = [v for v, voter in enumerate(slow.voters_of(election)) if project in voter]
            has = sum((left[v] for v in fans), Fraction(0))
            assert accounts.left_with(project) == has
            assert not fans or has < election.costs[project]


def outcome_numbers(order: list[int]) -> set[int]:
    return set(order)
