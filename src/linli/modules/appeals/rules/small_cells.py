"""What is too small to be told to everybody: a figure from fewer than five matters may point at one neighbour."""

from collections.abc import Sequence

SMALLEST = 5


def is_small(count: int) -> bool:
    return 0 < count < SMALLEST


def hidden_among(counts: Sequence[int]) -> set[int]:
    """Places of the counts to leave out where their sum is told: what is left out together is never small itself."""
    hidden = {place for place, count in enumerate(counts) if is_small(count)}
    rest = sorted((count, place) for place, count in enumerate(counts) if count >= SMALLEST)
    if hidden and is_small(sum(counts[place] for place in hidden)) and rest:
        hidden.add(rest[0][1])
    return hidden
