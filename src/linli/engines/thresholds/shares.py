"""The least number that meets a share: 「以上」 includes the share itself, 「超过」 and 「过半数」 do not (民法典 §1259)."""

from enum import StrEnum
from fractions import Fraction


class Compare(StrEnum):
    """How a count is held against what is asked."""

    AT_LEAST = "at_least"  # 以上、不少于、不低于
    MORE_THAN = "more_than"  # 超过、过半数
    AT_MOST = "at_most"  # 不得超过
    ODD = "odd"  # 单数


def least(share: Fraction, base: int, compare: Compare) -> int:
    """The smallest whole count that meets ``share`` of ``base``; exact, no rounding.

    ``base`` and the result are whole persons, households, papers, or hundredths of a square metre. O(1).
    ValueError for a negative base, or a comparison that asks for no least number.
    """
    if base < 0:
        raise ValueError("There cannot be less than nobody.")
    if compare is Compare.AT_LEAST:
        return -(-share.numerator * base // share.denominator)
    if compare is Compare.MORE_THAN:
        return share.numerator * base // share.denominator + 1
    raise ValueError(f"“{compare}” asks for no least number.")
