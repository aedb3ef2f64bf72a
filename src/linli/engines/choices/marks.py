"""Ballots that mark instead of ranking: approval and score."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Marked:
    """Winners, points of each alternative, and the papers that were empty or could not be counted."""

    rule: str
    winners: tuple[int, ...]
    points: Mapping[int, int]
    voters: int
    abstained: int
    invalid: int


def approval(
    alternatives: Collection[int], papers: Iterable[Collection[int]], *, most: int | None = None
) -> Marked:
    """Every mark is a vote; a paper with an unknown number or more than ``most`` marks is invalid. O(marks)."""
    marked = [dict.fromkeys(paper, 1) for paper in papers]
    limit = len(alternatives) if most is None else most
    return _count("approval", alternatives, marked, lambda paper: len(paper) <= limit)


def score(alternatives: Collection[int], papers: Iterable[Mapping[int, int]], *, top: int) -> Marked:
    """Points from 0 to ``top`` for each alternative, none counting as 0; other points make a paper invalid. O(marks)."""
    return _count("score", alternatives, papers, lambda paper: all(0 <= p <= top for p in paper.values()))


def _count(
    rule: str,
    alternatives: Collection[int],
    papers: Iterable[Mapping[int, int]],
    valid: Callable[[Mapping[int, int]], bool],
) -> Marked:
    points = dict.fromkeys(sorted(alternatives), 0)
    voters = abstained = invalid = 0
    for paper in papers:
        if not paper:
            abstained += 1
        elif paper.keys() <= points.keys() and valid(paper):
            voters += 1
            for number, given in paper.items():
                points[number] += given
        else:
            invalid += 1
    most = max(points.values(), default=0)
    winners = tuple(number for number, found in points.items() if found == most)
    return Marked(rule, winners, points, voters, abstained, invalid)
