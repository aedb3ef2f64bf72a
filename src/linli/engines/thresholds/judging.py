"""Hold counts against a rule: passed or not, by which of its ways, and how far each comparison was from the edge."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from linli.engines.thresholds.rules import Rule, Test
from linli.engines.thresholds.shares import Compare, least

Counts = Mapping[str, Mapping[str, int]]  # axis → count → whole number; areas in hundredths of a square metre


class NotCounted(LookupError):
    """A number the rule asks for was not given."""


@dataclass(frozen=True, slots=True)
class Check:
    """One comparison as it came out. ``short``: how many more (or fewer) it would take; 0 when it holds.

    ``spare``: how many it could lose and still hold; both 0 where there is nothing to spare (an odd number).
    """

    test: Test
    have: int
    base: int | None
    asked: int
    holds: bool
    short: int
    spare: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rule says of these counts; it names the rule, so that it can be read again after the law has changed."""

    rule: Rule
    way: str
    passed: bool
    checks: tuple[Check, ...]

    @property
    def failed(self) -> tuple[Check, ...]:
        return tuple(check for check in self.checks if not check.holds)


def judge(rule: Rule, counts: Counts, *, way: str | None = None) -> Outcome:
    """Whether ``counts`` meet ``rule``: by the way named, or by the first that passes, else the first that was counted.

    ``counts`` is axis → name → whole number, e.g. ``{"heads": {"all": 1291, "participating": 703, "for": 417}}``.
    NotCounted when a number is missing, ValueError when numbers contradict each other. O(tests of the rule).
    """
    ways = (way,) if way is not None else tuple(w for w in rule.ways if _counted(rule, w, counts))
    if not ways:
        raise NotCounted(f"{rule.id}: nothing that it asks for was counted")
    outcomes = [_judge(rule, name, counts) for name in ways]
    return next((outcome for outcome in outcomes if outcome.passed), outcomes[0])


def _counted(rule: Rule, way: str, counts: Counts) -> bool:
    return all(test.axis in counts for test in rule.tests_of(way))


def _judge(rule: Rule, way: str, counts: Counts) -> Outcome:
    checks = tuple(check(test, counts) for test in rule.tests_of(way))
    return Outcome(rule, way, all(found.holds for found in checks), checks)


def check(test: Test, counts: Counts) -> Check:
    """One comparison. Nobody at all never passes a share: two thirds of nobody is no decision."""
    have = _number(counts, test.axis, test.count)
    if test.compare is Compare.ODD:
        return Check(test, have, None, 1, have % 2 == 1, (have + 1) % 2, 0)
    if test.number is not None:
        return _against_number(test, have, test.number)
    share = test.share or Fraction(1)
    base = _number(counts, test.axis, test.of)
    if have > base:
        raise ValueError(f"{test.axis}: {test.count} ({have}) is more than {test.of} ({base})")
    asked = max(least(share, base, test.compare), 1)
    return Check(test, have, base, asked, have >= asked, max(asked - have, 0), max(have - asked, 0))


def _against_number(test: Test, have: int, number: int) -> Check:
    over = have - number if test.compare is Compare.AT_LEAST else number - have
    if test.compare is Compare.MORE_THAN:
        over = have - number - 1
    return Check(test, have, None, number, over >= 0, max(-over, 0), max(over, 0))


def _number(counts: Counts, axis: str, name: str) -> int:
    try:
        found = counts[axis][name]
    except KeyError:
        raise NotCounted(f"{axis}.{name}") from None
    if isinstance(found, bool) or not isinstance(found, int):
        raise TypeError(f"{axis}.{name}: {found!r} is not a whole number")
    if found < 0:
        raise ValueError(f"{axis}.{name}: {found} is less than none")
    return found
