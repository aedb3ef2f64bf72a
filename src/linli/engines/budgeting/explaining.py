"""Why each project was chosen or not, in a few plain sentences."""

from fractions import Fraction
from math import ceil, floor

from linli.engines.budgeting.accounts import Accounts, Bill
from linli.engines.budgeting.deciding import Outcome
from linli.engines.budgeting.election import Election
from linli.engines.budgeting.greedy import ratio_order, vote_order
from linli.engines.budgeting.options import LOT, Comparison, Completion, Rule, tie_ranks
from linli.engines.budgeting.sentences import say

CURRENCIES = {"": ("元", "yuan"), "CNY": ("元", "yuan"), "RMB": ("元", "yuan")}
BETWEEN = {"zh-hans": "", "en": " "}
LISTED = {"zh-hans": "、", "en": ", "}
APART = {"zh-hans": "；", "en": "; "}
THEN = {"zh-hans": "，再", "en": ", then "}


class Explained:
    """The sentences about one outcome in one language."""

    def __init__(self, outcome: Outcome, language: str = "zh-hans") -> None:
        self.outcome, self.language = outcome, language
        self.election = outcome.election
        self.accounts = Accounts(outcome.count) if outcome.count else None
        self.bills = {bill.project: bill for bill in self.accounts.bills} if self.accounts else {}
        self.turns = {number: turn for turn, number in enumerate(outcome.order, 1)}
        self.left = _left_at(self.election, outcome.order)

    def texts(self) -> dict[str, str]:
        """By project id, every project of the election, ineligible ones too."""
        texts = {
            project.id: BETWEEN[self.language].join(self.about(number))
            for number, project in enumerate(self.election.projects)
        }
        full = self.outcome.full or self.election
        return texts | {
            full.projects[number].id: self._not_eligible(full, number) for number in self.outcome.out
        }

    def about(self, number: int) -> list[str]:
        told = self._chosen(number) if number in self.turns else [self._lost(number)]
        if self.outcome.options.rule is Rule.GREEDY_VOTES or self.outcome.replaced:
            return told
        plain = number in self.outcome.plain
        if number in self.turns:
            return [*told, self.say("plain_yes" if plain else "plain_no")]
        return [*told, self.say("plain_lost" if plain else "plain_never")]

    def say(self, key: str, **values: object) -> str:
        return say(key, self.language, **values)

    def amount(self, coins: int | Fraction, *, up: bool = False) -> str:
        """To the hundredth, rounded down (up for what is lacking), with the name of the currency."""
        return amount(self.election, coins, self.language, up=up)

    def _chosen(self, number: int) -> list[str]:
        values = {
            "turn": self.turns[number],
            "cost": self.amount(self.election.costs[number]),
            "votes": self.election.votes[number],
            "left": self.amount(self.left[self.turns[number] - 1]),
        }
        if number in self.bills:
            return self._bought(self.bills[number], values)
        if self.accounts:
            return [self.say("completed", **values)]
        plainly = self.outcome.options.rule is not Rule.PHRAGMEN or self.outcome.replaced
        return [self.say("voted" if plainly else "earned", **values)]

    def _bought(self, bill: Bill, values: dict[str, object]) -> list[str]:
        by_points = self.outcome.count is not None and self.outcome.count.support.most_points > 1
        told = [
            self.say(
                "bought_points" if by_points else "bought",
                full=bill.full,
                price=self.amount(bill.price),
                **values,
            )
        ]
        if bill.last:
            told.append(self.say("last", last=bill.last, rest=self.amount(bill.rest)))
        if bill.broke:
            told.append(self.say("broke", broke=bill.broke))
        return [*told, self._why(bill.project)]

    def _why(self, number: int) -> str:
        assert self.outcome.count is not None  # noqa: S101 -- a bill comes from a count
        bought = self.outcome.count.rounds[self.turns[number] - 1]
        if len(bought.tied) == 1:
            return self.say("cheapest")
        names = [self.election.projects[other].title for other in bought.tied if other != number]
        return self.say("tied", others=LISTED[self.language].join(names), ties=self._ties())

    def how(self) -> str:
        """Which rule counted, and what else was chosen beforehand."""
        options, told = self.outcome.options, [self.say(f"rule_{self.outcome.options.rule}")]
        if options.rule is Rule.EQUAL_SHARES:
            told.append(self.say(f"utility_{options.utility_for(self.election)}"))
            told.append(self.say(f"completion_{options.completion}"))
            if options.completion is not Completion.NONE:
                told.append(self.say(f"stop_{options.stop}"))
        if options.eligible:
            told.append(self.say("threshold", eligible=options.eligible))
        if options.comparison is not Comparison.NONE:
            told.append(self.say(f"comparison_{options.comparison}"))
        return self.say(
            "counted", told=LISTED[self.language].join([*told, self.say("ties", ties=self._ties())])
        )

    def _ties(self) -> str:
        return THEN[self.language].join(self._tie(name) for name in self.outcome.options.ties)

    def _tie(self, name: str) -> str:
        if name.startswith(LOT):
            return self.say("lot", lot=name.removeprefix(LOT))
        return self.say("votes_first" if name == "votes" else name)

    def _lost(self, number: int) -> str:
        cost, votes = self.election.costs[number], self.election.votes[number]
        told = {"cost": self.amount(cost), "votes": votes}
        if not votes and self.outcome.options.rule is not Rule.GREEDY_VOTES:
            return self.say("no_votes")
        if self.accounts and self.outcome.count and not self.outcome.count.support.totals[number]:
            return self.say("no_worth")
        if self.accounts:
            left = self.accounts.left_with(number)
            return self.say("short", left=self.amount(left), short=self.amount(cost - left, up=True), **told)
        left_at_turn = self.left_when_reached(number)
        if left_at_turn >= cost:
            return self.say("too_late", **told)
        short = self.amount(cost - left_at_turn, up=True)
        return self.say("short_budget", left=self.amount(left_at_turn), short=short, **told)

    def left_when_reached(self, number: int) -> int:
        """What was left of the budget when a lost project was looked at; Phragmén looks at all until the end."""
        options = self.outcome.options
        if options.rule is Rule.PHRAGMEN and not self.outcome.replaced:
            return self.left[-1]
        ranks = tie_ranks(self.election, options.ties)
        by_ratio = options.rule is Rule.GREEDY_RATIO and not self.outcome.replaced
        utility = options.utility_for(self.election)
        order = ratio_order(self.election, ranks, utility) if by_ratio else vote_order(self.election, ranks)
        before = order[: order.index(number)]
        return self.left[sum(other in self.turns for other in before)]

    def _not_eligible(self, full: Election, number: int) -> str:
        votes, people = full.votes[number], full.people
        share = self.outcome.options.eligible * full.costs[number] / max(1, full.budget)
        part = f"{100 * votes / max(1, people):.1f}%"
        return self.say("not_eligible", voters=people, votes=votes, part=part, needed=ceil(share * people))


def _left_at(election: Election, order: list[int]) -> list[int]:
    """What is left of the budget before each choice, and at the end."""
    left = [election.budget]
    for number in order:
        left.append(left[-1] - election.costs[number])
    return left


def amount(election: Election, coins: int | Fraction, language: str, *, up: bool = False) -> str:
    hundredths = Fraction(coins) * 100 / election.unit
    whole, rest = divmod(ceil(hundredths) if up else floor(hundredths), 100)
    code = election.meta.get("currency", "")
    name = CURRENCIES.get(code, (code, code))[language == "en"]
    return f"{whole:,}.{rest:02} {name}" if rest else f"{whole:,} {name}"


def explain(outcome: Outcome, language: str = "zh-hans") -> dict[str, str]:
    """For each project id why it was chosen or how far it was, in `zh-hans` or `en`."""
    return Explained(outcome, language).texts()
